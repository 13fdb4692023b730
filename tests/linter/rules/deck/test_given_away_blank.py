"""D007 given-away-blank: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import messages, places


def asked(summary: str, question: str = "무엇을 의심하나요?") -> str:
    return f"## #1\n\n#### {question}\n\n> 핵심: {summary}\n\n잡음까지 외운 상태다.\n"


@pytest.mark.parametrize(
    ("summary", "question"),
    [
        ("모델이 **잡음**까지 외운 상태다.", "과적합이란?"),
        ("**학습**은 학습률이 정한다.", "사전학습이란?"),
        ("**학습** 뒤의 **학습**이다.", "무엇인가?"),
        ("**0**보다 작으면 0이고 **$x$**이면 $x$다.", "$x$가 0이면?"),
        ("하나 **가** 둘 **나** 셋 **다** 넷 **과적합**은", "과적합이란?"),
        ("**ReLU**는 음수에서 0이다.", "ReLU와 tanh 가운데 무엇인가?"),
        ("**ReLU**는 음수에서 0이다.", "활성화 함수(sigmoid, ReLU 등)를 말해 보라."),
        ("**CNN**은 자리를, **RNN**은 순서를 본다.", "CNN은 RNN의 무엇과 다른가?"),
        ("**기울기**(음수에서 0)가 사라진다.", "왜?"),
        ("**활성화 함수**(ReLU)를 바꾼다.", "왜?"),
        ("**활성화 함수**(ReLU, tanh)를 바꾼다.", "왜?"),
        ("**BERT**(양방향)를 쓴다.", "왜?"),
        ("**GAN**(Adam)을 쓴다.", "왜?"),
        ("방법(**SGD**)을 쓴다.", "왜?"),
        ("`pad`를 **pads**로 센다.", "padding은?"),
        ("<b></b>글 <b>하나</b>", "왜?"),
        ("글뿐이다.", "왜?"),
    ],
)
def test_a_blank_that_hides_its_term(summary: str, question: str) -> None:
    assert places(asked(summary, question), "D007") == []


@pytest.mark.parametrize(
    ("summary", "question", "found"),
    [
        ("**과적합**은 잡음까지 외운 상태다.", "과적합이란?", "**과적합**"),
        ("**과적합**은 잡음까지 외운 상태다.", "`과적합` 모델은?", "**과적합**"),
        ("**Overfitting**은 외운 것이다.", "왜 overfitting하나?", "**Overfitting**"),
        ("**규제**는 규제한 만큼 막는다.", "왜?", "**규제**"),
        ("**규제**를 건다. <b>규제</b>와 **규제 항**은 다르다.", "왜?", "**규제**"),
        ("**과적합**(overfitting)이다.", "왜?", "**과적합**"),
        ("**확률적 경사 하강법** (stochastic gradient descent)이다.", "왜?", "**확률적 경사 하강법**"),
        ("**합성곱 신경망**(CNN)이다.", "왜?", "**합성곱 신경망**"),
        ("**bias**(편향)이다.", "왜?", "**bias**"),
        ("과적합(**overfitting**)이다.", "왜?", "**overfitting**"),
        ("a **convolutional neural network** (CNN)", "what?", "**convolutional neural network**"),
        ("a convolutional neural network (**CNN**)", "what?", "**CNN**"),
        ("<b>과적합</b>은 과적합이다.", "왜?", "<b>과적합</b>"),
        ("**过拟合**就是过拟合。", "什么？", "**过拟合**"),
    ],
)
def test_a_blank_whose_front_shows_it(summary: str, question: str, found: str) -> None:
    (place,) = places(asked(summary, question), "D007")
    assert place.partition(" ")[2] == found


def test_the_message_says_where() -> None:
    text = asked("**과적합**(overfitting)은 **잡음**을 외운 잡음 탓이다.\n>\n> **규제**로 막는다.", "규제란?")
    assert messages(text, "D007") == [
        'the front of the blank "과적합" shows it: "overfitting" beside it',
        'the front of the blank "잡음" shows it: it stands elsewhere in the summary',
        'the front of the blank "규제" shows it: it stands in the question',
    ]
