"""The table of contents (T). A rule a module; ``shared_…`` holds what several of them need."""

from dlcards.lint.rules.contents import (
    anchor,
    duplicate,
    missing,
    missing_entry,
    nesting,
    order,
    title,
    unlinked_entry,
)
from dlcards.model import Rule

RULES: tuple[Rule, ...] = (
    anchor.RULE,
    missing_entry.RULE,
    title.RULE,
    order.RULE,
    nesting.RULE,
    duplicate.RULE,
    missing.RULE,
    unlinked_entry.RULE,
)
