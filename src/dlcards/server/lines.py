"""Offsets, which everything else speaks of, and the lines and columns that editors speak of."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from lsprotocol.types import Position, PositionEncodingKind, Range

from dlcards.model import Span, lazy_compile

# What ends a line in the protocol; str.splitlines() knows more, and Lines of reports fewer.
_LINE_END = lazy_compile(r"\r\n|\n|\r")
_TWO_UNITS = lazy_compile("[\U00010000-\U0010ffff]")


class Lines:
    """The lines of a text.

    Args:
        text: The text.
        encoding: What the editor counts columns in.
    """

    def __init__(self, text: str, encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16) -> None:
        self._text = text
        self._encoding = PositionEncodingKind(encoding)
        # Few texts hold a character that takes two units of UTF-16: then columns are offsets.
        if self._encoding is PositionEncodingKind.Utf16 and not _TWO_UNITS.search(text):
            self._encoding = PositionEncodingKind.Utf32
        if "\r" in text:
            self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        else:  # made anew at every keystroke: no match a line
            self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]

    def place(self, offset: int) -> tuple[int, int]:
        """The 0-based line and column of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return line, _units(self._text[self._starts[line] : offset], self._encoding)

    def position(self, offset: int) -> Position:
        """The line and column of an offset, as the protocol has them."""
        return Position(*self.place(offset))

    def offset(self, position: Position) -> int:
        """The offset of a position; of one behind a line's end, the line's end."""
        if position.line >= len(self._starts):
            return len(self._text)
        line = self.line(position.line)
        column: int = position.character
        text = line.of(self._text)
        if text.isascii() or self._encoding is PositionEncodingKind.Utf32:
            return min(line.start + column, line.end)
        for index, character in enumerate(text):
            if column <= 0:
                return line.start + index
            column -= _units(character, self._encoding)
        return line.end

    def line(self, number: int) -> Span:
        """A line by its 0-based number, without its end."""
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        return Span(start, start + len(self._text[start:end].rstrip("\r\n")))

    def range(self, span: Span) -> Range:
        """Where a passage stands."""
        return Range(self.position(span.start), self.position(span.end))

    def span(self, place: Range) -> Span:
        """What stands in a range."""
        start = self.offset(place.start)
        return Span(start, max(start, self.offset(place.end)))


def _units(text: str, encoding: PositionEncodingKind) -> int:
    if text.isascii() or encoding is PositionEncodingKind.Utf32:
        return len(text)
    if encoding is PositionEncodingKind.Utf8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + len(_TWO_UNITS.findall(text))
