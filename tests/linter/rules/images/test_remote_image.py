"""I004 remote-image: clean cases first, then what is found and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dlcards.model import Config
from tests.support.documents import FakeFiles, causes, places
from tests.support.repository import OWN


def question(text: str) -> str:
    return f"## #1\n\n#### 질문?\n\n{text}\n\n#### References\n\n- [글](u)\n"


REMOTE = "https://a.b/c.png"
ASKED = replace(OWN, select=("I004",))
ANOTHER_BRANCH = "https://raw.githubusercontent.com/owner/name/dev/a.png"


@pytest.mark.parametrize(
    "text",
    [
        question("![그림](images/a.png)"),
        question("![그림](/images/a.png)"),
        question("![그림](data:image/png;base64,AAAA)"),
        question("![그림](https://github.com/owner/name/blob/main/a.png)"),
        question("![그림](https://github.com/other/name/blob/main/a.png)"),
        question("![그림](https://github.com/owner/name/raw/main/a.png)"),
        question("![그림](https://raw.githubusercontent.com/owner/name/main/a.png)"),
        question("![그림](https://render.githubusercontent.com/render/math?math=x)"),
        question(f"[글]({REMOTE})"),
        question(f"`![그림]({REMOTE})`"),
        f"![그림]({REMOTE})",
        f"![배지]({REMOTE})\n\n" + question("답이다."),
    ],
)
def test_no_remote_image(text: str) -> None:
    assert places(text, "I004", ASKED) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"![그림]({REMOTE})", f"5:7 {REMOTE}"),
        (f'<img src="{REMOTE}">', f"5:11 {REMOTE}"),
        ("![그림](//a.b/c.png)", "5:7 //a.b/c.png"),
        (f"![그림][a]\n\n[a]: {REMOTE}", "5:1 ![그림][a]"),
        (f"> - ![그림]({REMOTE})", f"5:11 {REMOTE}"),
        (f"![그림]({ANOTHER_BRANCH})", f"5:7 {ANOTHER_BRANCH}"),
    ],
)
def test_remote_image(text: str, found: str) -> None:
    assert places(question(text), "I004", ASKED) == [found]
    assert places(question(text).replace("\n", "\r\n"), "I004", ASKED) == [found]


def test_pictures_of_one_host_are_one_house_style() -> None:
    text = question("![가](https://a.b/c.png) ![나](https://A.b/d.png) ![다](https://e.f/g.png)")
    assert causes(text, "I004") == ["a.b", "a.b", "e.f"]


def test_only_where_a_deck_is_made() -> None:
    text, found = question(f"![그림]({REMOTE})"), [f"5:7 {REMOTE}"]
    assert places(text, "I004", Config()) == []
    assert places(text, "I004", Config(deck="면접")) == found
    assert places(text, "I004", Config(), FakeFiles(frozenset({"answers/deck.lock"}))) == found
    assert places(text, "I004", Config(lock="x.lock"), FakeFiles(frozenset({"x.lock"}))) == found
    assert places(text, "I004", Config(deck="면접", ignore=("I",))) == []
