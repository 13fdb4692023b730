"""From addresses to verdicts."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from dlcards.links.cache import Cache
from dlcards.links.chase import Chase
from dlcards.links.judge import Judgement
from dlcards.links.names import Resolve, getaddrinfo
from dlcards.links.run import Run
from dlcards.links.settings import Settings
from dlcards.links.urls import Address, InvalidAddress, OtherScheme, parse
from dlcards.links.verdict import Outcome, Verdict

_TICK = 0.05  # seconds between two looks at deadlines
_PATIENCE = 0.3  # seconds for workers to end


def check(
    urls: Sequence[str],
    settings: Settings | None = None,
    *,
    resolve: Resolve = getaddrinfo,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] | None = None,
    cache: Cache | None = None,
    progress: Callable[[Verdict], None] | None = None,
    cancelled: threading.Event | None = None,
) -> list[Verdict]:
    """One verdict for each of ``urls``, in their order; one request for one address without its fragment.

    Args:
        urls: Addresses as they stand in documents.
        settings: How to behave; None for the defaults.
        resolve: What turns names into addresses, called in threads of its own.
        clock: Seconds that only grow, for waits between requests and for ``max_time``. Deadlines of
            requests are kept in real time whatever it says.
        sleep: Waits for so many seconds; called by one worker at a time. None to wait in real time.
        cache: What is known already. What is found is put into it; it is for the caller to save it.
        progress: Called in the thread of the caller, once for each of ``urls``, as verdicts come in.
        cancelled: Set to end the run: what is not known by then is unsure (``budget``), the rest is
            as it was found. Ctrl-C does the same, and sets it for the caller to see.

    Raises:
        KeyboardInterrupt: At Ctrl-C where there is no ``cancelled`` that could tell the caller.
        ValueError: One of ``settings.allow_nets`` is no network.
        OSError: ``settings.ca_file`` can't be read.
    """
    settings = settings or Settings()
    ledger = _Ledger(urls, settings, cache, progress)
    chases = ledger.begin()
    if chases:
        run = Run(settings, resolve, clock, sleep)
        end = clock() + settings.max_time if settings.max_time is not None else float("inf")
        try:
            run.start(chases)
            while ledger.waiting and clock() < end and not (cancelled and cancelled.is_set()):
                run.watch.tick()
                ledger.enter(run)
        except KeyboardInterrupt:
            if cancelled is None:
                raise
            cancelled.set()
        finally:
            run.stop(_PATIENCE)
        ledger.close(run, "cancelled" if cancelled and cancelled.is_set() else "out of time")
    return ledger.verdicts()


class _Ledger:
    """Who asked for what, and what came of it.

    Attributes:
        waiting: The addresses that nothing is known of.
    """

    def __init__(
        self,
        urls: Sequence[str],
        settings: Settings,
        cache: Cache | None,
        progress: Callable[[Verdict], None] | None,
    ) -> None:
        self.waiting: dict[int, Chase] = {}
        self._urls, self._settings, self._cache, self._progress = urls, settings, cache, progress
        self._verdicts: list[Verdict | None] = [None] * len(urls)
        # By address, the places in urls that ask for it, each with its fragment.
        self._places: dict[tuple[str, str], list[tuple[int, str]]] = {}
        # What depends on whether the network works.
        self._held: list[tuple[Chase, Judgement]] = []

    def begin(self) -> list[Chase]:
        """The addresses that are to be asked; what needs no request is entered."""
        addresses: dict[tuple[str, str], Address] = {}
        for number, url in enumerate(self._urls):
            address = self._address(number, url)
            if address:
                key = (address.url, address.userinfo)
                addresses.setdefault(key, address)
                self._places.setdefault(key, []).append((number, address.fragment))
        for key, address in addresses.items():
            fragments = frozenset(fragment for _, fragment in self._places[key] if fragment)
            chase = Chase(address, fragments)
            known = self._cache.get(address, fragments) if self._cache else None
            if known and known.outcome is not Outcome.BROKEN:
                self._tell(chase, known)
                continue
            chase.doubt = known.reason if known else ""
            self.waiting[id(chase)] = chase
        return list(self.waiting.values())

    def enter(self, run: Run) -> None:
        """Enter what ``run`` finds within a moment."""
        try:
            found = run.finished.get(timeout=_TICK)
        except queue.Empty:
            return
        if isinstance(found, BaseException):
            raise found
        del self.waiting[id(found[0])]
        self._held.append(found)
        held, self._held = self._held, []
        for chase, judgement in held:
            if _is_certain(judgement, run):
                self._finish(chase, judgement)
            else:
                self._held.append((chase, judgement))

    def close(self, run: Run, why: str) -> None:
        """Enter all the rest, which nothing more comes of."""
        for chase, judgement in self._held:
            self._finish(chase, judgement if _is_certain(judgement, run) else _doubtful(judgement, run))
        for chase in self.waiting.values():
            self._finish(chase, Judgement(Outcome.UNSURE, "budget", detail=why))

    def verdicts(self) -> list[Verdict]:
        """All verdicts, in the order of the addresses."""
        return [verdict for verdict in self._verdicts if verdict]

    def _address(self, number: int, url: str) -> Address | None:
        try:
            address = parse(url)
        except OtherScheme as error:
            self._enter(number, Verdict(url, Outcome.SKIPPED, "scheme", detail=str(error)))
            return None
        except InvalidAddress as error:
            self._enter(number, Verdict(url, Outcome.BROKEN, "invalid-url", detail=str(error)))
            return None
        names = (url, address.url, address.full_url)
        if any(fnmatchcase(name, pattern) for pattern in self._settings.excluded for name in names):
            self._enter(number, Verdict(url, Outcome.SKIPPED, "excluded"))
            return None
        return address

    def _finish(self, chase: Chase, judgement: Judgement) -> None:
        if self._cache:
            self._cache.put(chase.address, judgement)
        self._tell(chase, judgement)

    def _tell(self, chase: Chase, judgement: Judgement) -> None:
        for number, fragment in self._places[chase.address.url, chase.address.userinfo]:
            self._enter(number, judgement.verdict(self._urls[number], fragment))

    def _enter(self, number: int, verdict: Verdict) -> None:
        self._verdicts[number] = verdict
        if self._progress:
            self._progress(verdict)


def _is_certain(judgement: Judgement, run: Run) -> bool:
    """Whether nothing that the run may still find out changes ``judgement``."""
    if judgement.reason == "host-not-found":
        return run.resolved
    if judgement.reason == "dns" or judgement.unreachable:
        return run.reached or run.resolved
    return True


def _doubtful(judgement: Judgement, run: Run) -> Judgement:
    """What a fault means at the end of a run in which nothing shows that the network works."""
    if run.reached or run.resolved:
        return Judgement(Outcome.UNSURE, "dns", detail="no name of this run was found")
    return Judgement(Outcome.UNSURE, "offline", detail="no network")
