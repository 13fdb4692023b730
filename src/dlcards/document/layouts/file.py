"""The ``file`` layout: the whole file is one question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dlcards.document.layouts.asking import asks
from dlcards.document.layouts.parts import make_pair, words
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Node, Span

_TITLE = re.compile(r"^title:[ \t]*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)[ \t]*\r?$", re.M)


def find(source: Source) -> Found:
    """The one question of a file: its front matter's title, its first heading; its name if only it asks."""
    title = title_of(source.blocks, source.text)
    if title is None:
        return Found()
    heading = _first_heading(source.blocks)
    said = plain_text(title.children)
    # A heading that only says the title once more is no part of the answer.
    repeats = heading is not None and words(plain_text(heading.children)) == words(said)
    question = title
    if not asks(said) and name_asks(source.name):
        said = source.name
        question = Node("heading", title.span, (Node("text", title.span, raw=said),), attrs={"level": 1})
    body = [
        block
        for block in source.blocks
        if block.kind != "front_matter" and not (repeats and block is heading)
    ]
    slug = source.slugs.get(id(heading), "") if heading is title else ""
    pair = make_pair(slug or "1", question, slug, question, body, len(source.text), source.config)
    return Found((pair,), 0.0, int(asks(said)))


def name_asks(name: str) -> bool:
    """Whether a file's name is a question: ``What is a lock.md``."""
    return name.isprintable() and asks(name)


def title_of(blocks: Sequence[Node], text: str) -> Node | None:
    """What a file is titled: by its front matter, or by its first heading."""
    first = next((block for block in blocks if block.kind != "blank_line"), None)
    title = _front_matter_title(first, text) if first else None
    return title or _first_heading(blocks)


def _first_heading(blocks: Sequence[Node]) -> Node | None:
    return next((block for block in blocks if block.kind == "heading"), None)


def _front_matter_title(block: Node, text: str) -> Node | None:
    """The ``title:`` of YAML front matter as a heading; quotes around it are no part of it."""
    match = _TITLE.search(block.raw) if block.kind == "front_matter" else None
    if not match:
        return None
    start = block.span.start + match.start("title")
    span = Span(start, block.span.start + match.end("title"))
    return Node("heading", span, (Node("text", span, raw=span.of(text)),), attrs={"level": 1})
