"""What the checker says about one address."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Outcome(enum.Enum):
    """The five classes. Only ``BROKEN`` is a claim that the link leads nowhere."""

    OK = "ok"
    MOVED = "moved"
    BROKEN = "broken"
    UNSURE = "unsure"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker says about one address.

    Attributes:
        url: The address as it was asked for. It may hold secrets: show it with
            :func:`dlcards.links.shown`.
        outcome: The class.
        reason: A word for programs. Broken: ``not-found`` (404, 410), ``client-error``,
            ``host-not-found``, ``tls``, ``redirect-loop``, ``too-many-redirects``, ``no-location``,
            ``bad-scheme`` (a redirect to something that is not http), ``invalid-url``, ``fragment``.
            Unsure: ``blocked``, ``rate-limited``, ``server-error``, ``unavailable``, ``timeout``,
            ``connection``, ``dns``, ``fragment-js``, ``offline``, ``budget``. Skipped: ``excluded``,
            ``non-public``, ``scheme``. Else empty.
        status: The last HTTP status; None where no server answered.
        final_url: Where a ``MOVED`` address led, fragment included; else empty. To be shown as ``url`` is.
        suspect: A hint on ``OK``: ``soft-404``, ``parked``, ``to-root``, ``other-domain``; else empty.
        detail: A few words in English for people; secrets are masked.
    """

    url: str
    outcome: Outcome
    reason: str = ""
    status: int | None = None
    final_url: str = ""
    suspect: str = ""
    detail: str = ""
