"""Q009 id-order: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.linter.rules.questions.cases import numbered
from tests.support.documents import places


@pytest.mark.parametrize(
    "ids",
    [
        "1 2 3",
        "0 1 2",
        "21 22 23",
        "12 12-1 12-2 13",
        "1 1-0 1-1 2",
        "1 1-1 1-1-1 1-2 2",
        "1-1 1-2 2-1 2-2",
        "101 102 103 201 202",
        "1 20 53 121 200 322 416",
        "1 2 3 5 8 13 21 34",
        "9 10 11",
        "1 1 2 3",
        "1 2 2 4",
        "1 3 3 4",
        "1 2 3 5 1 2 3 4",
        "11 12-1 13",
        "7",
        "",
    ],
)
def test_ids_in_order(ids: str) -> None:
    assert places(numbered(ids), "Q009") == []


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        ("1 3", ["#3"]),
        ("1 2 6 7", ["#6"]),
        ("1 1-1 1-3 2", ["#1-3"]),
        ("1 1-2 2", ["#1-2"]),
        ("2 1", ["#2"]),
        ("1 2 5 3 4", ["#5"]),
        ("1 2 5 6 7 3 4 8 9 10", ["#3"]),
        ("1 1-2 1-1 2", ["#1-2"]),
        ("1 2 12-1 3 12", ["#12-1", "#12"]),
        ("10 9 8 7", ["#10"]),
        ("11 21 13 14", ["#21"]),
        ("1 2 4 5 6 7 9 10 11 12 13 14 16 17", ["#4", "#9", "#16"]),
    ],
)
def test_ids_out_of_order_and_gaps(ids: str, found: list[str]) -> None:
    assert [place.partition("## ")[2] for place in places(numbered(ids), "Q009")] == found
