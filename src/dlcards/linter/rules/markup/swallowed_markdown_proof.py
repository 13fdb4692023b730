"""What blank lines before markdown in a block of HTML change: whether they do what the rule says, and no more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from html import unescape
from itertools import groupby
from typing import NamedTuple

from dlcards.document.headings import headings
from dlcards.document.html import Characters, Tag, tokens
from dlcards.markdown import parse
from dlcards.markdown.slugs import SLUGS
from dlcards.model import Aspect, Context, Document, Edit, Fix, Node, Span, nodes_in

KINDS = frozenset({"strong", "emphasis", "link", "image", "codespan", "inline_math", "block_math", "table"})
# What says the same whether it is read as markdown or not.
_NEUTRAL = frozenset({
    "text", "softbreak", "paragraph", "block_text", "blank_line", "block_html", "inline_html",
    "list", "list_item", "table_row", "table_cell",
})  # fmt: skip


class Insertion(NamedTuple):
    """A blank line before markdown in a block of HTML."""

    html: Node
    edit: Edit


def is_markdown(node: Node, source: str, kinds: frozenset[str]) -> bool:
    """Whether a node is markup that shows as signs where it is not read."""
    written = node.span.of(source)
    if node.kind == "heading":
        return kinds is KINDS and node.str_attr("style") != "setext"
    if node.kind in ("thematic_break", "block_quote"):
        return kinds is KINDS
    if node.kind == "block_code":
        return kinds is KINDS and bool(node.str_attr("marker"))
    if node.kind == "list":
        return kinds is KINDS and len(node.children) > 1
    if node.kind not in kinds:
        return False
    if node.kind in ("strong", "emphasis"):
        before = source[node.span.start - 1 : node.span.start]
        return written.startswith("*") and (node.kind == "strong" or not before.isalnum())
    if node.kind == "link":
        return written.startswith("[")
    if node.kind in ("inline_math", "block_math"):
        return bool(re.search(r"[A-Za-z\\]", node.raw))
    return True


def proven(
    document: Document, context: Context, number: int, insertions: Sequence[Insertion]
) -> dict[int, Fix]:
    """The fixes that hold of those in block ``number`` of the document, by their places.

    Proved together where that goes, else by halves: a block may hold a thousand.
    """
    if not insertions:
        return {}
    if changes := _changes(document, context, number, insertions):
        return {edit.span.start: Fix((edit,), changes) for _, edit in insertions}
    if len(insertions) == 1:
        return {}
    half = len(insertions) // 2
    return {
        **proven(document, context, number, insertions[:half]),
        **proven(document, context, number, insertions[half:]),
    }


def _changes(
    document: Document, context: Context, number: int, insertions: Sequence[Insertion]
) -> frozenset[Aspect]:
    """What ``insertions`` change; nothing where that is more than that these are read."""
    before, after = _before_and_after(document, context, number, insertions)
    if not all(is_meant(inner, after.text) for inner in after.inside):
        return frozenset()
    if (before.outside, before.words, before.headings) != (after.outside, after.words, after.headings):
        return frozenset()
    # The anchors of headings farther away are numbered anew only if one of theirs is taken.
    if not after.new_anchors.isdisjoint(heading.slug for heading in document.headings):
        return frozenset()
    changes = {Aspect.WORDS, Aspect.EMPHASIS, Aspect.NESTING}
    kinds = {inner.kind for inner in after.inside}
    if kinds & {"link", "image", "codespan", "block_code"}:
        changes.add(Aspect.ADDRESSES)
    if "heading" in kinds:
        changes.add(Aspect.STRUCTURE)
    return frozenset(changes)


class _Reading(NamedTuple):
    """How a part of a document is read that blocks of HTML stand in.

    Attributes:
        text: The part.
        inside: What the blocks are read as.
        outside: What stands around them, comparable before and after an edit in them.
        words: The letters and digits that they show, with the addresses of their links.
        headings: The levels and anchors of the part's headings, without the new ones.
        new_anchors: The anchors of headings of markdown in the blocks.
    """

    text: str
    inside: list[Node]
    outside: list[object]
    words: str
    headings: list[tuple[int, str]]
    new_anchors: frozenset[str]


def block_number(document: Document, node: Node) -> int:
    """The number of the document's own block that ``node`` is, or stands in."""
    return bisect_right(document.blocks, node.span.start, key=lambda block: block.span.start) - 1


def _before_and_after(
    document: Document, context: Context, number: int, insertions: Sequence[Insertion]
) -> tuple[_Reading, _Reading]:
    """How a block of the document and the next one are read without ``insertions`` and with them.

    The next one tells enough: where it begins as before, outside of all containers, so does all that follows.
    """
    text, blocks = document.text, document.blocks
    start, end = blocks[number].span.start, len(text)
    # A formula ends at the next "$$", wherever that is.
    if not any("$$" in insertion.html.raw for insertion in insertions):
        end = next((block.span.end for block in blocks[number + 1 :] if block.kind != "blank_line"), end)
    old: list[Span] = []
    new: list[Span] = []
    parts: list[str] = []
    at = start
    added = 0
    for html, group in groupby(insertions, lambda insertion: insertion.html.span):
        old.append(Span(html.start - start, html.end - start))
        first = old[-1].start + added
        for _, edit in group:
            parts += [text[at : edit.span.start], edit.text]
            at = edit.span.start
            added += len(edit.text)
        new.append(Span(first, old[-1].end + added))
    mended = "".join([*parts, text[at:end]])
    return _reading(text[start:end], old, context), _reading(mended, new, context)


def _reading(text: str, html: Sequence[Span], context: Context) -> _Reading:
    blocks = parse(text)
    inside: list[Node] = []
    outside: list[object] = []
    words: list[str] = []

    def number(at: int) -> int:
        return bisect_right(html, at, key=lambda span: span.start) - 1

    def is_inside(node: Node) -> bool:
        at = node.span.start
        return number(at) >= 0 and at < html[number(at)].end

    left: list[tuple[Node, tuple[str, ...], bool]] = [(node, (), False) for node in reversed(blocks)]
    while left:
        node, around, is_in_block = left.pop()
        # The blank line may make a list loose: that says nothing else.
        kind = "paragraph" if node.kind == "block_text" else node.kind
        if is_inside(node):
            inside.append(node)
            words += [] if is_in_block else [_words(node, text)]
            is_in_block = True
        elif kind != "blank_line":
            attrs = {name: value for name, value in node.attrs.items() if name not in ("tight", "place")}
            above = number(node.span.start)
            at = node.span.start - (html[above].end if above >= 0 else 0)
            outside.append((around, kind, above, at, node.raw, attrs))
        left += [(child, (*around, kind), is_in_block) for child in reversed(node.children)]
    old: list[tuple[int, str]] = []
    new: list[tuple[int, str]] = []
    for heading in headings(blocks, nodes_in(blocks), SLUGS[context.config.anchors]):
        is_new = heading.node.kind == "heading" and is_inside(heading.node)
        (new if is_new else old).append((heading.level, heading.slug))
    shown_words = re.sub(r"\W", "", "".join(words))
    return _Reading(text, inside, outside, shown_words, old, frozenset(slug for _, slug in new))


def _words(node: Node, text: str) -> str:
    """What a node shows, and what it shows where it is not read: an address, a language, a number."""
    if node.kind in ("block_html", "inline_html"):
        return "".join(token.text for token in tokens(node.raw, 0) if isinstance(token, Characters))
    if node.kind in ("block_code", "codespan"):
        # Not token.text: code shows "&lt;" as it is written.
        code = "".join(token.source for token in tokens(node.raw, 0) if isinstance(token, Characters))
        return node.str_attr("info") + code
    words = node.raw + "".join(_words(child, text) for child in node.children)
    if node.kind in ("link", "image"):
        behind = node.children[-1].span.end if node.children else node.span.start
        return words + unescape(text[behind : node.span.end])
    if node.kind == "list_item":
        end = node.children[0].span.start if node.children else node.span.end
        return text[node.span.start : end] + words
    return words


def is_meant(node: Node, source: str) -> bool:
    """Whether what a node is read as is what its author meant by it, as far as one can tell."""
    if node.kind == "block_code":
        return bool(node.attrs.get("closed")) and not _closes_more(node.raw)
    if node.kind == "strikethrough":
        return node.span.of(source).startswith("~~")
    return node.kind in _NEUTRAL or is_markdown(node, source, KINDS)


def _closes_more(code: str) -> bool:
    """Whether code ends elements that it does not begin: it goes on to a fence that is not its own."""
    is_open: list[str] = []
    for token in tokens(code, 0):
        if isinstance(token, Tag) and token.closes:
            if token.name not in is_open:
                return True
            is_open.remove(token.name)
        elif isinstance(token, Tag):
            is_open.append(token.name)
    return False
