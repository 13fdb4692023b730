"""Which of many strings is most like another, as a look at all of them would say, and for how many looks."""

from __future__ import annotations

import difflib

from hypothesis import given
from hypothesis import strategies as st

from dlcards.document.likeness import InOrder, most_like


@given(st.text("abAB-1", max_size=8), st.sets(st.text("abAB-1", max_size=8), max_size=40))
def test_among_few_it_is_the_one_that_difflib_finds(string: str, others: set[str]) -> None:
    close = difflib.get_close_matches(string, sorted(others), n=1, cutoff=0.6)
    assert most_like(string, InOrder(others), 0.6) == (close[0] if close else "")


def test_among_many_it_begins_or_ends_alike() -> None:
    others = InOrder(
        f"{word}-{number}-{word[::-1]}" for number in range(300) for word in ("what", "Why", "how")
    )
    assert most_like("why-17-yhw", others, 0.6) == "Why-17-yhW"
    assert most_like("what-299-tahx", others, 0.6) == "what-299-tahw"
    assert most_like("xhat-299-tahw", others, 0.6) == "what-299-tahw"
    assert most_like("entirely different", others, 0.6) == ""


def test_a_look_at_ten_times_as_many_takes_no_more_comparisons() -> None:
    few, many = (len(InOrder(map(str, range(count))).near("4711")) for count in (1_000, 10_000))
    assert few <= 128
    assert many <= 128
