"""K006 chat-jamo: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.linter.rules.korean.cases import answer
from tests.support.documents import places


@pytest.mark.parametrize(
    "body",
    [
        "자음 ㄱ, ㄴ, ㅎ과 모음 ㅏ, ㅠ, ㅜ를 나눈다",
        "ㅋ 소리와 모음 ㅠ",
        "ㄱㄴㄷ 순서",
        "'ㅋㅋㅋ'를 `ㅋㅋ`로 줄인다",
        "```\nㅋㅋ\n```",
        "> 그랬다ㅋㅋ",
        "#### References\n\n[ㅋㅋ](https://example.com)",
    ],
)
def test_letters_that_are_meant(body: str) -> None:
    assert places(answer(body), "K006") == []


def test_outside_of_answers_a_chat_is_a_chat() -> None:
    assert places("안녕 ㅋㅋ", "K006") == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("모르겠다 ㅠㅠ", "5:6 ㅠㅠ"),
        ("쉽다ㅋㅋㅋ", "5:3 ㅋㅋㅋ"),
        ("쉽다ㅋ", "5:3 ㅋ"),
        ("어렵네요ㅠ.", "5:5 ㅠ"),
        ("- 음 ㅎㅎ", "5:5 ㅎㅎ"),
        ("| a |\n|---|\n| ㅜㅜ |", "7:3 ㅜㅜ"),
        ("글\r\n\r\n**ㅋㅋ**", "7:3 ㅋㅋ"),
        ("#### 꼬리질문\n\n- 왜?\n  - 몰라ㅠㅠ", "8:7 ㅠㅠ"),
    ],
)
def test_letters_of_a_chat(body: str, found: str) -> None:
    assert places(answer(body), "K006") == [found]
