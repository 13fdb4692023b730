"""T001-T003, with what their fixes write."""

from __future__ import annotations

import pytest

from dlcards.lint.fixes import fix
from tests.support.documents import PATH, context, document, places

QUESTIONS = (
    "## #1\n\n#### 하나?\n\n답\n\n## #1-1\n\n#### 하나의 **하나**?\n\n답\n\n## #2\n\n#### 둘 [a]?\n\n답\n"
)
FULL = "## 📝 목차\n\n- [하나?](#1)\n  - [하나의 **하나**?](#1-1)\n- [둘 \\[a\\]?](#2)\n\n---\n\n"


def test_whole_contents_are_clean() -> None:
    for code in ("T001", "T002", "T003"):
        assert places(FULL + QUESTIONS, code) == []
    entries = document(FULL + QUESTIONS).contents
    assert entries is not None
    assert [(entry.target, entry.text, entry.depth) for entry in entries.entries] == [
        ("1", "하나?", 0),
        ("1-1", "하나의 하나?", 1),
        ("2", "둘 [a]?", 0),
    ]


@pytest.mark.parametrize(
    ("contents", "code", "found"),
    [
        (FULL.replace("(#2)", "(#둘)"), "T001", ["5:14 #둘"]),
        (FULL.replace("  - [하나의 **하나**?](#1-1)\n", ""), "T002", ["16:1 #### 하나의 **하나**?\n"]),
        (FULL.replace("[하나?]", "[한나?]"), "T003", ["3:3 [한나?](#1)"]),
        ("## 목차\n\n", "T002", ["5:1 #### 하나?\n", "11:1 #### 하나의 **하나**?\n", "17:1 #### 둘 [a]?\n"]),
        (FULL.replace("- [하나?](#1)\n", ""), "T002", ["10:1 #### 하나?\n"]),
    ],
)
def test_a_defect_is_found_and_mended(contents: str, code: str, found: list[str]) -> None:
    text = contents + QUESTIONS
    assert places(text, code) == found
    mended = fix(PATH, text, context()).text
    for any_code in ("T001", "T002", "T003"):
        assert places(mended, any_code) == []
    if contents != "## 목차\n\n" and "- [하나?](#1)" in contents:
        assert mended == FULL + QUESTIONS


def test_swapped_titles_have_valid_anchors_and_are_both_found() -> None:
    text = "## 목차\n\n- [둘?](#1)\n- [하나?](#2)\n\n## #1\n\n#### 하나?\n\n답\n\n## #2\n\n#### 둘?\n\n답\n"
    assert places(text, "T001") == []
    assert places(text, "T003") == ["3:3 [둘?](#1)", "4:3 [하나?](#2)"]
    assert fix(PATH, text, context()).text.startswith("## 목차\n\n- [하나?](#1)\n- [둘?](#2)\n")


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("## 고유값(eigen value)와 벡터", "고유값eigen-value와-벡터"),
        (
            "## 고유값(eigen value)와 벡터",
            "%EA%B3%A0%EC%9C%A0%EA%B0%92eigen-value%EC%99%80-%EB%B2%A1%ED%84%B0",
        ),
        ("## ⚙️ Setup", "\ufe0f-setup"),
        ("## A·B – C", "ab--c"),
        ("## 제목\n\n## 제목", "제목-1"),
        ('<a id="자리"></a>', "자리"),
        ('글 <a name="자리"></a>', "자리"),
        ("## Setup", "SETUP"),
    ],
)
def test_github_s_anchors_are_no_broken_ones(heading: str, target: str) -> None:
    text = f"## 목차\n\n- [글](#{target})\n\n{heading}\n\n[글](#{target})\n"
    assert places(text, "T001") == []
    assert places(text, "L001") == []


def test_crlf_contents_keep_their_line_ends() -> None:
    text = (FULL.replace("- [둘 \\[a\\]?](#2)\n", "") + QUESTIONS).replace("\n", "\r\n")
    assert fix(PATH, text, context()).text == (FULL + QUESTIONS).replace("\n", "\r\n")
