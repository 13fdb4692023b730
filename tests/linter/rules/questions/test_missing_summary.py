"""Q012 missing-summary: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.questions.cases import BODY, ON, answered
from tests.support.documents import findings, places


@pytest.mark.parametrize(
    "body",
    [
        "> 핵심: 외운 상태다.\n\n글",
        "> 핵심： 외운 상태다.",
        "",
        "TODO",
        "작성 예정",
        "> 힌트: 글\n>\n> 글\n\n> 핵심: 글",
        "> **핵심**: 글이다.\n\n글",
    ],
)
def test_a_summary_or_no_answer(body: str) -> None:
    assert places(answered(body), "Q012", ON) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (BODY, "3:1 #### 질문 1은?\n"),
        ("> 인용이다.\n\n글", "3:1 #### 질문 1은?\n"),
        ("> [!TIP] 핵심: 글이다.\n\n글", "3:1 #### 질문 1은?\n"),
        ("핵심: 글이다.\n\n글", "5:1 핵심: 글이다."),
        ("글\n\n**핵심:** 글이다.", "7:1 **핵심:** 글이다."),
        ("- 핵심: 글이다.\n- 글", "5:1 - 핵심: 글이다."),
        ("핵심 개념은 둘이다: 하나와 둘.", "3:1 #### 질문 1은?\n"),
        ("> 힌트: 글\n\n글", "3:1 #### 질문 1은?\n"),
    ],
)
def test_no_summary(body: str, found: str) -> None:
    assert places(answered(body), "Q012", ON) == [found]


def test_the_summarys_label_is_configured() -> None:
    config = Config(select=("Q012",), summary_label="요약")
    assert places(answered("> 요약: 글이다."), "Q012", config) == []
    assert places(answered("> 핵심: 글이다."), "Q012", config) == ["3:1 #### 질문 1은?\n"]


def test_the_summarys_label_is_that_of_any_language_and_the_message_names_the_documents() -> None:
    english = "It hides the padding from the loss, so that the model learns nothing from it."
    for label in ("핵심", "Summary", "summary", "要点", "Кратко"):
        assert places(answered(f"> {label}: 글이다.\n\n글"), "Q012", ON) == []
    found = next(
        f
        for f in findings(f"## #1\n\n#### What is a mask?\n\n{english}\n", Config(select=("Q012",)))
        if f.code == "Q012"
    )
    assert found.diagnostic.message.en == '#1 has no summary ("> Summary: …")'
