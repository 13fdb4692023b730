"""T004 contents-order: what is found and what the fix writes; clean cases stand in test_contents.py."""

from __future__ import annotations

import pytest

from tests.linter.rules.contents.cases import listed, questions, targets
from tests.support.documents import mend, places


@pytest.mark.parametrize(
    ("entries", "ids", "found", "after"),
    [
        ("2 1", "1 2", ["#2"], "1 2"),
        ("1 3 2 4", "1 2 3 4", ["#3"], "1 2 3 4"),
        ("4 5 1 2 3", "1 2 3 4 5", ["#4"], "1 2 3 4 5"),
        ("1 2 >2-2 >2-1 3", "1 2 2-1 2-2 3", ["#2-2"], "1 2 >2-1 >2-2 3"),
        ("2 >2-1 1 >1-1", "1 1-1 2 2-1", ["#2"], "1 >1-1 2 >2-1"),
        ("1 2 >1-1", "1 1-1 2", ["#2"], "1 >1-1 2"),
        ("3 2 1", "1 2 3", ["#3"], "1 2 3"),
        ("1 2 1-1", "1 1-1 2", ["#2"], "1 >1-1 2"),
        ("2 1 2", "1 2", ["#2"], "1 2"),
    ],
)
def test_another_order(entries: str, ids: str, found: list[str], after: str) -> None:
    text = listed(entries) + questions(ids)
    assert targets(text, "T004") == found
    assert mend(text) == listed(after) + questions(ids)
    assert mend(text.replace("\n", "\r\n")) == (listed(after) + questions(ids)).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "lines",
    [
        "- [질문 2?](#2) ⭐\n- [질문 1?](#1)\n",
        "1. [질문 2?](#2)\n2. [질문 1?](#1)\n",
        "- [질문 2?](#2)\n\n- [질문 1?](#1)\n",
        "- [질문 2?](#2)\n  설명\n- [질문 1?](#1)\n",
        "> - [질문 2?](#2)\n> - [질문 1?](#1)\n",
        "[질문 2?](#2) · [질문 1?](#1)\n",
        "- [질문 2?](#2)\n- [질문 1?](#1)\n- [없는 질문?](#없음)\n",
    ],
)
def test_an_order_that_only_a_person_can_mend(lines: str) -> None:
    text = f"## 목차\n\n{lines}\n---\n\n" + questions("1 2")
    assert len(places(text, "T004")) == 1
    assert mend(text) == text
