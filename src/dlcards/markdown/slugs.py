"""GitHub's anchors, and GitBook's: which slug the page gives to each heading.

The rules are github-slugger's, whose fixtures are GitHub's own output: lower case, then everything
goes but letters, marks, decimal digits, letter numbers, connector punctuation, ``-`` and the blank;
each blank becomes ``-``. Nothing is trimmed or collapsed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})
# Symbols that Unicode calls alphabetic (circled and squared Latin letters), which GitHub keeps.
_ALPHABETIC_SYMBOLS = (
    range(0x24B6, 0x24EA),
    range(0x1F130, 0x1F14A),
    range(0x1F150, 0x1F16A),
    range(0x1F170, 0x1F18A),
)


def slug(text: str) -> str:
    """The anchor of a heading with the words ``text``, before duplicates are numbered."""
    kept = []
    for character in text.lower():
        if character == " ":
            kept.append("-")
        elif character == "-" or unicodedata.category(character) in _KEPT or _is_alphabetic_symbol(character):
            kept.append(character)
    return "".join(kept)


def gitbook_slug(text: str) -> str:
    """GitBook's anchor: what GitHub deletes becomes ``-`` there, runs of it one, none at the ends.

    ``config.yml`` is ``config-yml`` on GitBook and ``configyml`` on GitHub (src-d/lookout#469). GitBook
    publishes no rules; this is what its pages show.
    """
    kept = "".join(c if unicodedata.category(c) in _KEPT or c == "_" else "-" for c in text.lower())
    return "-".join(part for part in kept.split("-") if part)


SLUGS: dict[str, Callable[[str], str]] = {"github": slug, "gitbook": gitbook_slug}


def unique_slugs(texts: Iterable[str], slug_of: Callable[[str], str] = slug) -> Iterator[str]:
    """The anchors of a document's headings, in order, numbered as GitHub numbers duplicates.

    The counter belongs to the slug without its number, and goes up until the result is free:
    ``12``, ``12``, ``12``, ``12-1`` give ``12``, ``12-1``, ``12-2``, ``12-1-1``.
    """
    counters: dict[str, int] = {}
    for text in texts:
        base = result = slug_of(text)
        while result in counters:
            counters[base] += 1
            result = f"{base}-{counters[base]}"
        counters[result] = 0
        yield result


def _is_alphabetic_symbol(character: str) -> bool:
    return any(ord(character) in block for block in _ALPHABETIC_SYMBOLS)
