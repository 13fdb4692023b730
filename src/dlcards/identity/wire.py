"""Protocol Buffers' messages, field by field: the form of what Anki keeps in BLOBs and in lists of media.

https://protobuf.dev/programming-guides/encoding/. Anki's own definitions are compiled with Anki alone, and
two numbers of them are all that is asked for here.
"""

from __future__ import annotations

from collections.abc import Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LONGEST_VARINT = 10  # bytes


class WireError(ValueError):
    """Bytes that are no message."""


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message in their order, with their numbers; whole numbers, else bytes.

    Raises:
        WireError: It is none, or is cut short.
    """
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, form = tag >> 3, tag & 7
        if form == _VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        if form == _BYTES:
            size, at = _varint(message, at)
        elif form in (_FIXED32, _FIXED64):
            size = 4 if form == _FIXED32 else 8
        else:
            raise WireError(f"no form of a field: {form}")
        if size > len(message) - at:
            raise WireError("cut short")
        yield number, message[at : at + size]
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """A number at a place, seven bits a byte, and the place behind it."""
    value = 0
    for count, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, at + count + 1
    raise WireError("a number without end")
