"""One behaviour for each path of tests/support/links/server.py: what it says, and what no proper server would."""

from __future__ import annotations

import gzip
import struct
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from tests.support.links.pages import PAGES
from tests.support.links.server import MISSING, Exchange, Handler, reply


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


def _then(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/then/500/404/200``: one status after the other, then the last one for ever."""
    return _status(exchange, [arguments[min(exchange.times, len(arguments)) - 1]])


def _for_browsers(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/for-browsers/404``: that status to programs, 200 to what looks like a browser."""
    if exchange.seen.headers.get("user-agent", "").startswith("Mozilla/5.0"):
        return reply()
    return _status(exchange, arguments)


def _retry_at(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/retry-at/429/5``: the first time that status with a date so many seconds from now."""
    if exchange.times > 1:
        return reply()
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=int(arguments[1])), usegmt=True)
    return reply(f"{arguments[0]} Later", b"", f"Retry-After: {when}")


def _method(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/method/200/404``: 200 to HEAD, 404 to anything else. A HEAD of ``hang`` is never answered."""
    code = arguments[0] if exchange.seen.method == "HEAD" else arguments[1]
    if code == "hang":
        exchange.hang()
    return reply(f"{code} Some Reason")


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
    return reply(page.status, page.body, *page.headers, kind=page.kind) if page else MISSING


def _refresh(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/refresh/0?/ok``: a page that says in its head, after so many seconds, where to go."""
    to = exchange.query.decode()
    head = f'<title>글</title><meta http-equiv="Refresh" content="{arguments[0]}; url={to}">'
    return reply("200 OK", f"<html><head>{head}</head><body><p id=a>{'글 ' * 400}".encode(), kind="text/html")


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
# Pages that are hard on parsers that look for an end from each beginning anew.
HARD_TO_PARSE = {
    # A codec of Python that takes quadratic time.
    "punycode": HTML.replace(b"html", b"html; charset=punycode")
    + b"\r\n"
    + b"a" * 300_000
    + b"-"
    + b"zz9" * 200_000,
    "comments": HTML + b"\r\n" + b"<!--" * 200_000,
    "tags": HTML + b"\r\n" + b"<a b='" * 100_000,
    "brackets": HTML + b"\r\n" + b"<" * 250_000,
    "declarations": HTML + b"\r\n" + b"<![a[" * 180_000,
    "metas": HTML + b"\r\n" + b"<meta http-equiv=refresh content=" * 27_000,
    "scripts": HTML + b"\r\n" + b"<script>" * 110_000,
    "titles": HTML + b"\r\n" + b"<title>" * 120_000,
    "spaces": HTML + b"\r\n<meta charset" + b" " * 900_000,
    "refresh": HTML + b"\r\n" + b"<meta http-equiv=refresh content='" + b" " * 100_000 + b"'>",
    "deep": HTML + b"\r\n" + b"<div>" * 60_000,
}
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
    "early-hints-404": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
    + reply("404 Not Found"),
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
    "hang-404": _two_steps(
        b"HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n", Exchange.hang
    ),
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
        b"HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n\r\n",
        lambda x: x.flood(b"<p>more</p>" * 6000, 4 * _GIB),
    ),
    "endless-chunk-line": _two_steps(_CHUNKED, lambda x: x.flood(b"0" * 65536, _GIB)),
    "endless-trailer": _two_steps(_CHUNKED + b"0\r\n", lambda x: x.flood(b"X: y\r\n" * 9000, _GIB)),
    "long-header": _two_steps(HTML + b"X-Long: ", lambda x: x.flood(b"x" * 65536, 4 << 20)),
    "many-headers": _two_steps(HTML, lambda x: x.flood(b"X-Many: yes, many\r\n" * 4096, _GIB)),
    "cookies": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
    + b"Set-Cookie: a=b; Expires=Mon, 1"
    + b" " * 20_000
    + b"\r\nSet-Cookie: =;;=,\xff\r\n\r\n",
    "long-location": lambda x: x.send(b"HTTP/1.1 302 Found\r\nLocation: /" + b"x" * 60000 + b"\r\n\r\n"),
    **HARD_TO_PARSE,
}

BEHAVIOURS: dict[str, Handler] = {
    "": _ok,
    "ok": _ok,
    "wire": _ok,
    "status": _status,
    "once": _once,
    "then": _then,
    "for-browsers": _for_browsers,
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
    "404.html": lambda x, _: _page(x, ["anchors"]),
    "refresh": _refresh,
    "bomb": _bomb,
    "raw": _raw,
}
