"""The headings of the page that GitHub shows, markdown's and HTML's, with the anchors that they get there."""

from __future__ import annotations

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
_BREAKS = ("softbreak", "linebreak")


@dataclass(slots=True)
class _Open:
    """A heading that is being read.

    Attributes:
        level: 1 to 6.
        node: The markdown heading, or the HTML that opens it.
        text: What the page shows of it, as far as it is read.
        inside: The blocks of HTML that were opened in it.
    """

    level: int
    node: Node
    text: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)


def headings(blocks: Iterable[Node], slug_of: Callable[[str], str]) -> tuple[Heading, ...]:
    """All headings of a document in the order of the page.

    GitHub makes anchors of the rendered page: of the text of each ``h1`` to ``h6``, whoever wrote the tag,
    with entities decoded and nothing trimmed. A line break is deleted as punctuation is, a picture has no
    text, a footnote's mark has its number.

    Args:
        blocks: The document's blocks.
        slug_of: The slug of a text, before duplicates are numbered.
    """
    found = list(_read(blocks))
    slugs = unique_slugs(("".join(heading.text) for heading in found), slug_of)
    return tuple(
        Heading(heading.level, " ".join(_words(heading).split()), slug, heading.node)
        for heading, slug in zip(found, slugs, strict=True)
    )


def _words(heading: _Open) -> str:
    """The words of a heading, for people: those of markdown without the numbers of its footnotes."""
    is_markdown = heading.node.kind == "heading"
    return plain_text(heading.node.children) if is_markdown else "".join(heading.text)


def _read(blocks: Iterable[Node]) -> Iterator[_Open]:
    """The headings, each once it is read to its end."""
    notes: dict[str, int] = {}  # the numbers of footnotes, by their first marks
    current: _Open | None = None  # a heading of HTML that is open
    for node in _leaves(blocks):
        if node.kind == "heading":
            if current:
                yield current
            level = node.attrs["level"]
            assert isinstance(level, int)
            current = None
            yield _Open(level, node, [_shown(leaf, notes) for leaf in _leaves(node.children)])
        elif node.kind in ("block_html", "inline_html"):
            for token in tokens(node.raw, 0):
                if isinstance(token, Characters):
                    if current and node.kind == "block_html":
                        current.text.append(token.text)
                    continue
                if current and _ends(token, current):
                    yield current
                    current = None
                if token.name in HTML_HEADINGS and not token.closes:
                    current = _Open(int(token.name[1]), node)
        else:
            shown = _shown(node, notes)
            if current:
                current.text.append(shown)
    if current:
        yield current


def _ends(tag: Tag, heading: _Open) -> bool:
    """Whether an open heading of HTML ends before, or with, a tag."""
    if tag.name in HTML_HEADINGS:
        return True
    if tag.name in _BLOCKS and not tag.closes:
        heading.inside.append(tag.name)
    elif tag.name in _BLOCKS:
        if tag.name not in heading.inside:
            return True
        while heading.inside.pop() != tag.name:
            pass
    return False


def _leaves(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes that show something by themselves, and headings whole, in order."""
    left = list(nodes)[::-1]
    while left:
        node = left.pop()
        if node.children and node.kind not in ("heading", "image"):
            left.extend(reversed(node.children))
        else:
            yield node


def _shown(leaf: Node, notes: dict[str, int]) -> str:
    """What the page shows of a leaf."""
    if leaf.kind == "footnote_ref":
        return str(notes.setdefault(leaf.str_attr("key"), len(notes) + 1))
    if leaf.kind in _BREAKS:
        return "\n"
    return "" if leaf.kind in ("image", "inline_html", "definition", "front_matter") else leaf.raw
