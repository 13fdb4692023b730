"""Which way the words of a field go, in documents with Hebrew, Arabic and other scripts from right to left.

As on GitHub, each block goes the way that its first letter does, unless its author says which way
(``<div dir="rtl">``): in it, or around all of the document. Cards align all text left (style.css), and indent
lists there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from dlcards.deck.cards.parts import VOID, End, Part, Start, read, write
from dlcards.document.html import Tag, tokens
from dlcards.model import Document, lazy_compile

_RIGHT_TO_LEFT = lazy_compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DIRECTED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "pre"})
_AROUND = frozenset({"div", "section", "article", "main", "center"})
_WAYS = ("rtl", "ltr")


class Directions:
    """The ways that the blocks of a document go."""

    def __init__(self, document: Document) -> None:
        self.matter = bool(_RIGHT_TO_LEFT.search(document.text))
        self._places: list[int] = []
        self._ways: list[str] = []
        if self.matter:
            self._read(document)

    def question(self, html: str) -> str:
        """A question's inlines in a block that goes the way of its words."""
        return _aligned("auto", _directed(html, "")) if self.matter and html else html

    def blocks(self, html: str, place: int) -> str:
        """Blocks that stand at ``place`` in the document, each going its way."""
        if not self.matter or not html:
            return html
        number = bisect_right(self._places, place) - 1
        way = self._ways[number] if number >= 0 else ""
        return _aligned(way, _directed(html, way))

    def _read(self, document: Document) -> None:
        """Note from where to where elements around blocks say which way."""
        around: list[tuple[str, str]] = []
        for block in document.blocks:
            if block.kind != "block_html":
                continue
            for token in tokens(block.raw, block.span.start):
                if not isinstance(token, Tag) or token.name not in _AROUND:
                    continue
                if not token.closes:
                    said = token.value("dir").lower()
                    around.append((token.name, said if said in _WAYS else ""))
                elif around and around[-1][0] == token.name:
                    around.pop()
                self._places.append(token.span.end)
                self._ways.append(next((way for _, way in reversed(around) if way), ""))


def _aligned(way: str, parts: Iterable[Part]) -> str:
    direction = {"dir": way} if way else {}
    return write([Start("div", {**direction, "style": "text-align: start"}), *parts, End("div")])


def _directed(html: str, way: str) -> Iterator[Part]:
    """What ``html`` holds, with a direction for each block that has none of its own, nor from around it."""
    stack = [bool(way)]  # of each open element, whether its author has said which way
    for part in read(html):
        if isinstance(part, str):
            yield part
            continue
        if isinstance(part, End):
            if len(stack) > 1:
                stack.pop()
            yield part
            continue
        inside, own = stack[-1], "dir" in part.attributes
        if part.name not in VOID:
            stack.append(inside or own)
        if part == Start("code"):
            yield Start("code", {"dir": "ltr"})
        elif part.name not in _DIRECTED or own:
            yield part
        else:
            direction = {"dir": "ltr"} if part.name == "pre" else {} if inside else {"dir": "auto"}
            indent = {"style": "padding: 0 1.4em"} if part.name in ("ul", "ol") else {}
            yield Start(part.name, {**part.attributes, **direction, **indent})
