"""All rules, a folder a family, which the letter of a rule's code names."""

from dlcards.lint.rules import contents, deck, images, korean, links, markup, questions, suppressions
from dlcards.model import Rule

# In the order of the catalogue.
FAMILIES = {
    "Q": questions,
    "T": contents,
    "L": links,
    "I": images,
    "M": markup,
    "K": korean,
    "D": deck,
    "S": suppressions,
}
RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES.values() for rule in family.RULES)
NAMES = {rule.code: rule.name for rule in RULES}  # what a configuration may speak of
