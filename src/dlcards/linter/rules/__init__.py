"""All rules, a folder a family, which the letter of a rule's code names.

A rule is loaded when it is asked for, so that whoever wants one page does not wait for all of them.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from dlcards.linter.rules import contents, deck, images, korean, links, markup, questions, suppressions
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
# What a configuration may speak of: the rules' names by their codes.
NAMES = {code: name for family in FAMILIES.values() for code, name in family.NAMES.items()}
RULES: tuple[Rule, ...]  # all of them, in the order of the catalogue


def load(code: str) -> Rule:
    """The rule of a code of :data:`NAMES`."""
    family = FAMILIES[code[0]].__name__
    words, folder = NAMES[code].split("-"), family.rpartition(".")[2]
    # A file is named after its rule, or leaves out what its folder says: links/broken.py holds broken-link.
    module = f"{family}.{'_'.join(words)}"
    if find_spec(module) is None:
        short = [word for word in words if word not in (folder, folder.removesuffix("s"))]
        module = f"{family}.{'_'.join(short)}"
    rule: Rule = import_module(module).RULE
    return rule


def __getattr__(name: str) -> Any:
    if name != "RULES":
        raise AttributeError(name)
    globals()[name] = rules = tuple(map(load, NAMES))
    return rules
