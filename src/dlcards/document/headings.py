"""The headings of the page that GitHub shows, markdown's and HTML's, with the anchors that they get there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dlcards.document.html import Characters, Tag, tokens
from dlcards.markdown import plain_text
from dlcards.markdown.slugs import unique_slugs
from dlcards.model import Heading, Node

HTML_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
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


@dataclass(slots=True, eq=False)
class _Open:
    """A heading that is being read: its level, the node that opens it, and its text."""

    level: int
    node: Node
    text: list[str] = field(default_factory=list)


def headings(blocks: Iterable[Node], slug_of: Callable[[str], str]) -> tuple[Heading, ...]:
    """All headings of a document, in its order, with the anchors that they get in the order of the page.

    GitHub makes anchors of the rendered page: of the text of each ``h1`` to ``h6``, whoever wrote the tag,
    with entities decoded and nothing trimmed. A line break is deleted as punctuation is, a picture has no
    text, a footnote's mark has its number, and footnotes stand at the end, those without a mark not at all.

    Args:
        blocks: The document's blocks.
        slug_of: The slug of a text, before duplicates are numbered.
    """
    found = _read(blocks)
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


def _read(blocks: Iterable[Node]) -> list[_Open]:
    """The headings with their text, in order. Elements end as in browsers, however badly they are nested."""
    found: list[_Open] = []
    stack: list[_Open | str] = []  # the headings and blocks that are open
    reading: list[_Open] = []  # the headings among them
    count: Counter[str] = Counter()  # the blocks among them

    def close() -> _Open | str:
        last = stack.pop()
        if isinstance(last, _Open):
            reading.pop()
        else:
            count[last] -= 1
        return last

    for node, token in _page(blocks):
        if isinstance(token, str):
            for heading in reading[-_DEEPEST:]:
                heading.text.append(token)
        elif token.name in HTML_HEADINGS and token.closes:
            while reading and not isinstance(close(), _Open):
                pass
        elif token.name in HTML_HEADINGS:
            if stack and isinstance(stack[-1], _Open):
                close()
            found.append(_Open(int(token.name[1]), node))
            stack.append(found[-1])
            reading.append(found[-1])
        elif token.name in _BLOCKS and token.closes:
            while count[token.name] and close() != token.name:
                pass
        elif token.name in _BLOCKS:
            stack.append(token.name)
            count[token.name] += 1
    return found


def _page(blocks: Iterable[Node]) -> Iterator[tuple[Node, Tag | str]]:
    """The tags and the text of the rendered page as far as headings go, with the nodes they are of."""
    top = list(blocks)
    notes, used = _footnotes(top)
    top += [block for note in used for block in note.children]
    left: list[tuple[Node, Tag | None]] = []
    left.extend((node, None) for node in reversed(top))
    while left:
        node, end = left.pop()
        if end:
            yield node, end
        elif node.kind == "footnote_definition":
            continue  # it comes at the end, or not at all
        elif node.kind in ("block_html", "inline_html"):
            for token in tokens(node.raw, 0):
                yield node, token.text if isinstance(token, Characters) else token
        elif node.children and node.kind != "image":
            name = f"h{node.attrs['level']}" if node.kind == "heading" else _ELEMENTS.get(node.kind, "")
            if name:
                yield node, Tag(name, node.span)
                left.append((node, Tag(name, node.span, closes=True)))
            left.extend((child, None) for child in reversed(node.children))
        elif node.kind == "heading":
            yield node, Tag(f"h{node.attrs['level']}", node.span)
            yield node, Tag("h1", node.span, closes=True)
        else:
            yield node, _shown(node, notes)


def _footnotes(blocks: Iterable[Node]) -> tuple[dict[str, int], list[Node]]:
    """The numbers of footnotes, by their first marks, and the footnotes that have one, in that order."""
    notes: dict[str, int] = {}
    definitions: dict[str, Node] = {}
    for node in (node for block in blocks for node in block.walk()):
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
