"""S001 unused-suppression: clean cases first, then what is found and in which words."""

from __future__ import annotations

import pytest

from tests.support.documents import messages, places


@pytest.mark.parametrize(
    "text",
    [
        "글\n\n<!-- dlcards: ignore M001 -->\n\n**과적합(x)**은\n",
        "글\n\n<!-- dlcards: ignore broken-emphasis -->\n\n**과적합(x)**은\n",
        "글\n\n<!-- dlcards: ignore -->\n\n**과적합(x)**은\n",
        "<!-- dlcards: ignore M001 -->\n\n글\n\n**과적합(x)**은\n",
        "<!-- markdownlint-disable MD013 -->\n\n글\n",
        "`<!-- dlcards: ignore M001 -->`\n",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "S001") == []


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (" M001", ["nothing to ignore: M001"]),
        ("", ["nothing to ignore: all rules"]),
        (" M0O1", ["no such rule: M0O1"]),
        (" M001, no-such-rule", ["nothing to ignore: M001", "no such rule: no-such-rule"]),
        (" M001 -- M002", ["nothing to ignore: M001"]),
        (" fix me -- 나중에", ["no such rule: fix, me; a reason goes after --"]),
        (
            ": M001",
            ["a comment that can't be read keeps nothing silent; write <!-- dlcards: ignore M001 -- why -->"],
        ),
    ],
)
def test_found(codes: str, said: list[str]) -> None:
    comment = f"<!-- dlcards: ignore{codes} -->"
    text = f"글\r\n\r\n{comment}\r\n\r\n글\r\n"
    assert places(text, "S001") == [f"3:1 {comment}"] * len(said)
    assert messages(text, "S001") == said
