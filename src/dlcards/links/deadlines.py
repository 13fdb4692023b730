"""Deadlines that hold whatever a server does.

The timeout of a socket is for one ``recv``: a server that sends a byte every few seconds is never
late. So each connection is guarded, and cut when its time is over.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class Guard:
    """The deadline of one request. To be used by one thread, and cut by any.

    Attributes:
        deadline: In seconds of ``time.monotonic``.
        expired: Whether it was cut.
        held: Whether there ever was a connection to cut.
    """

    def __init__(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds
        self.expired = False
        self.held = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def left(self) -> float:
        """The seconds left; never less than a moment, since 0 means "do not wait at all" to sockets."""
        return max(0.01, self.deadline - time.monotonic())

    def hold(self, connection: socket.socket) -> None:
        """Cut ``connection``, too, when the time is over.

        Raises:
            OSError: The system is out of file descriptors.
        """
        # A second descriptor: TLS takes the first one away, and it may be closed and given to
        # another connection before the time is over.
        self.held = True
        twin = connection.dup()
        with self._lock:
            self._sockets.append(twin)
        if self.expired:
            self.cut()

    def cut(self) -> None:
        """End all that is going on; whoever reads from a connection gets its end."""
        with self._lock:
            self.expired = True
            for twin in self._sockets:
                with contextlib.suppress(OSError):  # not connected yet, or not any more
                    twin.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Let go of the connections."""
        with self._lock:
            for twin in self._sockets:
                twin.close()
            self._sockets.clear()


class Watch:
    """All guards of a run; :meth:`tick` is to be called several times a second."""

    def __init__(self) -> None:
        self._guards: set[Guard] = set()
        self._lock = threading.Lock()
        self._over = False

    def guard(self, seconds: float) -> Guard:
        """A guard that cuts after ``seconds``, at once where the run is over."""
        guard = Guard(seconds)
        with self._lock:
            self._guards.add(guard)
            guard.expired = self._over
        return guard

    def release(self, guard: Guard) -> None:
        """The guard's request has ended."""
        with self._lock:
            self._guards.discard(guard)
        guard.release()

    def tick(self) -> None:
        """Cut what is late."""
        now = time.monotonic()
        for guard in self._all():
            if now >= guard.deadline and not guard.expired:
                guard.cut()

    def cut_all(self) -> None:
        """Cut everything, now and from now on."""
        with self._lock:
            self._over = True
        for guard in self._all():
            guard.cut()

    def _all(self) -> list[Guard]:
        with self._lock:
            return list(self._guards)
