"""T002 contents-missing-entry: what is found and what the fix writes; clean cases stand in test_contents.py."""

from __future__ import annotations

import pytest

from tests.lint.rules.contents.cases import CONTENTS, ENTRIES, QUESTIONS
from tests.support.documents import mend, places


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        (CONTENTS.replace("  - [하나의 **하나**?](#1-1)\n", ""), ["16:1 #### 하나의 **하나**?\n"]),
        ("## 목차\n\n", ["5:1 #### 하나?\n", "11:1 #### 하나의 **하나**?\n", "17:1 #### 둘 [a]?\n"]),
        (CONTENTS.replace("- [하나?](#1)\n", ""), ["10:1 #### 하나?\n"]),
    ],
)
def test_a_defect_is_found_and_mended(contents: str, found: list[str]) -> None:
    text = contents + QUESTIONS
    assert places(text, "T002") == found
    after = mend(text)
    for code in ENTRIES:
        assert places(after, code) == []
    if "- [하나?](#1)" in contents:
        assert after == CONTENTS + QUESTIONS


def test_crlf_contents_keep_their_line_ends() -> None:
    text = (CONTENTS.replace("- [둘 \\[a\\]?](#2)\n", "") + QUESTIONS).replace("\n", "\r\n")
    assert mend(text) == (CONTENTS + QUESTIONS).replace("\n", "\r\n")
