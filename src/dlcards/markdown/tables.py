"""GitHub's tables: a row's cells, and the row of dashes that makes a table of a paragraph's last line."""

from __future__ import annotations

from dlcards.markdown.lines import Piece
from dlcards.markdown.links import BLANKS
from dlcards.model import lazy_compile

_PIPE = lazy_compile(r"\|[ \t\v\f]*")
# A backslash keeps any bar from parting cells, even one that is escaped itself.
_CELL = lazy_compile(r"(?:\\\||[^|])+")
_DELIMITER = r"[ \t\v\f]*+:?-+:?[ \t\v\f]*+"
_DELIMITER_ROW = lazy_compile(rf"\|?{_DELIMITER}(?:\|{_DELIMITER})*\|?[ \t\v\f]*$")
_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): None}


def is_row(row: str) -> bool:
    """Whether there is any cell in ``row``."""
    pipe = _PIPE.match(row)
    return (pipe.end() if pipe else 0) < len(row)


def cells(row: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand in it, without the blanks around them; none for a lone bar."""
    found = []
    pipe = _PIPE.match(row)
    at = pipe.end() if pipe else 0
    while True:
        cell = _CELL.match(row, at)
        end = cell.end() if cell else at
        pipe = _PIPE.match(row, end)
        if cell or pipe:
            content = row[at:end].rstrip(BLANKS)
            start = at + len(content) - len(content.lstrip(BLANKS))
            found.append((start, max(start, at + len(content))))
        if not pipe:
            return found
        at = pipe.end()


def alignments(row: str) -> list[str | None] | None:
    """How the columns are aligned below a delimiter row; None if ``row`` is none."""
    if not _DELIMITER_ROW.match(row):
        return None
    marks = [row[start:end] for start, end in cells(row)]
    return [_ALIGN[mark.startswith(":"), mark.endswith(":")] for mark in marks]


def without_escapes(row: Piece, start: int, end: int) -> list[Piece]:
    """A part of ``row`` without backslashes before bars; a piece of its own begins at each of them."""
    pieces, at = [], start
    escape = row.text.find("\\|", start, end)
    while escape >= 0:
        pieces.append(row.part(at, escape))
        pieces.append(row.part(escape, escape + 2)._replace(text="|"))
        at = escape + 2
        escape = row.text.find("\\|", at, end)
    return [*pieces, row.part(at, end)]
