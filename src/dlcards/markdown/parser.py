"""mistune with source spans: text in, blocks and inlines out that know where they stand.

mistune's tokens carry no positions. This module adds them in three steps, each at the one place
where mistune still knows them:

1. *Blocks.* ``_BlockParser.parse_method`` notes where the match began for every token that a rule
   appended. A block ends where the next one starts, so the top-level spans tile the text.
2. *Nesting.* mistune cuts the marker off each line of a quote or list item and parses what is left
   as a text of its own. Each of its lines is thus the end of a line of the outer text, which is all
   that ``_Lines`` needs to find the way back.
3. *Inlines.* ``_InlineParser.parse_method`` notes the match for links, code, math and HTML.
   Emphasis is resolved by mistune after scanning; ``_Inlines`` walks tokens and source side by side
   to find its markers again.

It leans on mistune's internals and is therefore pinned to one minor version of it. The laws in
``tests/markdown/test_parser.py`` (spans tile any text, a link's span gives the link) say at once when a
newer mistune works otherwise.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from re import Match
from typing import Any

from mistune import BlockParser, BlockState, InlineParser, InlineState, Markdown
from mistune.plugins.formatting import strikethrough

from dlcards.markdown import extensions
from dlcards.model import Node, Span

_Token = dict[str, Any]

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_STRIPPED = " \r\n\t\f"  # what mistune strips around a block's inline text
_NEWLINE = re.compile(r"\r\n|\r|\n")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:(?!---).*\r?\n)*?---[ \t]*(?:\r?\n|\Z)")
_EMPTY_ITEM = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]*")
_TASK = re.compile(r"[ \t]*\[([ xX])\][ \t]+(?=\S)")


def parse(text: str) -> tuple[Node, ...]:
    """Parse markdown as GitHub reads it: CommonMark with tables, footnotes, task lists and math.

    Args:
        text: The document as it is on disk; CRLF, a BOM and YAML front matter do no harm.

    Returns:
        The top-level blocks. Their spans tile the text: the first starts at 0, each next one where
        the last ended, the last ends at ``len(text)``. Empty for an empty text.
    """
    blocks: list[Node] = []
    start = 0
    if text.startswith("\ufeff"):
        blocks.append(Node("blank_line", Span(0, 1)))
        start = 1
    if front_matter := _FRONT_MATTER.match(text, start):
        blocks.append(Node("front_matter", Span(start, front_matter.end()), raw=front_matter.group()))
        start = front_matter.end()
    if start < len(text):
        blocks += _parse_body(text, start)
    return tuple(blocks)


def plain_text(nodes: Sequence[Node]) -> str:
    """The words of inlines without their markup; pictures, HTML tags and footnotes have none."""
    parts = []
    for node in nodes:
        if node.kind in ("softbreak", "linebreak"):
            parts.append(" ")
        elif node.kind not in ("image", "inline_html", "footnote_ref"):
            parts.append(node.raw or plain_text(node.children))
    return "".join(parts)


def _parse_body(text: str, start: int) -> tuple[Node, ...]:
    body = _NEWLINE.sub("\n", text[start:])
    if not body.endswith("\n"):
        body += "\n"
    markdown = _markdown()
    state = _BlockState()
    state.process(body)
    state.lines = _Lines.of_document(body, text, start)
    markdown.block.parse(state)
    return _Builder(markdown.inline, state.env).blocks(state.tokens)


@cache
def _markdown() -> Markdown:
    markdown = Markdown(block=_BlockParser(), inline=_InlineParser(), plugins=[strikethrough])
    extensions.register(markdown)
    # Quotes and lists hold whatever a document holds.
    markdown.block.block_quote_rules = markdown.block.list_rules = markdown.block.rules
    return markdown


class _Lines:
    """Where the lines of a text that mistune parses stand in the document.

    A nested text's lines are ends of the document's lines, save that tabs may have become blanks:
    a place is therefore measured from the end of its line.
    """

    def __init__(self, text: str, places: Sequence[Span], after: int = 0) -> None:
        self.ends = [match.start() for match in re.finditer("\n", text)]
        if not text.endswith("\n"):
            self.ends.append(len(text))
        self.starts = [0, *(end + 1 for end in self.ends[:-1])]
        self.places = places
        self.after = after  # where the document goes on after these lines

    @classmethod
    def of_document(cls, body: str, text: str, start: int) -> _Lines:
        """The lines of ``body``, which is ``text[start:]`` with all line ends made newlines."""
        places = []
        for newline in _NEWLINE.finditer(text, start):
            places.append(Span(start, newline.start()))
            start = newline.end()
        if start < len(text):
            places.append(Span(start, len(text)))
        return cls(body, places, len(text))

    def nested(self, text: str, origin: int) -> _Lines:
        """The lines of ``text``, the content of a container that starts at ``origin``."""
        first = bisect_right(self.starts, origin) - 1
        return _Lines(text, self.places[first : first + text.count("\n") + 1])

    def line(self, offset: int) -> int:
        """The number of the line that ``offset`` is in."""
        return min(bisect_right(self.starts, offset), len(self.places)) - 1

    def locate(self, offset: int) -> int:
        """The document's offset of an offset into the parsed text."""
        line = self.line(offset)
        place = self.places[line]
        return max(place.start, place.end - max(0, self.ends[line] - offset))

    def end(self, offset: int) -> int:
        """The document's offset where a top-level block ends whose follower starts at ``offset``."""
        following = bisect_right(self.starts, offset) - 1
        if offset > self.ends[-1]:
            return self.after
        return self.places[following].start


class _BlockState(BlockState):
    """A block state that knows where its text stands and where its tokens start."""

    lines: _Lines
    origin = 0  # where the quote or list item that is being parsed starts in ``src``
    paragraph_end = -1  # where the last paragraph ends as far as it is read
    items: list[int]  # where the items of the list that is being parsed start

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> _BlockState:
        child = super().child_state(src, lazy_line_starts)
        assert isinstance(child, _BlockState)
        self.items.append(self.origin)
        line_end = self.find_line_end_at(self.origin)
        # The content of an item that begins with nothing but its marker is on the next line.
        empty = _EMPTY_ITEM.fullmatch(self.src, self.origin, line_end - 1)
        child.lines = self.lines.nested(child.src, line_end if empty else self.origin)
        # mistune has already read the line with the marker of the next item, if there is one.
        self.origin = self.src.rfind("\n", 0, self.cursor - 1) + 1
        return child

    def add_paragraph(self, text: str) -> None:
        known = len(self.tokens)
        super().add_paragraph(text)
        self.paragraph_end = self.cursor + len(text)
        if len(self.tokens) > known:
            self.tokens[-1].update(at=self.cursor, text_at=self.cursor)

    def append_paragraph(self) -> int | None:
        # What interrupts a quote is parsed before the quote's own token is there; mistune would then
        # append it to the paragraph above the quote.
        if self.paragraph_end != self.cursor:
            return None
        end: int | None = super().append_paragraph()
        if end:
            self.paragraph_end = end
        return end


class _BlockParser(BlockParser):
    state_cls = _BlockState

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        assert isinstance(state, _BlockState)
        super().parse(state, rules)
        following = state.cursor_max
        for token in reversed(state.tokens):
            token.update(end=following, state=state)
            following = token["at"]

    def parse_method(self, m: Match[str], state: BlockState) -> int | None:
        known = len(state.tokens)
        end = super().parse_method(m, state)
        # There may be two new tokens: a list parses what interrupts it before it appends itself.
        for token in state.tokens[known:]:
            token.setdefault("at", m.start())
        return end

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        start = state.cursor
        end: int | None = super()._parse_indent_code_fast(state)
        if state.tokens:
            state.tokens[-1].setdefault("at", start)
        return end

    def parse_atx_heading(self, m: Match[str], state: BlockState) -> int:
        end = super().parse_atx_heading(m, state)
        words = m.group("atx_2")
        state.tokens[-1]["text_at"] = m.start("atx_2") + len(words) - len(words.lstrip(string.whitespace))
        return end

    def parse_ref_link(self, m: Match[str], state: BlockState) -> int | None:
        known = state.tokens[-1] if state.tokens else None
        end = super().parse_ref_link(m, state)
        if end and not (known and known["type"] == "paragraph"):
            # mistune keeps no token of a definition; without one it would have no place.
            source = state.src[m.start() : end]
            state.append_token(
                {"type": "definition", "raw": source, "attrs": {"label": m.group("reflink_1")}}
            )
        return end

    def parse_block_quote(self, m: Match[str], state: BlockState) -> int:
        return self._parse_container(super().parse_block_quote, m, state)

    def parse_list(self, m: Match[str], state: BlockState) -> int:
        return self._parse_container(super().parse_list, m, state)

    def _parse_container(
        self, parse: Callable[[Match[str], BlockState], int], m: Match[str], state: BlockState
    ) -> int:
        assert isinstance(state, _BlockState)
        # Saved, since a quote may interrupt a list in the same state, and the other way round.
        outer = state.__dict__.get("origin", 0), state.__dict__.get("items", [])
        state.origin, state.items = m.start(), []
        known = len(state.tokens)
        end = parse(m, state)
        for token in state.tokens[known:]:
            if token["type"] == "list" and "items" not in token:
                token["items"] = state.items
        state.origin, state.items = outer
        return end


class _InlineParser(InlineParser):
    def __init__(self) -> None:
        super().__init__()
        # One bracket at a time, so that each link ends where its match is said to end.
        self.specification["link_close"] = r"\]"

    def parse_method(self, m: Match[str], state: InlineState) -> int | None:
        start = m.start()
        if m.lastgroup == "link_close" and state.brackets:
            opener = state.brackets[-1]
            start = opener.start - (2 if opener.image else 1)
        end = super().parse_method(m, state)
        if end and state.tokens and state.tokens[-1]["type"] != "text":
            token = state.tokens[-1]
            if "at" not in token:
                token.update(at=start, end=end)
                if token["type"] == "strikethrough":
                    # Its content was parsed as a text of its own.
                    _shift(token["children"], m.end())
        return end


def _shift(tokens: list[_Token], by: int) -> None:
    for token in tokens:
        if "at" in token:
            token.update(at=token["at"] + by, end=token["end"] + by)
        _shift(token.get("children", []), by)


class _Builder:
    """Makes nodes of mistune's tokens, block by block."""

    def __init__(self, inline: InlineParser, env: Any) -> None:
        self.inline = inline
        self.env = env

    def blocks(self, tokens: list[_Token]) -> tuple[Node, ...]:
        """The nodes of the blocks of one container."""
        nodes = []
        for token in tokens:
            lines: _Lines = token["state"].lines
            root = token["state"].parent is None
            end = token["end"]
            span = Span(lines.locate(token["at"]), lines.end(end) if root else lines.locate(end - 1))
            nodes.append(self._block(token, span, lines))
        return tuple(nodes)

    def _block(self, token: _Token, span: Span, lines: _Lines) -> Node:
        kind = token["type"]
        attrs = dict(token.get("attrs", {}))
        if kind == "list":
            attrs["tight"] = token["tight"]
            return Node(kind, span, self._items(token, span, lines), attrs=attrs)
        if kind == "table":
            return Node(kind, span, tuple(self._row(row, lines) for row in token["rows"]), attrs=attrs)
        attrs.update({name: token[name] for name in ("style", "marker") if name in token})
        if "text" in token:
            children = self._inlines(token["text"], token["text_at"], lines)
        else:
            children = self.blocks(token.get("children", []))
        return Node(kind, span, children, token.get("raw", ""), attrs)

    def _items(self, token: _Token, span: Span, lines: _Lines) -> tuple[Node, ...]:
        starts = [lines.locate(at) for at in token["items"]]
        nodes = []
        for item, start, end in zip(token["children"], starts, [*starts[1:], span.end], strict=True):
            attrs: dict[str, object] = {}
            first = item["children"][0] if item["children"] else {}
            if task := _TASK.match(first.get("text", "")):
                attrs["checked"] = task.group(1) != " "
                first.update(text=first["text"][task.end() :], text_at=first["text_at"] + task.end())
            nodes.append(Node("list_item", Span(start, end), self.blocks(item["children"]), attrs=attrs))
        return tuple(nodes)

    def _row(self, row: _Token, lines: _Lines) -> Node:
        cells = []
        for cell in row["cells"]:
            start, text = cell["text_at"], cell["text"]
            span = Span(lines.locate(start), lines.locate(start + len(text)))
            children = self._inlines(text, start, lines, in_table=True)
            cells.append(Node("table_cell", span, children, attrs=cell["attrs"]))
        span = Span(lines.locate(row["at"]), lines.locate(row["end"]))
        return Node("table_row", span, tuple(cells), attrs={"cells": row["count"]})

    def _inlines(self, text: str, at: int, lines: _Lines, *, in_table: bool = False) -> tuple[Node, ...]:
        source = text.strip(_STRIPPED)
        at += len(text) - len(text.lstrip(_STRIPPED))
        tokens = self.inline(source, self.env)
        return tuple(_Inlines(source, at, lines, in_table).nodes(tokens, 0)[0])


class _Inlines:
    """Makes nodes of the inline tokens of one block, and finds the places that mistune left out."""

    def __init__(self, source: str, at: int, lines: _Lines, in_table: bool) -> None:
        self.source = source
        self.at = at
        self.lines = lines
        self.in_table = in_table

    def nodes(self, tokens: list[_Token], position: int) -> tuple[list[Node], int]:
        """The nodes of ``tokens``, which start at ``position``, and where they end."""
        nodes: list[Node] = []
        for token in tokens:
            kind = token["type"]
            if kind == "text":
                position = self._text(token["raw"], position, nodes)
                continue
            if kind in ("emphasis", "strong"):
                width = 2 if kind == "strong" else 1
                children, end = self.nodes(token["children"], position + width)
                start, end = position, end + width
            else:
                start, end = token["at"], token["end"]
                inside = start + (2 if kind in ("image", "strikethrough") else 1)
                children = self.nodes(token.get("children", []), inside)[0]
            raw = token.get("raw", "")
            if self.in_table and kind in ("codespan", "inline_math", "block_math"):
                raw = raw.replace("\\|", "|")
            nodes.append(
                Node(kind, self._span(start, end), tuple(children), raw, dict(token.get("attrs", {})))
            )
            position = end
        return nodes, position

    def _text(self, raw: str, position: int, nodes: list[Node]) -> int:
        """Append the text, an escaped character as a node of its own, and return where it ends."""
        begin = 0  # of the run in ``raw`` that stands in the source as it is
        for index, character in enumerate(raw) if "\\" in self.source else ():
            at = position + index - begin
            escaped = self.source[at : at + 1] == "\\" and self.source[at + 1 : at + 2] in _PUNCTUATION
            if escaped and self.source[at + 1] == character:
                if index > begin:
                    nodes.append(Node("text", self._span(position, at), raw=raw[begin:index]))
                nodes.append(Node("text", self._span(at, at + 2), raw=character))
                position, begin = at + 2, index + 1
        end = position + len(raw) - begin
        if begin < len(raw):
            nodes.append(Node("text", self._span(position, end), raw=raw[begin:]))
        return end

    def _span(self, start: int, end: int) -> Span:
        return Span(self.lines.locate(self.at + start), self.lines.locate(self.at + end))
