"""Which numbers of a row are out of place."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dlcards.document.numbering import disorders


@given(st.lists(st.tuples(st.integers(0, 15)), max_size=15))
def test_what_is_out_of_place_is_as_little_as_can_be(keys: list[tuple[int, ...]]) -> None:
    runs = disorders(keys)
    astray = [index for run in runs for index in run]
    kept = [key for index, key in enumerate(keys) if index not in astray]
    assert kept == sorted(set(kept))
    assert all(first.stop < second.start for first, second in pairwise(runs))
    longest = [1] * len(keys)
    for index, key in enumerate(keys):
        longest[index] = 1 + max((longest[i] for i in range(index) if keys[i] < key), default=0)
    assert len(kept) == max(longest, default=0)
