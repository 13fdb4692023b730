"""Pictures for a light page and for a dark one: one of both is on a card."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.deck.cards.test_html import field, inlined
from tests.support.decks import answer, made, question
from tests.support.pictures import PNG

DAY, NIGHT = "a.png#gh-light-mode-only", "b.png#gh-dark-mode-only"


def pictures(html: str) -> list[str]:
    """What pictures of a field name."""
    return re.findall(r'<img src="([^"]*)"', html)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![가](a.png) ![나](b.png)", ["a.png", "b.png"]),
        (f"![가]({NIGHT})", [NIGHT]),  # rather one for the night than none
        (f"![가]({DAY})\n![가]({NIGHT})", [DAY]),
        (f"![가]({NIGHT})\n\n![가]({DAY})", [DAY]),
        (f"- ![가]({NIGHT}) 글\n- ![가]({DAY})", [DAY]),
        (f"[![가]({NIGHT})](u) [![가]({DAY})](u)", [DAY]),
        (f'<img src="{DAY}"><img src="{NIGHT}">', [DAY]),
        (f'<p align="center">\n<img src="{DAY}" alt=가>\n<img alt=가 src="{NIGHT}">\n</p>', [DAY]),
        ("<picture>\n<source media='(prefers-color-scheme: dark)' srcset='b.png'>\n<img src='a.png'>\n</picture>", ["a.png"]),
        ("<picture>\n<source media='(prefers-color-scheme: light)' srcset='a.png 1x, c.png 2x'>\n<img src='b.png'>\n</picture>",
         ["a.png"]),
        ("<picture><source media='(prefers-color-scheme: light)' srcset=a.png><img src=b.png></picture> <img src=c.png>",
         ["a.png", "c.png"]),
        ("> 글 <picture><source media='(prefers-color-scheme: light)' srcset=a.png><img alt=가></picture> <img src=c.png>", ["c.png"]),
    ],
)  # fmt: skip
def test_one_of_both(text: str, shown: list[str]) -> None:
    assert [name for name in pictures(field(text)) if name] == shown


def test_also_in_a_question() -> None:
    assert pictures(inlined(f"글 ![가]({DAY}) ![가]({NIGHT})")) == [DAY]


def test_the_one_for_the_night_is_not_packed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name, data in (("a.png", PNG), ("b.png", PNG + b"\0")):
        (tmp_path / "docs" / name).write_bytes(data)
    result = made(tmp_path, question(f"글\n\n![가]({DAY})\n![가]({NIGHT})"))
    assert len(pictures(answer(result))) == len(result.pictures) == 1
