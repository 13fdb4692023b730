"""L009 anchor-case: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.support.documents import FakeFiles, asked, mend, only, places

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
    assert places(text, "L009", asked("L009"), OTHER) == []


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
    assert places(text, "L009", asked("L009"), OTHER) == [found]
    assert mend(text, only("L009"), OTHER) == after
