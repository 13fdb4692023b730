"""Host names to addresses, once a run, within a time."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dlcards.links.deadlines import Guard

Resolve = Callable[[str, int], Sequence[tuple[int, str]]]
"""From host and port to ``(family, IP address)``; raises ``socket.gaierror`` as ``getaddrinfo`` does."""

_TIMES = 3
_SLICE = 0.1  # seconds between two looks at the time
# What says that the name is not there, rather than that nobody could be asked.
_NOT_FOUND = frozenset(
    code for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY") if (code := getattr(socket, name, None))
)


class NameFault(Exception):
    """A name without addresses.

    Attributes:
        reason: ``host-not-found`` or ``dns``.
        detail: For people.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def getaddrinfo(host: str, port: int) -> list[tuple[int, str]]:
    """What the system's resolver says; raises what it raises."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((int(family), str(address[0])) for family, _, _, _, address in found))


@dataclass(slots=True)
class _Lookup:
    done: threading.Event
    found: Sequence[tuple[int, str]] = ()
    error: Exception | None = None


class Names:
    """A resolver that asks for each name once, whoever waits for it.

    What was found holds for the run: a name that means another address a moment later is not
    followed there. What failed is asked for again when somebody wants it again, three times in all.
    """

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._lookups: dict[str, _Lookup] = {}
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    def addresses(self, host: str, port: int, guard: Guard) -> Sequence[tuple[int, str]]:
        """The addresses of ``host``, at least one.

        Raises:
            NameFault: There are none, or none came before ``guard`` cut.
        """
        lookup = self._lookup(host, port)
        while not lookup.done.wait(min(_SLICE, guard.left())):
            if guard.expired:
                raise NameFault("dns", "no answer in time")
        error = lookup.error
        if error is None and lookup.found:
            return lookup.found
        with self._lock:
            if self._lookups.get(host) is lookup and self._asked[host] < _TIMES:
                del self._lookups[host]
        if error is None or (isinstance(error, socket.gaierror) and error.errno in _NOT_FOUND):
            raise NameFault("host-not-found", "no such host")
        if isinstance(error, OSError | UnicodeError):
            raise NameFault(
                "dns", (isinstance(error, OSError) and error.strerror) or "the name can't be asked for"
            )
        raise error

    def _lookup(self, host: str, port: int) -> _Lookup:
        with self._lock:
            lookup = self._lookups.get(host)
            if lookup is None:
                lookup = self._lookups[host] = _Lookup(threading.Event())
                self._asked[host] += 1
                # Nothing can end getaddrinfo; a thread that hangs in it is left behind.
                arguments = (lookup, host, port)
                threading.Thread(target=self._ask, args=arguments, name="dlcards-dns", daemon=True).start()
        return lookup

    def _ask(self, lookup: _Lookup, host: str, port: int) -> None:
        try:
            lookup.found = self._resolve(host, port)
        except Exception as error:  # handed to whoever waits, bugs included
            lookup.error = error
        finally:
            lookup.done.set()
