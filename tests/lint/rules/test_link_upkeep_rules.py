"""L006, L007, L009, L014: links that work, and could serve better."""

from __future__ import annotations

import pytest

from dlcards.lint.fixes import fix
from dlcards.model import Config
from tests.support.documents import PATH, FakeFiles, context, findings, md, places

OTHERS = ("Q", "T", "L", "I", "M", "K", "D", "S")


def mended(text: str, code: str, files: FakeFiles | None = None) -> str:
    return fix(PATH, text, context(Config(select=(code,), ignore=OTHERS), files)).text


def references(*entries: str) -> str:
    lines = ["## #1", "", "#### 질문?", "", "답이다.", "", "#### References", "", *entries]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        references("- [하나](https://a.b/c)", "- [둘](https://a.b/d)"),
        references("- [하나](https://a.b/c) — <https://a.b/c>"),
        references("- [하나](https://a.b/c)", "  https://a.b/c"),
        references("- [하나](https://a.b/c#x)", "- [둘](https://a.b/c#y)"),
        references("- [하나](https://a.b/c?v=1)", "- [둘](https://a.b/c?v=2)"),
        references("- [하나](https://a.b/C)", "- [둘](https://a.b/c)"),
        references("- [![그림](https://a.b/c.png)](https://a.b/d)", "- ![그림](https://a.b/c.png)"),
        references("- [하나][a]", "", "[a]: https://a.b/c"),
        references("- `https://a.b/c`", "- [둘](https://a.b/c)"),
        references("- [하나]()", "- [둘]()"),
        references("- [하나](https://a.b/c)") + references("- [하나](https://a.b/c)").replace("#1", "#2"),
        "[하나](https://a.b/c)\n\n[둘](https://a.b/c)\n",
    ],
)
def test_no_duplicate_link(text: str) -> None:
    assert places(text, "L006") == []


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (["- [하나](https://a.b/c)", "- [둘](https://a.b/c)"], ["10:3 [둘](https://a.b/c)"]),
        (["- [하나](https://a.b/c)", "- [둘](http://A.b/c/)"], ["10:3 [둘](http://A.b/c/)"]),
        (["- [하나](https://a.b/%EA%B0%80)", "- [둘](https://a.b/가)"], ["10:3 [둘](https://a.b/가)"]),
        (["- [하나](https://a.b/c)", "- https://a.b/c"], ["10:3 https://a.b/c"]),
        (["- <https://a.b/c>", "- 둘", "  - [셋](https://a.b/c)"], ["11:5 [셋](https://a.b/c)"]),
        (["[하나](https://a.b/c)", "", "[둘](https://a.b/c)"], ["11:1 [둘](https://a.b/c)"]),
        (["- [하나](u)", "- [둘](u)", "- [셋](u)"], ["10:3 [둘](u)", "11:3 [셋](u)"]),
        (["- [하나][a]", "- [둘][a]", "", "[a]: https://a.b/c"], ["10:3 [둘][a]"]),
        (
            ["| a |", "|---|", "| [하나](https://a.b/c) |", "| [둘](https://a.b/c) |"],
            ["12:3 [둘](https://a.b/c)"],
        ),
    ],
)
def test_duplicate_link(entries: list[str], found: list[str]) -> None:
    text = references(*entries)
    assert places(text, "L006") == found
    crlf = text.replace("\n", "\r\n")
    assert places(crlf, "L006") == found
    first = next(finding for finding in findings(text) if finding.rule.code == "L006")
    assert first.diagnostic.related[0].span.start < first.diagnostic.span.start


@pytest.mark.parametrize(
    "text",
    [
        "[글][a]\n\n[a]: u",
        "[글][A  B]\n\n[a b]: u",
        "[a][]\n\n[a]: u",
        "[a]\n\n[a]: u",
        "![그림][a]\n\n[a]: u",
        "[![그림][a]](v)\n\n[a]: u",
        "[`x`][a]\n\n[a]: u",
        "[[글] 하나][a]\n\n[a]: u",
        "> - [글][a]\n\n[a]: u",
        "> [글][긴\n> 라벨]\n\n[긴 라벨]: u",
        "| a |\n|---|\n| [글][a] |\n\n[a]: u",
        "# [글][a]\n\n[a]: u",
        "**[글][a]**\n\n[a]: u",
        "글\n\n[//]: # (주석)",
        "글\n\n[comment]: <> (주석)",
        "글[^1]\n\n[^1]: 각주",
        "글\n\n[^1]: 쓰이지 않는 각주",
        "글\n[a]: u",
        "`[a]: u`",
        "```\n[a]: u\n```",
    ],
)
def test_no_unused_definition(text: str) -> None:
    assert places(text, "L007") == []


@pytest.mark.parametrize(
    ("text", "found", "after"),
    [
        ("[글][a]\n\n[a]: u\n[b]: v\n", "4:1 [b]: v", "[글][a]\n\n[a]: u\n"),
        ("[글][a]\n\n[b]: v\n[a]: u\n", "3:1 [b]: v", "[글][a]\n\n[a]: u\n"),
        ("[글][a]\n\n[b]: v\n\n글\n\n[a]: u\n", "3:1 [b]: v", "[글][a]\n\n글\n\n[a]: u\n"),
        ("[글][a]\r\n\r\n[a]: u\r\n[b]: v\r\n", "4:1 [b]: v", "[글][a]\r\n\r\n[a]: u\r\n"),
        ("[글][a]\n\n[a]: u\n[b]: v\n  'title'\n글", "4:1 [b]: v", "[글][a]\n\n[a]: u\n글"),
        ("[글][a]\n\n[a]: u\n[A]: u\n", "4:1 [A]: u", "[글][a]\n\n[a]: u\n"),
        ("# 제목\n[b]: v\n[글][a]\n\n[a]: u\n", "2:1 [b]: v", "# 제목\n[글][a]\n\n[a]: u\n"),
        # Not removed: another address, a source that was meant to be seen, a label that is asked for.
        ("[글][a]\n\n[a]: u\n[A]: v\n", "4:1 [A]: v", None),
        ("글\n\n[1]: u\n", "3:1 [1]: u", None),
        ("[글][a] [글][bb]\n\n[a]: u\n[b]: v\n", "4:1 [b]: v", None),
        # Not removed: two lists would become one; a quote's lines are left alone.
        ("[글][a]\n\n- 하나\n\n[b]: v\n\n- 둘\n\n[a]: u\n", "5:1 [b]: v", None),
        ("[글][a]\n\n> [b]: v\n\n[a]: u\n", "3:3 [b]: v", None),
    ],
)
def test_unused_definition(text: str, found: str, after: str | None) -> None:
    assert places(text, "L007") == [found]
    assert mended(text, "L007") == (text if after is None else after)


def test_all_unused_definitions_are_removed_together() -> None:
    text = "[글][a]\n\n[a]: u\n" + "".join(f"[b{number}]: v\n" for number in range(40))
    assert mended(text, "L007") == "[글][a]\n\n[a]: u\n"


OTHER = FakeFiles(anchors_of={"answers/other.md": frozenset({"batch-normalization", "가", "two", "TWO"})})
NFD = "\u1100\u1161"  # 가, decomposed


@pytest.mark.parametrize(
    "text",
    [
        "[글](#two-words)\n\n# Two Words",
        "[글](#%EA%B0%80)\n\n# 가",
        "[글](#없음)\n\n# 가",
        "[글](#)\n\n# 가",
        "[글](#L10)",
        '[글](#Two)\n\n<a id="Two"></a>',
        "[글](other.md#batch-normalization)",
        "[글](https://a.b#Two)\n\n# Two",
        "![그림](a.svg#Two)\n\n# Two",
        "`[글](#Two)`\n\n# two",
        "[글](other.md#TWO)",
    ],
)
def test_no_anchor_case(text: str) -> None:
    assert places(text, "L009", Config(), OTHER) == []


@pytest.mark.parametrize(
    ("text", "found", "after"),
    [
        ("[글](#Two-words)\n\n# Two Words", "1:5 #Two-words", "[글](#two-words)\n\n# Two Words"),
        ("- [글](#TWO)\r\n\r\n# two\r\n", "1:7 #TWO", "- [글](#two)\r\n\r\n# two\r\n"),
        (f"[글](#{NFD})\n\n# 가", f"1:5 #{NFD}", "[글](#가)\n\n# 가"),
        ("[글](#%E1%84%80%E1%85%A1)\n\n# 가", "1:5 #%E1%84%80%E1%85%A1", "[글](#%EA%B0%80)\n\n# 가"),
        ("[글](#%e1%84%80%e1%85%a1)\n\n# 가", "1:5 #%e1%84%80%e1%85%a1", "[글](#%ea%b0%80)\n\n# 가"),
        ("[글](#user-content-Two)\n\n# two", "1:5 #user-content-Two", "[글](#user-content-two)\n\n# two"),
        ("[글](<#Two>)\n\n# two", "1:6 #Two", "[글](<#two>)\n\n# two"),
        ('<a href="#Two">글</a>\n\n# two', "1:10 #Two", '<a href="#two">글</a>\n\n# two'),
        ("[글][a]\n\n[a]: #Two\n\n# two", "3:6 #Two", "[글][a]\n\n[a]: #two\n\n# two"),
        (
            "[글](other.md#Batch-Normalization)",
            "1:5 other.md#Batch-Normalization",
            "[글](other.md#batch-normalization)",
        ),
        # Which of two it is can't be told.
        ("[글](other.md#Two)", "1:5 other.md#Two", "[글](other.md#Two)"),
        ("## 목차\n\n- [하나](#하나A)\n\n# 하나a", "3:8 #하나A", "## 목차\n\n- [하나](#하나a)\n\n# 하나a"),
    ],
)
def test_anchor_case(text: str, found: str, after: str) -> None:
    assert places(text, "L009", Config(), OTHER) == [found]
    assert mended(text, "L009", OTHER) == after


@pytest.mark.parametrize(
    "text",
    [
        "[Dropout 논문](u)",
        "[여기에서 시작하는 딥러닝](u)",
        "[링크드 리스트](u)",
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
    causes = [finding.diagnostic.cause for finding in findings(text) if finding.rule.code == "L014"]
    assert causes == ["링크", "링크", "here"]
