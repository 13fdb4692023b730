"""All rules about contents at once: contents without fault, and what fixes make of any others."""

from __future__ import annotations

import re
from collections.abc import Callable

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.model import Config
from tests.linter.rules.contents.cases import CONTENTS, FIVE, QUESTIONS, listed, questions
from tests.support.documents import document, findings, markdownish, mend, only, places


def test_whole_contents_are_clean() -> None:
    for code in ("T001", "T002", "T003"):
        assert places(CONTENTS + QUESTIONS, code) == []
    entries = document(CONTENTS + QUESTIONS).contents
    assert entries is not None
    assert [(entry.target, entry.text, entry.depth) for entry in entries.entries] == [
        ("1", "하나?", 0),
        ("1-1", "하나의 하나?", 1),
        ("2", "둘 [a]?", 0),
    ]


FULL = listed("1 >1-1 >1-2 2 3 >3-1 >>3-1-1 4") + questions("1 1-1 1-2 2 3 3-1 3-1-1 4")


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        FULL.replace("\n", "\r\n"),
        FULL.replace("- [", "* ["),
        FULL.replace("  - [", "    - ["),
        listed("1 2 3 4 5") + FIVE,
        # A table is read by rows or by columns, nobody knows.
        "## 목차\n\n| | |\n|---|---|\n| [질문 1?](#1) | [질문 3?](#3) |\n| [질문 2?](#2) | [질문 4?](#4) |\n\n"
        + questions("1 2 3 4"),
        # Lists under labels are chosen, and may repeat.
        "## 목차\n\n**자주 나오는 질문**\n\n- [질문 2?](#2)\n\n**모두**\n\n- [질문 1?](#1)\n- [질문 2?](#2)\n\n"
        + questions("1 2"),
        "## 목차\n\n- 어려움\n  - [질문 2?](#2)\n- 쉬움\n  - [질문 1?](#1)\n\n" + questions("1 2"),
        "## 목차\n\n### 어려움\n\n- [질문 2?](#2)\n\n### 쉬움\n\n- [질문 1?](#1)\n\n---\n\n"
        + questions("1 2"),
        # A number and a title, both links.
        "## 목차\n\n- [1](#1) [질문 1?](#1)\n- [2](#2) [질문 2?](#2)\n\n"
        + questions("1 2").replace("####", "###"),
        # The contents are right and the document is not: that is for Q009.
        listed("1 2 3") + questions("1 3 2"),
        # Other headings in the contents.
        "# 면접\n\n## 목차\n\n- [면접](#면접)\n- [질문 1?](#1)\n- [부록](#부록)\n\n---\n\n"
        + questions("1")
        + "## 부록\n\n글\n",
        "## 목차\n\n- [질문 1?](#1)\n  * 정의\n  * 예\n- [질문 2?](#2)\n\n---\n\n" + questions("1 2"),
        # Chapters, not sub-questions.
        listed("1-1 1-2 2-1") + questions("1-1 1-2 2-1"),
        "# 설명서\n\n## 목차\n\n- [둘](#둘)\n- [하나](#하나)\n- [둘](#둘)\n\n## 하나\n\n글\n\n## 둘\n\n글\n",
    ],
)
def test_contents_without_fault(text: str) -> None:
    for code in ("T004", "T005", "T006", "T007"):
        assert places(text, code) == []


ONLY_CONTENTS = Config(ignore=("Q", "L", "I", "M", "K", "D", "S"))


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["1", "1-1", "1-2", "2", "2-1", "2-1-1", "3", "무"]))
    ),
    st.booleans(),
)
def test_whatever_the_contents_say_fixes_end_and_leave_whole_contents(
    entries: list[tuple[int, str]], crlf: bool
) -> None:
    text = listed(" ".join(">" * depth + id for depth, id in entries)) + questions("1 1-1 1-2 2 2-1 2-1-1 3")
    text = text.replace("\n", "\r\n") if crlf else text
    once = mend(text, ONLY_CONTENTS)
    assert mend(once, ONLY_CONTENTS) == once
    left = {finding.code for finding in findings(once, ONLY_CONTENTS)}
    # An indented line that begins the contents is code.
    if not entries or entries[0][0] < 2:  # else the contents begin with code
        assert not left & {"T002", "T003", "T007"}
    if all(depth == 0 and id != "무" for depth, id in entries):
        assert not left


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # No entry says which question it means.
        ("- [옛것](#a)\n- [또](#b)\n", "- [질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2)\n"),
        # Their order is not the document's.
        (
            "* [질문 2?](#c)\n* [질문 1?](#a)\n",
            "* [질문 1?](#1)\n  * [질문 1-1?](#1-1)\n* [질문 2?](#2)\n",
        ),
        # What stands beside an entry goes with it; beside one that is nobody's it stays.
        (
            "- [질문 2?](#c) — 중요\n  * 정의\n- [옛](#b) 언제?\n- [질문 1?](#a)\n\n메모\n",
            "- [질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2) — 중요\n  * 정의\n- [옛](#b) 언제?\n\n메모\n",
        ),
        # Numbers and titles.
        (
            "- [1](#a) [질문 1?](#a)\n- [2](#b) [질문 2?](#b)\n",
            "- [질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2)\n",
        ),
        # Groups that somebody chose stay.
        (
            "### 쉬움\n\n- [질문 2?](#b)\n\n### 어려움\n\n- [옛](#a)\n",
            "### 쉬움\n\n- [질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2)\n\n### 어려움\n\n- [옛](#a)\n",
        ),
        # Beside what is no list of its own nothing is written.
        (
            "| 글 |\n|---|\n| [질문 1?](#a) |\n",
            "| 글 |\n|---|\n| [질문 1?](#1) |\n",
        ),
        ("> - [질문 2?](#b)\n> - [질문 1?](#a)\n", "> - [질문 2?](#2)\n> - [질문 1?](#1)\n"),
        ("[질문 1?](#1) | [질문 2?](#2)\n", "[질문 1?](#1) | [질문 2?](#2)\n"),
        # Nor above code, which would be drawn into the list; it may look like an entry.
        ("\tgit clone x\n", "\tgit clone x\n"),
        ("\t- [질문 2?](#b)\n", "\t- [질문 2?](#b)\n"),
        ("   메모\n", "   메모\n"),
        # Notes are bullets, too, and an entry without a link has its place.
        ("* 메모\n", "* [질문 1?](#1)\n  * [질문 1-1?](#1-1)\n* [질문 2?](#2)\n* 메모\n"),
        ("- 질문 2?\n", "- [질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2)\n"),
        (
            "- 기초\n  - 질문 1?\n- 심화\n",
            "- 기초\n  - [질문 1?](#1)\n    - [질문 1-1?](#1-1)\n  - [질문 2?](#2)\n- 심화\n",
        ),
        ("- [질문 1?](#x)\n- 질문 2?\n", "- [질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2)\n"),
        ("- #1\n- #1-1\n- #2\n", "- [질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2)\n"),
        # Numbers in front, which stay as they are written.
        (
            "- 1. [질문 1?](#1)\n- 1-1. 질문 1-1?\n- #2 질문 2?\n",
            "- 1. [질문 1?](#1)\n- 1-1. [질문 1-1?](#1-1)\n- #2 [질문 2?](#2)\n",
        ),
        (
            "- [1. 질문 1?](#1)\n- [2. 질문 2?](#b)\n",
            "- [1. 질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [2. 질문 2?](#2)\n",
        ),
        ("메모\n", "- [질문 1?](#1)\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2)\n\n메모\n"),
        # What is nested below the entry before is its own.
        (
            "- [질문 1?](#1)\n  * 정의\n- [질문 2?](#2)\n",
            "- [질문 1?](#1)\n  * 정의\n  - [질문 1-1?](#1-1)\n- [질문 2?](#2)\n",
        ),
    ],
)
def test_entries_that_lead_nowhere_and_missing_ones_come_in_the_documents_order(
    before: str, after: str
) -> None:
    below = "\n---\n\n" + questions("1 1-1 2")
    assert mend(f"## 목차\n\n{before}{below}", ONLY_CONTENTS) == f"## 목차\n\n{after}{below}"


def test_sections_of_stale_contents_keep_their_questions() -> None:
    text = "## 목차\n\n- [기초](#x)\n  - [질문 2?](#y)\n- [심화](#w)\n\n---\n\n## 기초\n\n" + questions("1 2")
    text += "## 심화\n\n" + questions("3")
    assert mend(text, ONLY_CONTENTS).startswith(
        "## 목차\n\n- [기초](#기초)\n  - [질문 1?](#1)\n  - [질문 2?](#2)\n- [심화](#심화)\n  - [질문 3?](#3)\n\n---"
    )


def test_any_number_of_entries_is_written_at_once() -> None:
    ids = [str(number) for number in range(1, 151)]
    below = "\n---\n\n" + questions(" ".join(ids))
    whole = "".join(f"- [질문 {id}?](#{id})\n" for id in ids)
    assert mend(f"## 목차\n{below}", ONLY_CONTENTS) == f"## 목차\n\n{whole}{below}"


NUMBERED = questions("1 1-1 1-2 2 2-1 2-1-1 3")
_WORDS = st.sampled_from(
    [*(f"질문 {id}?" for id in ("1", "1-1", "2", "2-1-1", "3")), "옛 질문", "부록", "`a`"]
)
_BESIDE = st.sampled_from(
    ["", "", "", " — 메모{}", " 메모{} [x](http://a.b)", "\n{inner}* 메모{}", "\n\n{inner}메모{}"]
)


def contents_of(lines: list[tuple[int, str, str, str]], bullet: str) -> str:
    """A list of entries: depth, words, anchor, and what stands beside, with a number for ``{}``."""
    parts, before = [], -1
    for number, (deep, words, anchor, beside) in enumerate(lines):
        before = depth = min(deep, before + 1)
        indent, inner = " " * len(bullet) * depth, " " * len(bullet) * (depth + 1)
        parts.append(f"{indent}{bullet}[{words}](#{anchor}){beside.format(number, inner=inner)}\n")
    return f"## 목차\n\n{''.join(parts)}\n---\n\n"


def fixable(text: str) -> list[str]:
    return [finding.code for finding in findings(text, ONLY_CONTENTS) if finding.diagnostic.fix]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 2), _WORDS, st.just("어디"), _BESIDE), min_size=1, max_size=8),
    st.sampled_from(["- ", "* ", "-   ", "1. "]),
    st.booleans(),
)
def test_a_list_whose_entries_lead_nowhere_is_written_anew_with_what_stands_beside_them(
    lines: list[tuple[int, str, str, str]], bullet: str, crlf: bool
) -> None:
    text = contents_of(lines, bullet) + NUMBERED
    text = text.replace("\n", "\r\n") if crlf else text
    once = mend(text, ONLY_CONTENTS)
    assert fixable(once) == []
    assert mend(once, ONLY_CONTENTS) == once
    notes = [f"메모{number}" for number, line in enumerate(lines) if "메모" in line[3]]
    assert sorted(note for note in notes if once.count(note) == 1) == sorted(notes)
    assert "\n" not in once.replace("\r\n", "") if crlf else "\r" not in once
    listed = document(once).contents
    assert listed is not None
    whole = [pair.slug for pair in document(once).pairs]
    targets = [entry.target for entry in listed.entries if entry.target != "어디"]
    assert set(targets) == set(whole)
    if not notes:
        assert targets == whole
        assert findings(once, ONLY_CONTENTS) == []


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), _WORDS, st.sampled_from(["어디", "1", "2-1", "3"]), _BESIDE), max_size=8
    ),
    st.sampled_from(["- ", "* ", "1. "]),
)
def test_whatever_leads_where_nothing_fixable_is_left_and_no_note_is_lost(
    lines: list[tuple[int, str, str, str]], bullet: str
) -> None:
    once = mend(contents_of(lines, bullet) + NUMBERED, ONLY_CONTENTS)
    assert fixable(once) == []
    assert mend(once, ONLY_CONTENTS) == once
    for number, line in enumerate(lines):
        assert "메모" not in line[3] or once.count(f"메모{number}") == 1


_CONTAINERS: dict[str, Callable[[list[str]], list[str]]] = {
    "list": lambda lines: [f"- {line}" for line in lines],
    "loose": lambda lines: [f"* {line}\n" for line in lines],
    "ordered": lambda lines: [f"1. {line}" for line in lines],
    "numbered": lambda lines: [f"- {number}. {line}" for number, line in enumerate(lines, 1)],
    "one bullet": lambda lines: [
        f"{' -'[not number]} {number + 1}. {line}" for number, line in enumerate(lines)
    ],
    "group": lambda lines: ["- 갈래", *(f"  - {line}" for line in lines)],
    "quote": lambda lines: [f"> - {line}" for line in lines],
    "quote and more": lambda lines: ["> 1. " + "\n> 2. ".join(lines), "> 끝말"],
    "quote in a list": lambda lines: [f"- > - {line}" for line in lines],
    "table": lambda lines: ["| 글 |", "|---|", *(f"| {line} |" for line in lines)],
    "paragraph": lambda lines: lines,
    "code": lambda lines: [f"\t- {line}" for line in lines],
    "tags": lambda lines: ["<ul>", *(f"<li>{line}</li>" for line in lines), "</ul>"],
}


@given(
    st.sampled_from(list(_CONTAINERS)),
    st.lists(
        st.tuples(st.sampled_from("12345"), st.booleans()), max_size=4, unique_by=lambda entry: entry[0]
    ),
    st.sampled_from(["", "끝말\n", "\n메모\n", "\n   메모\n", "\n    코드\n", "\n- 비고\n", "\n> 인용\n"]),
    st.booleans(),
)
def test_an_entry_is_written_where_github_shows_it_as_one_and_all_else_as_before(
    container: str, entries: list[tuple[str, bool]], end: str, crlf: bool
) -> None:
    lines = [f"[질문 {id}?](#{id})" if linked else f"질문 {id}?" for id, linked in sorted(entries)]
    written = "\n".join(_CONTAINERS[container](lines) if lines else [])
    text = f"## 목차\n\n{written}\n{end}\n---\n\n{FIVE}"
    text = text.replace("\n", "\r\n") if crlf else text
    after = mend(text, only("T002"))
    listed_now = lacking(text) - lacking(after)
    shown = gfm(after)
    for id in listed_now:
        item = rf'<li>\s*(?:<p>)?<a href="#{id}">질문 {id}\?</a>(?:</p>)?\s*</li>\n'
        shown, count = re.subn(item, "", shown)
        assert count == 1
    # A list that is new has nothing but new entries; a blank line below it may belong to it now.
    assert loose(shown.replace("<ul>\n</ul>\n", "")) == loose(gfm(text))


def lacking(text: str) -> set[str]:
    return {question.split()[-1].rstrip("?") for question in places(text, "T002")}


def gfm(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text))


def loose(html: str) -> str:
    return re.sub(r"</?p>|\s+", "", html)


@given(markdownish, markdownish)
def test_any_contents_can_be_looked_at(before: str, entry: str) -> None:
    text = (
        f"{before}\n\n## 목차\n\n- [질문 2?](#2){entry}\n- [질문 1?](#1)\n  - {entry}[질문 1?](#1)\n\n---\n\n"
    )
    text += questions("1 2")
    once = mend(text, ONLY_CONTENTS)
    assert mend(once, ONLY_CONTENTS) == once
