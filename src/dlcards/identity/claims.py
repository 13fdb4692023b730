"""Whose a row is where questions of several levels say its words: levels are settled one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from dlcards.identity.evidence import letters_of, like_answer
from dlcards.identity.key import Key
from dlcards.identity.lock import Row

_NONE: tuple[bool, ...] = ()


class Claims:
    """With how much right questions say that a row is theirs.

    Args:
        keys: The questions.
        depths: How many questions each stands under.
        matched: The numbers of those that have their row.
        rows: The rows that no question has.
    """

    def __init__(
        self, keys: Sequence[Key], depths: Sequence[int], matched: Container[int], rows: Iterable[Row]
    ) -> None:
        self._keys = keys
        self._depths = depths
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._deeper: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(keys):
            if depths[number] and number not in matched:
                self._deeper[letters_of(key.question)].append(number)
        for row in rows if self._deeper else ():
            self._rows[letters_of(row.question)].append(row)
        self._best: dict[tuple[str, int], tuple[bool, ...]] = {}
        self._most: dict[int, tuple[bool, ...]] = {}

    def is_left(self, number: int, row: Row) -> bool:
        """Whether no deeper question with the row's words has a better claim than this one."""
        if not self._deeper:
            return True
        place = row.guid, self._depths[number]
        if place not in self._best:
            self._best[place] = max(self._deeper_claims(row, place[1]), default=_NONE)
        best = self._best[place]
        return best == _NONE or best <= _claim(self._keys[number], row)

    def _deeper_claims(self, row: Row, depth: int) -> Iterator[tuple[bool, ...]]:
        words = letters_of(row.question)
        for number in self._deeper.get(words, ()):
            if self._depths[number] > depth:
                claim = _claim(self._keys[number], row)
                if number not in self._most:
                    self._most[number] = max(_claim(self._keys[number], other) for other in self._rows[words])
                if claim == self._most[number]:  # else another row is its own
                    yield claim


def _claim(key: Key, row: Row) -> tuple[bool, ...]:
    """What matters most first: the answer, the place, and having an answer where the row's is not known."""
    is_here = (key.document, key.id) == (row.document, row.id)
    return like_answer(key.answer, row.answer), is_here, bool(key.answer) and not row.answer
