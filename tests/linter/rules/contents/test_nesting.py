"""T005 contents-nesting: what is found and what the fix writes; clean cases stand in test_contents.py."""

from __future__ import annotations

import pytest

from tests.linter.rules.contents.cases import listed, questions, targets
from tests.support.documents import causes, mend


@pytest.mark.parametrize(
    ("entries", "ids", "found", "after"),
    [
        ("1 1-1 2", "1 1-1 2", ["#1-1"], "1 >1-1 2"),
        ("1 1-1 1-2 2", "1 1-1 1-2 2", ["#1-1", "#1-2"], "1 >1-1 >1-2 2"),
        ("1 >1-1 >>1-2 2", "1 1-1 1-2 2", ["#1-2"], "1 >1-1 >1-2 2"),
        ("1 >1-1 >1-1-1 2", "1 1-1 1-1-1 2", ["#1-1-1"], "1 >1-1 >>1-1-1 2"),
        ("1 >1-1 >2 3", "1 1-1 2 3", ["#2"], "1 >1-1 2 3"),
        ("1 >1-1 2 2-1", "1 1-1 2 2-1", ["#2-1"], "1 >1-1 2 >2-1"),
    ],
)
def test_another_nesting(entries: str, ids: str, found: list[str], after: str) -> None:
    text = listed(entries) + questions(ids)
    assert targets(text, "T005") == found
    assert mend(text) == listed(after) + questions(ids)


def test_new_indents_are_like_the_others() -> None:
    text = "## 목차\n\n* [질문 1?](#1)\n    * [질문 1-1?](#1-1)\n* [질문 2?](#2)\n* [질문 2-1?](#2-1)\n\n"
    text += questions("1 1-1 2 2-1")
    assert mend(text) == text.replace("\n* [질문 2-1", "\n    * [질문 2-1")
    wide = "## 목차\n\n-   [질문 1?](#1)\n-   [질문 1-1?](#1-1)\n\n" + questions("1 1-1")
    assert mend(wide) == wide.replace("\n-   [질문 1-1", "\n    -   [질문 1-1")


def test_contents_without_any_nesting_are_one_cause() -> None:
    text = listed("1 1-1 1-2 2") + questions("1 1-1 1-2 2")
    assert causes(text, "T005") == ["flat", "flat"]
    assert causes(listed("1 >1-1 1-2 2") + questions("1 1-1 1-2 2"), "T005") == [""]
