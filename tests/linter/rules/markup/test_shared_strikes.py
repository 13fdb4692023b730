"""What GitHub strikes through, against cmark-gfm."""

from __future__ import annotations

import re

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.linter.rules.markup.shared_strikes import strikes
from dlcards.markdown import parse

_PIECES = ["3~4", "~", "~", "가", "a", "1", " ", "(", ")", ".", '"', "—", "*", "**", "_", "\n"]


def expected(text: str) -> list[str]:
    """Where strikes begin and end among the tildes that are left, as GitHub's own parser has it."""
    return re.findall(r"</?del>|~", cmarkgfm.github_flavored_markdown_to_html(text))


def found(text: str) -> list[str]:
    marks: dict[int, str] = {}
    for block in parse(text):
        for strike in strikes(block, text):
            marks[strike.opener.start], marks[strike.closer.start] = "<del>", "</del>"
    tildes = list(re.finditer(r"~+", text))
    return [
        piece
        for match in tildes
        for piece in ([marks[match.start()]] if match.start() in marks else match.group())
    ]


@given(st.lists(st.sampled_from(_PIECES), max_size=16).map("".join))
def test_single_tildes_strike_as_they_do_on_github(pieces: str) -> None:
    text = re.sub(r"\s*\n\s*", "\n가", f"가{pieces}").strip()
    text = re.sub(r"~~+", "~", text)  # our parser reads two tildes in its own way
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "~~취소~~는",
        "~~취소(x)~~는",
        "~~90%~~는 ~~x~~",
        "~~a~ b~~ c~",
        "~a~~ b~",
        "1~2~~3~~4~5",
        "**3~4** 5~6",
        "[1~2, 3~4](u)",
        "[1~2](u) [3~4](u)",
        "`1~2` 3~4 `5~6` 7~8",
        "1\\~2 3~4",
        "<a title='1~2'>x</a> 3~4",
        "https://a.b/~x https://a.b/~y",
        "> 1~2\n> 3~4",
        "| 1~2 3~4 | 5~6 |\n|---|---|",
    ],
)
def test_cases(text: str) -> None:
    blocks = [node for block in parse(text) for node in block.walk()]
    count = sum(
        len(list(strikes(block, text))) for block in blocks if block.kind in ("paragraph", "table_cell")
    )
    assert count == expected(text).count("<del>")
