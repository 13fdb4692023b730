"""One run of the checker: workers, and what they know in common."""

from __future__ import annotations

import base64
import queue
import threading
import time
from collections.abc import Callable
from fnmatch import fnmatchcase
from urllib.parse import unquote_to_bytes

from dlcards.links import fragments
from dlcards.links.chase import Chase
from dlcards.links.domains import registrable
from dlcards.links.fetch import Fault, Request, fetch, tls_context
from dlcards.links.groups import Groups
from dlcards.links.judge import Answer, Judgement, Trail, judge
from dlcards.links.names import NameFault, Names, Resolve
from dlcards.links.policy import Policy
from dlcards.links.settings import Settings
from dlcards.links.urls import Address
from dlcards.links.verdict import Outcome
from dlcards.links.watch import Guard, Watch

Finished = tuple[Chase, Judgement]
_NON_PUBLIC = Judgement(Outcome.SKIPPED, "non-public", detail="not a public address")
# Names that no DNS of the internet knows, so that their absence says nothing.
_PRIVATE_NAMES = (".local", ".localhost", ".internal", ".home.arpa", ".onion", ".lan")


class Run:
    """The workers of one run. ``finished`` has what they found, or what went wrong with them.

    Attributes:
        finished: Addresses with what is known of them; or an exception, which is a bug.
        resolved: Whether a name led to addresses that may be asked: DNS works.
        reached: Whether a server was there: the network works.
    """

    def __init__(
        self,
        settings: Settings,
        resolve: Resolve,
        clock: Callable[[], float],
        sleep: Callable[[float], None] | None,
    ) -> None:
        self.finished: queue.SimpleQueue[Finished | BaseException] = queue.SimpleQueue()
        self.resolved = False
        self.reached = False
        self.watch = Watch()
        self._settings = settings
        self._policy = Policy(settings.allow_nets)
        self._names = Names(resolve)
        self._context = tls_context(settings.ca_file)
        self._groups: Groups[Chase] = Groups(settings.per_group, settings.interval, clock, sleep)
        self._closed: dict[str, Judgement] = {}
        self._workers: list[threading.Thread] = []

    def start(self, chases: list[Chase]) -> None:
        """Begin with all of ``chases``."""
        for chase in chases:
            self._groups.add(registrable(chase.address.host), chase, 0.0)
        for _ in range(min(self._settings.workers, len(chases))):
            worker = threading.Thread(target=self._work, name="dlcards-links", daemon=True)
            self._workers.append(worker)
            worker.start()

    def stop(self, patience: float) -> None:
        """End the workers, and wait for them so many seconds; those that hang in DNS are left behind."""
        self._groups.close()
        self.watch.cut_all()
        end = time.monotonic() + patience
        for worker in self._workers:
            worker.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (turn := self._groups.take()) is not None:
            group, chase = turn
            try:
                found = self._step(chase)
                if isinstance(found, Judgement):
                    self._settle(group, chase, found)
                else:
                    self._groups.add(registrable(found.at.host), chase)
            except BaseException as error:  # a bug: the caller is to have its traceback
                self.finished.put(error)
                return
            finally:
                self._groups.done(group)

    def _settle(self, group: str, chase: Chase, judgement: Judgement) -> None:
        if judgement.reason in ("rate-limited", "unavailable"):
            self._be_polite(group, chase, judgement)
        wait = chase.again(judgement, self._settings)
        if wait is None:
            self.finished.put((chase, judgement))
        else:
            self._groups.add(registrable(chase.address.host), chase, wait)

    def _be_polite(self, group: str, chase: Chase, judgement: Judgement) -> None:
        asked = judgement.retry_after
        if asked is not None and asked > self._settings.retry_after_max:
            if judgement.reason == "rate-limited":
                self._closed[chase.trail.at.authority] = judgement
        elif asked is not None or judgement.reason == "rate-limited":
            self._groups.pause(group, self._settings.backoff if asked is None else asked)

    def _step(self, chase: Chase) -> Judgement | Trail:
        """One request."""
        at = chase.trail.at
        if judgement := self._refused(at):
            return judgement
        budget = self._settings.total - chase.spent
        if budget <= 0:
            return Judgement(Outcome.UNSURE, "timeout", detail="too slow")
        guard = self.watch.guard(budget)
        began = time.monotonic()
        try:
            answer = self._ask(chase, guard)
        finally:
            chase.spent += time.monotonic() - began
            self.watch.release(guard)
        if isinstance(answer, Judgement):
            return answer
        self.reached = True
        found = judge(answer, chase.trail, chase.fragments, time.time())
        if isinstance(found, Judgement):
            return found
        return chase.follow(found, self._settings) or found

    def _refused(self, at: Address) -> Judgement | None:
        if any(fnmatchcase(at.url, pattern) for pattern in self._settings.excluded):
            return Judgement(Outcome.SKIPPED, "excluded", detail="redirects to an excluded address")
        return self._closed.get(at.authority)

    def _ask(self, chase: Chase, guard: Guard) -> Answer | Judgement:
        at, settings = chase.trail.at, self._settings
        try:
            ips = self._ips(at, guard)
            if not ips or not all(self._policy.allows(ip) for _, ip in ips):
                return _NON_PUBLIC
            if not at.is_ip:
                self.resolved = True
            wanted = (
                frozenset().union(*map(fragments.names, chase.fragments)) if chase.fragments else frozenset()
            )
            headers = self._headers(chase)
            request = Request(
                at, ips, headers, chase.jar, wanted, settings.connect, settings.read, settings.max_body
            )
            return fetch(request, self._context, guard)
        except NameFault as fault:
            if fault.reason == "host-not-found":
                if f".{at.host}".endswith(_PRIVATE_NAMES):
                    return _NON_PUBLIC
                return Judgement(Outcome.BROKEN, fault.reason, detail=fault.detail)
            return Judgement(Outcome.UNSURE, fault.reason, detail=fault.detail)
        except Fault as fault:
            self.reached = self.reached or not fault.unreachable
            outcome = Outcome.BROKEN if fault.reason == "tls" else Outcome.UNSURE
            return Judgement(outcome, fault.reason, detail=fault.detail, unreachable=fault.unreachable)

    def _ips(self, at: Address, guard: Guard) -> list[tuple[int, str]]:
        if at.is_ip:
            return [(at.family, at.host)]
        return list(self._names.addresses(at.host, at.port, guard))

    def _headers(self, chase: Chase) -> dict[str, str]:
        at, start, settings = chase.trail.at, chase.address, self._settings
        headers = {
            "User-Agent": settings.user_agent,
            "Accept": "text/html, */*;q=0.8",
            "Accept-Language": settings.accept_language,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        if at.may_know_secrets_of(start):
            if start.userinfo:
                name, _, password = start.userinfo.partition(":")
                secret = unquote_to_bytes(name) + b":" + unquote_to_bytes(password)
                headers["Authorization"] = f"Basic {base64.b64encode(secret).decode('ascii')}"
            for pattern, more in settings.headers.items():
                if fnmatchcase(at.host, pattern.lower()):
                    headers |= more
        if cookies := chase.jar.header(at):
            headers["Cookie"] = cookies
        return headers
