"""The prose of an answer: what is left without code, math, pictures and notes."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dlcards.model import Node, Span, lazy_compile

_NOT_PROSE = frozenset(
    {
        "codespan",
        "block_code",
        "inline_math",
        "block_math",
        "image",
        "definition",
        "footnote_definition",
        "footnote_ref",
        "front_matter",
    }
)
_INLINE = frozenset({"text", "emphasis", "strong", "strikethrough", "link", "inline_html"})
_TAG = lazy_compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.S)
_CODE_IN_HTML = lazy_compile(r"\s*<(?:pre|script|style)\b", re.I)
_ENTITY = lazy_compile(r"&(?:#\w{1,8}|\w{1,32});")


class Prose(NamedTuple):
    """Words with the way back to the document.

    Attributes:
        text: The words; a NUL stands for a character of the source that shows nothing.
        starts: Where each piece of the document begins in ``text``.
        pieces: Those pieces.
    """

    text: str
    starts: Sequence[int]
    pieces: Sequence[Span]

    def place(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands in the document; both ends are those of a word."""
        return Span(self._offset(start), self._offset(end - 1) + 1)

    def _offset(self, index: int) -> int:
        piece = bisect_right(self.starts, index) - 1
        span = self.pieces[piece]
        return min(span.start + index - self.starts[piece], span.end - 1)


def prose(nodes: Sequence[Node], without: frozenset[str] = frozenset()) -> Prose:
    """The prose of blocks or inlines.

    Args:
        nodes: The blocks or inlines.
        without: Kinds of nodes to leave out besides code, math, pictures and notes.
    """
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[Span] = []
    length = 0

    def add(words: str) -> None:
        nonlocal length
        parts.append(words)
        length += len(words)

    def visit(node: Node) -> None:
        if node.kind in _NOT_PROSE or node.kind in without:
            return
        if node.raw:
            starts.append(length)
            pieces.append(node.span)
            add(_ENTITY.sub(_character, _without_tags(node)))
        for child in node.children:
            visit(child)
        if node.kind not in _INLINE:  # the end of a block, or of a line in it
            add(" ")

    for node in nodes:
        visit(node)
    return Prose("".join(parts), starts, pieces)


def _without_tags(node: Node) -> str:
    if node.kind not in ("block_html", "inline_html"):
        return node.raw
    return "" if _CODE_IN_HTML.match(node.raw) else _TAG.sub(_blank, node.raw)


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match.group())


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group()).ljust(len(match.group()), "\0")
