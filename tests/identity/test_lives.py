"""Laws of identity, over lives of decks: what is unchanged keeps its note, no note goes to another question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.lives import LAYOUTS, lives


@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=st.integers(0, 1_000_000))
def test_whatever_an_author_does(layout: str, seed: int) -> None:
    problems, life = lives(seed, layout, steps=3)
    assert problems == []
    assert sum(life.counts.values()) > 0
