"""The blanks of a cloze: the bold terms of a summary's HTML, as Anki marks them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from dlcards.deck.cards.finish import WORD_JOINER, changed
from dlcards.deck.cards.parts import End, Part, Start, read, write
from dlcards.model import lazy_compile

# More blanks than this make a sentence a puzzle; further bold words stay bold.
MAX_TERMS = 3
_BOLD = frozenset({"strong", "b"})
_MATH = lazy_compile(r"\\\(.*?\\\)", re.DOTALL)


def make_blanks(html: str) -> tuple[str, tuple[str, ...]]:
    """``html`` with its first bold terms as Anki's clozes, and the terms in plain words.

    A term that stands twice is one blank, shown in both places at once.
    """
    parts = read(html)
    made: list[Part] = []
    terms: list[str] = []
    at = 0
    while at < len(parts):
        end = _end_of_term(parts, at)
        inner = [changed(part, _in_cloze) for part in parts[at + 1 : end]]
        words = " ".join(_words(inner).split())
        if not words or (words not in terms and len(terms) == MAX_TERMS):
            made.append(parts[at])
            at += 1
            continue
        if words not in terms:
            terms.append(words)
        if isinstance(last := inner[-1], str):
            inner[-1] = re.sub(r"\}$", "&#125;", last)
        made += [f"{{{{c{terms.index(words) + 1}::", *inner, "}}"]
        at = end + 1
    return write(made), tuple(terms)


def _end_of_term(parts: Sequence[Part], start: int) -> int:
    """Where the bold term that begins at ``start`` ends; ``start`` if none does, or if it holds another."""
    begins = parts[start]
    if not isinstance(begins, Start) or begins.name not in _BOLD or begins.attributes:
        return start
    for at in range(start + 1, len(parts)):
        part = parts[at]
        if not isinstance(part, str) and part.name in _BOLD:
            return at if part == End(begins.name) else start
    return start


def _words(parts: Sequence[Part]) -> str:
    texts = (part for part in parts if isinstance(part, str))
    return unescape("".join(texts)).replace(WORD_JOINER, "")


def _in_cloze(text: str) -> str:
    """A text in a cloze, which Anki ends at "}}", and reads "::" in as the beginning of a hint."""
    return _MATH.sub(lambda math: _open_braces(math[0]), text).replace("::", "&#58;&#58;")


def _open_braces(math: str) -> str:
    """Math without "}}", which TeX reads the same with a blank between; the sanitizer writes entities."""
    while "}}" in math or "&#125;&#125;" in math:
        math = math.replace("&#125;&#125;", "} }").replace("}}", "} }")
    return math
