"""The state of one address while it is checked: where it led so far, and whether to try again."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from dlcards.links.cookies import Jar
from dlcards.links.judge import META_REFRESH, Judgement, Trail, Wanted
from dlcards.links.settings import Settings
from dlcards.links.urls import Address
from dlcards.model import Outcome

_TRANSIENT = frozenset(("server-error", "unavailable", "rate-limited", "connection", "dns"))
# What is asked for once more before it is called broken: all of it is a mood of servers now and then.
_CONFIRMED = frozenset(("not-found", "tls", "host-not-found"))


@dataclass(slots=True)
class Chase:
    """One address, whatever the fragments that it is asked for with.

    Attributes:
        wanted: The address, and the fragments that it is asked for with.
        trail: The way of the current try.
        spent: Seconds of work on all tries.
        doubt: The reason of the last answer, where it is broken if another one agrees.
        as_browser: Whether the current try sends a browser's headers: some sites tell programs that a page
            that they show to browsers is not there. Only what a browser is not shown either is broken.
        shown: Whether a browser was shown a page.
        jar: Cookies of the current try.
        faults: Tries that were lost to faults, and to refusals that pass.
        timeouts: Tries that were lost to timeouts.
    """

    wanted: Wanted
    trail: Trail = field(init=False)
    spent: float = 0.0
    doubt: str = ""
    as_browser: bool = False
    shown: bool = False
    jar: Jar = field(init=False)
    faults: int = 0
    timeouts: int = 0
    _seen: set[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.doubt = self.wanted.doubt
        self._begin()

    @property
    def address(self) -> Address:
        """The first address."""
        return self.wanted.address

    def follow(self, to: Trail, settings: Settings) -> Judgement | None:
        """Go on to where a redirect leads; a judgement where that has no end.

        Args:
            to: The way with the redirect.
            settings: For the number of redirects.
        """
        status = to.hops[-1]
        # With the cookies: a site may ask for the same address again once it has set one.
        step = (to.at.url, self.jar.header(to.at))
        endless = step in self._seen or len(to.hops) > settings.max_redirects
        if endless and to.hops[-1] == META_REFRESH:
            return Judgement(Outcome.OK, status=200, detail="a page that keeps leading on")
        if step in self._seen:
            return Judgement(Outcome.BROKEN, "redirect-loop", status, detail="redirects in a circle")
        if len(to.hops) > settings.max_redirects:
            detail = f"more than {settings.max_redirects} redirects"
            return Judgement(Outcome.BROKEN, "too-many-redirects", status, detail=detail)
        self._seen.add(step)
        self.trail = to
        return None

    def weighed(self, judgement: Judgement) -> Judgement:
        """A judgement in the light of the tries before it."""
        if self.shown and judgement.status == 404:
            return Judgement(Outcome.UNSURE, "blocked", 404, detail="browsers are shown a page")
        return judgement

    def again(self, judgement: Judgement, settings: Settings) -> float | None:
        """Seconds to wait before another try; None where the judgement stands.

        A try begins at the first address.
        """
        wait = self._wait(judgement, settings)
        if wait is not None:
            self._begin()
        return wait

    def _begin(self) -> None:
        self.trail = Trail(self.address, self.address)
        self.jar = Jar()
        self._seen = {(self.address.url, "")}

    def _wait(self, judgement: Judgement, settings: Settings) -> float | None:
        reason = judgement.reason
        if judgement.outcome is Outcome.BROKEN:
            if reason not in _CONFIRMED or judgement.status == 410 or self.doubt == reason:
                return None
            self.doubt = reason
            self.as_browser = judgement.status == 404
            return settings.confirm_after
        if self.as_browser and judgement.outcome in (Outcome.OK, Outcome.MOVED):
            # Was the first answer a mood, or what programs are told?
            self.as_browser, self.shown = False, True
            return settings.confirm_after
        self.doubt = ""
        if self.spent >= settings.total:
            return None
        if reason == "timeout" and self.timeouts < settings.timeout_retries:
            self.timeouts += 1
        elif reason in _TRANSIENT and self.faults < settings.retries:
            self.faults += 1
        else:
            return None
        asked = judgement.retry_after
        if asked is not None and asked > settings.retry_after_max:
            return None
        tries = self.faults + self.timeouts
        return asked if asked else settings.backoff * 2 ** (tries - 1) * self._jitter(tries, settings)

    def _jitter(self, tries: int, settings: Settings) -> float:
        # Of the address itself, so that a run can be repeated; never quite as much as allowed.
        sixteenth = 1 + zlib.crc32(f"{tries} {self.address.url}".encode()) % 15
        return 1 + settings.backoff_jitter * (sixteenth / 8 - 1)
