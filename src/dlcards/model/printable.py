"""Names of files and words of documents as people and programs can read them, whatever characters they hold.

A name on Linux is bytes; what is no UTF-8 in it Python keeps as lone surrogates, which no UTF-8 can hold.
"""

from __future__ import annotations

import json
from pathlib import PurePath

from dlcards.model.lazy import lazy_compile

# What would move the cursor or turn the line around, what ends a line, and what is no character.
_UNPRINTABLE = lazy_compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BEYOND_JSON = lazy_compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SURROGATE = lazy_compile("[\ud800-\udfff]")


def printable(text: str, keep: str = "\n\t") -> str:
    r"""``text`` with ``\x1b`` and the like in place of what does not print.

    ``\xff`` is also a byte of a name that is no UTF-8.

    Args:
        text: Any characters.
        keep: Those that stay.
    """
    return _UNPRINTABLE.sub(lambda found: found[0] if found[0] in keep else _escaped(found[0]), text)


def name_of(path: PurePath | str) -> str:
    """The name of a file on one line."""
    return printable(str(path), keep="")


def bytes_of(path: PurePath | str) -> bytes:
    """The bytes of a name: UTF-8, and those that are none."""
    return b"".join(
        c.encode("utf-8", "surrogateescape" if "\udc80" <= c <= "\udcff" else "surrogatepass")
        for c in str(path)
    )


def counted(number: int, noun: str) -> str:
    """So many of something, in English: ``1 card``, ``2 cards``."""
    return f"{number} {noun}" + ("" if number == 1 else "es" if noun.endswith("s") else "s")


def json_of(value: object, indent: int | None = None) -> str:
    r"""``value`` as JSON for any program and terminal; bytes of names that are no UTF-8 become ``\xff``."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = _BEYOND_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _SURROGATE.sub(lambda found: f"\\{_escaped(found[0])}", text)


def own_json_of(value: object) -> str:
    """``value`` as JSON in UTF-8 that Python reads back as it was, bytes of names included."""
    text = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    return short or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
