"""The headings of the page that GitHub shows, markdown's and HTML's, with the anchors that they get there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dlcards.document.html import Characters, Tag, tokens
from dlcards.markdown import plain_text
from dlcards.markdown.slugs import unique_slugs
from dlcards.model import Heading, Node, lazy_compile

HTML_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAG = lazy_compile(r"</?h[1-6]", re.I)
# Elements whose end ends a heading that was left open in them.
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "li", "main", "nav", "ol",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
# Headings that stand in headings share their text; no page has more of them in one another.
_DEEPEST = 8
_BREAKS = ("softbreak", "linebreak")
# What HTML has for the containers of markdown.
_ELEMENTS = {
    "block_quote": "blockquote",
    "list": "ul",
    "list_item": "li",
    "table": "table",
    "table_cell": "td",
}


@dataclass(slots=True, eq=False, repr=False)
class _Open:
    """A heading that is being read: its level, the node that opens it, and its text."""

    level: int
    node: Node
    text: list[str] = field(default_factory=list)


def headings(
    blocks: Sequence[Node], nodes: Sequence[Node], slug_of: Callable[[str], str]
) -> tuple[Heading, ...]:
    """All headings of a document, in its order, with the anchors that they get in the order of the page.

    GitHub makes anchors of the rendered page: of the text of each ``h1`` to ``h6``, whoever wrote the tag,
    with entities decoded and nothing trimmed. A line break is deleted as punctuation is, a picture has no
    text, a footnote's mark has its number, and footnotes stand at the end, those without a mark not at all.

    Args:
        blocks: The document's blocks.
        nodes: These and all nodes in them, in order.
        slug_of: The slug of a text, before duplicates are numbered.
    """
    found = _read(blocks, nodes)
    slugs = unique_slugs(("".join(heading.text) for heading in found), slug_of)
    made = [
        Heading(heading.level, " ".join(_words(heading).split()), slug, heading.node)
        for heading, slug in zip(found, slugs, strict=True)
    ]
    return tuple(sorted(made, key=lambda heading: heading.node.span))


def _words(heading: _Open) -> str:
    """The words of a heading, for people: those of markdown without the numbers of its footnotes."""
    is_markdown = heading.node.kind == "heading"
    return plain_text(heading.node.children) if is_markdown else "".join(heading.text)


def _read(blocks: Sequence[Node], nodes: Sequence[Node]) -> list[_Open]:
    """The headings with their text, in the order of the page: footnotes that have a mark stand at its end."""
    reader = _Reader()
    notes, used = _footnotes(nodes)
    wanted = _wanted(nodes)
    left: list[Node | tuple[Node, Tag]] = []
    left.extend(blocks)
    left.extend(block for note in used for block in note.children)
    left.reverse()
    while left:
        node = left.pop()
        if not isinstance(node, Node):
            reader.tag(*node)
        elif not reader.reading and not _holds_any(node, wanted):
            continue  # words of no heading
        elif node.kind == "footnote_definition":
            continue  # it comes at the end, or not at all
        elif node.kind in ("block_html", "inline_html"):
            for token in tokens(node.raw, 0):
                if isinstance(token, Characters):
                    reader.text(token.text)
                else:
                    reader.tag(node, token)
        elif node.kind == "heading" or (node.children and node.kind != "image"):
            name = f"h{node.attrs['level']}" if node.kind == "heading" else _ELEMENTS.get(node.kind, "")
            if name:
                reader.tag(node, Tag(name, node.span))
                left.append((node, Tag(name, node.span, closes=True)))
            left += reversed(node.children)
        else:
            reader.text(_shown(node, notes))
    return reader.found


class _Reader:
    """Reads tags and text in order. Elements end as in browsers, however badly they are nested.

    Attributes:
        found: The headings so far.
        reading: Those of them that are open.
    """

    def __init__(self) -> None:
        self.found: list[_Open] = []
        self.reading: list[_Open] = []
        self._stack: list[_Open | str] = []  # the headings and blocks that are open
        self._count: Counter[str] = Counter()  # the blocks among them

    def text(self, text: str) -> None:
        for heading in self.reading[-_DEEPEST:]:
            heading.text.append(text)

    def tag(self, node: Node, tag: Tag) -> None:
        if tag.name in HTML_HEADINGS and tag.closes:
            while self.reading and not isinstance(self._close(), _Open):
                pass
        elif tag.name in HTML_HEADINGS:
            if self._stack and isinstance(self._stack[-1], _Open):
                self._close()
            self.found.append(_Open(int(tag.name[1]), node))
            self._stack.append(self.found[-1])
            self.reading.append(self.found[-1])
        elif tag.name in _BLOCKS and tag.closes:
            while self._count[tag.name] and self._close() != tag.name:
                pass
        elif tag.name in _BLOCKS:
            self._stack.append(tag.name)
            self._count[tag.name] += 1

    def _close(self) -> _Open | str:
        last = self._stack.pop()
        if isinstance(last, _Open):
            self.reading.pop()
        else:
            self._count[last] -= 1
        return last


def _wanted(nodes: Iterable[Node]) -> list[int]:
    """Where the headings begin, and raw HTML if some of it may be or end a heading."""
    found = [node for node in nodes if node.kind == "heading"]
    html = [node for node in nodes if node.kind.endswith("_html")]
    in_headings = (below.kind == "inline_html" for node in found for below in node.walk())
    if html and (any(_TAG.search(node.raw) for node in html) or any(in_headings)):
        found += html
    return sorted(node.span.start for node in found)


def _holds_any(node: Node, places: Sequence[int]) -> bool:
    at = bisect_left(places, node.span.start)
    return at < len(places) and (places[at] < node.span.end or places[at] == node.span.start)


def _footnotes(nodes: Iterable[Node]) -> tuple[dict[str, int], list[Node]]:
    """The numbers of footnotes, by their first marks, and the footnotes that have one, in that order."""
    notes: dict[str, int] = {}
    definitions: dict[str, Node] = {}
    for node in nodes:
        if node.kind == "footnote_ref":
            notes.setdefault(node.str_attr("key"), len(notes) + 1)
        elif node.kind == "footnote_definition":
            definitions.setdefault(node.str_attr("key"), node)
    return notes, [definitions[key] for key in notes if key in definitions]


def _shown(leaf: Node, notes: dict[str, int]) -> str:
    """What the page shows of a leaf."""
    if leaf.kind == "footnote_ref":
        return str(notes[leaf.str_attr("key")])
    if leaf.kind in _BREAKS:
        return "\n"
    return "" if leaf.kind in ("image", "inline_html", "definition", "front_matter") else leaf.raw
