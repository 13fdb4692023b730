"""What once broke a law breaks it no more, and the laws hold of a few new inputs (``make fuzz`` tries many)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.support.fuzz import TARGETS, kept, read


@pytest.mark.parametrize(("target", "path"), kept(), ids=lambda value: getattr(value, "name", value))
def test_what_broke_a_law_does_no_more(target: str, path: Path) -> None:
    TARGETS[target][1](read(target, path))


@pytest.mark.parametrize("target", TARGETS)
def test_the_laws_hold_of_new_inputs(target: str) -> None:
    make, law = TARGETS[target]
    source = random.Random(f"suite {target}")
    for _ in range(15):
        law(make(source))
