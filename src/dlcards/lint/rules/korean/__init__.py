"""Korean prose (K). A rule a module; ``shared_…`` holds what several of them need."""

from dlcards.lint.rules.korean import (
    chat_jamo,
    common_misspelling,
    glossary_term,
    mixed_register,
    particle_space,
    wrong_language,
)
from dlcards.model import Rule

RULES: tuple[Rule, ...] = (
    wrong_language.RULE,
    particle_space.RULE,
    mixed_register.RULE,
    common_misspelling.RULE,
    glossary_term.RULE,
    chat_jamo.RULE,
)
