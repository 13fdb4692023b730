"""What differs between two texts, and where all else has gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dlcards.model import Span
from dlcards.server.change import Change

texts = st.text("ab\n가", max_size=20)


@given(texts, texts)
def test_all_that_differs_lies_in_the_change(old: str, new: str) -> None:
    change = Change.between(old, new)
    assert old[: change.start] + change.new.of(new) + old[change.before :] == new
    assert (change.old.start == change.old.end and change.new.start == change.new.end) == (old == new)


@given(texts, texts, st.tuples(st.integers(0, 20), st.integers(0, 20)))
def test_what_stands_outside_has_the_same_words_at_its_new_place(
    old: str, new: str, place: tuple[int, int]
) -> None:
    start, end = sorted(min(at, len(old)) for at in place)
    span, change = Span(start, end), Change.between(old, new)
    moved = change.moved(span)
    if end <= change.start or start >= change.before:
        assert moved is not None
        assert moved.of(new) == span.of(old)
    elif moved is not None:
        assert 0 <= moved.start <= moved.end <= len(new)


def test_what_was_replaced_is_gone() -> None:
    change = Change.between("one two three", "one three")
    assert change.moved(Span(5, 6)) is None
    assert change.moved(Span(8, 13)) is not None
    assert change.moved(Span(9, 13)) == (5, 9)
