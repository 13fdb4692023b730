"""Pictures for a light page and for a dark one: a card has both, and shows one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.deck.cards.test_html import field, inlined
from tests.support.decks import answer, made, question
from tests.support.pictures import PNG

DAY, NIGHT = "a.png#gh-light-mode-only", "b.png#gh-dark-mode-only"
LIGHT_OF = "<source media='(prefers-color-scheme: light)' srcset='a.png 1x, c.png 2x'>"
DARK_OF = "<source media='(prefers-color-scheme: dark)' srcset='b.png'>"


def shown(html: str, theme: str) -> list[str]:
    """What pictures of a field are shown by ``day`` or by ``night``."""
    tags = re.findall(r"<img\b[^>]*>", html)
    other = {"day": "night", "night": "day"}[theme]
    return re.findall(r'src="([^"]*)"', " ".join(tag for tag in tags if f'class="{other}"' not in tag))


@pytest.mark.parametrize(
    ("text", "day", "night"),
    [
        ("![가](a.png) ![나](b.png)", ["a.png", "b.png"], ["a.png", "b.png"]),
        (f"![가]({NIGHT})", [NIGHT], [NIGHT]),  # rather one for the night than none
        (f"![가]({DAY})\n![가]({NIGHT})", [DAY], [NIGHT]),
        (f"![가]({NIGHT})\n\n![가]({DAY})", [DAY], [NIGHT]),
        (f"- ![가]({NIGHT}) 글\n- ![가]({DAY})", [DAY], [NIGHT]),
        (f"[![가]({NIGHT})](u) [![가]({DAY})](u)", [DAY], [NIGHT]),
        (f'<img src="{DAY}"><img src="{NIGHT}">', [DAY], [NIGHT]),
        (f'<p align="center">\n<img src="{DAY}" alt=가>\n<img alt=가 src="{NIGHT}">\n</p>', [DAY], [NIGHT]),
        (f"![가]({DAY}) ![나](c.png)\n\n![가]({NIGHT})", [DAY, "c.png"], ["c.png", NIGHT]),
        (f"<picture>\n{DARK_OF}\n<img src='a.png'>\n</picture>", ["a.png"], ["b.png"]),
        (f"<picture>\n{LIGHT_OF}\n<img src='b.png'>\n</picture>", ["a.png"], ["b.png"]),
        (f"<picture>{DARK_OF}{LIGHT_OF}<img src=c.png></picture>", ["a.png"], ["b.png"]),
        (f"글 <picture>{LIGHT_OF}<img src=b.png></picture> <img src=c.png>", ["a.png", "c.png"], ["b.png", "c.png"]),
        (f"> 글 <picture>{DARK_OF}<img alt=가></picture> <img src=c.png>", ["c.png"], ["c.png"]),
        (f"<picture>{DARK_OF}<img class='night' src=a.png></picture>", ["a.png"], ["b.png"]),
    ],
)  # fmt: skip
def test_one_of_both_is_shown(text: str, day: list[str], night: list[str]) -> None:
    html = field(text)
    assert [name for name in shown(html, "day") if name] == day
    assert [name for name in shown(html, "night") if name] == night


def test_also_in_a_question() -> None:
    html = inlined(f"글 ![가]({DAY}) ![가]({NIGHT})")
    assert (shown(html, "day"), shown(html, "night")) == ([DAY], [NIGHT])


def test_both_are_packed_with_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name, data in (("a.png", PNG), ("b.png", PNG + b"\0")):
        (tmp_path / "docs" / name).write_bytes(data)
    text = f'글\n\n<picture>\n{DARK_OF}\n<img src="a.png" alt="가 &amp; 나" width="40">\n</picture>'
    result = made(tmp_path, question(text))
    html = answer(result)
    (day,), (night,) = shown(html, "day"), shown(html, "night")
    assert day != night
    assert {day, night} == set(result.pictures)
    assert html.count('alt="가 &amp; 나" width="40"') == 2
