"""Q002 placeholder-answer: clean cases first, then what is found."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.questions.cases import section
from tests.support.documents import places


@pytest.mark.parametrize(
    "body",
    [
        "TODO 목록은 할 일을 적는 것이다.",
        "추후 연구가 필요하다.",
        "`TODO`",
        "작성 예정인 글의 뜻",
        "待定是一种状态。",
    ],
)
def test_a_sentence_that_begins_like_a_placeholder_is_none(body: str) -> None:
    assert places(section(body), "Q002") == []


@pytest.mark.parametrize(
    "body",
    [
        "TODO",
        "todo.",
        "To be filled",
        "추후 작성",
        "작성 예정",
        "답변 추가하기",
        "무슨말일까요...",
        "TODO: 그림",
        "- TODO",
        "**TBD**",
    ]
    + [
        "待补充",
        "（待补充）",
        "待补充。",
        "TODO：",
        "TODO：补充图片",
        "【待補充】",
        "待补充，以后再写",
        "準備中",
    ]
    + ["(작성 예정)", "TODO\n\n추후 작성 예정"],
)
def test_a_placeholder_is_no_answer(body: str) -> None:
    assert len(places(section(body), "Q002")) == 1
    assert places(section(body), "Q003") == []


def test_the_words_for_placeholders_are_configurable() -> None:
    assert places(section("나중에요"), "Q002", Config(placeholders=("나중에요",))) == ["5:1 나중에요"]
    assert places(section("TODO"), "Q002", Config(placeholders=("나중에요",))) == []
