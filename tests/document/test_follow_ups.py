"""Follow-ups: which words ask and which answer."""

from __future__ import annotations

import pytest

from dlcards.document.follow_ups import read_follow_ups
from dlcards.document.text import block_text
from dlcards.markdown import parse
from dlcards.model import Config


def read(text: str) -> list[tuple[str, str]]:
    return [
        (entry.words, " ".join("\n".join(map(block_text, entry.answer)).split()))
        for entry in read_follow_ups(parse(text), Config())
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- 왜 그런가?", "왜 그런가?"),
        ("- 왜 그런가? 그리고 어떻게?", "왜 그런가? 그리고 어떻게?"),
        ("- 긴 질문이\n  이어지는가?", "긴 질문이 이어지는가?"),
        ("- 왜 `x ? 1 : 2`인가", "왜 x ? 1 : 2인가"),
        ("- 장점: 빠르다", "장점: 빠르다"),
        ("- 다음을 보자. 왜 그런가? 답이다.", "다음을 보자. 왜 그런가? 답이다."),
        ("- 왜?\n  - TODO", "왜?"),
        ("- 왜?\n\n  <!-- 나중 -->", "왜?"),
    ],
)
def test_a_question_that_only_asks(text: str, words: str) -> None:
    assert read(text) == [(words, "")]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("- 왜?\n  - 그래서다.", ("왜?", "그래서다.")),
        ("1. 왜?\n\n   그래서다.\n\n   또 있다.", ("왜?", "그래서다. 또 있다.")),
        ("- ### 왜?\n  그래서다.", ("왜?", "그래서다.")),
        ("- 왜? 예를 들어 보라.\n  - 그래서다.", ("왜? 예를 들어 보라.", "그래서다.")),
        ("- 왜? 그래서다.", ("왜?", "그래서다.")),
        ("- 왜?\n그래서다.", ("왜?", "그래서다.")),
        ("- 왜? — 그래서다.", ("왜?", "그래서다.")),
        ("- 왜?: 그래서다.", ("왜?", "그래서다.")),
        ("- 왜? → 그래서다.", ("왜?", "그래서다.")),
        ("- **왜?** 그래서 `x?`다.", ("왜?", "그래서 x?다.")),
        ("- **왜? 그래서다.**", ("왜?", "그래서다.")),
        ("- 참인가? 거짓인가? 참이다.", ("참인가? 거짓인가?", "참이다.")),
        ("- What is `a ? b : c`, v1.5? A choice.", ("What is a ? b : c, v1.5?", "A choice.")),
    ],
)
def test_a_question_with_its_answer(text: str, entry: tuple[str, str]) -> None:
    assert read(text) == [entry]
