"""From addresses to verdicts."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from dlcards.links.cache import Cache
from dlcards.links.domains import registrable
from dlcards.links.judge import CERTIFICATES, NETWORK, Judgement, Wanted
from dlcards.links.names import Resolve, getaddrinfo
from dlcards.links.settings import Settings
from dlcards.links.urls import Address, InvalidAddress, OtherScheme, parse
from dlcards.model import Faults, Outcome, Verdict

if TYPE_CHECKING:
    from dlcards.links.run import Keep, Run

_TICK = 0.05  # seconds between two looks at deadlines
_PATIENCE = 0.3  # seconds for workers to end


class Machine(NamedTuple):
    """What the checker takes from the machine that it runs on.

    Attributes:
        resolve: What turns names into addresses, called in threads of its own.
        clock: Seconds that only grow, for waits between requests and for ``max_time``. Deadlines of
            requests are kept in real time whatever it says.
        sleep: Waits for so many seconds; called by one worker at a time. None to wait in real time.
    """

    resolve: Resolve = getaddrinfo
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] | None = None


def check(
    urls: Sequence[str],
    settings: Settings | None = None,
    *,
    machine: Machine | None = None,
    cache: Cache | None = None,
    progress: Callable[[Verdict], None] | None = None,
    cancelled: threading.Event | None = None,
    keep: Keep | None = None,
    faults: Faults | None = None,
) -> list[Verdict]:
    """One verdict for each of ``urls``, in their order; one request for one address without its fragment.

    Args:
        urls: Addresses as they stand in documents.
        settings: How to behave; None for the defaults.
        machine: Names and time; None for this machine's.
        cache: What is known already. What is found is put into it; it is for the caller to save it.
        progress: Called in the thread of the caller, once for each of ``urls``, as verdicts come in.
        cancelled: Set to end the run: what is not known by then is unsure (``budget``), the rest is
            as it was found. Ctrl-C does the same, and sets it for the caller to see.
        keep: Takes the body of each address that is ok; a longer one than ``settings.max_body`` is
            unsure (``too-large``). Without it, no bodies but those of pages are read.
        faults: Where a bug that an address meets is noted, which is then unsure (``bug``); raised when None.

    Raises:
        KeyboardInterrupt: At Ctrl-C where there is no ``cancelled`` that could tell the caller.
        ValueError: One of ``settings.allow_nets`` is no network, or a header can't be one.
        OSError: ``settings.ca_file`` can't be read.
    """
    # Not at the top: whoever only wants a Verdict or the Cache should not load requests.
    from dlcards.links.run import Run

    settings, machine = settings or Settings(), machine or Machine()
    settings.check()
    ledger = _Ledger(urls, settings, cache, progress)
    wanted = ledger.begin()
    if wanted:
        run = Run(settings, machine.resolve, machine.clock, machine.sleep, keep, faults)
        end = machine.clock() + settings.max_time if settings.max_time is not None else float("inf")
        try:
            run.start(wanted)
            while ledger.waiting and machine.clock() < end and not (cancelled and cancelled.is_set()):
                run.watch.tick()
                ledger.enter(run, _TICK)
            while ledger.enter(run, 0.0):
                pass  # what is done is done, even if the time is over
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
        waiting: The addresses that nothing is known of, without fragments.
    """

    def __init__(
        self,
        urls: Sequence[str],
        settings: Settings,
        cache: Cache | None,
        progress: Callable[[Verdict], None] | None,
    ) -> None:
        self.waiting: set[Address] = set()
        self._urls, self._settings, self._cache, self._progress = urls, settings, cache, progress
        self._verdicts: list[Verdict | None] = [None] * len(urls)
        # By address without fragment, the places in urls that ask for it, each with its fragment.
        self._places: dict[Address, list[tuple[int, str]]] = {}
        # What depends on whether the network works.
        self._held: list[tuple[Address, Judgement]] = []

    def begin(self) -> list[Wanted]:
        """What is to be asked for; what needs no request is entered."""
        for number, url in enumerate(self._urls):
            if address := self._address(number, url):
                places = self._places.setdefault(address._replace(fragment=""), [])
                places.append((number, address.fragment))
        wanted = []
        for address, places in self._places.items():
            fragments = frozenset(fragment for _, fragment in places if fragment)
            known = self._cache.get(address, fragments) if self._cache else None
            if known and known.outcome is not Outcome.BROKEN:
                self._tell(address, known)
                continue
            self.waiting.add(address)
            wanted.append(Wanted(address, fragments, known.reason if known else ""))
        return wanted

    def enter(self, run: Run, seconds: float) -> bool:
        """Enter what ``run`` finds within so many seconds; false where that is nothing."""
        try:
            found = run.finished.get(timeout=seconds)
        except queue.Empty:
            return False
        if isinstance(found, BaseException):
            raise found
        self.waiting.discard(found[0])
        self._held.append(found)
        held, self._held = self._held, []
        for address, judgement in held:
            if _is_certain(judgement, run):
                self._finish(address, judgement)
            else:
                self._held.append((address, judgement))
        return True

    def close(self, run: Run, why: str) -> None:
        """Enter all the rest, which nothing more comes of."""
        for address, judgement in self._held:
            certain = _is_certain(judgement, run)
            self._finish(address, judgement if certain else self._doubtful(judgement, run))
        for address in self._places:  # in the order of the documents
            if address in self.waiting:
                self._finish(address, Judgement(Outcome.UNSURE, "budget", detail=why))

    def verdicts(self) -> list[Verdict]:
        """All verdicts, in the order of the addresses."""
        return [verdict for verdict in self._verdicts if verdict]

    def _doubtful(self, judgement: Judgement, run: Run) -> Judgement:
        """What a fault means at the end of a run in which nothing shows that it is not on this side."""
        if judgement.needs == CERTIFICATES:
            # One server may be wrong; if several are and none is right, it is something in between,
            # or the clock of this machine.
            held = (address for address, other in self._held if other.needs == CERTIFICATES)
            if len({registrable(address.host) for address in held}) == 1:
                return judgement
            return Judgement(Outcome.UNSURE, "connection", detail=f"{judgement.detail}, as of all others")
        if NETWORK in run.works:
            return Judgement(Outcome.UNSURE, "dns", detail="no name of this run was found")
        return Judgement(Outcome.UNSURE, "offline", detail="no network")

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

    def _finish(self, address: Address, judgement: Judgement) -> None:
        if self._cache:
            self._cache.put(address, judgement)
        self._tell(address, judgement)

    def _tell(self, address: Address, judgement: Judgement) -> None:
        for number, fragment in self._places[address]:
            self._enter(number, judgement.verdict(self._urls[number], fragment))

    def _enter(self, number: int, verdict: Verdict) -> None:
        self._verdicts[number] = verdict
        if self._progress:
            self._progress(verdict)


def _is_certain(judgement: Judgement, run: Run) -> bool:
    """Whether nothing that the run may still find out changes ``judgement``."""
    return not judgement.needs or judgement.needs in run.works
