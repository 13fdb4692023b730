"""K005 glossary-term: clean cases first, then what is found, and what is said of a broken glossary."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.support import ROOT
from tests.support.documents import FakeFiles, places

GLOSSARY = """
[[term]]
use = "과적합"
instead-of = ["오버피팅"]
english = "overfitting"

[[term]]
use = "경사 하강법"
instead-of = ["경사하강법"]
english = "gradient descent"

[[term]]
use = "기울기"
instead-of = ["그레이디언트", "경사"]
english = "gradient"

[[term]]
use = "규제"
english = "Regularization"

[[term]]
use = "정규화"
english = "normalization"

[[term]]
use = "test 세트"
instead-of = ["테스트 세트", "test set"]
"""


def glossary_places(text: str, glossary: str = GLOSSARY) -> list[str]:
    config = Config(select=("K005",), glossary="glossary.toml")
    return places(text, "K005", config, FakeFiles(contents={"glossary.toml": glossary.encode()}))


@pytest.mark.parametrize(
    "text",
    [
        "과적합은 기울기와 경사 하강법의 일이다",
        "과적합(overfitting, 오버피팅)이란",
        "과적합(오버피팅)은",
        "서브그레이디언트, 경사도가, 경사면, 급경사",
        "# 오버피팅이란?",
        "[오버피팅](https://example.com)",
        "`오버피팅`, '오버피팅', “오버피팅”",
        "규제(regularization)와 정규화(normalization)",
        "정규화(LayerNorm), 규제(L2 penalty), 기울기(0.1), 과적합(x)",
        "test 세트, test settings",
        "```\n오버피팅\n```",
    ],
)
def test_words_of_the_glossary(text: str) -> None:
    assert glossary_places(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("오버피팅은 나쁘다", ["1:1 오버피팅"]),
        ("오버피팅", ["1:1 오버피팅"]),
        ("**오버피팅** 문제", ["1:3 오버피팅"]),
        ("오버피팅된, 오버피팅에서도", ["1:1 오버피팅", "1:8 오버피팅"]),
        ("과적합(0)과 오버피팅", ["1:9 오버피팅"]),
        ("기울기(오버피팅)", ["1:5 오버피팅"]),
        ("경사가 급하다", ["1:1 경사"]),
        ("경사하강법(gradient descent)은", ["1:1 경사하강법(gradient descent)"]),
        ("정규화(regularization)는", ["1:1 정규화(regularization)"]),
        ("정규화(Regularization)", ["1:1 정규화(Regularization)"]),
        ("테스트 세트로", ["1:1 테스트 세트"]),
        ("the test set is", ["1:5 test set"]),
        ("| a |\n|---|\n| 오버피팅 |", ["3:3 오버피팅"]),
        ("> - 오버피팅을\r\n> - 경사를", ["1:5 오버피팅", "2:5 경사"]),
    ],
)
def test_words_that_the_glossary_replaces(text: str, found: list[str]) -> None:
    assert glossary_places(text) == found


@pytest.mark.parametrize(
    "glossary",
    [
        "[[term]\n",
        "\udcff",
        "",
        "term = 1",
        "term = [1]",
        "[[term]]\nuse = 1",
        "[[term]]\nuse = ' '",
        "[[term]]\nuse = 'a'\ninstead-of = 'b'",
        "[[term]]\nuse = 'a'\ninstead-of = [1]",
        "[[term]]\nuse = 'a'\nenglish = 1",
        "[[term]]\nuse = 'a'\ninstead_of = []",
        "[[term]]\nuse = 'a'\ninstead-of = ['a']",
        "[[term]]\nuse = 'a'\n[other]",
    ],
)
def test_a_broken_glossary_is_a_finding(glossary: str) -> None:
    config = Config(select=("K005",), glossary="glossary.toml")
    files = FakeFiles(contents={"glossary.toml": glossary.encode(errors="surrogateescape")})
    assert places("글", "K005", config, files) == ["1:1 "]


def test_a_missing_glossary_is_a_finding_and_none_is_not() -> None:
    assert places("글", "K005", Config(select=("K005",), glossary="no.toml")) == ["1:1 "]
    assert places("글", "K005", Config(select=("K005",))) == []


def test_the_glossary_of_the_deck_can_be_read() -> None:
    glossary = ROOT / "answers" / "glossary.toml"
    found = glossary_places("오버피팅", glossary.read_text(encoding="utf-8"))
    assert found == ["1:1 오버피팅"]
