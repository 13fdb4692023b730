"""The parts of links and definitions: labels, addresses, titles, and the escapes in them.

mistune's helpers for them differ from CommonMark in what is a blank, in backslashes inside of labels and
in the order of entities and escapes.
"""

from __future__ import annotations

import re
from html.entities import html5
from re import Match
from string import punctuation
from typing import NamedTuple
from urllib.parse import quote

from dlcards.model import lazy_compile

PUNCTUATION = re.escape(punctuation)
# What is stripped from the ends of texts; between the parts of links and tags more is a blank.
BLANKS = " \t\n\r"
SPACES = r"[ \t\n\v\f\r]"
# houdini's rules: digits are counted before they are judged.
ENTITY = r"&(?:#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,8})|[A-Za-z][A-Za-z0-9]{1,31});"

_ENTITY = lazy_compile(ENTITY)
_ESCAPE = lazy_compile(rf"\\([{PUNCTUATION}])")
_SPACE = lazy_compile(rf"{SPACES}*")
_BLANK_RUN = lazy_compile(rf"[{BLANKS}]+")
# Blanks with at most one line end among them.
_SPACE_IN_DEFINITION = lazy_compile(r"[ \t]*(?:\n[ \t]*)?")
_END_OF_LINE = lazy_compile(r"[ \t]*(?:\n|\Z)")
_LABEL = lazy_compile(rf"(?:\\[{PUNCTUATION}]|[^\[\]])*+")
_ANGLE_ADDRESS = lazy_compile(r"<((?:\\(?s:.)|[^<>\n\\])*+)>")
_ADDRESS_PART = lazy_compile(rf"(?:\\[{PUNCTUATION}]|[^(){BLANKS}])++")
# The second alternative: where every closing mark is escaped, the last one closes, backslash or not.
_TITLES = {
    mark: lazy_compile(
        rf"(?s)[{mark}](?:((?:\\[{PUNCTUATION}]|[^{marks}])*+)|((?:\\.|[^{marks}\\])*\\))[{close}]"
    )
    for mark, close, marks in (('"', '"', '"'), ("'", "'", "'"), ("(", ")", "()"))
}
_LONGEST_LABEL = 1000  # bytes
_MOST_PARENTHESES = 32
_SAFE_IN_URL = ":/?#@!$&()*+,;=%"


class Destination(NamedTuple):
    """Where a link leads.

    Attributes:
        start: Where its address begins in the text, without ``<``.
        end: Where its address ends.
        address: The address as it is meant: without backslashes before punctuation, entities resolved.
        title: The same of the title; empty where there is none.
    """

    start: int
    end: int
    address: str
    title: str

    @property
    def attrs(self) -> dict[str, object]:
        """The attributes of a link that leads there."""
        attrs: dict[str, object] = {"url": escape_url(self.address), "address": self.address}
        return attrs | {"title": self.title} if self.title else attrs


def entity(match: Match[str]) -> str:
    """The character of an entity; the entity itself where there is none of that name."""
    name = match.group()[1:]
    if not name.startswith("#"):
        return html5.get(name, match.group())
    code = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
    is_character = 0 < code < 0xD800 or 0xDFFF < code < 0x110000
    return chr(code) if is_character else "\ufffd"


def resolve_entities(text: str) -> str:
    """``text`` with the characters that its entities stand for."""
    return _ENTITY.sub(entity, text) if "&" in text else text


def unescape(text: str) -> str:
    """``text`` as it is meant: entities resolved, then backslashes before punctuation gone."""
    text = resolve_entities(text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def escape_url(address: str) -> str:
    """An address for HTML: percent-encoded where need be."""
    return quote(address, safe=_SAFE_IN_URL)


def label_key(label: str) -> str:
    """What labels that are the same have in common; empty for a label of blanks, and one too long."""
    if len(label) > _LONGEST_LABEL // 4 and len(label.encode(errors="replace")) > _LONGEST_LABEL:
        return ""
    return _BLANK_RUN.sub(" ", label.strip(BLANKS).casefold())


def label_end(text: str, start: int) -> int | None:
    """Where the label ends whose first character is at ``start``: at its ``]``."""
    label = _LABEL.match(text, start, start + _LONGEST_LABEL + 1)
    assert label is not None
    return label.end() if text.startswith("]", label.end()) else None


def link_destination(text: str, start: int) -> tuple[Destination, int] | None:
    """The destination in parentheses that open before ``start``, and where the link ends."""
    place = _address(text, _skip(_SPACE, text, start))
    if place is None:
        return None
    begin, end, after = place
    title, after_title = _title(text, after, _SPACE)
    after_title = _skip(_SPACE, text, after_title)
    if not text.startswith(")", after_title):
        return None
    return Destination(begin, end, unescape(text[begin:end].strip(BLANKS)), unescape(title)), after_title + 1


def definition(text: str, start: int) -> tuple[str, Destination, int] | None:
    """The link reference definition that begins at ``start``: its label, where it leads, where it ends.

    It ends behind its last line.
    """
    close = label_end(text, start + 1) if text.startswith("[", start) else None
    if close is None or not text.startswith(":", close + 1) or not text[start + 1 : close].strip(BLANKS):
        return None
    place = _address(text, _skip(_SPACE_IN_DEFINITION, text, close + 2))
    if place is None:
        return None
    begin, end, after = place
    title, after_title = _title(text, after, _SPACE_IN_DEFINITION)
    line_end = _END_OF_LINE.match(text, after_title)
    if line_end is None:
        # What follows on the next line is text then. The title stays, too, as on GitHub.
        line_end = _END_OF_LINE.match(text, after)
    if line_end is None:
        return None
    where = Destination(begin, end, unescape(text[begin:end].strip(BLANKS)), unescape(title))
    return text[start + 1 : close], where, line_end.end()


def _skip(blanks: re.Pattern[str], text: str, at: int) -> int:
    match = blanks.match(text, at)
    assert match is not None
    return match.end()


def _address(text: str, start: int) -> tuple[int, int, int] | None:
    """Where the address begins and ends that is written at ``start``, and what is behind it."""
    if text.startswith("<", start):
        match = _ANGLE_ADDRESS.match(text, start)
        return (match.start(1), match.end(1), match.end()) if match else None
    if start == len(text):
        return None
    depth, at = 0, start
    while at < len(text):
        if part := _ADDRESS_PART.match(text, at):
            at = part.end()
        elif text[at] == "(" and depth < _MOST_PARENTHESES:
            depth += 1
            at += 1
        elif text[at] == ")" and depth:
            depth -= 1
            at += 1
        elif text[at] == "(" or (text[at] in BLANKS and at == start):
            return None
        else:
            break
    return start, at, at


def _title(text: str, start: int, blanks: re.Pattern[str]) -> tuple[str, int]:
    """The title behind an address that ends at ``start``, and where it ends; without one at ``start``."""
    at = _skip(blanks, text, start)
    pattern = _TITLES.get(text[at : at + 1]) if at > start else None
    match = pattern.match(text, at) if pattern else None
    return (match.group(1) or match.group(2) or "", match.end()) if match else ("", start)
