"""Pictures that are there twice, for a light page and for a dark one: cards have the light one.

GitHub knows two ways: ``#gh-light-mode-only`` and ``#gh-dark-mode-only`` at the end of an address, and
``<picture>`` with ``<source media="(prefers-color-scheme: light)">``
(https://docs.github.com/en/get-started/writing-on-github).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from dlcards.document.elements import INLINE_BLOCKS
from dlcards.document.html import srcset, tags
from dlcards.model import Node, lazy_compile

_FOR_NIGHT = "#gh-dark-mode-only"
_FOR_DAY = "#gh-light-mode-only"
_NIGHT_TAG = lazy_compile(rf"<img\b[^>]*{_FOR_NIGHT}[^>]*>", re.I)
DAY_SOURCE = lazy_compile(r"<source\b[^>]*prefers-color-scheme\s*:\s*light", re.I)


def by_day(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """What stands in one field without the pictures for the night, if there are some for the day."""
    htmls = [below for node in nodes for below in node.walk() if _source(below)]
    if any(_FOR_DAY in _source(node) for node in htmls):
        nodes = _without_night(nodes)
    if any(DAY_SOURCE.search(node.raw) for node in htmls):
        nodes = [_with_sources(node) for node in nodes]
    return tuple(nodes)


def _source(node: Node) -> str:
    """Where the addresses of pictures stand."""
    return node.str_attr("url") if node.kind == "image" else node.raw if node.kind.endswith("_html") else ""


def _without_night(nodes: Iterable[Node]) -> tuple[Node, ...]:
    kept = []
    for node in nodes:
        if _FOR_NIGHT not in _source(node):
            children = _without_night(node.children)
            same = len(children) == len(node.children)
            same = same and all(new is old for new, old in zip(children, node.children, strict=True))
            kept.append(node if same else node._replace(children=children))
        elif node.kind == "block_html":
            kept.append(node._replace(raw=_NIGHT_TAG.sub("", node.raw)))
        elif node.kind == "inline_html" and not _NIGHT_TAG.match(node.raw):
            kept.append(node)  # a link's start tag
    return tuple(kept)


def _with_sources(node: Node) -> Node:
    """A block whose pictures name what a browser would show by day."""
    if node.kind == "block_html":
        raw, _ = _with_source(node.raw, "")
        return node._replace(raw=raw)
    if node.kind not in INLINE_BLOCKS:
        return node._replace(children=tuple(map(_with_sources, node.children))) if node.children else node
    children, day = [], ""
    for child in node.children:
        if child.kind == "inline_html":
            raw, day = _with_source(child.raw, day)
            child = child._replace(raw=raw)
        children.append(child)
    return node._replace(children=tuple(children))


def _with_source(raw: str, day: str) -> tuple[str, str]:
    """Raw HTML whose pictures name what a browser would show by day.

    Args:
        raw: The HTML.
        day: The picture for the day that stands before it in the same ``<picture>``; empty without one.

    Returns:
        The HTML, and the picture for the day that stands in it without a picture behind.
    """
    parts, at = [], 0
    for tag in tags(raw, 0):
        if tag.name == "source" and DAY_SOURCE.match(tag.span.of(raw)) and "srcset" in tag.attributes:
            first = next(srcset(tag.attributes["srcset"], raw), None)
            day = first.value if first else day
        elif tag.name == "img":
            if day and (own := tag.attributes.get("src")):
                quote = "" if raw[own.span.start - 1] in "\"'" else '"'
                parts += [raw[at : own.span.start], f"{quote}{escape(day)}{quote}"]
                at = own.span.end
            day = ""
    return "".join([*parts, raw[at:]]), day
