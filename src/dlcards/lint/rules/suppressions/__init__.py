"""Comments that keep findings silent (S). A rule a module; ``shared_…`` holds what several of them need."""

from dlcards.lint.rules.suppressions import (
    unused,
)
from dlcards.model import Rule

RULES: tuple[Rule, ...] = (unused.RULE,)
