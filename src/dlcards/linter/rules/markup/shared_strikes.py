"""What GitHub strikes through, with the places of the tildes, and what it could strike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from dlcards.document.text import masked
from dlcards.model import Node, Span, lazy_compile

_OPAQUE = ("codespan", "inline_math", "block_math", "inline_html", "link", "image", "footnote_ref")
# GitHub makes links of bare addresses before it looks at tildes.
_ADDRESS = lazy_compile(r"(?<![A-Za-z0-9])(?:https?://|ftp://|www\.)[^\s<]+")


class Strike(NamedTuple):
    """What is struck through.

    Attributes:
        opener: The tildes before it.
        closer: The tildes behind it.
    """

    opener: Span
    closer: Span


def strikes(block: Node, text: str) -> Iterator[Strike]:
    """What GitHub strikes through in a block that holds inlines, in order."""
    if "~" not in block.span.of(text):
        return
    source = _ADDRESS.sub(lambda match: "\0" * len(match.group()), block.span.of(text))
    for node in block.walk():
        if node.kind == "strikethrough":
            start, end = node.span.start, node.span.end
            width = 2 if text.startswith("~~", start) else 1
            strike = Strike(Span(start, start + width), Span(end - width, end))
            tildes = (source[place.start - block.span.start] for place in (strike.opener, strike.closer))
            if "\0" not in tildes:
                yield strike


def visible(block: Node, text: str) -> str:
    """The source of a block with NUL for all that is no running text."""
    source = masked(Node(block.kind, block.span, block.children), text, _OPAQUE)
    return _ADDRESS.sub(lambda match: "\0" * len(match.group()), source)


def flanking(text: str, start: int, end: int, first: int, last: int) -> tuple[bool, bool]:
    """Whether a run of marks in ``text[first:last]`` is left-flanking, and whether it is right-flanking."""
    before = text[start - 1] if start > first else "\n"
    after = text[end] if end < last else "\n"
    left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
    right = not before.isspace() and (
        not _is_punctuation(before) or after.isspace() or _is_punctuation(after)
    )
    return left, right


def _is_punctuation(character: str) -> bool:
    # cmark-gfm counts ASCII symbols, but of the rest only what Unicode calls punctuation.
    if character.isascii():
        return character.isprintable() and not character.isalnum() and not character.isspace()
    return unicodedata.category(character).startswith("P")
