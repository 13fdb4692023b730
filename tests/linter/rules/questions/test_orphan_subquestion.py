"""Q008 orphan-subquestion: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.linter.rules.questions.cases import numbered
from tests.support.documents import places


@pytest.mark.parametrize(
    "ids",
    ["1 1-1 1-2 2", "1 1-1 1-1-1", "3-1 3-2 4-1", "1 2 3", "12 12-1", "1-1"],
)
def test_sub_questions_with_their_question(ids: str) -> None:
    assert places(numbered(ids), "Q008") == []


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        ("1 2-1", ["9:1 ## #2-1"]),
        ("1 2-1 2-2 2-3", ["9:1 ## #2-1"]),
        ("1 2-1 3-1", ["9:1 ## #2-1", "17:1 ## #3-1"]),
        ("1 1-1-1", ["9:1 ## #1-1-1"]),
        ("2-1 1", ["1:1 ## #2-1"]),
    ],
)
def test_sub_questions_without(ids: str, found: list[str]) -> None:
    assert places(numbered(ids), "Q008") == found
