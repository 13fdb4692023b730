"""Callouts: what is one, where its parts stand, and how long it takes to find them."""

from __future__ import annotations

import pytest

from dlcards.linter.rules.markup.shared_callouts import callouts
from tests.support.documents import document


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("> [!NOTE]\n> 글", [("NOTE", "[!NOTE]", "", "", True)]),
        ("> [!tip]- 제목  \r\n> 글\r\n", [("tip", "[!tip]", "-", "제목", True)]),
        ("- > [!NOTE] 제목", [("NOTE", "[!NOTE]", "", "제목", False)]),
        ("> > [!NOTE]", [("NOTE", "[!NOTE]", "", "", False)]),
        ("> 글\n>\n> [!NOTE]", []),
        ("> [!NOTE](a.md) 제목", []),
        ("[!NOTE] 글", []),
    ],
)
def test_callouts(text: str, parts: list[tuple[str, str, str, str, bool]]) -> None:
    found = [
        (c.kind, c.label.of(text), c.fold.of(text), c.title.of(text), c.is_outermost)
        for c in callouts(document(text))
    ]
    assert found == parts


def test_of_equal_quotes_each_is_its_own() -> None:
    text = "> [!NOTE]\n> 글\n\n" * 3
    assert [callout.quote.span.start for callout in callouts(document(text))] == [0, 15, 30]
