"""The order of ids like ``12-1``, and which elements of a sequence break its order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dlcards.model import Document, lazy_compile

Numbers = tuple[int, ...]

# Nine digits: no document has more questions, and int() refuses a number of thousands of digits.
_NUMBERED = lazy_compile(r"\d{1,9}(?:-\d{1,9})*")


def numbers(pair_id: str) -> Numbers:
    """The numbers of an id, ``(12, 1)`` for ``12-1``; none for an id that is no number."""
    return tuple(map(int, pair_id.split("-"))) if _NUMBERED.fullmatch(pair_id) else ()


def written(number: Numbers) -> str:
    """The id of some numbers: ``12-1`` for ``(12, 1)``."""
    return "-".join(map(str, number))


def has_sub_questions(document: Document) -> bool:
    """Whether the document numbers sub-questions below questions: it has a ``#12`` besides a ``#12-1``.

    Where every id has two parts, the first is rather a chapter's number, and only the native layout
    has ids that an author wrote.
    """
    if document.layout != "native":
        return False
    depths = {len(numbers(pair.id)) for pair in document.pairs}
    return 1 in depths and max(depths) > 1


def disorders(keys: Sequence[Numbers]) -> list[range]:
    """Where a sequence leaves its ascending order.

    The fewest elements whose removal leaves an ascending sequence are out of place: in 1, 2, 5, 3,
    4 it is only the 5.

    Returns:
        The indices of what is out of place, a range for each run of neighbours.
    """
    ends: list[Numbers] = []  # ends[n]: the smallest last key of an ascending sequence of n + 1 elements
    last: list[int] = []  # its index
    before: list[int] = []  # for each element the index of the one before it in its sequence
    for index, key in enumerate(keys):
        length = bisect_left(ends, key)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [key]
        last[length : length + 1] = [index]
    runs = []
    kept = last[-1] if last else -1
    end = len(keys)
    while end > 0:
        if kept + 1 < end:
            runs.append(range(kept + 1, end))
        end = kept
        kept = before[kept] if kept >= 0 else -1
    return runs[::-1]
