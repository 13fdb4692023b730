"""What GitHub strikes through: cmark-gfm's way with `~` and `~~` among the marks of emphasis.

Our own parser knows only ``~~``, and pairs it whatever stands around; cmark-gfm strikes with one tilde as
with two, by the rules of flanking, and marks of emphasis and tildes close over each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from dlcards.document.text import masked
from dlcards.model import Node, Span

_OPAQUE = ("codespan", "inline_math", "block_math", "inline_html", "link", "image", "footnote_ref")
_RUN = re.compile(r"\*+|_+|~+")
# GitHub makes links of bare addresses before it looks at tildes.
_ADDRESS = re.compile(r"(?<![A-Za-z0-9])(?:https?://|ftp://|www\.)[^\s<]+")


@dataclass(frozen=True, slots=True)
class Strike:
    """What is struck through.

    Attributes:
        opener: The tildes before it.
        closer: The tildes behind it.
    """

    opener: Span
    closer: Span


@dataclass(slots=True, eq=False)
class _Delimiter:
    mark: str
    start: int
    end: int
    length: int  # as written
    left: int  # as not used yet
    opens: bool
    closes: bool


def strikes(block: Node, text: str) -> Iterator[Strike]:
    """What GitHub strikes through in a block that holds inlines, and in the words of its links."""
    for holder in (block, *(node for node in block.walk() if node.kind == "link")):
        if holder.children and "~" in holder.span.of(text):
            yield from _strikes(holder, text)


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


def _strikes(holder: Node, text: str) -> Iterator[Strike]:
    delimiters = list(_delimiters(holder, text))
    at = 0
    while at < len(delimiters):
        closer = delimiters[at]
        index = _opener(delimiters, at) if closer.closes else None
        if index is None:
            if closer.closes and not closer.opens:
                del delimiters[at]
            else:
                at += 1
            continue
        opener = delimiters[index]
        if closer.mark == "~":
            # One tilde and two make no pair, and are both done with.
            if opener.length == closer.length:
                yield Strike(Span(opener.start, opener.end), Span(closer.start, closer.end))
            del delimiters[index : at + 1]
            at = index
            continue
        del delimiters[index + 1 : at]
        at = index + 1
        used = 2 if min(opener.left, closer.left) >= 2 else 1
        opener.left -= used
        closer.left -= used
        if not closer.left:
            del delimiters[at]
        if not opener.left:
            del delimiters[index]
            at -= 1


def _opener(delimiters: list[_Delimiter], at: int) -> int | None:
    """The nearest mark that the one at ``at`` closes."""
    closer = delimiters[at]
    for index in range(at - 1, -1, -1):
        opener = delimiters[index]
        if not opener.opens or opener.mark != closer.mark:
            continue
        # CommonMark's rule of three: what could open and close pairs only with some lengths.
        either_way = closer.opens or opener.closes
        if not either_way or closer.length % 3 == 0 or (opener.length + closer.length) % 3:
            return index
    return None


def _delimiters(holder: Node, text: str) -> Iterator[_Delimiter]:
    first, last = holder.children[0].span.start, holder.children[-1].span.end
    inner = Node("paragraph", Span(first, last), holder.children)
    source = visible(inner, text)
    # Emphasis looks past tildes, tildes look at whatever stands beside them.
    without = text[first:last].replace("~", "")
    for match in _RUN.finditer(source):
        mark, length = match.group()[0], len(match.group())
        start, end = first + match.start(), first + match.end()
        if mark == "~":
            opens, closes = flanking(text, start, end, first, last)
            if length > 2 or not (opens or closes):
                continue
        else:
            tildes = text.count("~", first, start)
            begin = match.start() - tildes
            opens, closes = flanking(without, begin, begin + length, 0, len(without))
            if mark == "_":
                before, after = without[:begin][-1:], without[begin + length :][:1]
                opens, closes = (
                    opens and (not closes or _is_punctuation(before)),
                    closes and (not opens or _is_punctuation(after)),
                )
        yield _Delimiter(mark, start, end, length, length, opens, closes)


def _is_punctuation(character: str) -> bool:
    # cmark-gfm counts ASCII symbols, but of the rest only what Unicode calls punctuation.
    if character.isascii():
        return character.isprintable() and not character.isalnum() and not character.isspace()
    return unicodedata.category(character).startswith("P")
