"""From a file's text to a :class:`~dlcards.model.Document`: parse, collect the facts, find the pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from dlcards.document import layouts
from dlcards.document.bare_urls import bare_urls_in, may_hold_urls
from dlcards.document.elements import INLINE_BLOCKS
from dlcards.document.headings import HTML_HEADINGS, headings
from dlcards.document.html import Tag, srcset, stripped
from dlcards.document.html import tags as start_tags
from dlcards.markdown import parse, plain_text
from dlcards.markdown.slugs import SLUGS
from dlcards.model import Config, Document, Link, LinkKind, Node, Span, lazy_compile, nodes_in

# Where the elements that show or play something, or lead somewhere, have their addresses.
_ADDRESSES = {
    "a": ("href",),
    "audio": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
# Raw HTML in which there may be an address, a place for one, or an id.
_LEADS = lazy_compile(rf"=|<(?:{'|'.join(_ADDRESSES)})(?![^\t\n\f\r />])", re.I)
_KINDS = {
    ("a", "href"): LinkKind.HTML_LINK,
    ("img", "src"): LinkKind.HTML_IMAGE,
    ("audio", "src"): LinkKind.HTML_MEDIA,
    ("source", "src"): LinkKind.HTML_MEDIA,
    ("track", "src"): LinkKind.HTML_MEDIA,
    ("video", "src"): LinkKind.HTML_MEDIA,
}


def build(path: PurePosixPath, text: str, config: Config, *, whole: bool = False) -> Document:
    """Make the document of a file.

    Args:
        path: Where the file stands, relative to the project's root.
        text: Its characters as on disk.
        config: The project's words for contents, references and so on.
        whole: Whether the file is one question (``layouts.made_of_files``), if no layout is configured.
    """
    blocks = parse(text)
    nodes = nodes_in(blocks)
    found = headings(blocks, nodes, SLUGS[config.anchors])
    html = [node for node in nodes if node.kind.endswith("_html")]
    bare = _without_markers(html, text)
    telling = [node for node in html if _LEADS.search(node.raw)]
    tags = [tag for node in telling for tag in start_tags(node.span.of(bare), node.span.start)]
    links = [*_links(nodes, text), *_html_links(tags, bare), *_bare_links(nodes, text)]
    links.sort(key=lambda link: (link.span, link.url_span))
    ids = tuple(_ids(tags))
    markdown = tuple(heading for heading in found if heading.node.kind == "heading")
    contents = layouts.find_contents(blocks, markdown, links, config)
    slugs = {id(heading.node): heading.slug for heading in markdown}
    listed = contents.span if contents else Span(0, 0)
    source = layouts.Source(text, blocks, markdown, slugs, config, listed, path.stem)
    layout, detected, pairs, readings = layouts.read(source, path, whole=whole)
    return Document(
        path,
        config.in_home(path),
        text,
        blocks,
        found,
        tuple(links),
        ids,
        contents,
        pairs,
        layout,
        layout_detected=detected,
        readings=readings,
    )


def _without_markers(nodes: Iterable[Node], text: str) -> str:
    """``text`` with blanks for the markers of containers that the lines of HTML begin with."""
    parts, at = [], 0
    for node in nodes:
        if "\n" not in node.raw:
            continue
        parts.append(text[at : node.span.start])
        lines = zip(node.span.of(text).split("\n"), node.raw.split("\n"), strict=False)
        for number, (line, own) in enumerate(lines):
            is_marked = line.rstrip("\r").endswith(own)
            blanks = len(line.rstrip("\r")) - len(own) if is_marked else 0
            parts.append("\n" * (number > 0) + " " * blanks + line[blanks:])
        at = node.span.end
    return "".join([*parts, text[at:]])


def _ids(tags: Iterable[Tag]) -> Iterator[str]:
    """What a fragment can lead to besides headings; GitHub gives headings ids of its own."""
    for tag in tags:
        names = ("id", "name") if tag.name == "a" else ("id",)
        if tag.name not in HTML_HEADINGS:
            yield from filter(None, map(tag.value, names))


def _links(nodes: Iterable[Node], text: str) -> Iterator[Link]:
    for node in nodes:
        if node.kind in ("link", "image", "definition"):
            yield _link(node, text)


def _link(node: Node, text: str) -> Link:
    place, end = node.attrs.get("place"), node.span.end
    by_reference = not isinstance(place, Span)
    words = node.str_attr("label") or " ".join(plain_text(node.children).split())
    kind = LinkKind(node.kind)
    if kind is LinkKind.LINK and text[node.span.start] == "<":
        kind = LinkKind.AUTOLINK
    url_span = place if isinstance(place, Span) else Span(end, end)
    return Link(kind, node.str_attr("address"), words, node.span, url_span, by_reference=by_reference)


def _bare_links(nodes: Iterable[Node], text: str) -> Iterator[Link]:
    if not may_hold_urls(text):
        return
    for node in nodes:
        if node.kind not in INLINE_BLOCKS or not may_hold_urls(node.span.of(text)):
            continue
        for url in bare_urls_in(node, text):
            if url.is_whole and not url.is_example:
                full = url.address if "://" in url.address else f"http://{url.address}"
                yield Link(LinkKind.BARE, full, url.address, url.span, url.span)


def _html_links(found: Iterable[Tag], text: str) -> Iterator[Link]:
    for tag in found:
        for name in _ADDRESSES.get(tag.name, ()):
            if (attribute := tag.attributes.get(name)) is None:
                if (tag.name, name) == ("img", "src") and "srcset" not in tag.attributes:
                    yield Link(LinkKind.HTML_IMAGE, "", tag.value("alt"), tag.span, tag.span)
                continue
            kind = _KINDS.get((tag.name, name), LinkKind.HTML_SOURCE)
            words = tag.value("alt") if tag.name == "img" else ""
            for one in srcset(attribute, text) if name == "srcset" else [stripped(attribute, text)]:
                yield Link(kind, one.value, words, tag.span, one.span)
