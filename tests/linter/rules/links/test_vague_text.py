"""L014 vague-link-text: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.support.documents import causes, md, places


@pytest.mark.parametrize(
    "text",
    [
        "[Dropout 논문](u)",
        "[여기에서 시작하는 딥러닝](u)",
        "[링크드 리스트](u)",
        "[link(2)](u)",
        "[연결 리스트와 링크](u)",
        "[참고 자료](u)",
        "[this paper](u)",
        "[Linked list](u)",
        "[1](u)",
        "[[1](u)]",
        "[](u)",
        "[여기]",
        "`[여기](u)`",
        "<https://여기.kr>",
        "![여기](u.png)",
        "| 문제 | 주소 |\n|---|---|\n| 두 수의 합 | [링크](u) |",
        '<a href="u"><img src="a.png" alt="가"></a>',
        '<a href="u">Dropout</a>',
        '<a id="여기"></a>여기',
    ],
)
def test_no_vague_link_text(text: str) -> None:
    assert places(text, "L014") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[여기](u)를 보라", "1:1 [여기](u)"),
        ("[여기를](u) 보라", "1:1 [여기를](u)"),
        ("[**여기**](u)", "1:1 [**여기**](u)"),
        ("[이 링크](u)", "1:1 [이 링크](u)"),
        ("[링크 2](u)", "1:1 [링크 2](u)"),
        ("[링크2](u)", "1:1 [링크2](u)"),
        ("[[link]](u)", "1:1 [[link]](u)"),
        ("[[link](u)]", "1:2 [link](u)"),
        ("[Here](u)", "1:1 [Here](u)"),
        ("[Click here!](u)", "1:1 [Click here!](u)"),
        ("[👉 여기](u)", "1:1 [👉 여기](u)"),
        ("[여기][a]\n\n[a]: u", "1:1 [여기][a]"),
        ('<a href="u">여기</a>', '1:1 <a href="u">'),
        ("> - [여기](#1)\r\n", "1:5 [여기](#1)"),
    ],
)
def test_vague_link_text(text: str, found: str) -> None:
    assert places(text, "L014") == [found]


def test_the_configuration_says_what_is_vague() -> None:
    config = Config(vague_link_texts=("문서",))
    assert places("[여기](u) [이 문서](u)", "L014", config) == ["1:9 [이 문서](u)"]


def test_one_vague_word_all_over_is_one_house_style() -> None:
    text = md("""
        - [링크](u)
        - [링크 2](v)
        - [here](w)
    """)
    assert causes(text, "L014") == ["링크", "링크", "here"]
