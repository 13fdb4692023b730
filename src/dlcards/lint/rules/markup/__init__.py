"""What a reader sees of the markup (M). A rule a module; ``shared_…`` holds what several of them need."""

from dlcards.lint.rules.markup import (
    accidental_heading,
    accidental_strike,
    broken_emphasis,
    broken_strike,
    code_language,
    foreign_markup,
    heading_jump,
    invalid_math,
    invalid_python,
    invisible_character,
    lost_markup,
    math_not_rendered,
    pseudo_heading,
    table_shape,
    trailing_spaces,
    unbalanced_math,
    unclosed_fence,
    unsafe_html,
)
from dlcards.model import Rule

RULES: tuple[Rule, ...] = (
    broken_emphasis.RULE,
    unbalanced_math.RULE,
    math_not_rendered.RULE,
    invalid_math.RULE,
    accidental_heading.RULE,
    unclosed_fence.RULE,
    code_language.RULE,
    invalid_python.RULE,
    unsafe_html.RULE,
    trailing_spaces.RULE,
    invisible_character.RULE,
    table_shape.RULE,
    lost_markup.RULE,
    pseudo_heading.RULE,
    heading_jump.RULE,
    foreign_markup.RULE,
    accidental_strike.RULE,
    broken_strike.RULE,
)
