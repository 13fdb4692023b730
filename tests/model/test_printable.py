"""Names and words as people and programs can read them."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.model import Text, bytes_of, counted, json_of, name_of, own_json_of, printable
from tests.support.names import names
from tests.support.systems import BYTE_NAMES


@BYTE_NAMES
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a.md", "a.md"),
        ("한글 이름 👩‍💻.md".encode(), "한글 이름 👩‍💻.md"),
        ("연결".encode("cp949"), "\\xbf\\xac\\xb0\\xe1"),
        (b"\x1b[31m\n\r\t\x7f", "\\x1b[31m\\n\\r\\t\\x7f"),
        ("\x9b\u202e\u2028\ufffe".encode(), "\\x9b\\u202e\\u2028\\ufffe"),
    ],
)
def test_names_are_shown_on_one_line(name: bytes, shown: str) -> None:
    assert name_of(os.fsdecode(name)) == shown


@BYTE_NAMES
@given(names)
def test_whatever_the_name_it_can_be_written_and_its_bytes_are_known(name: str) -> None:
    assert name_of(name).encode()
    assert name_of(name_of(name)) == name_of(name)
    assert bytes_of(name) == os.fsencode(name)
    assert json.loads(own_json_of({name: name})) == {name: name}
    assert own_json_of(name).encode()
    assert json.loads(json_of([name])) == [os.fsencode(name).decode("utf-8", "backslashreplace")]
    assert json_of(name) == printable(json_of(name), keep="")


@given(st.text())
def test_messages_are_printable_and_keep_their_lines(text: str) -> None:
    shown = Text(text, text).in_("ko")
    assert shown.count("\n") == text.count("\n")
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "card", "0 cards"),
        (1, "card", "1 card"),
        (2, "card", "2 cards"),
        (1, "address", "1 address"),
        (2, "address", "2 addresses"),
    ],
)
def test_counted(number: int, noun: str, said: str) -> None:
    assert counted(number, noun) == said
