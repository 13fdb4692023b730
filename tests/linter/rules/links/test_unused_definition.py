"""L007 unused-definition: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.support.documents import mend, only, places


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
    assert mend(text, only("L007")) == (text if after is None else after)


def test_all_unused_definitions_are_removed_together() -> None:
    text = "[글][a]\n\n[a]: u\n" + "".join(f"[b{number}]: v\n" for number in range(40))
    assert mend(text, only("L007")) == "[글][a]\n\n[a]: u\n"
