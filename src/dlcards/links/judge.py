"""From an answer of a server to what it means for the link; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from dlcards.links import challenges, soft404
from dlcards.links.domains import owner
from dlcards.links.fragments import Found, find
from dlcards.links.page import Page, refresh_target
from dlcards.links.urls import Address, InvalidAddress, OtherScheme, header_text, join
from dlcards.model import Outcome, Verdict, lazy_compile

PERMANENT = frozenset((301, 308))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# 426 and 430 want another kind of asker, 495 and 496 a certificate of the asker.
_BLOCKED = frozenset((401, 403, 407, 426, 430, 451, 495, 496, 999))
_TOO_SLOW = 408
_TOO_EARLY = 425
_UNAVAILABLE = 503
_RATE_LIMITED = frozenset((420, 429))
META_REFRESH = 0

NAMES, NETWORK, CERTIFICATES = "names", "network", "certificates"

# Whose whole purpose is to lead elsewhere; another domain at the end is no surprise.
_REDIRECTOR = lazy_compile(
    r"(?:dx\.)?doi\.org|hdl\.handle\.net|purl\.org|w3id\.org|n2t\.net|bit\.ly|t\.co|(?:maps\.app\.)?goo\.gl|g\.co|"
    r"youtu\.be|aka\.ms|tinyurl\.com|git\.io|lnkd\.in|naver\.me|me2\.do|han\.gl|buly\.kr|vo\.la|url\.kr|bit\.do|"
    r"ow\.ly|is\.gd|amzn\.to|fb\.me|forms\.gle|shorturl\.at"
)
_ROOT = lazy_compile(
    r"/(?:(?:ko|kr|en|us|gb|ja|jp|zh|cn|tw|de|fr|es|pt|br|it|ru)(?:[-_][a-z]{2,4})?/?)?"
    r"(?:(?:index|home|main|default)(?:\.\w{2,5})?/?)?",
    re.IGNORECASE,
)


_LOGIN = lazy_compile(r"/(?:log|sign)[-_]?in(?:[/.]|$)|/(?:sso|auth)(?:[/.]|$)", re.IGNORECASE)


class Wanted(NamedTuple):
    """What is to be found out.

    Attributes:
        address: The address, without fragment.
        fragments: The fragments to look for there.
        doubt: The reason, where it looked broken a short time ago.
    """

    address: Address
    fragments: frozenset[str]
    doubt: str = ""


class Answer(NamedTuple):
    """What a server said.

    Attributes:
        status: The HTTP status.
        headers: The headers, names in lower case; of several of one name the first.
        page: The page, where it is HTML that could be read.
        body: The body, where it was wanted itself.
    """

    status: int
    headers: Mapping[str, str]
    page: Page | None = None
    body: bytes = b""


class Trail(NamedTuple):
    """The way from the address that was asked for to where it led so far.

    Attributes:
        start: The first address.
        at: The one that the answer came from.
        hops: The statuses of the redirects between; 0 where a page led on by itself.
        fragment: The last fragment that a redirect named; it stands for the first address's own.
    """

    start: Address
    at: Address
    hops: tuple[int, ...] = ()
    fragment: str = ""


class Judgement(NamedTuple):
    """What is known of an address, whatever its fragment; attributes as in :class:`Verdict`.

    Attributes:
        outcome: The class.
        reason: Why.
        status: The last HTTP status.
        final: Where a moved address led.
        fragment: The fragment that ``final`` has of its own.
        suspect: A hint.
        detail: For people.
        fragments: Of the fragments that were asked for, whether the page has them; None where
            any one is right.
        retry_after: Seconds that the server wants to be left alone.
        needs: What must be seen to work in this run before this counts: ``NAMES``, ``NETWORK`` or
            ``CERTIFICATES``; else empty.
    """

    outcome: Outcome
    reason: str = ""
    status: int | None = None
    final: str = ""
    fragment: str = ""
    suspect: str = ""
    detail: str = ""
    fragments: Mapping[str, Found] | None = None
    retry_after: float | None = None
    needs: str = ""

    def verdict(self, url: str, fragment: str) -> Verdict:
        """The verdict on ``url``, whose fragment is ``fragment``."""
        found = (self.fragments or {}).get(fragment, Found.YES)
        good = self.outcome in (Outcome.OK, Outcome.MOVED)
        if good and not self.suspect and found is Found.NO:
            detail = "the page has no such anchor"
            return Verdict(url, Outcome.BROKEN, "fragment", self.status, detail=detail)
        if good and not self.suspect and found is Found.UNKNOWN:
            detail = "the page may get the anchor from its scripts, or was not read to its end"
            return Verdict(url, Outcome.UNSURE, "fragment-js", self.status, detail=detail)
        end = self.fragment or fragment
        final = f"{self.final}#{end}" if self.final and end else self.final
        return Verdict(url, self.outcome, self.reason, self.status, final, self.suspect, self.detail)


def judge(answer: Answer, trail: Trail, fragments: frozenset[str], now: float) -> Judgement | Trail:
    """What ``answer`` means, or the way on where it leads elsewhere.

    Args:
        answer: The answer of ``trail.at``.
        trail: How the answer was reached.
        fragments: What to look for on the page.
        now: Seconds since 1970, for a server that gives its ``Retry-After`` as a date but not its time.
    """
    status, headers, page = answer.status, answer.headers, answer.page
    if status in _REDIRECTS or (status == 300 and headers.get("location")):
        return _redirect(answer, trail)
    if challenges.is_challenge(status, headers, page, trail.at.url if trail.hops else ""):
        return Judgement(Outcome.UNSURE, "blocked", status, detail="bot protection")
    if not 200 <= status <= 300:
        outcome, reason = _failure(status)
        return Judgement(
            outcome, reason, status, detail=f"HTTP {status}", retry_after=retry_after(headers, now)
        )
    if on := _led_on(answer, trail):
        return on
    return _good(answer, trail, fragments)


def _failure(status: int) -> tuple[Outcome, str]:
    if status in _BLOCKED:
        return Outcome.UNSURE, "blocked"
    if status in _RATE_LIMITED:
        return Outcome.UNSURE, "rate-limited"
    if status == _TOO_SLOW:
        return Outcome.UNSURE, "timeout"
    if status in (_UNAVAILABLE, _TOO_EARLY):
        return Outcome.UNSURE, "unavailable"
    if status in (404, 410):
        return Outcome.BROKEN, "not-found"
    if 400 <= status < 500:
        return Outcome.UNSURE, "client-error"
    return Outcome.UNSURE, "server-error"


def _redirect(answer: Answer, trail: Trail) -> Judgement | Trail:
    location = header_text(answer.headers.get("location", "")).strip()
    if not location:
        detail = f"HTTP {answer.status} without a Location"
        return Judgement(Outcome.BROKEN, "no-location", answer.status, detail=detail)
    try:
        to = join(trail.at, location)
    except OtherScheme:
        detail = "redirects to something that is not http"
        return Judgement(Outcome.BROKEN, "bad-scheme", answer.status, detail=detail)
    except InvalidAddress as error:
        detail = f"redirects to no possible address: {error}"
        return Judgement(Outcome.BROKEN, "invalid-url", answer.status, detail=detail)
    return _on(trail, to, answer.status)


def _led_on(answer: Answer, trail: Trail) -> Trail | None:
    """Where a page leads by itself; None where it stays, or where browsers would not follow."""
    page = answer.page or Page()
    refresh = refresh_target(header_text(answer.headers.get("refresh", ""))) or page.refresh
    if not refresh:
        return None
    try:
        to = join(join(trail.at, page.base) if page.base else trail.at, refresh)
    except (OtherScheme, InvalidAddress):
        return None
    return None if to.url == trail.at.url else _on(trail, to, META_REFRESH)


def _on(trail: Trail, to: Address, status: int) -> Trail:
    return Trail(trail.start, to, (*trail.hops, status), to.fragment or trail.fragment)


def _good(answer: Answer, trail: Trail, fragments: frozenset[str]) -> Judgement:
    page, at, start = answer.page, trail.at, trail.start
    suspect = (page and soft404.suspect(page, at.url, start.url)) or _astray(start, at)
    permanent = bool(trail.hops) and PERMANENT.issuperset(trail.hops)
    moved = permanent and not suspect and _is_better(at, start)
    found = None
    # A redirect's own fragment stands for the first one, and a page that leads on by itself drops it.
    if page and not trail.fragment and META_REFRESH not in trail.hops:
        found = {fragment: find(fragment, page) for fragment in fragments}
    return Judgement(
        Outcome.MOVED if moved else Outcome.OK,
        status=answer.status,
        final=at.url if moved else "",
        fragment=trail.fragment,
        suspect=suspect,
        fragments=found,
    )


def _is_better(at: Address, start: Address) -> bool:
    """Whether documents should rather name ``at``, where ``start`` leads for good."""
    return (
        at.url != start.url
        and owner(at.host) == owner(start.host)
        and bool(at.path.strip("/"))
        and not (start.scheme == "https" and at.scheme == "http")
        and not (_LOGIN.search(at.path) and not _LOGIN.search(start.path))
    )


def _astray(start: Address, at: Address) -> str:
    if _REDIRECTOR.fullmatch(start.host):
        return ""
    if _ROOT.fullmatch(at.path) and not _ROOT.fullmatch(start.path) and "?" not in at.target:
        return "to-root"
    return "other-domain" if owner(start.host) != owner(at.host) else ""


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that ``Retry-After`` asks for, in either form; None without a readable one.

    A date is compared with the server's own ``Date`` where it gives one, since clocks differ.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(?:\.[0-9]*)?", text):
        return float(text[:15])
    until = _timestamp(text)
    if until is None:
        return None
    server = _timestamp(headers.get("date", ""))
    return max(0.0, until - (now if server is None else server))


def _timestamp(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
