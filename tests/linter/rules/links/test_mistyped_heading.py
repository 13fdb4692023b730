"""L016 mistyped-heading: clean cases first, then which side is mended where a heading and links disagree."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linter.rules.contents.cases import listed, questions
from tests.support.documents import findings, mend, place_of, places

# What finds that a heading, the contents and links disagree about a question.
CONFLICTS = ("Q006", "Q008", "Q009", "T001", "T002", "T003", "T004", "L001", "L016")
IDS = "1 2 2-1 2-2 3 4 4-1 5 6 7 8 9 10 11 12 13"
NATIVE = listed(re.sub(r"(\d+-)", r">\1", IDS)) + questions(IDS)
FEW = "1 2 2-1 2-2 3 4 5"
SMALL = listed(re.sub(r"(\d+-)", r">\1", FEW)) + questions(FEW)

KOREAN = [
    f"{n}. {name}{mark}"
    for n, (name, mark) in enumerate(
        [("과적합이란", "?"), ("정규화를 하는 이유는", "?"), ("경사 하강법은", "?"), ("활성화 함수란", "?")],
        1,
    )
]
ENGLISH = ["1. What is overfitting?", "2. Why regularize?", "3. How does descent work?", "4. What is ReLU?"]
JAPANESE = ["1. 過学習とは何か", "2. 正則化の目的は", "3. 勾配降下法とは", "4. 活性化関数とは"]
SPANISH = [
    "1. ¿Qué es el sobreajuste?",
    "2. ¿Por qué regularizar?",
    "3. ¿Qué es el descenso?",
    "4. ¿Qué es ReLU?",
]


def _slug(words: str) -> str:
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def numbered(titles: list[str]) -> str:
    """A document whose headings are numbered, with contents."""
    contents = "".join(f"- [{title}](#{_slug(title)})\n" for title in titles)
    return f"## Contents\n\n{contents}\n" + "".join(f"## {title}\n\nAn answer.\n\n" for title in titles)


def conflicts(text: str) -> list[str]:
    """The code and the place of each finding about headings and links that disagree."""
    return [f"{f.code} {place_of(f)}" for f in findings(text) if f.code in CONFLICTS]


@pytest.mark.parametrize("text", [NATIVE, *map(numbered, (KOREAN, ENGLISH, JAPANESE, SPANISH))])
def test_what_agrees_is_clean(text: str) -> None:
    assert conflicts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        # The question is gone, and what leads there is left: no heading is wrong.
        NATIVE.replace(questions("7"), ""),
        NATIVE.replace(questions("13"), ""),
        NATIVE.replace(questions("1"), ""),
        # A link that leads to no question at all.
        NATIVE + "[글](#99)와 [글](#99)\n",
        # Another wording is no slip: the contents are old.
        numbered(ENGLISH).replace("## 2. Why regularize?", "## 2. What is weight decay good for?"),
        # Something leads to the heading as it is.
        numbered(ENGLISH).replace("## 2. Why", "## 22. Why") + "[see](#22-why-regularize)\n",
    ],
)
def test_no_heading_is_blamed_for_what_links_get_wrong(text: str) -> None:
    assert places(text, "L016") == []


@pytest.mark.parametrize("titles", [KOREAN, ENGLISH, JAPANESE, SPANISH])
@pytest.mark.parametrize("wrong", ["33.", "8.", "4.", "2.", "30."])
def test_a_number_in_a_numbered_heading_is_mended(titles: list[str], wrong: str) -> None:
    text = numbered(titles)
    spoilt = text.replace("## 3.", f"## {wrong}")
    [found] = places(spoilt, "L016")
    assert found.endswith(f"## {wrong}{titles[2][2:]}")
    assert conflicts(spoilt) == [f"L016 {found}"]
    assert mend(spoilt) == text


@pytest.mark.parametrize("count", [1, 2, 5])
def test_one_heading_or_five_links(count: int) -> None:
    """`#12-33` in one place and `#12-3` in five, and the other way round."""
    ids = "11 12 12-1 12-2 12-3 13"
    text = questions(ids).replace("답\n", "[답](#12-3)\n", count)
    spoilt = text.replace("## #12-3\n", "## #12-33\n")
    assert conflicts(spoilt) == [f"L016 {places(spoilt, 'L016')[0]}"]
    assert mend(spoilt) == text
    wrong_link = text.replace("(#12-3)", "(#12-33)", 1)
    assert [found.split()[0] for found in conflicts(wrong_link)] == ["L001"]
    assert mend(wrong_link) == wrong_link  # a link in a sentence is for its author


def test_what_the_text_says_elsewhere_tells_which_word_is_mistyped() -> None:
    text = "# Notes\n\nSee [it](#overfitting-in-nets).\n\n## Overfitting in nets\n\nOverfitting hurts.\n"
    assert places(text.replace("## Overfitting", "## Overfiting"), "L016") == ["5:1 ## Overfiting in nets"]
    assert places(text.replace("#overfitting", "#overfiting"), "L016") == []
    assert places(text.replace("#overfitting", "#overfiting"), "L001") == ["3:10 #overfiting-in-nets"]


def test_where_nothing_tells_both_are_named_and_nothing_is_fixed() -> None:
    text = "# Notes\n\nSee [it](#rare-thing).\n\n## Rare thinge\n\nWords.\n"
    [found] = [f for f in findings(text) if f.code in CONFLICTS]
    assert (found.code, place_of(found)) == ("L001", "3:10 #rare-thing")
    assert "did you mean" not in found.diagnostic.message.en
    assert [related.span.of(text) for related in found.diagnostic.related] == ["## Rare thinge"]
    assert found.diagnostic.fix is None


def test_a_question_whose_heading_is_mistyped_still_makes_cards() -> None:
    spoilt = NATIVE.replace("## #5\n", "## #55\n")
    assert [f.diagnostic.spares_cards for f in findings(spoilt) if f.code == "L016"] == [True]


@given(st.sampled_from(FEW.split()), st.from_regex(r"[1-9][0-9]?(-[1-9])?", fullmatch=True), st.booleans())
def test_a_spoilt_number_is_found_where_it_is_and_the_repair_restores_it(
    id_: str, wrong: str, in_heading: bool
) -> None:
    """Whatever number is put in place of one of a healthy document, no repair but the right one is made."""
    before, after = (f"## #{id_}\n", f"## #{wrong}\n") if in_heading else (f"](#{id_})\n", f"](#{wrong})\n")
    spoilt = SMALL.replace(before, after, 1)
    if wrong == id_:
        return
    line = SMALL[: SMALL.index(before)].count("\n") + 1
    found = [f for f in findings(spoilt) if f.code in CONFLICTS]
    spans = [s for f in found for s in (f.diagnostic.span, *(r.span for r in f.diagnostic.related))]
    assert line in {spoilt.count("\n", 0, span.start) + 1 for span in spans}
    assert mend(spoilt) in (SMALL, spoilt)


@pytest.mark.parametrize(
    ("heading", "links"),
    [
        # No heading has such an anchor, whoever writes it and how often.
        ("C#", "[top](#C#) [top](#C#)"),
        ("What is node.js", "[a](#what-is-node.js) [b](#what-is-node.js)"),
        ("What is it?", "[a](#what-is-it?) [b](#what-is-it?)"),
        ("손실이란?", "[가](#손실이란?) [나](#손실이란?)"),
        # The link says what the heading says, with or without what stands in front: its address is wrong.
        ("5. What is a List<T>?", "[What is a List<T>?](#5-what-is-a-listt)"),
        ("Q. What is a request?", "[What is a request?](#q-what-is-a-reqest)"),
        ("손실 함수란?", "[손실 함수란](#손실-한수란)"),
        # What is said by dead links alone speaks for none of them.
        ("A request", "[a](#a-reqest) [what reqest](#what-reqest)\n\nA request is sent.\n\n# What request"),
    ],
)
def test_a_heading_is_right_where_its_links_cannot_be(heading: str, links: str) -> None:
    text = f"# {heading}\n\nText.\n\n{links}\n"
    found = [f for f in findings(text) if f.code in CONFLICTS]
    assert {f.code for f in found} == {"L001"}
    assert not [f for f in found if "nothing tells" in f.diagnostic.message.en]


def test_a_link_that_leaves_out_the_mistyped_word_says_nothing_of_it() -> None:
    text = "# Deep lerning basics\n\nOf learning.\n\n[basics](#deep-learning-basics)\n"
    assert places(text, "L016") == ["1:1 # Deep lerning basics"]
