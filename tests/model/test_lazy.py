"""Patterns that are compiled at first use: all of them can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import dlcards
from dlcards.model import lazy_compile
from dlcards.model.lazy import _LazyPattern


def _in(value: object) -> Iterator[_LazyPattern]:
    if isinstance(value, _LazyPattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _in(each)


def test_every_pattern_of_the_program_compiles() -> None:
    seen = 0
    for module in walk_packages(dlcards.__path__, "dlcards."):
        if module.name in ("dlcards.__main__", "dlcards.deck.anki.learner", "dlcards.deck.anki.verify"):
            continue  # run the program, or import Anki
        for value in list(vars(import_module(module.name)).values()):
            for pattern in _in(value):
                assert pattern.groups >= 0
                seen += 1
    assert seen > 300


def test_a_lazy_pattern_is_what_it_stands_for() -> None:
    lazy, eager = lazy_compile("(?P<a>b+)", re.IGNORECASE), re.compile("(?P<a>b+)", re.IGNORECASE)
    assert lazy.findall("abBc") == eager.findall("abBc") == ["bB"]
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (eager.pattern, eager.flags, eager.groupindex)
    assert lazy.search is lazy.search
    with pytest.raises(re.error):
        lazy_compile("(").search("")
