"""Bodies as they come: compressed, cut off, damaged, or far larger than they look."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from urllib3 import HTTPResponse

from dlcards.links.body import read_body


def body_of(data: bytes, coding: str = "", limit: int = 1 << 20) -> Any:
    raw = HTTPResponse(body=io.BytesIO(data), preload_content=False, decode_content=False)
    return read_body(raw, coding, limit)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


PAGE = b"<html>" + bytes(range(256)) * 400 + b"</html>"
CODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("", lambda data: data),
    ("identity", lambda data: data),
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("gzip", lambda data: data),  # some servers only say so
]


@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_bodies(coding: str, pack: Callable[[bytes], bytes]) -> None:
    body = body_of(pack(PAGE), coding)
    assert (body.data, body.complete, body.error, body.readable) == (PAGE, True, None, True)
    cut = body_of(pack(PAGE), coding, 5000)
    assert (cut.data, cut.complete) == (PAGE[:5000], False)


def test_bodies_that_are_not_all_there() -> None:
    packed = gzip.compress(PAGE)
    assert not body_of(packed[: len(packed) // 2], "gzip").complete
    assert not body_of(packed + packed, "gzip").complete
    assert body_of(packed + bytes(10), "gzip").complete
    for data, coding in ((b"\x00garbage", "gzip"), (PAGE, "br"), (gzip.compress(packed), "gzip, gzip")):
        body = body_of(data, coding)
        assert (body.data, body.complete, body.readable) == (b"", False, False)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(gzip.compress(bytes(64 << 20)) + bytes(64 << 20))
    body = body_of(bomb, "gzip", 1 << 16)
    assert len(body.data) == 1 << 16
    assert not body.complete
