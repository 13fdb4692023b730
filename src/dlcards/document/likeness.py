"""Which of many strings is most like another, without a look at all of them for each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence

_NEIGHBOURS = 32  # that are looked at to each side


class InOrder:
    """Strings in the order of their beginnings, and in that of their ends, whatever their letter case."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._all = tuple(strings)
        self._forwards = sorted((string.casefold(), string) for string in self._all)
        self._backwards = sorted((string.casefold()[::-1], string) for string in self._all)

    def near(self, string: str) -> Collection[str]:
        """Those beside which ``string`` stands in both orders: what begins or ends most like it."""
        if len(self._all) <= 4 * _NEIGHBOURS:
            return self._all
        folded = string.casefold()
        return {*_beside(folded, self._forwards), *_beside(folded[::-1], self._backwards)}


def most_like(string: str, others: InOrder, least: float) -> str:
    """The one of ``others`` most like ``string``; empty where no likeness, 0 to 1, is ``least`` or more."""
    import difflib

    close = difflib.get_close_matches(string, sorted(others.near(string)), n=1, cutoff=least)
    return close[0] if close else ""


def _beside(key: str, ordered: Sequence[tuple[str, str]]) -> Iterator[str]:
    at = bisect_left(ordered, (key, ""))
    return (string for _, string in ordered[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS])
