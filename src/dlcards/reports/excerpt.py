"""A source line with carets under a place, as it fits into a terminal."""

from __future__ import annotations

import re

from rich.cells import cell_len

from dlcards.model import Span, TextDocument
from dlcards.project.masking import masked


def excerpt(document: TextDocument, span: Span, width: int) -> list[str]:
    """The source line and the carets, cut to what fits around the place.

    Args:
        document: The document.
        span: The place.
        width: How many cells of the source line to show.
    """
    line, _ = document.position(span.start)
    place = document.line_span(span.start)
    # A window: measuring a line of megabytes for each finding in it would take minutes.
    begin = max(place.start, span.start - width)
    if begin == 0 and document.text.startswith("\ufeff"):
        begin = 1  # a BOM is no character of its line
    source = _printable(_without_secrets(document.text[begin : min(place.end, span.start + 2 * width)]))
    start = max(span.start - begin, 0)
    end = max(min(span.end, place.end) - begin, start + 1)
    # Widths in cells: a Hangul syllable is one character and two cells wide.
    first, before = start, 0
    while first > 0 and before + cell_len(source[first - 1]) <= width // 2:
        first -= 1
        before += cell_len(source[first])
    if before + cell_len(source[start:]) <= width:
        # The rest of the line leaves room for more of its beginning.
        room = width - cell_len(source[first:])
        while first > 0 and cell_len(source[first - 1]) <= room:
            first -= 1
            room -= cell_len(source[first])
            before += cell_len(source[first])
    shown = _cut(source[first:], width)
    carets = max(1, min(cell_len(source[start:end]), width - before))
    gutter = " " * len(str(line))
    lead = "…" if begin + first > place.start + (begin == 1) else ""
    tail = "…" if begin + first + len(shown) < place.end else ""
    return [
        f" {line} | {lead}{shown}{tail}",
        f" {gutter} | {' ' * (len(lead) + before)}{'^' * carets}",
    ]


def _without_secrets(line: str) -> str:
    """A source line with secrets in its addresses starred out, each character by one: carets stay right."""
    if "://" not in line:
        return line
    for url in re.findall(r"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s<>\"')\]]+", line):
        clean = masked(url)
        if clean != url:
            line = line.replace(url, clean[: len(url)].ljust(len(url), "*"))
    return line


def _cut(text: str, cells: int) -> str:
    width = 0
    for index, character in enumerate(text):
        width += cell_len(character)
        if width > cells:
            return text[:index]
    return text


def _printable(text: str) -> str:
    """``text`` with what would move or hide other characters on a terminal made visible, one for each."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "\ufffd" for c in text)
