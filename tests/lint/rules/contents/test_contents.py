"""All rules about contents at once: contents without fault, and what fixes make of any others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.model import Config
from tests.lint.rules.contents.cases import CONTENTS, FIVE, QUESTIONS, listed, questions
from tests.support.documents import document, findings, markdownish, mend, places


def test_whole_contents_are_clean() -> None:
    for code in ("T001", "T002", "T003"):
        assert places(CONTENTS + QUESTIONS, code) == []
    entries = document(CONTENTS + QUESTIONS).contents
    assert entries is not None
    assert [(entry.target, entry.text, entry.depth) for entry in entries.entries] == [
        ("1", "하나?", 0),
        ("1-1", "하나의 하나?", 1),
        ("2", "둘 [a]?", 0),
    ]


FULL = listed("1 >1-1 >1-2 2 3 >3-1 >>3-1-1 4") + questions("1 1-1 1-2 2 3 3-1 3-1-1 4")


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        FULL.replace("\n", "\r\n"),
        FULL.replace("- [", "* ["),
        FULL.replace("  - [", "    - ["),
        listed("1 2 3 4 5") + FIVE,
        # A table is read by rows or by columns, nobody knows.
        "## 목차\n\n| | |\n|---|---|\n| [질문 1?](#1) | [질문 3?](#3) |\n| [질문 2?](#2) | [질문 4?](#4) |\n\n"
        + questions("1 2 3 4"),
        # Lists under labels are chosen, and may repeat.
        "## 목차\n\n**자주 나오는 질문**\n\n- [질문 2?](#2)\n\n**모두**\n\n- [질문 1?](#1)\n- [질문 2?](#2)\n\n"
        + questions("1 2"),
        "## 목차\n\n- 어려움\n  - [질문 2?](#2)\n- 쉬움\n  - [질문 1?](#1)\n\n" + questions("1 2"),
        "## 목차\n\n### 어려움\n\n- [질문 2?](#2)\n\n### 쉬움\n\n- [질문 1?](#1)\n\n---\n\n"
        + questions("1 2"),
        # A number and a title, both links.
        "## 목차\n\n- [1](#1) [질문 1?](#1)\n- [2](#2) [질문 2?](#2)\n\n"
        + questions("1 2").replace("####", "###"),
        # The contents are right and the document is not: that is for Q009.
        listed("1 2 3") + questions("1 3 2"),
        # Other headings in the contents.
        "# 면접\n\n## 목차\n\n- [면접](#면접)\n- [질문 1?](#1)\n- [부록](#부록)\n\n---\n\n"
        + questions("1")
        + "## 부록\n\n글\n",
        "## 목차\n\n- [질문 1?](#1)\n  * 정의\n  * 예\n- [질문 2?](#2)\n\n---\n\n" + questions("1 2"),
        # Chapters, not sub-questions.
        listed("1-1 1-2 2-1") + questions("1-1 1-2 2-1"),
        "# 설명서\n\n## 목차\n\n- [둘](#둘)\n- [하나](#하나)\n- [둘](#둘)\n\n## 하나\n\n글\n\n## 둘\n\n글\n",
    ],
)
def test_contents_without_fault(text: str) -> None:
    for code in ("T004", "T005", "T006", "T007"):
        assert places(text, code) == []


ONLY_CONTENTS = Config(ignore=("Q", "L", "I", "M", "K", "D", "S"))


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["1", "1-1", "1-2", "2", "2-1", "2-1-1", "3", "무"]))
    ),
    st.booleans(),
)
def test_whatever_the_contents_say_fixes_end_and_leave_whole_contents(
    entries: list[tuple[int, str]], crlf: bool
) -> None:
    text = listed(" ".join(">" * depth + id for depth, id in entries)) + questions("1 1-1 1-2 2 2-1 2-1-1 3")
    text = text.replace("\n", "\r\n") if crlf else text
    once = mend(text, ONLY_CONTENTS)
    assert mend(once, ONLY_CONTENTS) == once
    left = {finding.rule.code for finding in findings(once, ONLY_CONTENTS)}
    assert not left & {"T002", "T003", "T007"}
    if all(depth == 0 and id != "무" for depth, id in entries):
        assert not left


@given(markdownish, markdownish)
def test_any_contents_can_be_looked_at(before: str, entry: str) -> None:
    text = (
        f"{before}\n\n## 목차\n\n- [질문 2?](#2){entry}\n- [질문 1?](#1)\n  - {entry}[질문 1?](#1)\n\n---\n\n"
    )
    text += questions("1 2")
    once = mend(text, ONLY_CONTENTS)
    assert mend(once, ONLY_CONTENTS) == once
