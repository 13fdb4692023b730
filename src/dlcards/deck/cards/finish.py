"""What cleaned HTML still needs to be a card's field, done to its tags and texts (``parts.py``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from dlcards.deck.cards.harmless_tex import harmless
from dlcards.deck.cards.parts import End, Part, Start, read, write
from dlcards.model import lazy_compile

WORD_JOINER = "\u2060"
# What Anki reads as its own markup in the HTML of a field, and the same characters as entities.
_ANKI_MARKUP = lazy_compile(r"\[(?=sound:|anki:|\[type:|/?latex\]|/?\$\$?\])|\{\{|\}\}", re.I)
# Where browsers break a line in spite of ``word-break: keep-all``, though a particle or closing
# punctuation follows: after math, inline markup and brackets. Tags are one character each here (_MARKS).
# Code blocks and display math are passed over, and so is what stands between a formula and the next one that
# a particle follows: cards have been so, and would all be changed. What any of it begins with comes first, so
# that letters are passed over at once.
_BEFORE_PARTICLE = lazy_compile(
    r"(?=[\ufdd0\ufdd2\\)\]%\"'”’])(?:\ufdd0.*?\ufdd1|\\\[.*?\\\]"
    r"|(?P<end>(?:\\\(.*?\\\)|\ufdd2)(?=[가-힣).,\]])|[)\]%\"'”’](?=[가-힣]))"
    r"|\\\(.*?\\\))",
    re.DOTALL,
)
# These are no characters, and so in no text that would be one.
_INLINE = ("a", "b", "code", "del", "em", "i", "kbd", "mark", "strong", "sub", "sup")
_MARKS = {"pre": "\ufdd1", **dict.fromkeys(_INLINE, "\ufdd2")}  # of end tags
_CODE_BLOCK, _OTHER = "\ufdd0", "\ufdd3"
# Where MathJax reads no formula.
_CODE = frozenset({"pre", "code"})
# Text that MathJax would take for a formula's beginning or end, and what parts it: MathJax reads on over
# comments, <br> and <wbr>, and over no other element.
_MATH_MARK = lazy_compile(r"\\(?=[()\[\]])")
_PARTS = "<span></span>"
_WBR = Start("wbr")
_BEGUN = lazy_compile(r"\\[A-Za-z]*$")


def finished(clean: str, *, is_korean: bool) -> list[Part]:
    """Cleaned HTML with room for wide tables, unbroken particles, harmless TeX, and no markup of Anki."""
    parts: Iterable[Part] = read(clean)
    # Most fields have none of these, which a look at the whole tells at once.
    if "<table" in clean:
        parts = _with_room_for_tables(parts)
    if "\\" in clean:
        parts = _with_harmless_tex(list(parts))
    if is_korean:
        parts = _with_particles(list(parts))
    if _ANKI_MARKUP.search(clean):
        parts = map(_guarded, parts)
    return list(parts)


def plain(words: str) -> str:
    """Words as the HTML of a field: no markup, no formula, nothing that Anki reads as its own."""
    return parted(_guarded_text(escape(words, quote=False)))


def parted(html: str) -> str:
    """The HTML of a text whose backslashes and brackets mark no formula.

    An entity would not do: MathJax reads the page's text, in which it is the character itself.
    """
    return _MATH_MARK.sub(rf"\g<0>{_PARTS}", html)


def without_lost_pictures(html: str) -> str:
    """A field with words for the pictures that could not be had."""
    kept: list[Part] = []
    for part in read(html):
        if isinstance(part, Start) and is_lost(part):
            kept += read(parted(part.attributes.get("alt", "")))
        else:
            kept.append(part)
    return write(kept)


def is_lost(part: Part) -> bool:
    """Whether this is a picture that has no address, or none that is a picture's."""
    return isinstance(part, Start) and part.name == "img" and "src" not in part.attributes


def without_empty_paragraphs(parts: list[Part]) -> list[Part]:
    """Without paragraphs that say nothing: what is left of tags around blocks, which close them."""
    kept: list[Part] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        end = _end_of_empty(parts, at) if isinstance(part, Start) and part.name == "p" else at
        if end == at:
            kept.append(part)
            at += 1
            continue
        at = end
        if at < len(parts) and isinstance(text := parts[at], str):
            kept.append(text.removeprefix("\n"))
            at += 1
    return kept


def without_breaks_around(parts: list[Part]) -> list[Part]:
    """Without blanks and line breaks at both ends."""
    begin, end = 0, len(parts)
    while begin < end and _is_gap(parts[begin]):
        begin += 1
    while begin < end and _is_gap(parts[end - 1]):
        end -= 1
    inner = parts[begin:end]
    if inner and isinstance(inner[0], str):
        inner[0] = inner[0].lstrip()
    if inner and isinstance(inner[-1], str):
        inner[-1] = inner[-1].rstrip()
    return inner


def changed(part: Part, change: Callable[[str], str]) -> Part:
    """``part`` with a change to its text, or to the values of its attributes."""
    if isinstance(part, str):
        return change(part)
    if isinstance(part, Start) and part.attributes:
        return Start(part.name, {name: change(value) for name, value in part.attributes.items()})
    return part


def _end_of_empty(parts: list[Part], start: int) -> int:
    """Where the empty paragraph that begins at ``start`` has ended; ``start`` if it is not empty."""
    at = start + 1
    while at < len(parts) and _is_gap(parts[at]):
        at += 1
    return at + 1 if at < len(parts) and parts[at] == End("p") else start


def _is_gap(part: Part) -> bool:
    return not part.strip() if isinstance(part, str) else part == Start("br")


def _with_room_for_tables(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Start) and part.name == "table":
            yield Start("div", {"class": "table"})
            yield part
        elif part == End("table"):
            yield part
            yield End("div")
        else:
            yield part


def _with_harmless_tex(parts: list[Part]) -> Iterator[Part]:
    """With formulas that can't run, load or dress anything."""
    texts = (part if isinstance(part, str) else "" if part == _WBR else "\0" for part in parts)
    has_math = _MATH_MARK.search("".join(texts))
    code = 0
    before: Part | None = None
    for part in parts:
        if isinstance(part, str):
            yield harmless(part) if has_math and not code else part
        else:
            if part.name in _CODE:
                code += 1 if isinstance(part, Start) else -1
            yield part
            # Over <wbr> MathJax reads on as if there were nothing, and so a name may go on.
            if has_math and part == _WBR and isinstance(before, str) and _BEGUN.search(before):
                yield from (Start("span"), End("span"))
        before = part if part != _WBR else before


def _with_particles(parts: Sequence[Part]) -> Iterator[Part]:
    """With particles that no line break tears off: ``$x$⏎를``."""
    flat = "".join(part if isinstance(part, str) else _mark(part) for part in parts)
    places = [match.end() for match in _BEFORE_PARTICLE.finditer(flat) if match["end"]]
    places.append(len(flat) + 1)
    place, at = 0, 0
    for part in parts:
        end = at + (len(part) if isinstance(part, str) else 1)
        if isinstance(part, str):
            edges = [at]
            while places[place] <= end:
                edges.append(places[place])
                place += 1
            pieces = [flat[left:right] for left, right in pairwise([*edges, end])]
            yield WORD_JOINER.join(pieces)
        else:
            yield part
            if places[place] == end:
                yield WORD_JOINER
                place += 1
        at = end


def _mark(tag: Start | End) -> str:
    if isinstance(tag, End):
        return _MARKS.get(tag.name, _OTHER)
    return _CODE_BLOCK if tag.name == "pre" else _OTHER


def _guarded(part: Part) -> Part:
    return changed(part, _guarded_text)


def _guarded_text(text: str) -> str:
    return _ANKI_MARKUP.sub(lambda match: "".join(f"&#{ord(c)};" for c in match.group()), text)
