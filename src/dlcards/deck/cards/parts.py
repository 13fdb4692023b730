"""Cleaned HTML as tags and texts, so that nothing changes it as a string.

A pattern over HTML takes what stands in an attribute for a tag, and what it writes there may become one. So
whoever changes what the sanitizer has let through reads it with :func:`read`, changes tags and texts, and
writes them with :func:`write`. It is written so that each of them is read again as what it was: a ``<`` that
begins no tag is a character, whichever way the sanitizer escapes attributes (nh3 before 0.3.7 does not).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from dlcards.model import lazy_compile

# As sanitizers and our own templates write them: names in lower case, values in double quotes.
_ATTRIBUTE = lazy_compile(r' ([a-z][a-z0-9-]*)="([^"]*)"')
_TAG = lazy_compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z][a-z0-9-]*="[^"]*")*)>')
_NONE: Mapping[str, str] = MappingProxyType({})


class Start(NamedTuple):
    """A start tag.

    Attributes:
        name: Its name.
        attributes: Its attributes' values by name, written as in HTML: ``&amp;``, not ``&``.
    """

    name: str
    attributes: Mapping[str, str] = _NONE


class End(NamedTuple):
    """An end tag."""

    name: str


Part = Start | End | str
"""A tag, or text as it is written in HTML: ``&lt;``, not ``<``."""

VOID = frozenset({"br", "hr", "img", "input", "wbr", "col", "area"})
"""Elements without an end tag, among those that cards have."""


def read(html: str) -> list[Part]:
    """The tags and texts of cleaned HTML; no text is empty, and none stands beside another."""
    parts: list[Part] = []
    at = 0
    for tag in _TAG.finditer(html):
        if at < tag.start():
            parts.append(html[at : tag.start()])
        at = tag.end()
        if tag[1]:
            parts.append(End(tag[2]))
        else:
            parts.append(Start(tag[2], dict(_ATTRIBUTE.findall(tag[3])) if tag[3] else _NONE))
    if at < len(html):
        parts.append(html[at:])
    return parts


def write(parts: Iterable[Part]) -> str:
    """The HTML of tags and texts."""
    written: list[str] = []
    for part in parts:
        if isinstance(part, str):
            written.append(_characters(part))
        elif isinstance(part, End):
            written.append(f"</{part.name}>")
        elif part.attributes:
            values = (f' {name}="{_value(value)}"' for name, value in part.attributes.items())
            written.append(f"<{part.name}{''.join(values)}>")
        else:
            written.append(f"<{part.name}>")
    return "".join(written)


def _characters(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _value(value: str) -> str:
    return _characters(value).replace('"', "&quot;")
