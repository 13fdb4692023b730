"""M017 accidental-strike: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import cmarkgfm
import pytest

from tests.support.documents import mend, only, places

CLEAN = [
    "16~32",
    "3 ~ 5, 6 ~ 7",
    "~취소~는 다르다",
    "값은 ~5,000원~ 4,000원",
    "~~취소~~는",
    "`1~2` `3~4`",
    "$a~b$ $c~d$",
    "```\n1~2 3~4\n```",
    "https://a.b/~x https://a.b/~y",
    "https://a.b/1~2, https://a.b/3~4",
    "[글](a~b) [글](c~d)",
    "안녕~ 반가워~",
    r"16\~32, 64\~128",
    "~는 ~이다",
    "~a~, ~b~",
    "~/a ~/b",
    "**3~4** 5~6",
    "<a href='1~2'> <b id='3~4'>",
    "| 1~2 | 3~4 |\n|---|---|\n| 5~6 | 7~8 |",
    "1~2\n\n3~4",
    "- 1~2\n- 3~4",
    "가격은 ~~100~~200원",
    "~~1~2개~~",
    "1~~2",
    "~취소 1\\~2개~",
]
STRUCK = [
    ("16~32개, 64~128개", ["1:3 ~32개, 64~"], r"16\~32개, 64\~128개"),
    ("월~금, 토~일", ["1:2 ~금, 토~"], r"월\~금, 토\~일"),
    ("약 ~5개와 3~4개", ["1:3 ~5개와 3~"], r"약 \~5개와 3\~4개"),
    ("1~2, 3~4, 5~6, 7~8", ["1:2 ~2, 3~", "1:12 ~6, 7~"], r"1\~2, 3\~4, 5\~6, 7\~8"),
    ("1~2, 3~4, 5~6", ["1:2 ~2, 3~"], r"1\~2, 3\~4, 5~6"),
    ("16~32\n64~128", ["1:3 ~32\n64~"], "16\\~32\n64\\~128"),
    ("~/bin:~/lib", ["1:1 ~/bin:~"], r"\~/bin:\~/lib"),
    ("x~N(0,1), y~N(0,1)", ["1:2 ~N(0,1), y~"], r"x\~N(0,1), y\~N(0,1)"),
    ("(3)~(5), (6)~(7)", ["1:4 ~(5), (6)~"], r"(3)\~(5), (6)\~(7)"),
    ("10:00~11:00, 12:00~13:00", ["1:6 ~11:00, 12:00~"], r"10:00\~11:00, 12:00\~13:00"),
    ("> - 16~32, 64~128", ["1:7 ~32, 64~"], r"> - 16\~32, 64\~128"),
    ("[1~2, 3~4](u)", ["1:3 ~2, 3~"], r"[1\~2, 3\~4](u)"),
    ("# 1~2, 3~4", ["1:4 ~2, 3~"], r"# 1\~2, 3\~4"),
    ("| 1~2, 3~4 |\n|---|", ["1:4 ~2, 3~"], "| 1\\~2, 3\\~4 |\n|---|"),
    ("1~~2, 3~~4", ["1:2 ~~2, 3~~"], r"1\~\~2, 3\~\~4"),
    (
        "2020~~2021년, 2022~~2023년",
        ["1:5 ~~2021년, 2022~~"],
        r"2020\~\~2021년, 2022\~\~2023년",
    ),
    ("`a` 1~2 `b` 3~4", ["1:6 ~2 `b` 3~"], r"`a` 1\~2 `b` 3\~4"),
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert places(text, "M017") == []


@pytest.mark.parametrize(("text", "found", "mended"), STRUCK)
def test_found_and_mended(text: str, found: list[str], mended: str) -> None:
    assert places(text, "M017") == found
    assert mend(text, only("M017")) == mended
    assert "<del>" in cmarkgfm.github_flavored_markdown_to_html(text)
    assert "<del>" not in cmarkgfm.github_flavored_markdown_to_html(mended)


@pytest.mark.parametrize(
    ("text", "mended", "struck"),
    [
        ("~삭제할 내용 1~2개~", r"~삭제할 내용 1\~2개~", "삭제할 내용 1~2개"),
        ("~삭제할 1~2개, 3~4개~ 남김", r"~삭제할 1\~2개, 3\~4개~ 남김", "삭제할 1~2개, 3~4개"),
        ("> - ~여러\n>   줄 1~2개~", "> - ~여러\n>   줄 1\\~2개~", "여러\n줄 1~2개"),
        ("| ~삭제할 1~2개~ |\n|---|", "| ~삭제할 1\\~2개~ |\n|---|", "삭제할 1~2개"),
        ("# ~**삭제**할 1~2개~", "# ~**삭제**할 1\\~2개~", "<strong>삭제</strong>할 1~2개"),
        ("`a~` ~삭제할 1~2개~", "`a~` ~삭제할 1\\~2개~", "삭제할 1~2개"),
    ],
)
def test_what_is_crossed_out_on_purpose_stays_so(text: str, mended: str, struck: str) -> None:
    assert places(text, "M017")
    assert mend(text, only("M017")) == mended
    assert f"<del>{struck}</del>" in cmarkgfm.github_flavored_markdown_to_html(mended)


def test_what_may_be_meant_gets_no_fix() -> None:
    text = "~5개와 3~4개, 안녕~"
    assert places(text, "M017") == ["1:1 ~5개와 3~"]
    assert mend(text, only("M017")) == text
