"""Servers of this run that are better left alone."""

from __future__ import annotations

import threading
from collections import Counter

from dlcards.links.judge import Judgement

_ENOUGH = 5
_FAULTS = frozenset(("timeout", "connection", "dns"))


class Hosts:
    """Which servers are not asked any more, and what is said of their addresses instead.

    That is one that wants to be left alone for long, one that only refuses, and one that has never
    answered: a hundred links to it would take a quarter of an hour, and its owner gains nothing.

    Args:
        retry_after_max: The longest ``Retry-After``, in seconds, that is waited for.
    """

    def __init__(self, retry_after_max: float) -> None:
        self._longest = retry_after_max
        self._closed: dict[str, Judgement] = {}
        self._refusals: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._answered: set[str] = set()
        self._lock = threading.Lock()

    def closed(self, authority: str) -> Judgement | None:
        """What to say of the addresses of ``authority``; None where it may be asked."""
        return self._closed.get(authority)

    def heard(self, authority: str, judgement: Judgement | None) -> None:
        """Take note of what came of a request to ``authority``; None for a redirect."""
        reason = judgement.reason if judgement else ""
        with self._lock:
            if judgement and reason == "rate-limited":
                self._refusals[authority] += 1
                asked = judgement.retry_after
                if self._refusals[authority] >= _ENOUGH or (asked is not None and asked > self._longest):
                    self._close(authority, judgement)
            else:
                self._refusals.pop(authority, None)
            if judgement is None or judgement.status is not None:
                self._answered.add(authority)
            elif reason in _FAULTS and authority not in self._answered:
                self._faults[authority] += 1
                if self._faults[authority] >= _ENOUGH:
                    self._close(authority, judgement)

    def _close(self, authority: str, judgement: Judgement) -> None:
        detail = f"{judgement.detail}; the server is not asked any more"
        self._closed.setdefault(authority, judgement._replace(detail=detail))
