"""Inlines as their author meant them: emphasis and strikes that GitHub leaves as marks, ranges that it
strikes through (``3~5 … 7~9``), bare addresses as links, dollars that are prices or variables as text.

The document stays as it is, and ``lint`` reports what is amiss (M001, M003, M017, M018, L008); learners
see none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import is_
from typing import NamedTuple

from dlcards.document.bare_urls import bare_urls_in, may_hold_urls
from dlcards.linter.rules.markup.accidental_strike import accidental_strikes
from dlcards.linter.rules.markup.broken_emphasis import broken_emphasis
from dlcards.linter.rules.markup.broken_strike import broken_strikes
from dlcards.linter.rules.markup.shared_formulas import as_meant, is_formula, is_in_dollars
from dlcards.linter.rules.markup.shared_strikes import Strike
from dlcards.markdown import parse
from dlcards.model import Node, Span, nodes_in

_BLOCKS = frozenset({"paragraph", "block_text", "heading", "table_cell"})
# Punctuation, as the dollar is, that means nothing to markdown.
_LIKE_DOLLARS = "‽⁂⸮⁕"


class Mender:
    """Mends the nodes of a document; the same inlines again are the same nodes again.

    Args:
        text: The document's text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        # The inlines are kept, too, so that no other ones get their ids.
        self._known: dict[tuple[int, ...], tuple[Sequence[Node], tuple[Node, ...]]] = {}

    def forget(self) -> None:
        """Forget what was mended so far, which is kept for those who ask again."""
        self._known.clear()

    def block(self, node: Node) -> Node:
        """``node`` with what can be mended in it and below it."""
        if not node.children:
            return node
        if node.kind in _BLOCKS:
            children = self.inlines(node.children)
        else:
            children = tuple(map(self.block, node.children))
        same = all(map(is_, children, node.children)) and len(children) == len(node.children)
        return node if same else node._replace(children=children)

    def inlines(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """The inlines of one block, mended."""
        ids = tuple(map(id, nodes))
        if ids not in self._known:
            self._known[ids] = nodes, _mended(tuple(nodes), self._text)
        return self._known[ids][1]


def _mended(inlines: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    # Marks that are text, and addresses, are rare, and looking for them closely takes its time.
    if not _may_need(inlines):
        return inlines
    inlines = _without_dollars(inlines, text)
    block = Node("paragraph", Span(inlines[0].span.start, inlines[-1].span.end), inlines)
    source = block.span.of(text)
    if "*" in source or "__" in source:
        wraps = []
        for span, mark in broken_emphasis(block, text):
            words = Span(span.start + len(mark), span.end - len(mark))
            wraps.append(_Wrap(span, words, Node("emphasis" if mark == "*" else "strong", span)))
        inlines = _wrapped(inlines, wraps)
    if "~" in source:
        strikes = {Span(s.opener.start, s.closer.end): s for s in accidental_strikes(block, text)}
        inlines = _unwrapped(inlines, strikes) if strikes else inlines
        wraps = []
        for span in broken_strikes(block, text):
            wraps.append(_Wrap(span, Span(span.start + 2, span.end - 2), Node("strikethrough", span)))
        inlines = _wrapped(inlines, wraps)
    if may_hold_urls(source):
        wraps = []
        for url in bare_urls_in(block, text):
            full = url.address if "://" in url.address else f"http://{url.address}"
            if url.is_whole:
                wraps.append(_Wrap(url.span, url.span, Node("link", url.span, attrs={"url": full})))
        inlines = _wrapped(inlines, wraps)
    return inlines


def _may_need(nodes: Iterable[Node]) -> bool:
    for node in nodes:
        if node.kind == "text":
            raw = node.raw
            if "*" in raw or "_" in raw or "~" in raw or may_hold_urls(raw):
                return True
        elif node.kind in ("strikethrough", "inline_math") or (node.children and _may_need(node.children)):
            return True
    return False


def _without_dollars(nodes: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """``nodes`` with the dollars of prices and variables as text, and formulas as they were meant."""
    formulas = [node for node in nodes_in(nodes) if node.kind == "inline_math"]
    if not formulas:
        return nodes
    if any(_is_no_formula(node, text) for node in formulas):
        nodes = _read_anew(nodes, text)
    mended: list[Node] = []
    for node in nodes:
        if node.children:
            children = _without_dollars(node.children, text)
            mended.append(node if children is node.children else node._replace(children=children))
        elif _is_no_formula(node, text):
            mended.append(Node("text", node.span, raw=f"${node.raw}$"))
        elif node.kind == "inline_math" and is_in_dollars(node, text):
            mended.append(node._replace(raw=as_meant(node.raw)))
        else:
            mended.append(node)
    return tuple(mended)


def _is_no_formula(node: Node, text: str) -> bool:
    return node.kind == "inline_math" and is_in_dollars(node, text) and not is_formula(node, text)


def _read_anew(nodes: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """``nodes`` as markdown reads them without the dollars that are no formula's.

    Whatever these held together comes apart: ``5$/GB, **6$/GB**`` is bold. As they are where they don't stand
    in the document as they are.
    """
    blocks = _without_prices(text)
    index = bisect_right(blocks, nodes[0].span.start, key=lambda block: block.span.start) - 1
    start, end = nodes[0].span.start, nodes[-1].span.end
    pieces = _split(blocks[index].children, (start, end)) if index >= 0 else ()
    found = tuple(piece for piece in pieces if start <= piece.span.start and piece.span.end <= end)
    whole = found and found[0].span.start == start and found[-1].span.end == end
    return found if whole else nodes


@lru_cache(maxsize=2)
def _without_prices(text: str) -> tuple[Node, ...]:
    """The blocks of a document that hold inlines, read with the dollars that are no formula's as text."""
    stand_in = next((mark for mark in _LIKE_DOLLARS if mark not in text), "$")
    characters = list(text)
    for node in _below(parse(text)):
        if _is_no_formula(node, text):
            characters[node.span.start] = characters[node.span.end - 1] = stand_in
    blocks = _below(parse("".join(characters)))
    return tuple(_restored(block, stand_in) for block in blocks if block.kind in _BLOCKS)


def _below(blocks: Iterable[Node]) -> Iterator[Node]:
    return (node for block in blocks for node in block.walk())


def _restored(node: Node, stand_in: str) -> Node:
    children = tuple(_restored(child, stand_in) for child in node.children)
    attrs = {name: _dollars(value, stand_in) for name, value in node.attrs.items()}
    return node._replace(raw=node.raw.replace(stand_in, "$"), children=children, attrs=attrs)


def _dollars(value: object, stand_in: str) -> object:
    return value.replace(stand_in, "$") if isinstance(value, str) else value


class _Wrap(NamedTuple):
    """What is to stand in a node of its own: ``words``, without the marks around them in ``whole``."""

    whole: Span
    words: Span
    around: Node

    @property
    def edges(self) -> tuple[int, int, int, int]:
        return (self.whole.start, self.words.start, self.words.end, self.whole.end)


def _wrapped(nodes: tuple[Node, ...], wraps: Sequence[_Wrap]) -> tuple[Node, ...]:
    """``nodes`` with the words of ``wraps`` inside of what is to be around them.

    As they are where one begins or ends in the midst of something that is no text.

    Args:
        nodes: The inlines.
        wraps: In order, none in another.
    """
    if not wraps:
        return nodes
    starts = [wrap.whole.start for wrap in wraps]
    left: list[_Wrap] = []
    done = 0  # so many stand before the node
    mended: list[Node] = []
    for node in nodes:
        first = bisect_left(starts, node.span.start, done)
        last = first
        while last < len(wraps) and node.children and wraps[last].whole.end <= node.span.end:
            last += 1
        if last > first:
            left += wraps[done:first]
            done = last
            node = node._replace(children=_wrapped(node.children, wraps[first:last]))
        mended.append(node)
    left += wraps[done:]
    return tuple(_wrapped_here(mended, left)) if left else tuple(mended)


def _wrapped_here(nodes: Sequence[Node], wraps: Sequence[_Wrap]) -> Iterator[Node]:
    """As :func:`_wrapped`, where no node holds one of them."""
    edges = {edge for node in nodes for edge in node.span}
    for node in nodes:
        if _is_plain(node):
            edges.update(range(node.span.start, node.span.end))
    left = [wrap for wrap in wraps if edges.issuperset(wrap.edges)]
    cuts = [edge for wrap in left for edge in wrap.edges]
    left.reverse()
    inside: list[Node] = []
    for piece in _split(nodes, cuts):
        while left and piece.span.start >= left[-1].whole.end:
            yield left.pop().around._replace(children=_trimmed(inside))
            inside = []
        if not left or piece.span.end <= left[-1].whole.start:
            yield piece
        elif left[-1].words.holds(piece.span) and piece.span.start < piece.span.end:
            inside.append(piece)
    if left:
        yield left.pop().around._replace(children=_trimmed(inside))


def _unwrapped(nodes: tuple[Node, ...], strikes: Mapping[Span, Strike]) -> tuple[Node, ...]:
    """``nodes`` with what is struck through at some places as plain text between its tildes."""
    plain: list[Node] = []
    for node in nodes:
        if not node.children:
            plain.append(node)
            continue
        children = _unwrapped(node.children, strikes)
        strike = strikes.get(node.span) if node.kind == "strikethrough" else None
        if strike:
            opener, closer = (
                Node("text", tilde, raw="~" * (tilde.end - tilde.start))
                for tilde in (strike.opener, strike.closer)
            )
            plain += [opener, *children, closer]
        else:
            plain.append(node._replace(children=children))
    return tuple(plain)


def _is_plain(node: Node) -> bool:
    # An escaped character is longer in the source than it is.
    return node.kind == "text" and len(node.raw) == node.span.end - node.span.start


def _split(nodes: Iterable[Node], places: Sequence[int]) -> Iterator[Node]:
    """``nodes``, plain text cut in two at ``places``, which are in order."""
    for node in nodes:
        start, end = node.span.start, node.span.end
        first, last = bisect_right(places, start), bisect_left(places, end)
        if first >= last or not _is_plain(node):
            yield node
            continue
        for left, right in pairwise([start, *sorted(set(places[first:last])), end]):
            yield node._replace(span=Span(left, right), raw=node.raw[left - start : right - start])


def _trimmed(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """``nodes`` without the blanks at their ends."""
    trimmed = list(nodes)
    if trimmed and trimmed[0].kind == "text":
        trimmed[0] = trimmed[0]._replace(raw=trimmed[0].raw.lstrip())
    if trimmed and trimmed[-1].kind == "text":
        trimmed[-1] = trimmed[-1]._replace(raw=trimmed[-1].raw.rstrip())
    return tuple(trimmed)
