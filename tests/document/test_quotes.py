"""Quotes that say what they are: read whole, or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.document.quotes import labelled_parts
from dlcards.document.text import block_text
from dlcards.markdown import parse
from dlcards.model import Config
from tests.support.documents import QUOTE_LINES

CONFIG = Config()


def parts(text: str) -> dict[str, list[str]]:
    """The words of a quote's parts, block by block."""
    (quote,) = (block for block in parse(text) if block.kind != "blank_line")
    return {
        name: ["/".join(block_text(block).split("\n")) for block in blocks if block.kind != "blank_line"]
        for name, blocks in labelled_parts(quote, CONFIG).items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "> 인용이다.",
        "> 핵심은 이것이다: 하나",
        "> 핵심어: 하나",
        '> "핵심: 하나"라고 했다.',
        "> (핵심: 하나)",
        "> 앞 글\n> 핵심: 하나",
        "> [핵심](#a): 하나",
        "> [!TIP] 핵심: 하나",
        "> [!abstract]\n> 핵심: 하나",
        "> [!TIP]",
        "> Tip: 하나",
        "> > 핵심: 하나",
        "> <mask> 핵심: 하나",
        "> - 핵심: 하나",
        "- 핵심: 하나",
        ">",
    ],
)
def test_no_label(text: str) -> None:
    assert parts(text) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("> 핵심: 하나", ["하나"]),
        ("> **핵심:** 하나", ["하나"]),
        ("> **핵심**: 하나", ["하나"]),
        ("> *핵심* ： 하나", ["하나"]),
        ("> __Summary:__ one", ["one"]),
        ("> **Summary:** one", ["one"]),
        ("> Summary: - one", ["- one"]),
        ("> <b>핵심:</b> 하나", ["하나"]),
        ("> 💡 **핵심:** 하나", ["하나"]),
        ("> **TL;DR** – one", ["one"]),
        ("> 핵심: ![그림](a.png) 하나", ["그림 하나"]),
        ("> **핵심: 하나** 둘", ["하나 둘"]),
        ("> **핵심**\n> 하나\n> 둘", ["하나둘"]),
        ("> 핵심\n>\n> 하나", ["하나"]),
        ("> ### 핵심\n> 하나", ["하나"]),
        ("> 핵심: 하나\n> 둘\n>\n> 셋\n>\n> - 넷", ["하나둘", "셋", "넷"]),
        ("> 핵심:\n>\n> ```\n> 하나\n> ```", ["하나/"]),
        ("> [!TIP]\n> 핵심: 하나\n>\n> 둘", ["하나", "둘"]),
        ("> [!note]\n>\n> **핵심:** 하나", ["하나"]),
        ("> 핵심: 하나\n>\n> 핵심: 둘", ["하나", "둘"]),
        ("> 핵심:", []),
    ],
)
def test_a_summary_is_all_of_its_quote(text: str, said: list[str]) -> None:
    assert [" ".join(words.split()) for words in parts(text)["summary"]] == said


@pytest.mark.parametrize("between", ["\n> ", "\n>\n> "])
def test_summary_and_hint_in_one_quote(between: str) -> None:
    assert parts(f"> 핵심: 하나{between}**힌트:** 둘{between}셋") in (
        {"summary": ["하나"], "hint": ["둘셋"]},
        {"summary": ["하나"], "hint": ["둘", "셋"]},
    )


_LINES = st.lists(st.sampled_from([*QUOTE_LINES, "![자](b.png)"]), max_size=8)


@given(_LINES)
def test_no_word_of_a_quote_is_lost_or_moved(lines: list[str]) -> None:
    text = "".join(f"> {line}\n" for line in ["핵심: 하", *lines])
    said = parts(text)

    def words(text: str) -> list[str]:
        return sorted(re.sub(r"핵심|힌트|\(b\.png\)|\W", "", text))

    assert words("".join(word for part in said.values() for word in part)) == words(text)


@pytest.mark.parametrize(
    "tag", ["<mask>", "<s>", "<int>", "<b>하나</b>", "<!-- 하나 -->", "<br>", "</s>", "![하나](a.png)"]
)
@pytest.mark.parametrize("label", ["핵심:", "**핵심:**", "**핵심**:", "<b>핵심</b>:", "핵심："])
def test_a_tag_behind_a_label_is_none_of_it(label: str, tag: str) -> None:
    (quote,) = (block for block in parse(f"> {label} {tag} 자리다.") if block.kind != "blank_line")
    ((paragraph,),) = labelled_parts(quote, CONFIG).values()
    first = "".join(node.raw for node in paragraph.children[0].walk())
    assert first.lstrip().startswith(tag[:2] if tag[0] == "<" else "하나")
