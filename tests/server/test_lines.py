"""Offsets and the protocol's positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from dlcards.model import Span
from dlcards.server.lines import Lines

ENCODINGS = ("utf-8", "utf-16", "utf-32")
texts = st.text(st.sampled_from("a가😀é\n\r\t\u2028\x0b\x0c\x85 "), max_size=30)


@given(texts, st.sampled_from(ENCODINGS))
def test_there_and_back(text: str, encoding: str) -> None:
    lines = Lines(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # between the two there is no place
        there = lines.position(offset)
        behind_line = text[offset - 1 : offset] in ("\r", "\n")
        assert lines.offset(there) == offset, (there, behind_line)


@given(texts, st.sampled_from(ENCODINGS))
def test_lines_end_where_the_protocol_says(text: str, encoding: str) -> None:
    ends = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = Lines(text, encoding)
    assert lines.position(len(text)).line == len(ends) - 1
    assert [lines.line(number).of(text) for number in range(len(ends))] == ends


@pytest.mark.parametrize(
    ("encoding", "column"), [("utf-8", len("가😀".encode())), ("utf-16", 3), ("utf-32", 2)]
)
def test_columns_are_counted_as_the_editor_counts(encoding: str, column: int) -> None:
    lines = Lines("x\n가😀a", encoding)
    assert lines.position(4) == Position(1, column)
    assert lines.offset(Position(1, column)) == 4


def test_what_lies_behind_the_end_is_the_end() -> None:
    lines = Lines("ab\ncd")
    assert lines.offset(Position(0, 99)) == 2
    assert lines.offset(Position(9, 0)) == 5
    assert lines.span(lines.range(Span(1, 4))) == (1, 4)
