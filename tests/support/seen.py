"""What a person sees of a field, read with Python's own parser: nothing of it is shared with dlcards."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

_STYLES = {
    **{"b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "sub": "sub", "sup": "sup"},
    **{"s": "del", "strike": "del", "del": "del", "code": "code", "kbd": "kbd", "mark": "mark"},
}
_LINES = frozenset(["p", "div", "ul", "ol", "section", "details", "table", "tbody", "thead"])
_BLOCKS = frozenset(
    ["li", "tr", "td", "th", "pre", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "summary"]
)
_FORMULA = re.compile(r"(?s)\\\((.+?)\\\)|\\\[(.+?)\\\]")
_BLANK = re.compile(r"(?s)\{\{c(\d+)::(.*?)\}\}")


class Glyph(NamedTuple):
    """A character that is not blank, or a picture, as it is shown.

    Attributes:
        said: The character; the address of a picture.
        before: What begins or ends between it and the one before: ``" "`` for blanks, in code
            the blanks themselves, names of elements.
        styles: What it stands in: emphasis, links with their addresses, blocks.
    """

    said: str
    before: frozenset[str]
    styles: tuple[str, ...]


def seen(html: str) -> list[Glyph]:
    """The characters and pictures of a field, in order."""
    html = _BLANK.sub(r"<mark>\2</mark>", html)
    html = _FORMULA.sub(lambda m: re.sub(r"<br ?/?>|\s", " ", m[0]), html)
    html = _FORMULA.sub(
        lambda m: re.sub(r"^(\\[(\[]) *|(?<! ) *(\\[)\]])$", lambda e: e[1] or e[2], m[0]), html
    )
    reader = _Reader()
    reader.feed(unicodedata.normalize("NFC", html))
    reader.close()
    return reader.glyphs


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.glyphs: list[Glyph] = []
        self._before: set[str] = set()
        self._gap = ""
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            if self._within("pre"):
                self._gap += "\n"
            else:
                self._before.add("br")
        elif tag == "img":
            self._glyph(f"<{values.get('src')} {values.get('alt', '')}>")
        elif tag == "input":
            self._glyph(f"<{'checked' if 'checked' in values else 'task'}>")
        elif tag == "hr":
            self._before.add("line")
            self._glyph("<hr>")
            self._before.add("line")
        elif tag in _LINES or tag in _BLOCKS:
            self._before.add(tag if tag in _BLOCKS else "line")
            shown = tag in _BLOCKS or tag in ("ul", "ol", "section", "details")
            self._open.append((tag, tag if shown else ""))
        elif tag == "a":
            self.handle_endtag("a")  # links hold no links
            self._open.append((tag, f"a {unquote(values.get('href', ''))} {values.get('title', '')}"))
        else:
            self._open.append((tag, "" if self._within("pre") else _STYLES.get(tag, "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES or tag in _BLOCKS:
            self._before.add("line")
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == tag:
                del self._open[number]
                return

    def handle_data(self, data: str) -> None:
        for character in data.replace("\u2060", ""):
            if character.isspace() and self._within("pre"):
                self._gap += " " if character == "\xa0" else character
            elif character.isspace():
                self._before.add(" ")
            else:
                self._glyph(character)

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def _glyph(self, said: str) -> None:
        before = self._before
        if before & (_BLOCKS | {"line"}):  # nobody sees blanks and breaks at the edges of blocks
            before = before & _BLOCKS or {"line"}
        elif self._gap:  # of code each blank and each empty line is seen
            before = {self._gap}
        elif "br" in before:
            before = before - {" "}
        if not self.glyphs:
            before = set()
        # In which order emphases stand in one another, nobody sees.
        inline = [style for _, style in self._open if style and style not in _BLOCKS and style not in _LINES]
        blocks = [style for _, style in self._open if style in _BLOCKS or style in _LINES]
        self.glyphs.append(Glyph(said, frozenset(before), (*blocks, *sorted(set(inline)))))
        self._before = set()
        self._gap = ""
