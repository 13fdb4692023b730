"""Pictures (I). A rule a module; ``shared_…`` holds what several of them need."""

from dlcards.lint.rules.images import (
    missing,
    missing_alt,
    oversized,
    page_as_image,
    remote_image,
    retired_host,
    unreadable,
    unused,
)
from dlcards.model import Rule

RULES: tuple[Rule, ...] = (
    missing.RULE,
    missing_alt.RULE,
    page_as_image.RULE,
    remote_image.RULE,
    unreadable.RULE,
    oversized.RULE,
    unused.RULE,
    retired_host.RULE,
)
