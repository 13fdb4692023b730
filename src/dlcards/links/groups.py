"""Whose turn it is: polite to each registrable domain, quick over all of them."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
_LONGEST = 1.0  # seconds between two starts, for a group that keeps refusing


@dataclass(slots=True)
class _Group(Generic[T]):
    interval: float
    queue: list[tuple[float, int, T]] = field(default_factory=list)
    active: int = 0
    next_start: float = 0.0
    paused_until: float = 0.0
    listed_at: float | None = None


class Groups(Generic[T]):
    """A queue of things to ask, each of a group, for several workers.

    A group has so many requests at one time, so much time between their starts, and pauses. No
    worker waits for one group while another one could go on.

    Args:
        per_group: Requests of a group at one time.
        interval: Seconds between two starts in a group.
        clock: Seconds that only grow.
        sleep: Waits for so many seconds; None to wait in a way that :meth:`close` ends.
    """

    def __init__(
        self,
        per_group: int,
        interval: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self._per_group, self._interval = per_group, interval
        self._clock, self._sleep = clock, sleep
        self._groups: dict[str, _Group[T]] = {}
        self._next: list[tuple[float, int, str]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._sleeping = False
        self._closed = False

    def add(self, name: str, item: T, after: float | None = None) -> None:
        """Queue ``item``, not to be taken before ``after`` seconds; None puts it first in its group."""
        with self._changed:
            group = self._groups.setdefault(name, _Group(self._interval))
            at = self._clock() + after if after is not None else float("-inf")
            heapq.heappush(group.queue, (at, next(self._numbers), item))
            self._list(name)
            self._changed.notify()

    def take(self) -> tuple[str, T] | None:
        """The next item and its group, as soon as it may be asked; None when closed.

        Each item that is taken must be given back by :meth:`done`.
        """
        with self._changed:
            while not self._closed:
                found = self._first()
                if isinstance(found, tuple):
                    return found
                self._wait(found)
        return None

    def done(self, name: str, asked: bool = True) -> None:
        """A turn of the group ``name`` has ended; if nothing was ``asked``, the next one need not wait."""
        with self._changed:
            group = self._groups[name]
            group.active -= 1
            if not asked:
                group.next_start = min(group.next_start, self._clock())
            self._list(name)
            self._changed.notify()

    def pause(self, name: str, seconds: float) -> None:
        """Ask nothing of a group for so many seconds, and less often from then on."""
        with self._changed:
            group, now = self._groups[name], self._clock()
            # Several refusals of one moment are one: only the first slows the group down.
            if group.paused_until <= now:
                group.interval = max(group.interval, min(2 * group.interval, _LONGEST))
            group.paused_until = max(group.paused_until, now + max(seconds, group.interval))

    def close(self) -> None:
        """Send all workers home."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _first(self) -> tuple[str, T] | float | None:
        """What may be asked now, else the seconds until something may, else None."""
        now = self._clock()
        while self._next:
            listed, _, name = self._next[0]
            group = self._groups[name]
            if listed != group.listed_at:  # listed anew, for an earlier time
                heapq.heappop(self._next)
                continue
            at = self._at(group)
            if at == listed and at > now:
                return at - now
            heapq.heappop(self._next)
            group.listed_at = None
            if at is not None and at <= now:
                group.active += 1
                group.next_start = now + group.interval
                item = heapq.heappop(group.queue)[2]
                self._list(name)
                return name, item
            self._list(name)
        return None

    def _at(self, group: _Group[T]) -> float | None:
        """When the group's next item may be asked; None while it has none, or too many under way."""
        if not group.queue or group.active >= self._per_group:
            return None
        return max(group.queue[0][0], group.next_start, group.paused_until)

    def _list(self, name: str) -> None:
        group = self._groups[name]
        at = self._at(group)
        if at is not None and (group.listed_at is None or at < group.listed_at):
            group.listed_at = at
            heapq.heappush(self._next, (at, next(self._numbers), name))

    def _wait(self, seconds: float | None) -> None:
        if seconds is None or self._sleeping:
            self._changed.wait()
        elif self._sleep is None:
            self._changed.wait(seconds)
        else:
            # One worker sleeps for all: a clock that jumps must not jump once for each of them.
            self._sleeping = True
            self._changed.release()
            try:
                self._sleep(seconds)
            finally:
                self._changed.acquire()
                self._sleeping = False
                self._changed.notify_all()
