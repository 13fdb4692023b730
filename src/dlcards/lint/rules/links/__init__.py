"""Links (L). A rule a module; ``shared_…`` holds what several of them need."""

from dlcards.lint.rules.links import (
    anchor_case,
    bare_url,
    broken,
    broken_anchor,
    duplicate,
    empty,
    insecure,
    malformed,
    missing_file,
    moved,
    suspect,
    undefined_reference,
    unsure,
    unused_definition,
    vague_text,
)
from dlcards.model import Rule

RULES: tuple[Rule, ...] = (
    broken_anchor.RULE,
    missing_file.RULE,
    undefined_reference.RULE,
    malformed.RULE,
    empty.RULE,
    duplicate.RULE,
    unused_definition.RULE,
    bare_url.RULE,
    anchor_case.RULE,
    broken.RULE,
    moved.RULE,
    unsure.RULE,
    suspect.RULE,
    vague_text.RULE,
    insecure.RULE,
)
