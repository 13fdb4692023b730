"""From a file's text to a :class:`~dlcards.model.Document`: parse, collect the facts, find the pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from mistune.helpers import unescape_char
from mistune.util import unescape

from dlcards.document import layouts
from dlcards.document.headings import HTML_HEADINGS, headings
from dlcards.document.html import Tag, srcset
from dlcards.document.html import tags as start_tags
from dlcards.markdown import parse, plain_text
from dlcards.markdown.slugs import SLUGS
from dlcards.model import Config, Document, Link, LinkKind, Node, Span

# Where the elements that show or play something, or lead somewhere, have their addresses.
_ADDRESSES = {
    "a": ("href",),
    "audio": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
_KINDS = {
    ("a", "href"): LinkKind.HTML_LINK,
    ("img", "src"): LinkKind.HTML_IMAGE,
    ("audio", "src"): LinkKind.HTML_MEDIA,
    ("source", "src"): LinkKind.HTML_MEDIA,
    ("track", "src"): LinkKind.HTML_MEDIA,
    ("video", "src"): LinkKind.HTML_MEDIA,
}
_BLANKS = " \t\n\r\f\v"
_DEFINITION = re.compile(r" {0,3}\[(?P<label>(?:[^\\\[\]]|\\.)*)\]:\s*")


def build(path: PurePosixPath, text: str, config: Config) -> Document:
    """Make the document of a file.

    Args:
        path: Where the file stands, relative to the project's root.
        text: Its characters as on disk.
        config: The project's words for contents, references and so on.
    """
    blocks = parse(text)
    found = headings(blocks, SLUGS[config.anchors])
    html = [node for node in _walk(blocks) if node.kind.endswith("_html")]
    tags = [tag for node in html for tag in start_tags(node.span.of(text), node.span.start)]
    links = sorted(
        [*_links(blocks, text), *_html_links(tags, text)], key=lambda link: (link.span, link.url_span)
    )
    ids = tuple(_ids(tags))
    markdown = tuple(heading for heading in found if heading.node.kind == "heading")
    contents = layouts.find_contents(blocks, markdown, links, config)
    slugs = {id(heading.node): heading.slug for heading in markdown}
    source = layouts.Source(text, blocks, markdown, slugs, config)
    layout, detected = layouts.choose(source, path)
    pairs = layouts.LAYOUTS[layout].find(source) if layout else ()
    return Document(
        path,
        config.name_of(path),
        text,
        blocks,
        found,
        tuple(links),
        ids,
        contents,
        pairs,
        layout,
        layout_detected=detected,
    )


def _walk(blocks: tuple[Node, ...]) -> Iterator[Node]:
    for block in blocks:
        yield from block.walk()


def _ids(tags: Iterable[Tag]) -> Iterator[str]:
    """What a fragment can lead to besides headings; GitHub gives headings ids of its own."""
    for tag in tags:
        names = ("id", "name") if tag.name == "a" else ("id",)
        if tag.name not in HTML_HEADINGS:
            yield from filter(None, map(tag.value, names))


def _links(blocks: tuple[Node, ...], text: str) -> Iterator[Link]:
    for node in _walk(blocks):
        if node.kind == "definition":
            yield _definition(node, text)
        elif node.kind in ("link", "image"):
            yield _link(node, text)


def _link(node: Node, text: str) -> Link:
    start, end = node.span.start, node.span.end
    words = " ".join(plain_text(node.children).split())
    if node.kind == "link" and text[start] == "<":
        place = Span(start + 1, end - 1)
        # "<a@b.c>" is a mail's address without its scheme.
        scheme = "mailto:" if node.str_attr("url") == f"mailto:{place.of(text)}" else ""
        return Link(LinkKind.AUTOLINK, scheme + place.of(text), words, node.span, place)
    kind = LinkKind.IMAGE if node.kind == "image" else LinkKind.LINK
    bracket = node.children[-1].span.end if node.children else start + (2 if node.kind == "image" else 1)
    if text.startswith("](", bracket) and end > bracket + 1:
        place = _address(text, bracket + 2)
        return Link(kind, _unescaped(place.of(text)), words, node.span, place)
    return Link(kind, unquote(node.str_attr("url")), words, node.span, Span(end, end), by_reference=True)


def _definition(node: Node, text: str) -> Link:
    label = _DEFINITION.match(text, node.span.start)
    # A definition inside a quote may run over the quote's marks; then its whole span must do.
    place = _address(text, label.end()) if label else node.span
    return Link(LinkKind.DEFINITION, _unescaped(place.of(text)), node.str_attr("label"), node.span, place)


def _unescaped(address: str) -> str:
    """An address as it is meant: without backslashes before punctuation, and entities resolved."""
    return unescape(unescape_char(address))


def _address(text: str, start: int) -> Span:
    """Where the address stands that begins at or after ``start``, by CommonMark's two forms."""
    # Not str.isspace(): a no-break blank is part of an address, as mistune reads it.
    while start < len(text) and text[start] in _BLANKS:
        start += 1
    if text.startswith("<", start):
        end = start + 1
        while end < len(text) and text[end] not in "<>\n":
            end += 2 if text[end] == "\\" else 1
        return Span(start + 1, end)
    depth = 0
    end = start
    while end < len(text) and text[end] not in _BLANKS:
        if text[end] == "(":
            depth += 1
        elif text[end] == ")":
            if depth == 0:
                break
            depth -= 1
        end += 2 if text[end] == "\\" else 1
    return Span(start, min(end, len(text)))


def _html_links(found: Iterable[Tag], text: str) -> Iterator[Link]:
    for tag in found:
        for name in _ADDRESSES.get(tag.name, ()):
            if (attribute := tag.attributes.get(name)) is None:
                if (tag.name, name) == ("img", "src") and "srcset" not in tag.attributes:
                    yield Link(LinkKind.HTML_IMAGE, "", tag.value("alt"), tag.span, tag.span)
                continue
            kind = _KINDS.get((tag.name, name), LinkKind.HTML_SOURCE)
            words = tag.value("alt") if tag.name == "img" else ""
            for one in srcset(attribute, text) if name == "srcset" else [attribute]:
                yield Link(kind, one.value, words, tag.span, one.span)
