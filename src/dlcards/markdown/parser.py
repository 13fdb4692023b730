"""Markdown as GitHub reads it: text in, blocks and inlines out that know where they stand.

``blocks.py`` says which lines belong to which block, and mistune's inline parser (``inlines.py``) reads the
text of each. This module makes nodes of both. The comparison with GitHub's own parser in
``tests/markdown/test_commonmark.py`` and the laws of places in ``tests/markdown/test_parser.py`` hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from dlcards.markdown import tables
from dlcards.markdown.block import Block
from dlcards.markdown.blocks import BlockParser
from dlcards.markdown.emphasis import Token
from dlcards.markdown.front_matter import front_matter_end
from dlcards.markdown.inlines import InlineParser
from dlcards.markdown.lines import Content, Piece
from dlcards.markdown.links import BLANKS
from dlcards.model import Node, Span

# Of the nodes of which nothing more is known: one for all of them.
_NONE: Mapping[str, object] = MappingProxyType({})


def parse(text: str) -> tuple[Node, ...]:
    """Parse markdown as GitHub reads it: CommonMark with tables, footnotes, task lists and math.

    Args:
        text: The document as it is on disk; CRLF, a BOM and YAML front matter do no harm.

    Returns:
        The top-level blocks. Their spans tile the text: the first starts at 0, each next one where
        the last ended, the last ends at ``len(text)``. Empty for an empty text.
    """
    nodes: list[Node] = []
    start = 0
    if text.startswith("\ufeff"):
        nodes.append(Node("blank_line", Span(0, 1)))
        start = 1
    if end := front_matter_end(text, start):
        nodes.append(Node("front_matter", Span(start, end), raw=text[start:end]))
        start = end
    blocks = BlockParser(text, start)
    blocks.parse()
    return (*nodes, *_Builder(blocks, text).top_level())


def plain_text(nodes: Sequence[Node]) -> str:
    """The words of inlines without their markup; pictures, HTML tags and footnotes have none."""
    if len(nodes) == 1 and nodes[0].kind == "text":
        return nodes[0].raw
    parts = []
    for node in nodes:
        if node.kind in ("softbreak", "linebreak"):
            parts.append(" ")
        elif node.kind not in ("image", "inline_html", "footnote_ref"):
            parts.append(node.raw or plain_text(node.children))
    return "".join(parts)


@cache
def _inline_parser() -> InlineParser:
    return InlineParser()


class _Builder:
    """Makes nodes of a document's blocks."""

    def __init__(self, blocks: BlockParser, text: str) -> None:
        self._text = text
        self._root = blocks.root
        self._lines = blocks.lines
        self._env = {"references": blocks.references, "footnotes": blocks.footnotes}

    def top_level(self) -> tuple[Node, ...]:
        """The nodes of the document's own blocks, which tile it."""
        blocks = _seen_and_unseen(self._root)
        nodes = []
        for block, following in zip(blocks, [*blocks[1:], None], strict=False):
            end = following.start if following else len(self._text)
            last = following.number - 1 if following else len(self._lines) - 1
            nodes.append(self._node(block, Span(block.start, end), last))
        return tuple(nodes)

    def _children(self, block: Block, last: int) -> tuple[Node, ...]:
        """The nodes of what stands in ``block``, whose last line is that of the number ``last``."""
        if block.kind in ("list_item", "footnote_definition"):
            # The blank lines below belong to the item, not to what stands in it.
            while last > block.number and not self._lines.text(last).strip(" \t"):
                last -= 1
        blocks = _seen_and_unseen(block)
        nodes = []
        for child, following in zip(blocks, [*blocks[1:], None], strict=False):
            number = following.number - 1 if following else last
            span = Span(child.start, max(child.start, self._lines.ends[number]))
            nodes.append(self._node(child, span, number))
        return tuple(nodes)

    def _node(self, block: Block, span: Span, last: int) -> Node:
        kind, attrs = block.kind, block.attrs or _NONE
        if kind in ("paragraph", "block_text", "heading"):
            return Node(kind, span, self._inlines(Content(block.pieces)), attrs=attrs)
        if kind == "list":
            return Node(kind, span, self._items(block, span, last), attrs=attrs)
        if kind == "table":
            rows = (self._row(row, block, is_head=not number) for number, row in enumerate(block.pieces))
            return Node(kind, span, tuple(rows), attrs=attrs)
        return Node(kind, span, self._children(block, last), _raw(block), attrs)

    def _items(self, block: Block, span: Span, last: int) -> tuple[Node, ...]:
        items = block.children
        nodes = []
        for item, following in zip(items, [*items[1:], None], strict=False):
            if block.attrs["tight"]:
                for child in item.children:
                    child.kind = "block_text" if child.kind == "paragraph" else child.kind
            place = Span(item.start, following.start if following else span.end)
            number = following.number - 1 if following else last
            nodes.append(Node("list_item", place, self._children(item, number), attrs=item.attrs or _NONE))
        return tuple(nodes)

    def _row(self, row: Piece, table: Block, *, is_head: bool) -> Node:
        places = tables.cells(row.text)
        end = len(row.text)
        missing = [(end, end)] * (len(table.aligns) - len(places))
        cells = []
        for (first, last), align in zip([*places, *missing], table.aligns, strict=False):
            content = Content(tables.without_escapes(row, first, last))
            place = Span(row.at + first, row.at + last)
            attrs = {"align": align, "head": is_head}
            cells.append(Node("table_cell", place, self._inlines(content), attrs=attrs))
        return Node("table_row", Span(row.start, row.at + end), tuple(cells), attrs={"cells": len(places)})

    def _inlines(self, content: Content) -> tuple[Node, ...]:
        if not content.text:
            return ()
        source = content.text.rstrip(BLANKS)
        return _inline_nodes(_inline_parser()(source, self._env), content)


def _seen_and_unseen(block: Block) -> list[Block]:
    """The blocks in ``block``, with the definitions and blank lines between them, in order."""
    if not block.unseen:
        return block.children
    blocks: list[Block] = []
    for child in sorted([*block.children, *block.unseen], key=lambda child: child.number):
        if not (child.kind == "blank_line" and blocks and blocks[-1].kind == "blank_line"):
            blocks.append(child)
    if block.kind in ("list_item", "footnote_definition") and blocks[-1].kind == "blank_line":
        blocks.pop()
    return blocks


def _raw(block: Block) -> str:
    """The literal content of a leaf without inlines."""
    lines = [piece.text for piece in block.pieces]
    if block.kind == "block_math":
        return "\n".join(lines).strip()[2:-2].strip()
    if block.kind == "block_code" and not block.marker:
        while not lines[-1].strip(" \t"):
            lines.pop()
        return "\n".join(lines)
    return "".join(f"{line}\n" for line in lines)


def _inline_nodes(tokens: Iterable[Token], content: Content) -> tuple[Node, ...]:
    """The nodes of inline tokens; text that stands side by side as it is becomes one."""
    nodes: list[Node] = []
    words, start = "", 0
    for token in tokens:
        kind, raw, at, end = token["type"], token.get("raw", ""), token["at"], token["end"]
        if kind == "text" and len(raw) == end - at:
            start = start if words else at
            words += raw
            continue
        if words:
            nodes += _text(words, start, content)
            words = ""
        attrs: Mapping[str, object] = token.get("attrs", _NONE)
        if place := token.get("place"):
            attrs = {**attrs, "place": content.span(*place)}
        inside = token.get("children")
        children = _inline_nodes(inside, content) if inside else ()
        nodes.append(Node(kind, content.span(at, end), children, raw, attrs))
    if words:
        nodes += _text(words, start, content)
    return tuple(nodes)


def _text(words: str, start: int, content: Content) -> Iterator[Node]:
    """Text, parted where a backslash of a table's cell is left out of it."""
    for left, right in pairwise(content.edges(start, start + len(words))):
        yield Node("text", content.span(left, right), raw=words[left - start : right - start])
