"""One request: to the address that was checked, within its time, and no more of it than needed.

On ``requests``, but on its adapter alone: a ``Session`` reads and inflates the body of every
redirect, even with ``stream=True`` and ``allow_redirects=False``, sends passwords from ``~/.netrc``,
and asks the environment for proxies.
"""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as PoolTimeout

from dlcards.links import tls
from dlcards.links.body import read_body
from dlcards.links.cookies import Jar
from dlcards.links.deadlines import Guard
from dlcards.links.judge import CERTIFICATES, NETWORK, Answer
from dlcards.links.page import decoded, scan
from dlcards.links.urls import Address

_MOST_ADDRESSES = 4
_INTERIM_ANSWERS = 20
_LONGEST_HEAD = 1 << 18
_HTML = frozenset(("text/html", "application/xhtml+xml", ""))
_ERROR_BODY = 1 << 16
# Faults of this machine's network rather than of a server.
_UNREACHABLE = frozenset((errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL))
_WORDS = {
    "RemoteDisconnected": "closed without an answer",
    "IncompleteRead": "broken off",
    "InvalidChunkLength": "broken off",
    "BadStatusLine": "the answer is not HTTP",
    "UnknownProtocol": "the answer is not HTTP",
    "LineTooLong": "headers without end",
    "HTTPException": "headers without end",
}
# Pages are parsed by a few threads at a time: parsing takes several times a page's size.
_PARSING = threading.Semaphore(2)


class Fault(Exception):
    """A request without an answer.

    Attributes:
        reason: ``timeout``, ``connection`` or ``tls``.
        detail: For people.
        needs: As in :class:`dlcards.links.judge.Judgement`: what may be to blame on this side.
    """

    def __init__(self, reason: str, detail: str, needs: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.needs = needs


class Request(NamedTuple):
    """What to ask for.

    Attributes:
        address: The address.
        ips: ``(family, IP address)``: where to connect to, tried in order.
        headers: What to send.
        jar: Cookies; those that the answer sets are put into it.
        anchors: What to look for on the page: of each, the names that it may have.
        connect: Seconds for one connection.
        read: Seconds for the next bytes.
        max_body: Bytes to read of a page, after decompression.
        keep: Whether the body is wanted itself and whole, whatever it is; else only pages are looked at.
    """

    address: Address
    ips: Sequence[tuple[int, str]]
    headers: Mapping[str, str]
    jar: Jar
    anchors: Sequence[frozenset[str]]
    connect: float
    read: float
    max_body: int
    keep: bool = False


def fetch(request: Request, context: ssl.SSLContext | None, guard: Guard) -> Answer:
    """Ask once, without following redirects; their bodies are not read.

    Args:
        request: What to ask for.
        context: For https, what to trust.
        guard: What ends the request when its time is over.

    Raises:
        Fault: There was no answer, or it broke off.
    """
    prepared = requests.PreparedRequest()
    prepared.method = "GET"
    prepared.url = request.address.url
    prepared.headers = CaseInsensitiveDict(request.headers)
    timeout = (request.connect, min(request.read, guard.left()))
    adapter = _Adapter(request, context, guard)
    try:
        response = adapter.send(prepared, stream=True, timeout=timeout, verify=True)
    except (requests.RequestException, HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        raise _fault(error, guard, request) from error
    raw: BaseHTTPResponse = response.raw
    try:
        request.jar.take(request.address, raw)
        return _answer(request, response.status_code, raw, guard)
    finally:
        raw.close()
        adapter.close()


def _answer(request: Request, status: int, raw: BaseHTTPResponse, guard: Guard) -> Answer:
    headers: dict[str, str] = {}
    for name, value in raw.headers.items():
        headers.setdefault(name.lower(), value)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    good = 200 <= status < 300
    if request.keep and good:
        return Answer(status, headers, body=_whole_body(raw, headers, request, guard))
    if 300 < status < 400 or status in (204, 205) or kind not in _HTML:
        return Answer(status, headers)
    limit = request.max_body if good else min(request.max_body, _ERROR_BODY)
    body = read_body(raw, headers.get("content-encoding", ""), limit)
    late = guard.expired and not body.ended
    if good and (body.error or late):
        raise _fault(body.error, guard, request)
    if not kind and not body.looks_like_html():
        return Answer(status, headers)
    if not _PARSING.acquire(timeout=guard.left()):
        raise Fault("timeout", "too many pages to read at once")
    try:
        page = scan(decoded(body.data, headers.get("content-type", "")), request.anchors, body.complete)
    finally:
        _PARSING.release()
    return Answer(status, headers, page)


def _whole_body(raw: BaseHTTPResponse, headers: Mapping[str, str], request: Request, guard: Guard) -> bytes:
    """All of a body.

    Raises:
        Fault: It is longer than ``request.max_body``, broke off, or is compressed in an unknown way.
    """
    body = read_body(raw, headers.get("content-encoding", ""), request.max_body)
    if body.error or guard.expired:
        raise _fault(body.error, guard, request)
    if not body.readable:
        raise Fault("connection", "compressed in a way that nobody asked for")
    if not body.complete:
        raise Fault("too-large", f"more than {request.max_body} bytes")
    return body.data


def _fault(error: Exception | None, guard: Guard, request: Request) -> Fault:
    """What went wrong, from what ``requests`` and ``urllib3`` wrapped it in."""
    causes = list(_causes(error)) if error else []
    if guard.expired:
        return Fault("timeout", "too slow")
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate_fault(cause, guard, request)
        if isinstance(cause, ssl.SSLError) and tls.is_broken(cause):
            return Fault("tls", str(cause.reason or "TLS").replace("_", " ").lower())
    if any(isinstance(cause, TimeoutError | PoolTimeout) for cause in causes):
        return Fault("timeout", "no answer in time")
    for cause in causes:
        if isinstance(cause, OSError) and cause.errno in _UNREACHABLE:
            return Fault("connection", cause.strerror or "unreachable", NETWORK)
    # Never the exception's own text: it names the address, secrets included.
    said = (cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror)
    known = (_WORDS[name] for cause in causes if (name := type(cause).__name__) in _WORDS)
    return Fault("connection", next(known, "") or next(said, "") or "no proper answer")


def _certificate_fault(error: ssl.SSLCertVerificationError, guard: Guard, request: Request) -> Fault:
    detail = f"certificate: {error.verify_message}"
    if tls.lacks_issuer(error) and tls.names_its_issuer(_certificate(request, guard)):
        return Fault("connection", f"{detail}; most browsers fetch the missing one")
    return Fault("tls", detail, CERTIFICATES)


def _certificate(request: Request, guard: Guard) -> bytes | None:
    """The server's certificate (DER), unverified; None where it is not to be had."""
    try:
        with (
            _connection(request, guard) as plain,
            tls.unverified().wrap_socket(plain, server_hostname=request.address.host) as secure,
        ):
            return secure.getpeercert(binary_form=True)
    except (OSError, ValueError):
        return None


def _connection(request: Request, guard: Guard) -> socket.socket:
    """A connection to the first of the request's addresses that takes one.

    Raises:
        OSError: None does; the fault that says most.
    """
    error: OSError | None = None
    for family, ip in request.ips[:_MOST_ADDRESSES]:
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            guard.hold(connection)
            connection.settimeout(min(request.connect, guard.left()))
            connection.connect((ip, request.address.port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        except OSError as fault:
            connection.close()
            # "No route" to one of the addresses says little: many machines have no IPv6.
            error = fault if error is None or error.errno in _UNREACHABLE else error
            if guard.expired:
                break
    raise error or OSError("no address")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and everything inside it, from the outside in."""
    waiting, seen = [error], set()
    while waiting:
        at = waiting.pop(0)
        if id(at) in seen:
            continue
        seen.add(id(at))
        yield at
        inner = (at.__cause__, at.__context__, getattr(at, "reason", None), *at.args)
        waiting += [each for each in inner if isinstance(each, BaseException)]


class _Head:
    """The lines before a body, only so much of them: ``http.client`` takes a hundred of 64 KiB each."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self._left = _LONGEST_HEAD

    def readline(self, limit: int = -1) -> bytes:
        line = self.file.readline(limit)
        self._left -= len(line)
        if self._left < 0:
            raise http.client.HTTPException("headers without end")
        return line

    def close(self) -> None:
        self.file.close()


class _Response(http.client.HTTPResponse):
    """A response with a head of bounded length, which passes over interim answers.

    ``http.client`` takes 103 for the last answer.
    """

    _interim = 0

    def begin(self, **options: Any) -> None:
        file: Any = self.fp
        head: Any = _Head(file)
        self.fp = head
        try:
            super().begin(**options)
        finally:
            if self.fp is head:  # else it was closed
                self.fp = file

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            self._interim += 100 <= status < 200
            if self._interim > _INTERIM_ANSWERS:
                raise http.client.HTTPException("interim answers without end")
            if status in (100, 101) or not 100 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _Pinned(HTTPConnection):
    """A connection to the address that was checked, whatever its name means by now."""

    def __init__(self, *args: Any, request: Request, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return _connection(self._request, self._guard)

    def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:
        # The target as it is written: on its way here, urllib3 changed percent-encodings.
        super().putrequest(method, self._request.address.target, *args, **kwargs)


class _Plain(_Pinned):
    response_class = _Response


class _Secure(_Pinned, HTTPSConnection):
    response_class = _Response


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    """The way of one request."""

    def __init__(self, request: Request, context: ssl.SSLContext | None, guard: Guard) -> None:
        super().__init__(max_retries=0)
        self._request, self._context, self._guard = request, context, guard

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> HTTPConnectionPool:
        host, port = self._request.address.host, self._request.address.port
        options: dict[str, Any] = {"request": self._request, "guard": self._guard}
        if self._request.address.scheme == "https":
            return _SecurePool(host, port, ssl_context=self._context, **options)
        return _PlainPool(host, port, **options)

    def build_response(self, req: requests.PreparedRequest, resp: BaseHTTPResponse) -> requests.Response:
        """Only what is used: the original parses cookies, and those of anybody."""
        response = requests.Response()
        response.status_code, response.raw = resp.status, resp
        return response

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the context verifies. Here, ``requests`` would load all certificates anew."""
