"""Pictures that are there twice, for a light page and for a dark one: cards have both, and show one.

GitHub knows two ways: ``#gh-light-mode-only`` and ``#gh-dark-mode-only`` at the end of an address, and
``<picture>`` with ``<source media="(prefers-color-scheme: dark)">``
(https://docs.github.com/en/get-started/writing-on-github). On a card the two have the classes ``day`` and
``night``, of which the style of the cards shows one: Anki's theme is a class, too, and no media query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from dlcards.document.elements import INLINE_BLOCKS
from dlcards.document.html import Tag, srcset, tags
from dlcards.model import Node, lazy_compile

DAY, NIGHT = "day", "night"
_ENDS = {DAY: "#gh-light-mode-only", NIGHT: "#gh-dark-mode-only"}
_SCHEMES = {"light": DAY, "dark": NIGHT}
THEME_SOURCE = lazy_compile(r"<source\b[^>]*prefers-color-scheme\s*:\s*(light|dark)", re.I)

_Sources = dict[str, str]  # the pictures that a <picture> has named so far, by theme


def themed(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """What stands in one field; of pictures that are there twice, each says what theme it is for."""
    sources = [source for node in nodes for below in node.walk() if (source := _source(below))]
    if all(any(end in source for source in sources) for end in _ENDS.values()):
        nodes = [_with_classes(node) for node in nodes]
    if any(THEME_SOURCE.search(source) for source in sources):
        nodes = [_with_sources(node) for node in nodes]
    return tuple(nodes)


def _source(node: Node) -> str:
    """Where the addresses of pictures stand."""
    return node.str_attr("url") if node.kind == "image" else node.raw if node.kind.endswith("_html") else ""


def _theme_of(address: str) -> str:
    return next((theme for theme, end in _ENDS.items() if address.endswith(end)), "")


def _with_classes(node: Node) -> Node:
    """A node whose pictures say what theme the ends of their addresses mean."""
    if node.kind == "image":
        theme = _theme_of(node.str_attr("url"))
        return node._replace(attrs={**node.attrs, "class": theme}) if theme else node
    if node.kind.endswith("_html"):
        parts, at = [], 0
        for tag in tags(node.raw, 0):
            src = tag.attributes.get("src") if tag.name == "img" else None
            if src and (theme := _theme_of(src.value)):
                parts += [node.raw[at : tag.span.start], _of_class(tag.span.of(node.raw), theme)]
                at = tag.span.end
        return node._replace(raw="".join([*parts, node.raw[at:]])) if parts else node
    return node._replace(children=tuple(map(_with_classes, node.children))) if node.children else node


def _with_sources(node: Node) -> Node:
    """A block whose pictures are those of their ``<picture>`` for the day, and for the night."""
    if node.kind == "block_html":
        sources: _Sources = {}
        return node._replace(raw="".join(_pieces(node.raw, sources)))
    if node.kind not in INLINE_BLOCKS:
        return node._replace(children=tuple(map(_with_sources, node.children))) if node.children else node
    children, sources = [], {}
    for child in node.children:
        if child.kind == "inline_html":
            children += [child._replace(raw=piece) for piece in _pieces(child.raw, sources)]
        else:
            children.append(child)
    return node._replace(children=tuple(children))


def _pieces(raw: str, sources: _Sources) -> Iterator[str]:
    """Raw HTML in pieces, with a tag for each picture.

    Args:
        raw: The HTML.
        sources: What stands before it in the same ``<picture>``; what stands in it is added.
    """
    at = 0
    for tag in tags(raw, 0):
        if tag.name == "source" and (media := THEME_SOURCE.match(tag.span.of(raw))):
            first = next(srcset(tag.attributes["srcset"], raw), None) if "srcset" in tag.attributes else None
            if first:
                sources.setdefault(_SCHEMES[media[1].lower()], first.value)
        elif tag.name == "img":
            if sources and "src" in tag.attributes:
                if raw[at : tag.span.start]:
                    yield raw[at : tag.span.start]
                yield from _tags(tag, raw, sources)
                at = tag.span.end
            sources.clear()
    if raw[at:]:
        yield raw[at:]


def _tags(tag: Tag, raw: str, sources: _Sources) -> Iterator[str]:
    """The ``<img>`` of a ``<picture>``, for the day and for the night; what no source names is its own."""
    own = tag.attributes["src"]
    quote = "" if raw[own.span.start - 1] in "\"'" else '"'
    named = {theme: sources.get(theme, own.value) for theme in (DAY, NIGHT)}
    for theme, address in named.items():
        head, rest = raw[tag.span.start : own.span.start], raw[own.span.end : tag.span.end]
        yield _of_class(f"{head}{quote}{escape(address)}{quote}{rest}", theme)


def _of_class(tag: str, theme: str) -> str:
    """An ``<img>`` of a class; the first attribute of a name is the one that counts."""
    return f'{tag[:4]} class="{theme}"{tag[4:]}'
