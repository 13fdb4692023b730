"""How the checker behaves; every default is one that evidence speaks for."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dlcards import __version__
from dlcards.model import lazy_compile

CONTACT = "https://github.com/OWNER/dlcards"


_HEADER_NAME = lazy_compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the checker behaves. All times are seconds.

    Attributes:
        connect: For one address of a host to take a connection.
        read: For the next bytes to come.
        total: For all work on one address: looking up names, all tries and their redirects. Waiting
            between them (for a turn, back-off, ``Retry-After``) does not count.
        retries: More tries after 5xx, 429, and faults of connections and DNS.
        timeout_retries: More tries after a timeout.
        backoff: Before the second try; twice as much before each one after it.
        backoff_jitter: By what part back-offs differ from address to address.
        retry_after_max: The longest ``Retry-After`` that is waited for.
        workers: Requests at one time.
        per_group: Requests at one time to one registrable domain.
        interval: Between the starts of two requests to one registrable domain.
        max_redirects: Redirects that are followed.
        max_body: Bytes of a page that are read, after decompression.
        confirm_after: Before what looks broken is asked for once more.
        max_time: For the whole run; what is not done by then is unsure.
        allow_nets: Networks (``"127.0.0.0/8"``) that may be asked though they are not public.
        excluded: Globs of addresses that are never asked; ``*`` stands for ``/``, too.
        user_agent: Who asks, with an address to complain to.
        accept: What kinds of content are asked for.
        accept_language: The languages that pages are asked for.
        headers: Headers by glob of host names. Sent to the host that an address names, never to
            another one that it redirects to.
        ca_file: A file of certificates (PEM) to trust besides the usual ones.
    """

    connect: float = 5.0
    read: float = 15.0
    total: float = 30.0
    retries: int = 2
    timeout_retries: int = 1
    backoff: float = 1.0
    backoff_jitter: float = 0.2
    retry_after_max: float = 30.0
    workers: int = 16
    per_group: int = 4
    interval: float = 0.1
    max_redirects: int = 10
    max_body: int = 1 << 20
    confirm_after: float = 1.0
    max_time: float | None = None
    allow_nets: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    user_agent: str = f"dlcards/{__version__} (link checker; +{CONTACT})"
    accept: str = "text/html, */*;q=0.8"
    accept_language: str = "ko,en"
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ca_file: str | None = None

    def check(self) -> None:
        """Find what would only show in the midst of a run.

        Raises:
            ValueError: A network, or a header, that can't be.
        """
        for net in self.allow_nets:
            ipaddress.ip_network(net, strict=False)
        for headers in self.headers.values():
            for name, value in headers.items():
                if not _HEADER_NAME.fullmatch(name) or re.search(r"[\r\n\0]", value):
                    raise ValueError(f"{name!r} is no header that can be sent")
