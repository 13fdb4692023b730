"""The beginning of a body, decompressed within bounds.

Not the decompression of ``urllib3``: a kilobyte can become a megabyte, and that a million times over.
"""

from __future__ import annotations

import http.client
import re
import zlib
from typing import NamedTuple

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from dlcards.model import lazy_compile

_STEP = 1 << 14
_HTML = lazy_compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|title|meta|!--)", re.IGNORECASE
)
_END = lazy_compile(rb"</html\s*>", re.IGNORECASE)
_PLAIN = frozenset(("", "identity"))
_GZIP = frozenset(("gzip", "x-gzip"))


class Body(NamedTuple):
    """What was read.

    Attributes:
        data: Decompressed.
        complete: Whether it is all there is.
        error: Why there is no more, if the connection is to blame.
        readable: False for compression that is not known, or garbage.
    """

    data: bytes
    complete: bool = True
    error: Exception | None = None
    readable: bool = True

    @property
    def ended(self) -> bool:
        """Whether the page said its last word, so that it is whole however its connection ended."""
        return bool(_END.search(self.data, max(0, len(self.data) - 1000)))

    def looks_like_html(self) -> bool:
        """Whether it begins as HTML does."""
        return bool(_HTML.match(self.data))


def read_body(raw: BaseHTTPResponse, coding: str, limit: int) -> Body:
    """Read at most ``limit`` bytes, compressed or not.

    Args:
        raw: The response.
        coding: Its ``Content-Encoding``.
        limit: Bytes.
    """
    codings = [name.strip().lower() for name in coding.split(",")]
    codings = [name for name in codings if name not in _PLAIN]
    if len(codings) > 1 or not _GZIP.union(("deflate",)).issuperset(codings):
        return Body(b"", complete=False, readable=False)  # nobody asked for that
    inflater = _Inflater(codings[0]) if codings else None
    data = bytearray()
    taken = 0
    while taken < limit and len(data) < limit:
        try:
            piece = raw.read1(_STEP, decode_content=False)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            body = Body(bytes(data), complete=False, error=error)
            return Body(body.data) if body.ended else body
        if not piece:
            return Body(bytes(data), inflater is None or inflater.ended or not taken)
        taken += len(piece)
        try:
            data += inflater.feed(piece, limit - len(data)) if inflater else piece
        except zlib.error:
            # Some servers only say that they compress.
            is_html = not data and _HTML.match(piece)
            if not is_html:
                return Body(bytes(data), complete=False, readable=bool(data))
            inflater = None
            data += piece
    with memoryview(data) as view:  # a slice of data itself would be one more copy
        return Body(bytes(view[:limit]), complete=False)


class _Inflater:
    def __init__(self, coding: str) -> None:
        self._gzip = coding in _GZIP
        self._coder = zlib.decompressobj(zlib.MAX_WBITS | 16 if self._gzip else zlib.MAX_WBITS)
        self._begun = False

    @property
    def ended(self) -> bool:
        """Whether this was all: the stream has ended, and no second one follows."""
        return self._coder.eof and not self._coder.unused_data.startswith(b"\x1f\x8b")

    def feed(self, piece: bytes, most: int) -> bytes:
        """At most ``most`` bytes of what ``piece`` holds; the rest is lost.

        Raises:
            zlib.error: It is not compressed that way.
        """
        if self._coder.eof:
            return b""  # what follows a stream is mostly padding
        try:
            plain = self._coder.decompress(piece, max(1, most))
        except zlib.error:
            if self._begun or self._gzip:
                raise
            self._coder = zlib.decompressobj(-zlib.MAX_WBITS)  # "deflate" without its header is common
            plain = self._coder.decompress(piece, max(1, most))
        self._begun = True
        return plain
