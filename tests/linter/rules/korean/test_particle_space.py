"""K002 particle-space: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.support.documents import causes, mend, places

CLEAN = [
    "ReLU는 기울기를 살린다",
    # A word that only begins like a particle.
    "두 가지 이상, Adam 이후, GPU 의존성, ReLU 가중치, SGD 도입, BN 은닉층, CNN 이미지, API 에러",
    "ReLU 로그, Adam 과정, L2 만들기, GPU 나머지, JVM 인터페이스, SQL 라이브러리, A 부터다",
    # "this", not a particle.
    "ReLU 이 함수는 이렇게 쓴다",
    "BN 이 값을 먼저 구한다",
    "관리자(`a.ts`) 이 함수를 부르지 않는다",
    "대화형인 경우(예: `npm init`) 이 가이드라인을 무시한다",
    "GitHub API 이 조합은 낯설다",
    # "more", not "than".
    "Docker 보다 쉽게, Redis 보다 효율적으로, SQL 보다 나은 방법",
    "GitHub 나 혼자 쓴다",
    # Numbers.
    "10 만 명, 3GB 만 원, 25 도, 20C 도",
    "0 과 1 사이",
    "US 이란 협상",
    # Addresses that are no links would swallow the particle.
    "https://example.com/a 를 본다",
    "www.example.com 에 있다",
    "a@example.com 으로 보낸다",
    # Labels.
    "1) 은 참이고 (1) 은 거짓이다",
    ":) 는 웃는 얼굴이다",
    # Not prose.
    "`ReLU 는`",
    "$x 는$",
    "```\nReLU 는\n```",
    "[ReLU 는](https://example.com)",
    "<!-- ReLU 는 -->",
    "<b>ReLU</b> 는",
    "![ReLU 는](a.png)",
    "![그림](a.png) 는",
    # Another line is another matter.
    "ReLU\n는 된다",
    "ReLU  \n는 된다",
    "가중치 는",
    "조사 은/는, 이/가",
    "배열 [i] 는",
]
TORN = [
    ("ReLU 는 빠르다", "1:5  는", "ReLU는 빠르다"),
    ("A 와 B", "1:2  와", "A와 B"),
    ("`x` 를 본다", "1:4  를", "`x`를 본다"),
    ("$x$ 의 값", "1:4  의", "$x$의 값"),
    ("$$x$$ 에서", "1:6  에서", "$$x$$에서"),
    ("**bold** 은", "1:9  은", "**bold**은"),
    ("**값** 을", "1:6  을", "**값**을"),
    ("*값* 은", "1:4  은", "*값*은"),
    ("***값*** 은", "1:8  은", "***값***은"),
    ("**비용 함수** 을", "1:10  을", "**비용 함수**을"),
    ("*x* 로", "1:4  로", "*x*로"),
    ("[글](u) 에", "1:7  에", "[글](u)에"),
    ("<https://a.b/c> 를", "1:16  를", "<https://a.b/c>를"),
    ('"ReLU" 는', "1:7  는", '"ReLU"는'),
    ("“값” 이라고 한다", "1:4  이라고", "“값”이라고 한다"),
    ("물건 (새 레이블) 에 대해", "1:11  에", "물건 (새 레이블)에 대해"),
    ("함수(Sigmoid 등) 이 결합된 모델", "1:14  이", "함수(Sigmoid 등)이 결합된 모델"),
    ("설정(`a`) 이 켜져 있고", None, "설정(`a`) 이 켜져 있고"),
    ("api 이 아닌 api", "1:4  이", "api이 아닌 api"),
    ("time 이 짧은 작업", None, "time 이 짧은 작업"),
    ("Swapping 이 시작된다", "1:9  이", "Swapping이 시작된다"),
    ("model 이 없는", "1:6  이", "model이 없는"),
    ("GPU 보다 빠르다", "1:4  보다", "GPU보다 빠르다"),
    ("Java 보다 더 낫다", "1:5  보다", "Java보다 더 낫다"),
    ("TF 나 PyTorch", "1:3  나", "TF나 PyTorch"),
    ("`x` 일 때", "1:4  일", "`x`일 때"),
    ("REST API 란 무엇인가", "1:9  란", "REST API란 무엇인가"),
    ("SQL 란?", "1:4  란", "SQL란?"),
    ("MUTEX 라고도 한다", "1:6  라고도", "MUTEX라고도 한다"),
    ("100B 가 남는다", "1:5  가", "100B가 남는다"),
    ("README.md 를 본다", "1:10  를", "README.md를 본다"),
    ("`one-shot` \t은", "1:11  \t은", "`one-shot`은"),
    ("> - ReLU 는\r\n> - BN 은\r\n", None, "> - ReLU는\r\n> - BN은\r\n"),
    ("| a |\n|---|\n| ReLU 는 |", "3:7  는", "| a |\n|---|\n| ReLU는 |"),
    ("각주[^1]\n\n[^1]: ReLU 는", "3:11  는", "각주[^1]\n\n[^1]: ReLU는"),
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert places(text, "K002") == []


@pytest.mark.parametrize(("text", "place", "mended"), TORN)
def test_found_and_mended(text: str, place: str | None, mended: str) -> None:
    found = places(text, "K002")
    assert place is None or found == [place]
    assert mend(text, Config(select=("K002",))) == mended


@pytest.mark.parametrize(
    "text",
    [
        "#### 왜 Sigmoid 보다 ReLU를 쓰나?",  # the anchor would change
        "**과적합(overfitting)** 은",  # the emphasis would break
        "**90%** 는",
        "**_값_** 은",
        "**`x`** 은",
        "*값😀* 은",
    ],
)
def test_found_and_left_alone(text: str) -> None:
    assert len(places(text, "K002")) == 1
    assert mend(text, Config(select=("K002",))) == text


def test_a_house_style_is_one_cause() -> None:
    torn = "CPU 는 GPU 의 일을 한다. " * 6
    joined = "CPU는 GPU의 일을 한다. " * 12
    assert set(causes(torn, "K002")) == {"spaced particles"}
    assert set(causes(torn + joined, "K002")) == {""}
    assert set(causes("CPU 는 GPU 의 일을 한다", "K002")) == {""}


@pytest.mark.parametrize("text", ["_값_ 을 쓴다", "__ReLU__ 는 빠르다", "_값_  은"])
def test_a_blank_that_keeps_underscores_marks_is_meant(text: str) -> None:
    assert places(text, "K002") == []
