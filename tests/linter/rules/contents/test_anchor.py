"""T001 contents-anchor: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.linter.rules.contents.cases import CONTENTS, ENTRIES, QUESTIONS
from tests.support.documents import mend, places


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


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        (CONTENTS.replace("(#2)", "(#둘)"), ["5:14 #둘"]),
    ],
)
def test_a_defect_is_found_and_mended(contents: str, found: list[str]) -> None:
    text = contents + QUESTIONS
    assert places(text, "T001") == found
    after = mend(text)
    for code in ENTRIES:
        assert places(after, code) == []
    assert after == CONTENTS + QUESTIONS
