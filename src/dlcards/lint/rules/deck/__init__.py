"""What makes trouble in a deck (D). A rule a module; ``shared_…`` holds what several of them need."""

from dlcards.lint.rules.deck import (
    anki_markup,
    diagram_source,
    emoji_shortcode,
    given_away_blank,
    identity_ambiguous,
    identity_lost,
    image_name_clash,
)
from dlcards.model import Rule

RULES: tuple[Rule, ...] = (
    identity_lost.RULE,
    identity_ambiguous.RULE,
    anki_markup.RULE,
    image_name_clash.RULE,
    emoji_shortcode.RULE,
    diagram_source.RULE,
    given_away_blank.RULE,
)
