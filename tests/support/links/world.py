"""A small internet on loopback for the tests of links: servers outside and inside, names, a clock."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from dlcards.links import Machine, Outcome, Settings, Verdict, check
from tests.support.links.behaviours import BEHAVIOURS
from tests.support.links.server import INSIDE, OUTSIDE, Server, certificates, reset_at_once, silent

# Names that lead elsewhere than to the server outside: addresses, or getaddrinfo's error.
ELSEWHERE: dict[str, list[str] | int] = {
    "gone.example": socket.EAI_NONAME,
    "gone2.example": socket.EAI_NONAME,
    "no-dns.example": socket.EAI_AGAIN,
    "inside.example": [INSIDE],
    "localhost": ["::1", "127.0.0.1"],
    "mixed.example": [OUTSIDE, INSIDE],
    "mapped.example": [f"::ffff:{INSIDE}"],
    "empty.example": [],
    "half.example": ["::1", OUTSIDE],
}
# Only this address is open to the checker; the server inside listens on the next one, on the same port.
NETS = (f"{OUTSIDE}/32",)
CALM: dict[str, Any] = {"connect": 5.0, "read": 5.0, "total": 10.0, "interval": 0.0, "allow_nets": NETS}


class Names:
    """A resolver that makes no traffic and takes notes."""

    def __init__(self) -> None:
        self.elsewhere = dict(ELSEWHERE)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[tuple[int, str]]:
        self.asked.append(host)
        answer = self.elsewhere.get(host.rstrip("."), [OUTSIDE])
        if isinstance(answer, int):
            raise socket.gaierror(answer, "as the test wants it")
        if literal := _literal(host):
            answer = [literal]
        return [(socket.AF_INET6 if ":" in each else socket.AF_INET, each) for each in answer]


def _literal(host: str) -> str:
    """What the system's resolver makes of an address, however it is written (``127.2``, ``0x7f000002``)."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host)) if re.fullmatch(r"[0-9a-fA-FxX.]+", host) else ""
    except OSError:
        return ""


class Clock:
    """Time that jumps ahead instead of waiting."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.slept: list[float] = []
        self.lock = threading.Lock()

    def now(self) -> float:
        return time.monotonic() + self.ahead

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.slept.append(seconds)
            self.ahead += max(seconds, 0.0)
        time.sleep(0)  # other threads are to see it

    @property
    def long(self) -> list[float]:
        """The waits that mean something: back-off, Retry-After, confirmation."""
        return [seconds for seconds in self.slept if seconds >= 0.5]


@cache
def authority() -> tuple[Path, dict[str, ssl.SSLContext]]:
    """Certificates, once a process: the file to trust, and what the server shows by name."""
    folder = Path(tempfile.mkdtemp(prefix="dlcards-tls-"))
    return folder / "ca.pem", certificates(folder)


class World:
    """The servers, for as long as a ``with`` lasts.

    In addresses of tests ``/ok`` is on ``http://site.example``; hosts without a port get the one on which
    that scheme is spoken; ``:SILENT``, ``:RESET`` and ``:CLOSED`` are ports that are what they are called.
    """

    def __enter__(self) -> World:
        self.names, self.clock = Names(), Clock()
        self.ca, contexts = authority()
        with ExitStack() as stack:
            self.outside = stack.enter_context(Server(behaviours=BEHAVIOURS))
            self.inside = stack.enter_context(Server(INSIDE, self.outside.port, behaviours=BEHAVIOURS))
            self.tls = stack.enter_context(Server(certificates=contexts, behaviours=BEHAVIOURS))
            self.silent = stack.enter_context(Server(accepted=silent))
            resets = stack.enter_context(Server(accepted=reset_at_once))
            with Server() as closed:
                pass
            self.ports = {
                "http": self.outside.port,
                "https": self.tls.port,
                "SILENT": self.silent.port,
                "RESET": resets.port,
                "CLOSED": closed.port,
                "PLAIN": self.outside.port,
                "TLS": self.tls.port,
            }
            self.stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stack.close()

    def url(self, text: str) -> str:
        if re.match("/(?!/)", text):
            text = f"http://site.example{text}"
        text = re.sub(r":(SILENT|RESET|CLOSED|PLAIN|TLS)\b", lambda m: f":{self.ports[m[1]]}", text)
        return re.sub(
            r"(?i)\b(https?)://((?:[^/?#\s@]*@)?(?:\[[^]]*\]|[^/?#\s:@\\[]+))(?=[/?#\\]|$)",
            lambda m: f"{m[0]}:{self.ports[m[1].lower()]}",
            text,
        )

    def shown(self, verdict: Verdict) -> str:
        """A verdict in the words of the table: ``moved /ok``, ``broken not-found``, ``ok soft-404``."""
        words = [verdict.outcome.value]
        if verdict.outcome is Outcome.OK:
            words.append(verdict.suspect)
        elif verdict.outcome is Outcome.MOVED:
            plain = verdict.final_url
            for scheme in ("http", "https"):
                plain = re.sub(rf"^({scheme}://[^/]*):{self.ports[scheme]}", r"\1", plain)
            words.append(plain.removeprefix("http://site.example"))
        else:
            words.append(verdict.reason)
        return " ".join(filter(None, words))

    def check(self, *urls: str, real_time: bool = False, **settings: Any) -> list[Verdict]:
        """Verdicts on addresses as :meth:`url` makes them; waiting is skipped unless ``real_time``."""
        return self.run([self.url(url) for url in urls], real_time=real_time, **settings)

    def run(self, urls: Sequence[str], *, real_time: bool = False, **settings: Any) -> list[Verdict]:
        options: dict[str, Any] = {}
        for name in ("cache", "progress", "cancelled"):
            if name in settings:
                options[name] = settings.pop(name)
        machine = Machine(self.names) if real_time else Machine(self.names, self.clock.now, self.clock.sleep)
        made = Settings(**{**CALM, "ca_file": str(self.ca), **settings})
        return check(urls, made, machine=machine, **options)
