"""T003 contents-title: what is found and what the fix writes; clean cases stand in test_contents.py."""

from __future__ import annotations

import pytest

from tests.lint.rules.contents.cases import CONTENTS, ENTRIES, QUESTIONS
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
