"""T003 contents-title: what is found and what the fix writes; clean cases stand in test_contents.py."""

from __future__ import annotations

import pytest

from tests.linter.rules.contents.cases import CONTENTS, ENTRIES, QUESTIONS
from tests.support.documents import asked, findings, mend, places


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        (CONTENTS.replace("[하나?]", "[한나?]"), ["3:3 [한나?](#1)"]),
        (CONTENTS.replace("[하나?]", "[1. 한나]"), ["3:3 [1. 한나](#1)"]),
    ],
)
def test_a_defect_is_found_and_mended(contents: str, found: list[str]) -> None:
    text = contents + QUESTIONS
    assert places(text, "T003") == found
    after = mend(text)
    for code in ENTRIES:
        assert places(after, code) == []


def test_swapped_titles_have_valid_anchors_and_are_both_found() -> None:
    text = "## 목차\n\n- [둘?](#1)\n- [하나?](#2)\n\n## #1\n\n#### 하나?\n\n답\n\n## #2\n\n#### 둘?\n\n답\n"
    assert places(text, "T001") == []
    assert places(text, "T003") == ["3:3 [둘?](#1)", "4:3 [하나?](#2)"]
    assert mend(text).startswith("## 목차\n\n- [하나?](#1)\n- [둘?](#2)\n")


@pytest.mark.parametrize("entry", ["하나", "하나.", "1. 하나?", "Q1) 하나？", "#1: 하나?", "하 나?"])
def test_what_no_reader_misses_is_no_difference(entry: str) -> None:
    assert places(CONTENTS.replace("[하나?]", f"[{entry}]") + QUESTIONS, "T003") == []


def test_letter_case_is_no_difference() -> None:
    question = "## #1\n\n#### What is ReLU?\n\nA function.\n"
    assert places(f"## Contents\n\n- [what is relu](#1)\n\n{question}", "T003") == []
    assert len(places(f"## Contents\n\n- [what is GELU?](#1)\n\n{question}", "T003")) == 1


@pytest.mark.parametrize(
    ("entry", "severity"),
    [
        ("How do I add values to a list?", "note"),
        ("How do I remove values from a list?", "warning"),  # another question's
        ("Arrays", "warning"),
        ("How do I add values (one, two and many of them) to an array?", "note"),
        ("How-do-I-add-values-to-an-array", "note"),
    ],
)
def test_nearly_the_same_words_mislead_nobody(entry: str, severity: str) -> None:
    first, second = "How do I add values to an array?", "How do I remove values from a list?"
    text = f"## Contents\n\n- [{entry}](#1)\n- [{second}](#2)\n\n## #1\n\n#### {first}\n\nA.\n\n## #2\n\n#### {second}\n\nB.\n"
    found = [finding for finding in findings(text, asked("T003")) if finding.code == "T003"]
    assert [finding.severity.value for finding in found] == [severity]


# A question and its entry that differ by a slip, and what the answer says.
SLIPS = [
    ("What is overfitting?", "What is overfiting?", "Overfitting hurts."),
    ("과적합이란 무엇인가요?", "과접합이란 무엇인가요?", "과적합은 잡음까지 외운 것이다."),
    ("什么是过拟合？", "什么是过拟和？", "过拟合是记住了噪声。"),
    ("過学習とは何か？", "過学集とは何か？", "過学習は雑音まで覚えること。"),
    ("¿Qué es el sobreajuste?", "¿Qué es el sobrejuste?", "El sobreajuste memoriza."),
]


def _asked(entry: str, question: str, answer: str) -> str:
    return f"## 목차\n\n- [{entry}](#1)\n\n## #1\n\n#### {question}\n\n{answer}\n"


@pytest.mark.parametrize(("right", "wrong", "answer"), SLIPS)
def test_of_a_slip_the_text_tells_which_side_is_mended(right: str, wrong: str, answer: str) -> None:
    healthy = _asked(right, right, answer)
    assert places(healthy, "T003") == []
    entry, question = _asked(wrong, right, answer), _asked(right, wrong, answer)
    assert places(entry, "T003") == [f"3:3 [{wrong}](#1)"]
    assert mend(entry) == healthy
    assert [place.split()[0] for place in places(question, "T003")] == ["7:1"]
    assert mend(question) in (healthy, question)  # a capital letter is left to its author
    silent = "..."
    for text in (_asked(wrong, right, silent), _asked(right, wrong, silent)):
        assert places(text, "T003")
        assert mend(text) == text


def test_a_question_in_other_words_is_right() -> None:
    text = _asked("What is learning?", "What does a network learn from data?", "Weights.")
    assert "- [What does a network learn from data?](#1)" in mend(text)


@pytest.mark.parametrize(
    ("entry", "question", "answer"),
    [
        ("뮤텍스와 세마포어의 차이는?", "뮤텍스와 세마포어 차이는?", "세마포어 하나면 된다."),
        ("What do layers do?", "What do layer do?", "One layer is enough."),
    ],
)
def test_an_ending_tells_nothing(entry: str, question: str, answer: str) -> None:
    text = _asked(entry, question, answer)
    assert places(text, "T003") == [f"3:3 [{entry}](#1)"]
    assert mend(text) == text
