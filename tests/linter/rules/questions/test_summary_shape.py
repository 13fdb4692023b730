"""Q013 summary-shape: clean cases first, then what is found and in which words."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.questions.cases import ON, answered
from tests.support.documents import messages, places


@pytest.mark.parametrize(
    "summary",
    [
        "과적합은 모델이 학습 데이터의 **잡음**까지 외운 상태다.",
        "과적합은 모델이 학습 데이터의 <strong>잡음(noise)</strong>까지 외운 상태다.",
        "과적합은 모델이 학습 데이터의 <b>잡음</b>까지 외운 상태다<br>",
        "**과적합**은 **모델**이 학습 데이터의 **잡음**까지 외운 상태",
        "오차가 0.05보다 크면, e.g. 분류에서, **학습률**을 3.5배로 줄이지 않는다.",
        "**Adam**은 Kingma et al. 2015가 낸 방법으로, 지금도 널리 쓰인다고 한다.",
        "**경사 하강법**이 멈추는 곳(왜 그럴까? 기울기가 0이라서. 그렇다)은 극소만이 아니다.",
        '**면접관**이 "왜 그런가요? 설명해 보세요."라고 물으면 식부터 적는 편이 좋다.',
        "**층**을 쌓으면… 표현력이 커지지만, 그만큼 학습은 어려워진다고 한다.",
        "**층**을 쌓으면... 표현력이 커지지만, 그만큼 학습은 어려워진다고 한다.",
        "`a. B`와 $x. Y$처럼 **코드와 수식** 안의 점은 문장의 끝이 아니라고 한다.",
        "과적합은 모델이 학습 데이터의\n> **잡음**까지 외운 상태다.",
        "**A&B**는 " + "가" * 100,
        "***굵고 기운*** 말 하나가 들어 있는 스무 글자가 넘는 문장이다.",
    ],
)
def test_a_well_shaped_summary(summary: str) -> None:
    assert messages(answered(f"> 핵심: {summary}\n\n글"), "Q013", ON) == []


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("**짧다**.", ["#1: the summary has 3 characters, not 20 to 120"]),
        ("**가**" + "나" * 120, ["#1: the summary has 121 characters, not 20 to 120"]),
        (
            "과적합은 모델이 학습 데이터의 잡음까지 외운 상태다.",
            ["#1: the summary has 0 bold terms, not 1 to 3"],
        ),
        (
            "**하나**와 **둘**과 **셋**과 <strong>넷</strong>은 모두 굵은 글씨다.",
            ["#1: the summary has 4 bold terms, not 1 to 3"],
        ),
        (
            "**잡음**까지 외운 상태다. 데이터를 늘리거나 규제를 건다.",
            ["#1: the summary has 2 sentences, not one"],
        ),
        (
            "**잡음**까지 외운 상태다.\n> 데이터를 늘리거나 규제를 건다.",
            ["#1: the summary has 2 sentences, not one"],
        ),
        (
            "왜 **외우는가**? 모델이 너무 크기 때문이다! 줄이면 된다.",
            ["#1: the summary has 3 sentences, not one"],
        ),
        (
            "**잡음**까지 외운 상태다(과적합). 데이터를 늘리거나 규제를 건다.",
            ["#1: the summary has 2 sentences, not one"],
        ),
        ("Overfitting is **memory**. It fails on new data.", ["#1: the summary has 2 sentences, not one"]),
        (
            "**잡음**까지 외워 새 데이터에서 틀리는 상태다.\n>\n> 규제를 건다.",
            ["#1: the summary must be one paragraph", "#1: the summary has 2 sentences, not one"],
        ),
        (
            "외웠다. 또 외웠다.",
            [
                "#1: the summary has 11 characters, not 20 to 120",
                "#1: the summary has 0 bold terms, not 1 to 3",
                "#1: the summary has 2 sentences, not one",
            ],
        ),
    ],
)
def test_a_badly_shaped_summary(summary: str, found: list[str]) -> None:
    assert sorted(messages(answered(f"> 핵심: {summary}\n\n글"), "Q013", ON)) == sorted(found)
    crlf = answered(f"> 핵심: {summary}\n\n글").replace("\n", "\r\n")
    assert sorted(messages(crlf, "Q013", ON)) == sorted(found)


def test_a_summary_is_measured_as_the_page_shows_it() -> None:
    config = Config(select=("Q013",), summary_length=(5, 5))
    for summary in (
        "**가** 나다라",
        "**가** [나다라](https://doi.org/1)",
        "**가**&amp;나다라",
        "**\u1100\u1161** 나다라",
    ):
        assert messages(answered(f"> 핵심: {summary}\n\n글"), "Q013", config) == []
    assert places(answered("> 핵심: **가** 나\n\n글"), "Q013", config) == ["5:7 **가** 나"]
