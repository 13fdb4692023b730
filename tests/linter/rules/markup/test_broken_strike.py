"""M018 broken-strike: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from tests.support.documents import mend, only, places

CLEAN = [
    "~~취소~~는",
    "~~취소~~(x)는",
    "~~취소(x)~~ 는",
    "~~취소(x)~~.",
    "<del>취소(x)</del>는",
    "`~~취소(x)~~는`",
    "~~~\n~~취소(x)~~는\n~~~",
    r"\~\~취소(x)\~\~는",
    "안녕~~ 반가워~~",
    "네~~ 그래요~~요",
    "16~32(개)는",
    "~~여러\n줄~~은",
    "안녕~~(웃음)\n반가워~~요",
    "~~여러\n\n줄(x)~~는",
]
BROKEN = [
    ("~~취소(x)~~는", "1:1 ~~취소(x)~~", "<del>취소(x)</del>는"),
    ('~~"인용"~~을', '1:1 ~~"인용"~~', '<del>"인용"</del>을'),
    ("~~90%~~는", "1:1 ~~90%~~", "<del>90%</del>는"),
    ("~~`x`~~는", "1:1 ~~`x`~~", "<del>`x`</del>는"),
    ("~~$x$~~는", "1:1 ~~$x$~~", "<del>$x$</del>는"),
    ("~~**굵게**~~는", "1:1 ~~**굵게**~~", "<del>**굵게**</del>는"),
    ("앞 ~~ 낱말 ~~ 뒤", "1:3 ~~ 낱말 ~~", "앞 ~~낱말~~ 뒤"),
    ("앞~~(괄호)~~뒤", "1:2 ~~(괄호)~~", "앞<del>(괄호)</del>뒤"),
    ("> - ~~취소(x)~~는", "1:5 ~~취소(x)~~", "> - <del>취소(x)</del>는"),
    ("| ~~취소(x)~~는 |\n|---|", "1:3 ~~취소(x)~~", "| <del>취소(x)</del>는 |\n|---|"),
    ("~~여러\n줄(x)~~는", "1:1 ~~여러\n줄(x)~~", "<del>여러\n줄(x)</del>는"),
    ("> ~~여러\n> 줄(x)~~는", "1:3 ~~여러\n> 줄(x)~~", "> <del>여러\n> 줄(x)</del>는"),
    ("~~여러\r\n줄 `x`~~는", "1:1 ~~여러\r\n줄 `x`~~", "<del>여러\r\n줄 `x`</del>는"),
    ("~~정상~~ 그리고 ~~취소(x)~~은", "1:12 ~~취소(x)~~", "~~정상~~ 그리고 <del>취소(x)</del>은"),
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert places(text, "M018") == []


@pytest.mark.parametrize(("text", "place", "mended"), BROKEN)
def test_found_and_mended(text: str, place: str, mended: str) -> None:
    assert places(text, "M018") == [place]
    assert mend(text, only("M018")) == mended
    shown = cmarkgfm.github_flavored_markdown_to_html(mended, options=Options.CMARK_OPT_UNSAFE)
    assert "~~" not in shown
    assert "<del>" in shown


def test_two_in_one_line() -> None:
    assert mend("~~a(x)~~는 ~~b(y)~~도", only("M018")) == "<del>a(x)</del>는 <del>b(y)</del>도"
