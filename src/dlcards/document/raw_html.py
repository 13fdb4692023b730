"""What a reader sees of the raw HTML in markdown: elements of HTML, and words in angle brackets.

``<mask>``, ``List<String>`` and ``<!DOCTYPE html>`` are no elements of HTML. Browsers and GitHub show nothing
of them, so that a word is lost; to cards they are text. So is an element of HTML that surely is not meant as
one:

- a tag that GitHub shows as text (``<title>``, ``<textarea>``; GFM, "Disallowed Raw HTML");
- in running text, a tag without an attribute that has a value, which needs an end tag and has none in its
  paragraph (``<s>``), nor around several blocks (``elements.py``), and, beside words, an end tag of an
  element of words that nothing opens; such a tag also where it is all that an item of a list or a cell of a
  table holds;
- what may hold blocks (``<div>``), and what stands in a block of HTML, only beside words, and where nothing
  in the whole document ends one; what may do without an end (``<option>``, ``<body>``), where nothing ends
  what it stands in, either;
- a type's name right behind a word (``List<Object>``, ``Response<Body>``).

Left out with what they hold are :data:`LEFT_OUT`, and comments.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from html import escape
from itertools import accumulate
from typing import NamedTuple

from dlcards.document.elements import (
    ELEMENTS,
    FOLDS,
    INLINE_BLOCKS,
    OF_BLOCKS,
    OF_TABLES,
    OF_WORDS,
    PARENTS,
    Ends,
    html_nodes,
    partners_in,
)
from dlcards.document.html import ESCAPED, Tag, Unseen, all_lexemes
from dlcards.document.text import TAG
from dlcards.model import Node, Span, lazy_compile

# Not shown on a card, nor what stands in them: programs and styles, drawings, and what plays something, whose
# words are for browsers that can't play it.
LEFT_OUT = frozenset({"script", "style", "svg", "audio", "canvas", "iframe", "object", "video"})
_FOREIGN = frozenset({"svg", "math"})
# What stands right behind a word where a line breaks, whatever its letters are.
_BREAKS = frozenset({"br", "hr", "img", "wbr"})
# What is an element wherever it stands, and what is one where it has a partner.
_NEVER_STRAY = FOLDS | _BREAKS
_PLAIN = ELEMENTS - ESCAPED - _FOREIGN - LEFT_OUT
_PROGRAM = lazy_compile(r"[(){};=]")
_WORD_BEFORE = lazy_compile(r"[A-Za-z0-9_]\Z")


class Sight(Enum):
    """How a piece of raw HTML is seen."""

    WORDS = "words"  # between tags
    ELEMENT = "element"  # a tag
    WRITTEN = "written"  # a tag or declaration that is shown as it was typed
    NOTHING = "nothing"


class Piece(NamedTuple):
    """A piece of raw HTML.

    Attributes:
        sight: How it is seen.
        source: The piece itself.
        span: Where it stands in its node's ``raw``.
        tag: The tag that it is, if it is one.
        begins: The number of the piece that it begins to leave out up to; None where it begins nothing.
    """

    sight: Sight
    source: str
    span: Span
    tag: Tag | None = None
    begins: int | None = None


def read_block(raw: str, ends: Ends, start: int = -1) -> list[Piece]:
    """The pieces of a block of HTML that begins at ``start``; ``ends`` is what the document ends."""
    pieces = _read([_Html(raw, start=start)], ends, is_block=True)[0]
    shown: list[Piece] = []
    until = -1
    for number, piece in enumerate(pieces):
        if piece.begins is not None:
            until = max(until, piece.begins)
        shown.append(piece._replace(sight=Sight.NOTHING) if number <= until else piece)
    return shown


def html_in(block: Node, ends: Ends) -> Iterator[tuple[Node, list[Piece]]]:
    """The nodes of raw HTML in a block that holds inlines, or is one of HTML, in order, with their pieces."""
    if block.kind == "block_html":
        yield block, read_block(block.raw, ends, block.span.start)
    elif block.kind in INLINE_BLOCKS:
        yield from _inline_pieces(block.children, ends)


def as_seen(node: Node, ends: Ends, kept: Collection[str] = ELEMENTS) -> Node:
    """``node`` without raw HTML that nobody sees, and with what is written in angle brackets as text.

    Args:
        node: A node of the document.
        ends: What :func:`ends_in` says of the document.
        kept: The names of the tags to keep; of others only what they hold.
    """
    if node.kind == "block_html":
        raw = "".join(_source(piece, kept) for piece in read_block(node.raw, ends, node.span.start))
        return node if raw == node.raw else node._replace(raw=raw)
    if node.kind in INLINE_BLOCKS:
        if node.kind == "table_cell":  # a row within a cell would tear the table apart, and move its words
            kept = frozenset(kept) - OF_TABLES
        children = inlines_as_seen(node.children, ends, kept)
    else:
        children = tuple(as_seen(child, ends, kept) for child in node.children)
    same = len(children) == len(node.children)
    if same and all(new is old for new, old in zip(children, node.children, strict=True)):
        return node
    return node._replace(children=children)


def inlines_as_seen(nodes: Sequence[Node], ends: Ends, kept: Collection[str] = ELEMENTS) -> tuple[Node, ...]:
    """The inlines of one block, as :func:`as_seen` makes them."""
    if not html_nodes(nodes):
        return tuple(nodes)
    return _Inlines(nodes, ends, kept).shown(nodes)


class _Inlines:
    """The inlines of one block, gone through in order."""

    def __init__(self, nodes: Sequence[Node], ends: Ends, kept: Collection[str]) -> None:
        self._kept = kept
        self._pieces = {id(node): pieces for node, pieces in _inline_pieces(nodes, ends)}
        self._number = -1  # of the node of raw HTML that was read last
        self._until = -1  # the number of the one that ends what is left out

    def shown(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        seen: list[Node] = []
        for node in nodes:
            if node.kind == "inline_html":
                seen += self._html(node)
            elif node.children and node.kind != "image":
                children = self.shown(node.children)
                same = len(children) == len(node.children)
                same = same and all(new is old for new, old in zip(children, node.children, strict=True))
                seen.append(node if same else node._replace(children=children))
            elif self._number >= self._until:
                seen.append(node)
        return tuple(seen)

    def _html(self, node: Node) -> Iterator[Node]:
        pieces = self._pieces[id(node)]
        self._number += 1
        self._until = max([self._until, *(piece.begins for piece in pieces if piece.begins is not None)])
        if self._number <= self._until:
            return
        for piece in pieces:
            if piece.sight in (Sight.WRITTEN, Sight.WORDS):
                yield Node("text", node.span, raw=piece.source)
            elif piece.sight is Sight.ELEMENT and piece.tag and piece.tag.name in self._kept:
                yield node if len(pieces) == 1 else node._replace(raw=piece.source)


def _source(piece: Piece, kept: Collection[str]) -> str:
    if piece.sight is Sight.WORDS:
        return piece.source.replace("<", "&lt;")
    if piece.sight is Sight.WRITTEN:
        return escape(piece.source, quote=False)
    return piece.source if piece.sight is Sight.ELEMENT and piece.tag and piece.tag.name in kept else ""


def _inline_pieces(nodes: Sequence[Node], ends: Ends) -> Iterator[tuple[Node, list[Piece]]]:
    found = list(_with_words_before(nodes))
    if not found:
        return
    beside = _beside_words(nodes)
    htmls = [
        _Html(node.raw, before, node.span.start, id(node) in beside, parent) for node, before, parent in found
    ]
    yield from zip((node for node, *_ in found), _read(htmls, ends, is_block=False), strict=True)


def _beside_words(nodes: Iterable[Node]) -> set[int]:
    """Which nodes of raw HTML, by their ids, stand in a line that has words, too."""
    lines: list[tuple[list[int], list[str]]] = [([], [])]
    for node in (below for inline in nodes for below in inline.walk()):
        if node.kind in ("softbreak", "linebreak"):
            lines.append(([], []))
        elif node.kind == "inline_html":
            lines[-1][0].append(id(node))
        elif node.raw.strip():
            lines[-1][1].append(node.raw)
    return {number for numbers, words in lines if words for number in numbers}


def _with_words_before(nodes: Sequence[Node], parent: int = 0) -> Iterator[tuple[Node, str, int]]:
    """The raw HTML among inlines, each with the text right before it, and the id of what it stands in."""
    before = ""
    for node in nodes:
        if node.kind == "inline_html":
            yield node, before, parent
        if node.children and node.kind != "image":
            yield from _with_words_before(node.children, id(node))
        before = node.raw if node.kind in ("text", "inline_html") else ""


class _Place(NamedTuple):
    """Where a tag stands, as far as that says whether it is meant as one."""

    is_block: bool  # in a block of HTML
    is_beside_words: bool  # on a line that holds more than tags
    is_alone: bool  # all that an item of a list or a cell of a table holds
    is_closed: bool  # with a partner: an end tag of a start tag, and the other way round
    before: str  # the text right before it
    is_program: bool  # of a pair of tags that hold a program or rules of style
    ended: frozenset[str]  # the names that any end tag of the document has


class _Html(NamedTuple):
    """A node of raw HTML: its source, the text right before it, where it is, whether its line has words."""

    raw: str
    before: str = ""
    start: int = -1
    is_beside_words: bool = False
    parent: int = 0  # the id of the inline that it stands in


def _read(htmls: Sequence[_Html], ends: Ends, *, is_block: bool) -> list[list[Piece]]:
    """The pieces of the nodes of raw HTML that stand in one block.

    Args:
        htmls: The nodes.
        ends: What the document ends.
        is_block: Whether it is one node, a block of its own. Then ``Piece.begins`` counts pieces, else nodes.
    """
    found = [(number, lexeme) for number, html in enumerate(htmls) for lexeme in all_lexemes(html.raw)]
    partners = partners_in([lexeme for _, lexeme in found], [htmls[number].parent for number, _ in found])
    foreign = -1  # where the drawing or formula ends that we are in
    pieces: list[list[Piece]] = [[] for _ in htmls]
    for at, (number, lexeme) in enumerate(found):
        html, span = htmls[number], lexeme.span
        source = span.of(html.raw)
        if isinstance(lexeme, Unseen):
            sight = Sight.NOTHING if lexeme.is_comment else Sight.WRITTEN
            pieces[number].append(Piece(sight, source, span))
            continue
        if not isinstance(lexeme, Tag):
            pieces[number].append(Piece(Sight.WORDS, source, span))
            continue
        partner, name = partners.get(at), lexeme.name
        if name in _FOREIGN and partner is not None:
            foreign = max(foreign, partner)
        if at <= foreign:
            sight = Sight.NOTHING
        elif name in _NEVER_STRAY or (name in _PLAIN and partner is not None):
            sight = Sight.ELEMENT
        else:
            place = _Place(
                is_block,
                is_beside_words=html.is_beside_words or _is_beside_words(html.raw, span),
                is_alone=html.start in ends.alone and source == html.raw.strip(),
                is_closed=partner is not None or (not is_block and html.start + span.start in ends.around),
                before="" if span.start else html.before,
                is_program=partner is not None
                and bool(_PROGRAM.search(htmls[found[max(at, partner)][0]].before)),
                ended=ends.names,
            )
            sight = _sight(lexeme, source, place)
        begins = None
        if partner is not None and partner > at and name in LEFT_OUT and sight is Sight.NOTHING:
            begins = partner if is_block else found[partner][0]
        pieces[number].append(Piece(sight, source, span, lexeme, begins))
    return pieces


def _is_beside_words(raw: str, tag: Span) -> bool:
    if raw.find("\n", tag.start, tag.end) < 0:
        starts, have_words = _lines_with_words(raw)
        return have_words[bisect_right(starts, tag.start) - 1]
    begin = raw.rfind("\n", 0, tag.start) + 1
    end = raw.find("\n", tag.end)
    return bool(TAG.sub("", raw[begin : end if end >= 0 else len(raw)]).strip())


@lru_cache(maxsize=4)
def _lines_with_words(raw: str) -> tuple[list[int], list[bool]]:
    """Where each line begins, and whether it holds more than tags; asked for each tag of a line."""
    lines = raw.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    return starts[:-1], [bool(TAG.sub("", line).strip()) for line in lines]


def _sight(tag: Tag, source: str, place: _Place) -> Sight:
    name = tag.name
    if name == "iframe" and (place.is_closed or tag.attributes):
        return Sight.NOTHING
    if name in ESCAPED:
        # Within a paragraph it is hardly ever one ("<script> 태그"); there it is shown on GitHub, too.
        holds = place.is_program or (place.is_block and place.is_closed)
        is_one = holds and name in LEFT_OUT
        return Sight.NOTHING if is_one else Sight.WRITTEN
    if name in _FOREIGN:
        return Sight.NOTHING if tag.attributes else Sight.WRITTEN
    if name not in ELEMENTS or _is_stray(tag, source, place):
        return Sight.WRITTEN
    return Sight.NOTHING if name in LEFT_OUT else Sight.ELEMENT


def _is_stray(tag: Tag, source: str, place: _Place) -> bool:
    """Whether a tag of an element of HTML is surely not meant as one."""
    name = tag.name
    # "a<b and c>d" compares: only a value says that what stands behind a name is an attribute.
    if place.is_closed or (tag.attributes and "=" in source) or name in FOLDS or name in _BREAKS:
        return False
    if place.is_alone and name in OF_WORDS | OF_BLOCKS:
        return True
    if not place.is_beside_words and (place.is_block or tag.closes):
        return False
    is_unended = name not in place.ended
    if place.is_block:
        return name in OF_WORDS | OF_BLOCKS and is_unended and not tag.closes
    if name in OF_WORDS:
        return True
    if tag.closes:
        return False
    written = source[1 : 1 + len(name)]
    is_type = written[0].isupper() and (len(written) == 1 or not written.isupper())
    if is_type and _WORD_BEFORE.search(place.before):
        return True
    holders = PARENTS.get(name)
    if holders is not None:
        return is_unended and not holders & place.ended
    return name in OF_BLOCKS | OF_TABLES and is_unended
