"""Web servers on loopback that can behave and misbehave. Standard library only.

They speak in raw bytes over sockets, since no HTTP library can be made to send a garbage status line. What
they answer is in tests/support/links/behaviours.py.
Certificates are made when the tests run, by ``openssl`` on the PATH.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import subprocess
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote_to_bytes

from tests.support import HANGS

PATIENCE = 2 * HANGS  # seconds after which every misbehaviour ends, so that no thread stays behind
OUTSIDE, INSIDE = "127.0.0.1", "127.0.0.2"


def reply(status: str = "200 OK", body: bytes = b"fine", *headers: str, kind: str = "text/plain") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


MISSING = reply("404 Not Found", b"nothing here")


@dataclass(frozen=True)
class Seen:
    """A request as it came in. Names of headers are in lower case; a name that came twice has both values."""

    method: str
    target: str
    headers: dict[str, str]
    at: float

    @property
    def host(self) -> str:
        return self.headers["host"].partition(":")[0]


@dataclass
class Exchange:
    """One request and the socket that it came by."""

    server: Server
    socket: socket.socket
    seen: Seen
    times: int
    """How often this very target has been asked for, with this request."""

    @property
    def query(self) -> bytes:
        return unquote_to_bytes(self.seen.target.partition("?")[2])

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)
        self.server.sent += len(data)

    def hang(self) -> None:
        """Say nothing more until the other side gives up."""
        self.socket.settimeout(PATIENCE)
        while self.socket.recv(4096):
            pass

    def drip(self, data: bytes, pause: float = 0.05) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not self.server.stopped.wait(pause):
            self.send(data)

    def flood(self, data: bytes, limit: int) -> None:
        for _ in range(limit // len(data)):
            self.send(data)

    def reset(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Handler = Callable[[Exchange, list[str]], bytes | None]


@dataclass
class Server:
    """One listener. A handler's bytes are sent and the connection kept; after None it is closed.

    Attributes:
        address: Where it listens, on a port of the system's choice unless ``port`` says one.
        certificates: The context of each host name, for a server that speaks TLS.
        behaviours: What to answer, by the first part of the path.
        accepted: What to do with a connection instead of reading a request from it.
    """

    address: str = OUTSIDE
    port: int = 0
    certificates: dict[str, ssl.SSLContext] = field(default_factory=dict)
    behaviours: Mapping[str, Handler] = field(default_factory=dict)
    accepted: Callable[[Server, socket.socket], None] | None = None
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    active: int = 0
    peak: int = 0
    sent: int = 0

    def __enter__(self) -> Server:
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.recent: deque[float] = deque()
        self.targets: Counter[str] = Counter()
        self.sockets: set[socket.socket] = set()
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        self.listener = socket.socket(family, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((self.address, self.port))
        self.listener.listen(256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stopped.set()
        with self.lock:
            sockets = [self.listener, *self.sockets]
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def asked(self, path: str) -> list[Seen]:
        """The requests whose target begins with ``path``."""
        return [seen for seen in self.seen if seen.target.startswith(path)]

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
                self.open += 1
                self.sockets.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        connection = raw
        try:
            raw.settimeout(PATIENCE)
            if self.accepted:
                return self.accepted(self, raw)
            if self.certificates:
                connection = self._secured(raw)
            while (head := _head(connection)) and self._answered(connection, head):
                pass
        except (OSError, ValueError):
            pass  # the other side gave up, which is what most tests wait for
        finally:
            connection.close()
            with self.lock:
                self.open -= 1
                self.sockets.discard(raw)

    def _secured(self, raw: socket.socket) -> ssl.SSLSocket:
        def choose(tls: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
            tls.context = self.certificates.get(name or "", default)

        default = next(iter(self.certificates.values()))
        default.sni_callback = choose
        return default.wrap_socket(raw, server_side=True)

    def _answered(self, connection: socket.socket, head: str) -> bool:
        request, *lines = head.split("\r\n")
        method, target, _ = request.split(" ")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            key = name.lower()
            headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
        seen = Seen(method, target, headers, time.monotonic())
        with self.lock:
            self.seen.append(seen)
            self.targets[target] += 1
            exchange = Exchange(self, connection, seen, self.targets[target])
            self.active += 1
            self.peak = max(self.peak, self.active)
        try:
            _, name, *arguments = target.partition("?")[0].split("/")
            handler = self.behaviours.get(name)
            answer = handler(exchange, arguments) if handler else MISSING
        finally:
            with self.lock:
                self.active -= 1
        if answer is None:
            return False
        if method == "HEAD":
            answer = answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        exchange.send(answer)
        return b"\r\nConnection: close\r\n" not in answer


def _head(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return ""
        data += more
        if data[:1] == b"\x16":  # TLS where none is spoken
            connection.sendall(reply("400 Bad Request", b"speak plainly", "Connection: close"))
            return ""
    return data.partition(b"\r\n\r\n")[0].decode("latin-1")


def silent(server: Server, connection: socket.socket) -> None:
    """Take connections and never speak, not even TLS."""
    server.stopped.wait(PATIENCE)


def reset_at_once(server: Server, connection: socket.socket) -> None:
    connection.recv(1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


_OPENSSL = """
[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
rand_serial = yes
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = names
[names]
[root]
basicConstraints = critical, CA:true
subjectKeyIdentifier = hash
keyUsage = critical, keyCertSign
[secure.example]
subjectAltName = DNS:secure.example, DNS:*.secure.example
[expired.example]
subjectAltName = DNS:expired.example
[wrong-name.example]
subjectAltName = DNS:another.example
[self-signed.example]
subjectAltName = DNS:self-signed.example
"""


def certificates(folder: Path) -> dict[str, ssl.SSLContext]:
    """What servers of these names show; ``folder/ca.pem`` is who signed them. ``self-signed.example`` is not."""

    def openssl(*arguments: str) -> None:
        command = ["openssl", *arguments]
        subprocess.run(
            command, cwd=folder, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=30
        )

    (folder / "conf").write_text(_OPENSSL)
    (folder / "index.txt").touch()
    new_key = (
        "-config",
        "conf",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=t",
    )
    openssl(
        "req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-extensions", "root"
    )
    openssl("req", *new_key, "-keyout", "key", "-out", "request")
    now = datetime.now(UTC)
    contexts = {}
    for name in ("secure.example", "expired.example", "wrong-name.example", "self-signed.example"):
        end = now - timedelta(days=1) if name == "expired.example" else now + timedelta(days=1)
        dates = ("-startdate", f"{now - timedelta(days=2):%Y%m%d%H%M%SZ}", "-enddate", f"{end:%Y%m%d%H%M%SZ}")
        if name == "self-signed.example":
            openssl(
                "req",
                "-x509",
                "-config",
                "conf",
                "-key",
                "key",
                "-subj",
                "/CN=t",
                "-out",
                name,
                "-extensions",
                name,
            )
        else:
            common = (
                "-batch",
                "-config",
                "conf",
                "-in",
                "request",
                "-out",
                name,
                "-notext",
                "-extensions",
                name,
            )
            openssl("ca", *common, *dates)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / name, folder / "key")
        contexts[name] = context
    return contexts
