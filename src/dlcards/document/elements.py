"""The elements of HTML in markdown: their names, and which of their tags belong together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dlcards.document.html import ESCAPED, Characters, Tag, Unseen, all_lexemes
from dlcards.model import Node, Span

# What holds words: https://html.spec.whatwg.org/multipage/dom.html#phrasing-content, and what was once so.
_WORDS = (
    "a abbr acronym audio b bdi bdo big blink button canvas cite code data datalist del dfn em font i ins kbd"
    " label map mark marquee meter nobr object output picture progress q ruby s samp select slot small span"
    " strike strong sub sup template time tt u var video"
)
_BLOCKS = (
    "address applet article aside blockquote center dialog dir div dl fieldset figcaption figure footer form"
    " frameset h1 h2 h3 h4 h5 h6 header hgroup legend listing main menu nav noscript ol pre search section"
    " table ul"
)
# What has no end tag, and what may do without its own.
_EMPTY = "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
_OPEN = "body caption colgroup dd dt head html li optgroup option p rb rp rt rtc tbody td tfoot th thead tr"
OF_WORDS, OF_BLOCKS, VOID = (frozenset(names.split()) for names in (_WORDS, _BLOCKS, _EMPTY))
FOLDS = frozenset({"details", "summary"})
OF_TABLES = frozenset({"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
# Of what may do without its end tag: what it stands in. What makes up a page stands in nothing of markdown.
PARENTS = {
    **dict.fromkeys(("html", "head", "body"), frozenset[str]()),
    **dict.fromkeys(("option", "optgroup"), frozenset({"select", "datalist"})),
    **dict.fromkeys(("dd", "dt"), frozenset({"dl"})),
    **dict.fromkeys(("rb", "rp", "rt", "rtc"), frozenset({"ruby"})),
}
ELEMENTS = OF_WORDS | OF_BLOCKS | VOID | FOLDS | ESCAPED | {*_OPEN.split(), "g-emoji"}
INLINE_BLOCKS = frozenset({"paragraph", "block_text", "heading", "table_cell"})
# The elements that are open at one level: by name where each begins, -1 in a block of HTML.
_Opened = dict[str, list[int]]


class Ends(NamedTuple):
    """Which elements a document ends.

    Attributes:
        names: The names that any end tag has.
        around: Where the tags in running text begin that are around several blocks.
        alone: Where the tags begin that are all that an item of a list or a cell of a table holds.
    """

    names: frozenset[str]
    around: frozenset[int]
    alone: frozenset[int]


def ends_in(blocks: Sequence[Node]) -> Ends:
    """Which elements the blocks of a document, or of a part of it, end."""
    html = html_nodes(blocks)
    if not html:
        return _NO_ENDS
    names = {
        lexeme.name
        for node in html
        for lexeme in all_lexemes(node.raw)
        if isinstance(lexeme, Tag) and lexeme.closes
    }
    places = [node.span.start for node in html]
    around = frozenset(_around_blocks(blocks, places)) if names else frozenset()
    return Ends(frozenset(names), around, frozenset(_alone(blocks, places)))


_NO_ENDS = Ends(frozenset(), frozenset(), frozenset())


def html_nodes(blocks: Sequence[Node]) -> list[Node]:
    """The nodes of raw HTML in some blocks or inlines, in order."""
    found: list[Node] = []
    left = list(reversed(blocks))
    while left:
        node = left.pop()
        if node.children:
            left.extend(reversed(node.children))
        elif node.kind in ("inline_html", "block_html"):
            found.append(node)
    return found


def _holds_any(block: Node, places: Sequence[int]) -> bool:
    """Whether any of some places, in order, is in a block; most blocks hold no HTML."""
    first = bisect_left(places, block.span.start)
    return first < len(places) and places[first] < block.span.end


def _alone(blocks: Sequence[Node], places: Sequence[int]) -> Iterator[int]:
    for block in blocks:
        if not _holds_any(block, places):
            continue
        for node in block.walk():
            if node.kind in ("list_item", "table_cell") and _holds_any(node, places):
                inside = [below for below in node.walk() if below.raw.strip()]
                if len(inside) == 1 and inside[0].kind.endswith("_html"):
                    yield inside[0].span.start


def _around_blocks(
    blocks: Sequence[Node], places: Sequence[int], outside: tuple[_Opened, ...] = ()
) -> Iterator[int]:
    """Where the tags in running text begin whose partner stands in another block.

    Whoever puts an element around blocks begins it before all words of a block, in one of HTML or behind a
    ``</summary>``, and ends it behind all words of another: ``<summary>…</summary><b>``, then
    ``</b></details>``, which may be the last line of a list. No element goes on from one item to the next.

    Args:
        blocks: The blocks of a document or a container, in order.
        places: Where raw HTML begins, in order.
        outside: The elements that are open around the container, from the outermost block on.
    """
    levels = (*outside, {})
    for block in blocks:
        if block.kind == "heading":
            _close_all(levels)
        if block.kind != "block_html" and block.kind not in INLINE_BLOCKS:
            yield from _around_blocks(block.children, places, levels)
            continue
        if not _holds_any(block, places):
            continue
        tags, starts, words = _tags_and_words(block)
        partners = partners_in(tags)
        level = levels[-1]
        for at, tag in enumerate(tags):
            if tag.name in FOLDS:
                level = levels[0]  # what stands behind is the fold's, wherever its tags are
            if tag.name == "details" and not tag.closes:
                _close_all(levels)
            if at in partners or tag.name in VOID or tag.name in FOLDS:
                continue
            place = starts[at] if block.kind != "block_html" else -1
            is_first, is_last = starts[at] < words.start, starts[at] >= words.end
            is_behind_fold = any(tag.name in FOLDS for tag in tags[:at])
            if not tag.closes and (place < 0 or is_first or (is_last and is_behind_fold)):
                level.setdefault(tag.name, []).append(place)
            elif tag.closes and is_last and (opened := _open_in(levels, tag.name)):
                yield from (where for where in (place, opened.pop()) if where >= 0)


def _close_all(levels: Iterable[_Opened]) -> None:
    for level in levels:
        level.clear()


def _open_in(levels: Sequence[_Opened], name: str) -> list[int]:
    """Where the elements of a name begin that are open at the innermost level that has any."""
    return next((level[name] for level in reversed(levels) if level.get(name)), [])


def _tags_and_words(block: Node) -> tuple[list[Tag], list[int], Span]:
    """The tags of a block, and where they and its words are: in the document, or within a block of HTML."""
    tags: list[Tag] = []
    places: list[int] = []
    words: list[Span] = []
    left = [block]
    while left:
        node = left.pop()
        if node.children:
            left.extend(reversed(node.children))
        elif node.kind in ("inline_html", "block_html"):
            start = node.span.start if node.kind == "inline_html" else 0
            for lexeme in all_lexemes(node.raw):
                if isinstance(lexeme, Tag):
                    tags.append(lexeme)
                    places.append(start + lexeme.span.start)
                elif isinstance(lexeme, Characters) and lexeme.source.strip():
                    words.append(Span(start + lexeme.span.start, start + lexeme.span.end))
        elif node.raw.strip():
            words.append(node.span)
    if not words:
        return tags, places, Span(1 << 62, -1)  # all tags are first and last
    return tags, places, Span(words[0].start, words[-1].end)


def partners_in(found: Sequence[Tag | Characters | Unseen], parents: Sequence[int] = ()) -> dict[int, int]:
    """Which start tag and which end tag belong together, by their numbers, both ways.

    Args:
        found: What raw HTML consists of, in order.
        parents: What each of these stands in, if not all in one: ``**<s>** … **</s>**`` is no element.
    """
    partners: dict[int, int] = {}
    opened: dict[tuple[str, int], list[int]] = {}
    for at, lexeme in enumerate(found):
        if not isinstance(lexeme, Tag) or lexeme.name in VOID:
            continue
        key = (lexeme.name, parents[at] if parents else 0)
        if not lexeme.closes:
            opened.setdefault(key, []).append(at)
        elif starts := opened.get(key):
            partners[at] = starts.pop()
            partners[partners[at]] = at
    return partners
