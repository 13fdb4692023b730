"""A document's lines, and texts that are made of parts of them and know the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dlcards.model import Span, lazy_compile

_LINE_END = lazy_compile(r"\r\n|\r|\n")
_TAB_STOP = 4


class Piece(NamedTuple):
    """A part of a line that belongs to a block.

    Attributes:
        text: Its characters. Code may begin with blanks for a part of a tab; it has no places inside.
        at: Where it stands in the document.
        number: The line's number.
        start: Where in the document the line goes on behind the markers of the containers around it.
    """

    text: str
    at: int
    number: int
    start: int

    def part(self, start: int, end: int) -> Piece:
        """The characters from ``start`` to ``end``."""
        return self._replace(text=self.text[start:end], at=self.at + start)


class Line:
    """A line that is being read, and how far it is read.

    Attributes:
        number: Its number in the document, from 0.
        begin: Where it stands in the document.
        text: Its characters, without the line end.
        at: How far it is read, in characters.
        column: The same in columns: a tab reaches to the next multiple of four.
        start: Where it was read on behind the last container's marker, in characters.
        first: Where its next character stands that is no blank; the text's length where there is none.
        indent: How many columns are between.
        is_blank: Whether nothing is left but blanks.
    """

    __slots__ = (
        "_has_tab",
        "_is_in_tab",
        "at",
        "begin",
        "column",
        "first",
        "indent",
        "is_blank",
        "number",
        "start",
        "text",
    )

    def __init__(self, number: int, begin: int, text: str) -> None:
        self.number = number
        self.begin = begin
        self.text = text
        self.at = self.column = self.start = 0
        self._is_in_tab = False
        self._has_tab = "\t" in text
        self._find_first()

    def move_to(self, at: int) -> None:
        """Read up to the character ``at``."""
        self.column = self._column_at(at)
        self.at = at
        self._is_in_tab = False
        self._find_first()

    def skip_columns(self, count: int) -> None:
        """Read over at most ``count`` columns of blanks, if need be over a part of a tab."""
        if not count or self.at == self.first:
            return
        end = self.column + count
        while self.at < self.first and self.column < end:
            width = _TAB_STOP - self.column % _TAB_STOP if self.text[self.at] == "\t" else 1
            self._is_in_tab = self.column + width > end
            if self._is_in_tab:
                self.column = end
            else:
                self.column += width
                self.at += 1
        self.indent = self._column_at(self.first) - self.column

    def rest(self) -> Piece:
        """What is not read yet."""
        text = self.text[self.at :]
        if self._is_in_tab:
            text = " " * (_TAB_STOP - self.column % _TAB_STOP) + text[1:]
        return Piece(text, self.begin + self.at, self.number, self.begin + self.start)

    def rest_in_places(self) -> list[Piece]:
        """As :meth:`rest`, with the blanks for a part of a tab apart: what follows keeps its place."""
        rest = self.rest()
        if not self._is_in_tab:
            return [rest]
        blanks = len(rest.text) - (len(self.text) - self.at - 1)
        return [rest.part(0, blanks), rest._replace(text=rest.text[blanks:], at=rest.at + 1)]

    def _find_first(self) -> None:
        text, at = self.text, self.at
        self.first = first = len(text) - len((text[at:] if at else text).lstrip(" \t"))
        self.is_blank = first == len(text)
        self.indent = self._column_at(first) - self.column if self._has_tab else first - at

    def _column_at(self, at: int) -> int:
        if not self._has_tab:
            return self.column + at - self.at
        column = self.column
        for character in self.text[self.at : at]:
            column += _TAB_STOP - column % _TAB_STOP if character == "\t" else 1
        return column


class Content:
    """The text of a leaf block without the markers of its containers, and where it stands.

    Args:
        pieces: Its parts, in order. Between those of different lines there is a line end.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.starts: list[int] = []
        self.places: list[int] = []
        parts: list[str] = []
        length = 0
        number = pieces[0].number if pieces else 0
        for piece in pieces:
            if piece.number != number:
                parts.append("\n")
                length, number = length + 1, piece.number
            self.starts.append(length)
            self.places.append(piece.at)
            parts.append(piece.text)
            length += len(piece.text)
        self.text = "".join(parts)

    def locate(self, offset: int) -> int:
        """The document's offset of an offset into the text."""
        piece = bisect_right(self.starts, offset) - 1
        return self.places[piece] + offset - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The place in the document of a part of the text."""
        if len(self.starts) == 1:
            at = self.places[0]
            return Span(at + start, at + end)
        return Span(self.locate(start), self.locate(end))

    def edges(self, start: int, end: int) -> list[int]:
        """``start``, ``end``, and where parts of the text begin between them."""
        if len(self.starts) == 1:
            return [start, end]
        first = bisect_right(self.starts, start)
        edges = [start]
        while first < len(self.starts) and self.starts[first] < end:
            edges.append(self.starts[first])
            first += 1
        return [*edges, end]


class Lines:
    """Where the lines of a text stand, line ends left out. Numbers, since there are so many of them.

    Args:
        text: The text.
        start: Where its first line begins.

    Attributes:
        starts: Where each begins.
        ends: Where each ends.
    """

    def __init__(self, text: str, start: int) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._text = text
        if "\r" not in text:
            while (end := text.find("\n", start)) >= 0:
                self._add(start, end)
                start = end + 1
        for line_end in _LINE_END.finditer(text, start):
            self._add(start, line_end.start())
            start = line_end.end()
        if start < len(text):
            self._add(start, len(text))

    def _add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)

    def __len__(self) -> int:
        return len(self.starts)

    def text(self, number: int) -> str:
        """The characters of a line."""
        return self._text[self.starts[number] : self.ends[number]]
