"""A dozen kinds of edits that learners make, as they can be made in any program's HTML of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_TAG = re.compile(r"(<[^>]*>)")
_WORD = re.compile(r"(?<= )[가-힣]{3,}(?= )")
_LAST = re.compile(r"(?<= )[가-힣]{3,}\.")
_FORMULA = re.compile(r"\\\(([^\\<&{}]{1,40})\\\)")
_ITEM = re.compile(r"[가-힣]{2,}\.(?=</li>)")
_CELL = re.compile(r"(?<=<td>)[^<>&\\]{2,40}(?=</td>)")
_CODE = re.compile(r"<pre[^>]*><code[^>]*>")


class Kind(NamedTuple):
    """A kind of edit.

    Attributes:
        name: What is done.
        place: What it is done to, in HTML.
        edit: What becomes of the place.
        anchor: What of the source stands where it is done.
    """

    name: str
    place: re.Pattern[str]
    edit: Callable[[str], str]
    anchor: Callable[[str], str] = str


KINDS = (
    Kind("letter", _LAST, lambda word: f"{word[:-2]}까."),
    Kind("word", _WORD, lambda word: f"{word} 새말"),
    Kind("sentence", _LAST, lambda word: f"{word} 새로 넣은 문장이다."),
    Kind("bold", _WORD, lambda word: f"<b>{word}</b>"),
    Kind("code", _WORD, lambda word: f"<code>{word}</code>"),
    Kind("formula", _FORMULA, lambda formula: f"{formula[:-2]}+1\\)", lambda formula: formula[2:-2]),
    Kind("link", _WORD, lambda word: f'<a href="https://example.org/a">{word}</a>'),
    Kind("list item", _ITEM, lambda end: f"{end}</li><li>새 항목이다."),
    Kind("table cell", _CELL, lambda cell: f"{cell} 더"),
    Kind("code line", _CODE, lambda begin: f"{begin}x = 1\n", lambda begin: "```"),
    Kind("break", _WORD, lambda word: f"<br>{word}"),
    Kind("deletion", _WORD, lambda word: ""),
)


def places(kind: Kind, html: str) -> Iterator[str]:
    """What a kind of edit could be made to, each once in the HTML, in its order; of code the first block."""
    if kind.place is _CODE:
        if found := _CODE.search(html):
            yield found[0]
        return
    for found in kind.place.finditer(html):
        if html.count(found[0]) == 1:
            yield found[0]


def common(kind: Kind, source: str, pages: Sequence[str]) -> list[str] | None:
    """The first place that all pages have, in the words of each, and the source once; None for none.

    Args:
        kind: The kind of edit.
        source: The markdown of the field.
        pages: The HTML that programs have made of it.
    """
    if kind.place is _CODE:
        begins = [list(places(kind, page)) for page in pages]
        return [found for (found,) in begins] if all(begins) else None
    others = [set(places(kind, page)) for page in pages[1:]]
    for place in places(kind, pages[0]):
        if all(place in other for other in others) and source.count(kind.anchor(place)) == 1:
            return [place] * len(pages)
    return None


def edited(kind: Kind, html: str, place: str) -> str:
    """The HTML after the edit."""
    return html.replace(place, kind.edit(place), 1)
