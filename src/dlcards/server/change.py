"""What is different between two states of a text, and where everything else has gone."""

from __future__ import annotations

from typing import NamedTuple

from dlcards.model import Span


class Change(NamedTuple):
    """One passage that was replaced by another: all that differs lies in it.

    Attributes:
        start: Where both passages begin.
        before: Where the old one ended, in the old text.
        after: Where the new one ends, in the new text.
    """

    start: int
    before: int
    after: int

    @classmethod
    def between(cls, old: str, new: str) -> Change:
        """The shortest passage outside of which two texts are the same."""
        start = _shared(old, new, min(len(old), len(new)))
        most = min(len(old), len(new)) - start
        end = _shared_at_end(old, new, most)
        return cls(start, len(old) - end, len(new) - end)

    @property
    def old(self) -> Span:
        """The passage in the old text."""
        return Span(self.start, self.before)

    @property
    def new(self) -> Span:
        """The passage in the new text."""
        return Span(self.start, self.after)

    def moved(self, span: Span) -> Span | None:
        """Where a passage of the old text stands now; None where all of it was replaced."""
        is_outside = span.end <= self.start or span.start >= self.before
        if not is_outside and self.old.holds(span) and span != self.old:
            return None
        shift = self.after - self.before
        start = span.start + shift if span.start >= self.before else min(span.start, self.start)
        if span.end <= self.start:
            end = span.end
        else:
            end = span.end + shift if span.end >= self.before else self.start
        end = max(start, end)
        return None if start == end and span.start < span.end else Span(start, end)


def _shared(old: str, new: str, most: int) -> int:
    """How many characters both begin with. By halves: comparing slices is quick, one by one is not."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            most = middle - 1
    return low


def _shared_at_end(old: str, new: str, most: int) -> int:
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            most = middle - 1
    return low
