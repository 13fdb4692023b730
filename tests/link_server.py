"""Web servers on loopback that behave, and misbehave, in one way for each path. Standard library only.

They speak in raw bytes over sockets, since no HTTP library can be made to send a garbage status line.
Certificates are made when the tests run, by ``openssl`` on the PATH.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import subprocess
import threading
import time
import zlib
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote_to_bytes

from tests.link_pages import PAGES

PATIENCE = 20.0  # seconds after which every misbehaviour ends, so that no thread stays behind
OUTSIDE, INSIDE = "127.0.0.1", "127.0.0.2"


def reply(status: str = "200 OK", body: bytes = b"fine", *headers: str, kind: str = "text/plain") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


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
        accepted: What to do with a connection instead of reading a request from it.
    """

    address: str = OUTSIDE
    port: int = 0
    certificates: dict[str, ssl.SSLContext] = field(default_factory=dict)
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

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stopped.set()
        with self.lock:
            sockets = [self.listener, *self.sockets]
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
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
        default.sni_callback = choose  # type: ignore[assignment]
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
            answer = HANDLERS.get(name, _missing)(exchange, arguments)
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
    return data.partition(b"\r\n\r\n")[0].decode("latin-1")


def _missing(exchange: Exchange, arguments: list[str]) -> bytes | None:
    return reply("404 Not Found", b"nothing here")


def _ok(exchange: Exchange, arguments: list[str]) -> bytes | None:
    return reply()


def _status(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/status/451``; what follows ``?`` is a header to send with it."""
    code = arguments[0]
    if code in ("204", "304"):
        return f"HTTP/1.1 {code} Nothing\r\n\r\n".encode()
    return reply(f"{code} Some Reason", b"some words", *filter(None, [exchange.query.decode()]))


def _once(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/once/500``: that status the first time, then 200; what follows ``?`` is a header to send with it."""
    return _status(exchange, arguments) if exchange.times == 1 else reply()


def _retry_at(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/retry-at/429/5``: the first time that status with a date so many seconds from now."""
    if exchange.times > 1:
        return reply()
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=int(arguments[1])), usegmt=True)
    return reply(f"{arguments[0]} Later", b"", f"Retry-After: {when}")


def _method(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/method/200/404``: 200 to HEAD, 404 to anything else. A HEAD of ``hang`` is never answered."""
    code = arguments[0] if exchange.seen.method == "HEAD" else arguments[1]
    return exchange.hang() if code == "hang" else reply(f"{code} Some Reason")


def _to(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/to/301?/ok``: that redirect to what follows ``?``, sent as the bytes that it decodes to."""
    head = f"HTTP/1.1 {arguments[0]} Moved\r\nContent-Type: text/html\r\nContent-Length: 4\r\nLocation: "
    return head.encode() + exchange.query + b"\r\n\r\ngone"


def _chain(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/chain/302/9``: so many redirects, then 200."""
    code, left = arguments[0], int(arguments[1])
    return reply(f"{code} Moved", b"", f"Location: /chain/{code}/{left - 1}") if left else reply()


def _loop(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/loop/0/3``: a circle of three addresses."""
    at, size = int(arguments[0]), int(arguments[1])
    return reply("302 Found", b"", f"Location: /loop/{(at + 1) % size}/{size}")


def _endless_chain(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """Always another address."""
    return reply("302 Found", b"", f"Location: /endless-chain/{int(arguments[0]) + 1}")


def _cookie(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/cookie/self``: the same address again, with a cookie. ``/cookie/detour``: by way of another one."""
    if "seen=1" in exchange.seen.headers.get("cookie", ""):
        return reply("302 Found", b"", "Location: /cookie/detour") if arguments[0] == "set" else reply()
    location = "/cookie/set" if arguments[0] == "detour" else exchange.seen.target
    return reply("302 Found", b"", f"Location: {location}", "Set-Cookie: seen=1; Path=/")


def _cookie_loop(exchange: Exchange, arguments: list[str]) -> bytes | None:
    return reply("302 Found", b"", "Location: /cookie-loop", f"Set-Cookie: a={exchange.times}; Path=/")


def _auth(exchange: Exchange, arguments: list[str]) -> bytes | None:
    if "authorization" in exchange.seen.headers:
        return reply()
    return reply("401 Unauthorized", b"", 'WWW-Authenticate: Basic realm="r"')


def _limited(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/limited/1``: 429 to what comes after eight requests within a second, counted as the server answers."""
    server, now = exchange.server, time.monotonic()
    with server.lock:
        while server.recent and server.recent[0] < now - 1:
            server.recent.popleft()
        if len(server.recent) >= 8:
            server.targets["429"] += 1
            extra = ["Retry-After: 1"] if exchange.query == b"after" else []
            return reply("429 Too Many Requests", b"", *extra)
        server.recent.append(now)
    return reply()


def _slow(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/slow/100``: 200 after so many milliseconds."""
    exchange.server.stopped.wait(int(arguments[0]) / 1000)
    return reply()


def _page(exchange: Exchange, arguments: list[str]) -> bytes | None:
    page = PAGES.get("/".join(arguments))
    return reply(page.status, page.body, *page.headers, kind=page.kind) if page else _missing(exchange, arguments)


def _bomb(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/bomb/200``: 1 GiB of zeros in 1 MB; ``/bomb/301`` the same with a Location; ``/bomb/200/twice`` in 1 kB."""
    location = f"Location: /ok?{exchange.seen.target}\r\n" if arguments[0] != "200" else ""
    coding = "gzip, gzip" if "twice" in arguments else "gzip"
    exchange.send(
        f"HTTP/1.1 {arguments[0]} Boom\r\nContent-Type: text/html\r\n{location}"
        f"Content-Encoding: {coding}\r\nConnection: close\r\n\r\n".encode()
    )
    exchange.send(gzip.compress(zeros()) if "twice" in arguments else zeros())
    return None


@cache
def zeros(mebibytes: int = 1024) -> bytes:
    """A gzip stream of so many MiB of zeros, a kilobyte for each: after a full flush a block can be repeated."""
    plain = bytes(1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(mebibytes):
        check = zlib.crc32(plain, check)
    end = b"\x03\0" + struct.pack("<LL", check, mebibytes << 20)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * mebibytes + end


HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"


def _raw(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/raw/hang``: what no proper server does."""
    hostile = HOSTILE[arguments[0]]
    if callable(hostile):
        hostile(exchange)
    else:
        exchange.send(hostile)
    return None


def _two_steps(first: bytes, then: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
    def steps(exchange: Exchange) -> None:
        exchange.send(first)
        then(exchange)

    return steps


_GIB = 1 << 30
_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
HOSTILE: dict[str, bytes | Callable[[Exchange], None]] = {
    "empty": b"",
    "garbage": b"\x00\xff garbage \x01\r\n\r\n",
    "http-0.9": b"<html>no status line at all</html>",
    "no-number": b"HTTP/1.1 OK\r\n\r\n",
    "status-0": b"HTTP/1.1 000 Zero\r\n\r\n",
    "status-700": b"HTTP/1.1 700 Seven\r\nContent-Length: 0\r\n\r\n",
    "http-1.0": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p id=a>old</p>",
    "bare-newlines": b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 4\n\nfine",
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n" + reply(),
    "early-hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + reply(),
    "early-hints-404": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + reply("404 Not Found"),
    "endless-continue": lambda x: x.flood(b"HTTP/1.1 100 Continue\r\n\r\n" * 400, _GIB),
    "no-headers": b"HTTP/1.1 200 OK\r\n\r\nfine",
    "bad-header": b"HTTP/1.1 200 OK\r\nno colon here\r\n\xea\xb0\x80: \xff\r\nContent-Length: 4\r\n\r\nfine",
    "bad-length": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: many\r\n\r\nfine",
    "two-lengths": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\nfine",
    "truncated": HTML + b"Content-Length: 5000\r\n\r\n<p>half",
    "truncated-headers": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "truncated-chunks": _CHUNKED + b"ff\r\n<p>half",
    "bad-chunks": _CHUNKED + b"zz\r\n<p>half",
    "chunked": _CHUNKED + b"d\r\n<p id=a>a</p>\r\n0\r\n\r\n",
    "bad-gzip": HTML + b"Content-Encoding: gzip\r\n\r\n<p id=a>not gzip at all</p>",
    "unknown-coding": HTML + b"Content-Encoding: br\r\n\r\n\x8b\x01\x80zzz\x03",
    "reset": Exchange.reset,
    "reset-headers": _two_steps(b"HTTP/1.1 200 OK\r\nContent-", Exchange.reset),
    "reset-body": _two_steps(HTML + b"\r\n<p>ha", Exchange.reset),
    "hang": Exchange.hang,
    "hang-status": _two_steps(b"HTTP/1.1 2", Exchange.hang),
    "hang-headers": _two_steps(HTML, Exchange.hang),
    "hang-body": _two_steps(HTML + b"\r\n", Exchange.hang),
    "hang-file": _two_steps(HTML.replace(b"text/html", b"image/png") + b"\r\n", Exchange.hang),
    "hang-redirect": _two_steps(
        b"HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 9\r\n\r\n", Exchange.hang
    ),
    "hang-404": _two_steps(b"HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n", Exchange.hang),
    "drip-status": lambda x: x.drip(b"H"),
    "drip-headers": _two_steps(HTML, lambda x: x.drip(b"X-Drip: 1\r\n")),
    "drip-one-header": _two_steps(HTML + b"X-Drip: ", lambda x: x.drip(b"x")),
    "drip-body": _two_steps(HTML + b"\r\n", lambda x: x.drip(b"<p>")),
    "drip-chunks": _two_steps(_CHUNKED, lambda x: x.drip(b"1\r\nx\r\n")),
    "drip-redirect": _two_steps(b"HTTP/1.1 302 Found\r\nLocation: /ok\r\n\r\n", lambda x: x.drip(b"x")),
    "endless-body": _two_steps(HTML + b"\r\n", lambda x: x.flood(b"<p>more</p>" * 6000, 4 * _GIB)),
    "endless-file": _two_steps(
        HTML.replace(b"text/html", b"video/mp4") + b"\r\n", lambda x: x.flood(bytes(65536), 4 * _GIB)
    ),
    "endless-redirect": _two_steps(
        b"HTTP/1.1 302 Found\r\nLocation: /ok\r\n\r\n", lambda x: x.flood(bytes(65536), 4 * _GIB)
    ),
    "endless-404": _two_steps(
        b"HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n\r\n", lambda x: x.flood(b"<p>more</p>" * 6000, 4 * _GIB)
    ),
    "endless-chunk-line": _two_steps(_CHUNKED, lambda x: x.flood(b"0" * 65536, _GIB)),
    "endless-trailer": _two_steps(_CHUNKED + b"0\r\n", lambda x: x.flood(b"X: y\r\n" * 9000, _GIB)),
    "long-header": _two_steps(HTML + b"X-Long: ", lambda x: x.flood(b"x" * 65536, 4 << 20)),
    "many-headers": _two_steps(HTML, lambda x: x.flood(b"X-Many: yes, many\r\n" * 4096, _GIB)),
    "long-location": lambda x: x.send(b"HTTP/1.1 302 Found\r\nLocation: /" + b"x" * 60000 + b"\r\n\r\n"),
    # Hard on parsers that look for an end from each beginning anew.
    "comments": HTML + b"\r\n" + b"<!--" * 200_000,
    "tags": HTML + b"\r\n" + b"<a b='" * 150_000,
    "brackets": HTML + b"\r\n" + b"<" * 900_000,
    "declarations": HTML + b"\r\n" + b"<![a[" * 180_000,
    "metas": HTML + b"\r\n" + b"<meta http-equiv=refresh content=" * 27_000,
    "scripts": HTML + b"\r\n" + b"<script>" * 110_000,
    "titles": HTML + b"\r\n" + b"<title>" * 120_000,
    "spaces": HTML + b"\r\n<meta charset" + b" " * 900_000,
    "deep": HTML + b"\r\n" + b"<div>" * 180_000,
}

HANDLERS: dict[str, Handler] = {
    "": _ok,
    "ok": _ok,
    "status": _status,
    "once": _once,
    "retry-at": _retry_at,
    "method": _method,
    "to": _to,
    "no-location": lambda x, _: reply("302 Found", b""),
    "chain": _chain,
    "loop": _loop,
    "endless-chain": _endless_chain,
    "cookie": _cookie,
    "cookie-loop": _cookie_loop,
    "auth": _auth,
    "limited": _limited,
    "slow": _slow,
    "page": _page,
    "bomb": _bomb,
    "raw": _raw,
}


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
        subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=30)

    (folder / "conf").write_text(_OPENSSL)
    (folder / "index.txt").touch()
    new_key = ("-config", "conf", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=t")
    openssl("req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-extensions", "root")
    openssl("req", *new_key, "-keyout", "key", "-out", "request")
    now = datetime.now(UTC)
    contexts = {}
    for name in ("secure.example", "expired.example", "wrong-name.example", "self-signed.example"):
        end = now - timedelta(days=1) if name == "expired.example" else now + timedelta(days=1)
        dates = ("-startdate", f"{now - timedelta(days=2):%Y%m%d%H%M%SZ}", "-enddate", f"{end:%Y%m%d%H%M%SZ}")
        if name == "self-signed.example":
            openssl("req", "-x509", "-config", "conf", "-key", "key", "-subj", "/CN=t", "-out", name, "-extensions", name)
        else:
            common = ("-batch", "-config", "conf", "-in", "request", "-out", name, "-notext", "-extensions", name)
            openssl("ca", *common, *dates)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / name, folder / "key")
        contexts[name] = context
    return contexts
