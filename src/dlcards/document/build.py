"""From a file's text to a :class:`~dlcards.model.Document`: parse, collect the facts, find the pairs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath

from dlcards.document import layouts
from dlcards.markdown import parse, plain_text
from dlcards.markdown.slugs import SLUGS, unique_slugs
from dlcards.model import Config, Document, Heading, Link, LinkKind, Node, Span


def build(path: PurePosixPath, text: str, config: Config) -> Document:
    """Make the document of a file.

    Args:
        path: Where the file stands, relative to the project's root.
        text: Its characters as on disk.
        config: The project's words for contents, references and so on.
    """
    blocks = parse(text)
    headings = tuple(_headings(blocks, SLUGS[config.anchors]))
    tags = [tag for node in _walk(blocks) if node.kind.endswith("_html") for tag in _html_tags(node, text)]
    links = sorted([*_links(blocks, text), *_html_links(tags)], key=lambda link: link.span)
    ids = tuple(tag.attrs[name] for tag in tags for name in ("id", "name") if tag.attrs.get(name))
    contents = layouts.find_contents(blocks, headings, links, config)
    slugs = {id(heading.node): heading.slug for heading in headings}
    source = layouts.Source(text, blocks, headings, slugs, config)
    layout, detected = layouts.choose(source, path)
    pairs = layouts.LAYOUTS[layout].find(source) if layout else ()
    return Document(
        path, text, blocks, headings, tuple(links), ids, contents, pairs, layout, layout_detected=detected
    )


def _walk(blocks: tuple[Node, ...]) -> Iterator[Node]:
    for block in blocks:
        yield from block.walk()


def _headings(blocks: tuple[Node, ...], slug_of: Callable[[str], str]) -> Iterator[Heading]:
    nodes = [node for node in _walk(blocks) if node.kind == "heading"]
    texts = [plain_text(node.children).strip() for node in nodes]
    for node, text, slug in zip(nodes, texts, unique_slugs(texts, slug_of), strict=True):
        level = node.attrs["level"]
        assert isinstance(level, int)
        yield Heading(level, text, slug, node)


def _links(blocks: tuple[Node, ...], text: str) -> Iterator[Link]:
    for node in _walk(blocks):
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


class _Tag:
    """A start tag of raw HTML, with its place in the document."""

    def __init__(self, name: str, attrs: dict[str, str], source: str, start: int) -> None:
        self.name = name
        self.attrs = attrs
        self.source = source
        self.span = Span(start, start + len(source))

    def value_span(self, name: str) -> Span:
        """Where the value of an attribute stands; the whole tag where it can't be told."""
        match = re.search(rf"(?is)\s{name}\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", self.source)
        if not match:
            return self.span
        quotes = 1 if match.group(1)[0] in "\"'" else 0
        return Span(self.span.start + match.start(1) + quotes, self.span.start + match.end(1) - quotes)


class _TagCollector(HTMLParser):
    def __init__(self, source: str, start: int) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [0]
        self._lines += [match.end() for match in re.finditer("\n", source)]
        self._start = start
        self.tags: list[_Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        values = {name: value or "" for name, value in attrs}
        place = self._start + self._lines[line - 1] + column
        self.tags.append(_Tag(tag, values, self.get_starttag_text() or "", place))


def _html_tags(node: Node, text: str) -> list[_Tag]:
    source = node.span.of(text)
    collector = _TagCollector(source, node.span.start)
    collector.feed(source)
    return collector.tags


def _html_links(tags: list[_Tag]) -> Iterator[Link]:
    for tag in tags:
        if tag.name == "img":
            url = tag.attrs.get("src", "")
            yield Link(LinkKind.HTML_IMAGE, url, tag.attrs.get("alt", ""), tag.span, tag.value_span("src"))
        elif tag.name == "a" and "href" in tag.attrs:
            yield Link(LinkKind.HTML_LINK, tag.attrs["href"], "", tag.span, tag.value_span("href"))
