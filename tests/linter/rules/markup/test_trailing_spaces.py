"""M010 trailing-spaces: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.support.documents import mend, only, places


@pytest.mark.parametrize(
    "text",
    [
        "글\n글",
        "글 \n글",
        "글\\\n글",
        "글<br>\n글",
        "# 제목  \n\n글",
        "| a |  \n|---|  \n| 1 |  ",
        "```text\nx  \ny  \n```",
        "    x  \n    y",
        "  \n  \n글",
        "- 항목\n\n  \n- 항목",
        "<div>  \n글  \n</div>",
        "`코드  \n코드`",
        "> [!NOTE]  \n> 글",
        "> [!INFO]   \r\n> 글\r\n",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M010") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("글  \n글", ["1:2   "]),
        ("글   \r\n글", ["1:2    "]),
        ("> - 글  \n>   글", ["1:6   "]),
        ("> [!NOTE] 제목  \n> 글", ["1:13   "]),
        ("글  \n\n글", ["1:2   "]),
        ("- 글  \n- 글", ["1:4   "]),
        ("글  ", ["1:2   "]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert places(text, "M010") == found


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("글  \n글", "글\\\n글"),
        ("글   \r\n글  \r\n", "글\\\r\n글\r\n"),
        ("> - 글  \n>   글  \n", "> - 글\\\n>   글\n"),
        ("글\\\\  \n글", "글\\\\  \n글"),
        ("https://a.b/c  \n글", "https://a.b/c  \n글"),
        ("[글](https://a.b)  \n글", "[글](https://a.b)\\\n글"),
        ("- 글  \n  - 글  \n", "- 글\n  - 글\n"),
    ],
)
def test_mended(text: str, fixed: str) -> None:
    assert mend(text, only("M010")) == fixed
