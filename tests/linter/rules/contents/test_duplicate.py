"""T006 contents-duplicate: clean cases first, then what is found and what the fix leaves."""

from __future__ import annotations

import pytest

from tests.linter.rules.contents.cases import listed, questions, targets
from tests.support.documents import mend, places


def test_an_entry_that_names_another_question_is_not_a_second_one() -> None:
    text = "## 목차\n\n- [질문 1?](#1)\n- [질문 2?](#1)\n\n" + questions("1 2")
    assert places(text, "T006") == []
    assert places(text, "T003") == ["4:3 [질문 2?](#1)"]


@pytest.mark.parametrize(
    ("entries", "ids", "found", "after"),
    [
        ("1 2 1", "1 2", ["#1"], "1 2"),
        ("1 1", "1", ["#1"], "1"),
        ("1 1 1 2", "1 2", ["#1", "#1"], "1 2"),
        ("1 2 >2-1 2", "1 2 2-1", ["#2"], "1 2 >2-1"),
    ],
)
def test_a_question_twice(entries: str, ids: str, found: list[str], after: str) -> None:
    text = listed(entries) + questions(ids)
    assert targets(text, "T006") == found
    assert mend(text) == listed(after) + questions(ids)
    assert mend(text.replace("\n", "\r\n")) == (listed(after) + questions(ids)).replace("\n", "\r\n")


def test_of_two_entries_the_one_with_the_questions_words_is_kept() -> None:
    text = "## 목차\n\n- [질문이 무엇인가](#1)\n- [질문 1?](#1)\n- [질문 2?](#2)\n\n" + questions("1 2")
    assert places(text, "T006") == ["3:3 [질문이 무엇인가](#1)"]
    assert mend(text) == text.replace("- [질문이 무엇인가](#1)\n", "")


def test_a_second_entry_with_others_below_it_stays() -> None:
    text = listed("1 2 1 >1-1") + questions("1 1-1 2")
    assert places(text, "T006") == ["3:3 [질문 1?](#1)"]
    assert mend(text) == listed("1 >1-1 2") + questions("1 1-1 2")
    both = listed("1 >1-1 1 >1-2 2") + questions("1 1-1 1-2 2")
    assert places(both, "T006") == ["5:3 [질문 1?](#1)"]
    assert mend(both) == both


def test_the_last_line_of_a_file_can_go() -> None:
    text = questions("1 2") + "## 목차\n\n- [질문 1?](#1)\n- [질문 2?](#2)\n- [질문 1?](#1)"
    assert mend(text) == text.removesuffix("\n- [질문 1?](#1)")
