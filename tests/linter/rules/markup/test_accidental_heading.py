"""M005 accidental-heading: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.support.documents import mend, places


@pytest.mark.parametrize(
    "text",
    [
        "제목\n---\n\n글\n\n다른\n---\n",
        "# 제목\n\n- 항목\n---\n",
        "# 제목\n\n글\n\n---\n",
        "# 제목\n\n**목차**\n---\n\n- 하나\n\n## 둘\n\n글\n",
        "# T\n\n## A\n\n**How is it done?**\n---\n\nThus.\n",
        "# T\n\n## A\n\nIndex\n---\nText.\n",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M005") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 제목\n\n글\n---\n\n## 둘\n", "3:1 글"),
        ("# 제목\n\n글이다\n---\n\n글\n", "3:1 글이다"),
        ("# T\n\nA sentence.\n---\n\nText.\n", "3:1 A sentence."),
        ("# T\n\nThree words\nand more\n---\n\nText.\n", "3:1 Three words"),
        ("# T\n\n## A\n\nQ: What is it?\n\nA: This\n---\n\nQ: And that?\n\nA: That\n", "7:1 A: This"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "M005") == [found]


def test_front_matter_that_is_no_yaml_is_not_mended() -> None:
    text = "---\ntitle: One lock: why?\ntags: [a]\n---\n\nText.\n\n## Two\n\nText.\n"
    assert places(text, "M005") == ["2:1 title: One lock: why?"]
    assert mend(text) == text
    assert mend("---\nA sentence: one.\n---\n\nText.\n\n## Two\n") != text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("# 제목\n\n글\n---\n", "# 제목\n\n글\n\n---\n"),
        ("# 제목\r\n\r\n글\r\n---\r\n", "# 제목\r\n\r\n글\r\n\r\n---\r\n"),
    ],
)
def test_mended(text: str, mended: str) -> None:
    assert mend(text) == mended
