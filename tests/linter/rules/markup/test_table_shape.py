"""M012 table-shape: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|---|\n| 1 | 2 |\n| | |",
        "a | b\n--|--\n1 | 2",
        "| a |\n|---|\n| `x\\|y` $\\lvert x\\|$ |",
        "| a |\n|---|\n| 1 |\n\n글",
        "| a | b |\n|---|\n| 1 |",
        "||  a |\n|:-:|:-:|\n||  1 |",
        "> | a |\n> |---|\n> | 1 |",
        "| a |\r\n|---|\r\n| 1 |\r\n",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M012") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", ["3:1 | 1 |", "4:1 | 1 | 2 | 3 |"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n글", ["4:1 글"]),
        ("- | a | b |\n  |---|---|\n  | `x|y` | 2 |", ["3:3 | `x|y` | 2 |"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert places(text, "M012") == found
