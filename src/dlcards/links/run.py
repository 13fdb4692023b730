"""One run of the checker: workers, and what they know in common."""

from __future__ import annotations

import base64
import queue
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from urllib.parse import unquote_to_bytes

from dlcards.links import fragments
from dlcards.links.chase import Chase
from dlcards.links.deadlines import Guard, Watch
from dlcards.links.domains import registrable
from dlcards.links.fetch import Fault, Request, fetch
from dlcards.links.groups import Groups
from dlcards.links.hosts import Hosts
from dlcards.links.judge import CERTIFICATES, NAMES, NETWORK, Answer, Judgement, Trail, Wanted, judge
from dlcards.links.names import NameFault, Names, Resolve
from dlcards.links.policy import Policy
from dlcards.links.settings import Settings
from dlcards.links.tls import context_for
from dlcards.links.urls import Address
from dlcards.model import Faults, Outcome
from dlcards.project.masking import shown

Finished = tuple[Address, Judgement]
Keep = Callable[[Address, bytes], None]
"""Takes the body of an address, which comes without its fragment; called in threads of the run."""

_NON_PUBLIC = Judgement(Outcome.SKIPPED, "non-public", detail="not a public address")
# What Chromium sends for a page that somebody types in; only to confirm a 404.
_BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Language": "ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
    "Sec-Fetch-User": "?1",
}
# Names that no DNS of the internet knows, so that their absence says nothing.
_PRIVATE_NAMES = (".local", ".localhost", ".internal", ".home.arpa", ".onion", ".lan")


class Run:
    """The workers of one run. ``finished`` has what they found, or what went wrong with them.

    Attributes:
        finished: Addresses with what is known of them; or an exception, which is a bug, where no ``faults``
            take it.
        works: What was seen to work: ``NAMES``, ``NETWORK``, ``CERTIFICATES``.
    """

    def __init__(
        self,
        settings: Settings,
        resolve: Resolve,
        clock: Callable[[], float],
        sleep: Callable[[float], None] | None,
        keep: Keep | None = None,
        faults: Faults | None = None,
    ) -> None:
        self._faults = faults
        self.finished: queue.SimpleQueue[Finished | BaseException] = queue.SimpleQueue()
        self.works: set[str] = set()
        self.watch = Watch()
        self._settings = settings
        self._keep = keep
        self._policy = Policy(settings.allow_nets)
        self._names = Names(resolve)
        self._tls: ssl.SSLContext | None = None
        self._tls_lock = threading.Lock()
        self._groups: Groups[Chase] = Groups(settings.per_group, settings.interval, clock, sleep)
        self._hosts = Hosts(settings.retry_after_max)
        self._workers: list[threading.Thread] = []

    def start(self, wanted: Sequence[Wanted]) -> None:
        """Begin with all that is wanted."""
        for each in wanted:
            self._groups.add(registrable(each.address.host), Chase(each), 0.0)
        for _ in range(min(self._settings.workers, len(wanted))):
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
            asked = False
            try:
                if refused := self._refused(chase.trail.at):
                    self.finished.put((chase.address, refused))
                    continue
                found, asked = self._step(chase)
                if isinstance(found, Judgement):
                    self._settle(group, chase, found)
                else:
                    self._groups.add(registrable(found.at.host), chase)
            except Exception as error:  # a bug: the caller is to have its traceback
                if self._faults is None:
                    self.finished.put(error)
                    return
                self._faults.add(shown(chase.address.url), "links")
                self.finished.put((chase.address, Judgement(Outcome.UNSURE, "bug")))
            finally:
                self._groups.done(group, asked)

    def _settle(self, group: str, chase: Chase, judgement: Judgement) -> None:
        if judgement.reason in ("rate-limited", "unavailable"):
            self._be_polite(group, judgement)
        judgement = chase.weighed(judgement)
        wait = chase.again(judgement, self._settings)
        if wait is None:
            self.finished.put((chase.address, judgement))
        else:
            self._groups.add(registrable(chase.address.host), chase, wait)

    def _be_polite(self, group: str, judgement: Judgement) -> None:
        asked, longest = judgement.retry_after, self._settings.retry_after_max
        if asked is None and judgement.reason == "rate-limited":
            asked = self._settings.backoff
        if asked is not None and asked <= longest:
            self._groups.pause(group, asked)

    def _step(self, chase: Chase) -> tuple[Judgement | Trail, bool]:
        """One request: what it shows, and whether there was one in the end."""
        at = chase.trail.at
        budget = self._settings.total - chase.spent
        if budget <= 0:
            return Judgement(Outcome.UNSURE, "timeout", detail="too slow"), False
        guard = self.watch.guard(budget)
        began = time.monotonic()
        try:
            answer = self._ask(chase, guard)
        finally:
            chase.spent += time.monotonic() - began
            self.watch.release(guard)
        if isinstance(answer, Judgement):
            self._hosts.heard(at.authority, answer)
            return answer, guard.held
        self.works.add(NETWORK)
        if at.scheme == "https":
            self.works.add(CERTIFICATES)
        found = judge(answer, chase.trail, chase.wanted.fragments, time.time())
        self._hosts.heard(at.authority, found if isinstance(found, Judgement) else None)
        if self._keep and isinstance(found, Judgement) and found.outcome in (Outcome.OK, Outcome.MOVED):
            self._keep(chase.address, answer.body)
        if isinstance(found, Trail):
            found = chase.follow(found, self._settings) or found
        return found, True

    def _refused(self, at: Address) -> Judgement | None:
        if any(fnmatchcase(at.url, pattern) for pattern in self._settings.excluded):
            return Judgement(Outcome.SKIPPED, "excluded", detail="redirects to an excluded address")
        return self._hosts.closed(at.authority)

    def _ask(self, chase: Chase, guard: Guard) -> Answer | Judgement:
        at, settings = chase.trail.at, self._settings
        try:
            ips = self._ips(at, guard)
            if not all(self._policy.allows(ip) for _, ip in ips):
                return _NON_PUBLIC
            if not at.is_ip:
                self.works.update((NAMES, NETWORK))
            anchors = [fragments.names(each) for each in chase.wanted.fragments]
            headers = self._headers(chase)
            request = Request(
                at,
                ips,
                headers,
                chase.jar,
                anchors,
                settings.connect,
                settings.read,
                settings.max_body,
                keep=self._keep is not None,
            )
            return fetch(request, self._context() if at.scheme == "https" else None, guard)
        except NameFault as fault:
            if fault.reason == "host-not-found":
                if "." not in at.host or at.host.endswith(_PRIVATE_NAMES):
                    return _NON_PUBLIC
                return Judgement(Outcome.BROKEN, fault.reason, detail=fault.detail, needs=NAMES)
            return Judgement(Outcome.UNSURE, fault.reason, detail=fault.detail, needs=NETWORK)
        except Fault as fault:
            if fault.needs != NETWORK:
                self.works.add(NETWORK)
            outcome = Outcome.BROKEN if fault.reason == "tls" else Outcome.UNSURE
            return Judgement(outcome, fault.reason, detail=fault.detail, needs=fault.needs)

    def _context(self) -> ssl.SSLContext:
        with self._tls_lock:
            self._tls = self._tls or context_for(self._settings.ca_file)
            return self._tls

    def _ips(self, at: Address, guard: Guard) -> list[tuple[int, str]]:
        if at.is_ip:
            return [(at.family, at.host)]
        return list(self._names.addresses(at.host, at.port, guard))

    def _headers(self, chase: Chase) -> dict[str, str]:
        at, start, settings = chase.trail.at, chase.address, self._settings
        headers = {
            "User-Agent": settings.user_agent,
            "Accept": settings.accept,
            "Accept-Language": settings.accept_language,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        if chase.as_browser:
            headers |= _BROWSER
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
