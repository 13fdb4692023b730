"""The ``file`` layout: the whole file is one question."""

from __future__ import annotations

from collections.abc import Sequence

from dlcards.document.layouts.asking import asks
from dlcards.document.layouts.parts import Section, words
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Node, Span

# The keys of front matter that name what a file asks; the first says so.
_QUESTION = "question"
_KEYS = (_QUESTION, "title")


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
    section = Section(slug or "1", question, slug, question, body, len(source.text))
    return Found((section,), 0.0, int(asks(said)))


def name_asks(name: str) -> bool:
    """Whether a file's name is a question: ``What is a lock.md``."""
    return name.isprintable() and asks(name)


def title_of(blocks: Sequence[Node], text: str) -> Node | None:
    """What a file is titled: by its front matter, or by its first heading."""
    first = next((block for block in blocks if block.kind != "blank_line"), None)
    values = _front_matter(first, text) if first else {}
    return next((values[key] for key in _KEYS if key in values), None) or _first_heading(blocks)


def says_question(source: Source) -> bool:
    """Whether a file's front matter has a ``question:``, which can mean nothing else."""
    return bool(source.blocks) and _QUESTION in _front_matter(source.blocks[0], source.text)


def _first_heading(blocks: Sequence[Node]) -> Node | None:
    return next((block for block in blocks if block.kind == "heading"), None)


def _front_matter(block: Node, text: str) -> dict[str, Node]:
    """The values of the keys that name a question, as headings: without YAML's quotes, on one line."""
    if block.kind != "front_matter" or not any(f"{key}:" in block.raw for key in _KEYS):
        return {}
    # Not above: most documents have no front matter.
    from yaml import MappingNode, ScalarNode, compose
    from yaml.loader import SafeLoader

    # Between its fences, as what reads the blocks has found it to be a mapping.
    start = len(block.raw.splitlines(keepends=True)[0])
    mapping = compose(block.raw[start : len(block.raw.rstrip()) - len("---")], Loader=SafeLoader)
    found: dict[str, Node] = {}
    for key, value in mapping.value if isinstance(mapping, MappingNode) else ():
        said = " ".join(value.value.split()) if isinstance(value, ScalarNode) else ""
        if said and key.value in _KEYS:
            at = block.span.start + start
            span = Span(at + value.start_mark.index, at + value.end_mark.index)
            found[key.value] = Node("heading", span, (Node("text", span, raw=said),), attrs={"level": 1})
    return found
