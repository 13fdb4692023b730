"""T004-T007: clean cases first, then what is found, and what the fixes write."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.document.build import build
from dlcards.lint.engine import lint
from dlcards.lint.fixes import fix
from dlcards.model import Config, Context
from tests.support.documents import PATH, FakeFiles, context, findings, markdownish, places

ONLY_CONTENTS = Config(ignore=("Q", "L", "I", "M", "K", "D", "S"))
CODES = ("T001", "T002", "T003", "T004", "T005", "T006", "T007")


def questions(ids: str) -> str:
    return "".join(f"## #{id}\n\n#### 질문 {id}?\n\n답\n\n---\n\n" for id in ids.split())


def listed(entries: str) -> str:
    """Contents from ``1 -1-1 2``: an entry for each id, a minus for each step of its depth."""
    lines = []
    for entry in entries.split():
        id = entry.lstrip(">")
        lines.append(f"{'  ' * (len(entry) - len(id))}- [질문 {id}?](#{id})\n")
    return f"## 목차\n\n{''.join(lines)}\n---\n\n"


def mended(text: str) -> str:
    return fix(PATH, text, context()).text


FIVE = questions("1 2 3 4 5")
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


@pytest.mark.parametrize(
    ("entries", "ids", "found", "after"),
    [
        ("2 1", "1 2", ["#2"], "1 2"),
        ("1 3 2 4", "1 2 3 4", ["#3"], "1 2 3 4"),
        ("4 5 1 2 3", "1 2 3 4 5", ["#4"], "1 2 3 4 5"),
        ("1 2 >2-2 >2-1 3", "1 2 2-1 2-2 3", ["#2-2"], "1 2 >2-1 >2-2 3"),
        ("2 >2-1 1 >1-1", "1 1-1 2 2-1", ["#2"], "1 >1-1 2 >2-1"),
        ("1 2 >1-1", "1 1-1 2", ["#2"], "1 >1-1 2"),
        ("3 2 1", "1 2 3", ["#3"], "1 2 3"),
        ("1 2 1-1", "1 1-1 2", ["#2"], "1 >1-1 2"),
        ("2 1 2", "1 2", ["#2"], "1 2"),
    ],
)
def test_another_order(entries: str, ids: str, found: list[str], after: str) -> None:
    text = listed(entries) + questions(ids)
    assert [place.partition("](")[2].rstrip(")") for place in places(text, "T004")] == found
    assert mended(text) == listed(after) + questions(ids)
    assert mended(text.replace("\n", "\r\n")) == (listed(after) + questions(ids)).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "lines",
    [
        "- [질문 2?](#2) ⭐\n- [질문 1?](#1)\n",
        "1. [질문 2?](#2)\n2. [질문 1?](#1)\n",
        "- [질문 2?](#2)\n\n- [질문 1?](#1)\n",
        "- [질문 2?](#2)\n  설명\n- [질문 1?](#1)\n",
        "> - [질문 2?](#2)\n> - [질문 1?](#1)\n",
        "[질문 2?](#2) · [질문 1?](#1)\n",
        "- [질문 2?](#2)\n- [질문 1?](#1)\n- [없는 질문?](#없음)\n",
    ],
)
def test_an_order_that_only_a_person_can_mend(lines: str) -> None:
    text = f"## 목차\n\n{lines}\n---\n\n" + questions("1 2")
    assert len(places(text, "T004")) == 1
    assert mended(text) == text


@pytest.mark.parametrize(
    ("entries", "ids", "found", "after"),
    [
        ("1 1-1 2", "1 1-1 2", ["#1-1"], "1 >1-1 2"),
        ("1 1-1 1-2 2", "1 1-1 1-2 2", ["#1-1", "#1-2"], "1 >1-1 >1-2 2"),
        ("1 >1-1 >>1-2 2", "1 1-1 1-2 2", ["#1-2"], "1 >1-1 >1-2 2"),
        ("1 >1-1 >1-1-1 2", "1 1-1 1-1-1 2", ["#1-1-1"], "1 >1-1 >>1-1-1 2"),
        ("1 >1-1 >2 3", "1 1-1 2 3", ["#2"], "1 >1-1 2 3"),
        ("1 >1-1 2 2-1", "1 1-1 2 2-1", ["#2-1"], "1 >1-1 2 >2-1"),
    ],
)
def test_another_nesting(entries: str, ids: str, found: list[str], after: str) -> None:
    text = listed(entries) + questions(ids)
    assert [place.partition("](")[2].rstrip(")") for place in places(text, "T005")] == found
    assert mended(text) == listed(after) + questions(ids)


def test_new_indents_are_like_the_others() -> None:
    text = "## 목차\n\n* [질문 1?](#1)\n    * [질문 1-1?](#1-1)\n* [질문 2?](#2)\n* [질문 2-1?](#2-1)\n\n"
    text += questions("1 1-1 2 2-1")
    assert mended(text) == text.replace("\n* [질문 2-1", "\n    * [질문 2-1")
    wide = "## 목차\n\n-   [질문 1?](#1)\n-   [질문 1-1?](#1-1)\n\n" + questions("1 1-1")
    assert mended(wide) == wide.replace("\n-   [질문 1-1", "\n    -   [질문 1-1")


def test_contents_without_any_nesting_are_one_cause() -> None:
    text = listed("1 1-1 1-2 2") + questions("1 1-1 1-2 2")
    document = build(PATH, text, Config())
    causes = [f.diagnostic.cause for f in lint(document, context()) if f.rule.code == "T005"]
    assert causes == ["flat", "flat"]
    nested = build(PATH, listed("1 >1-1 1-2 2") + questions("1 1-1 1-2 2"), Config())
    assert [f.diagnostic.cause for f in lint(nested, context()) if f.rule.code == "T005"] == [""]


@pytest.mark.parametrize(
    ("entries", "ids", "found", "after"),
    [
        ("1 2 1", "1 2", ["#1"], "1 2"),
        ("1 1", "1", ["#1"], "1"),
        ("1 1 1 2", "1 2", ["#1", "#1"], "1 2"),
        ("1 2 >2-1 2", "1 2 2-1", ["#2"], "1 2 >2-1"),
    ],
)
def test_a_question_twice(entries: str, ids: str, found: list[str], after: str) -> None:
    text = listed(entries) + questions(ids)
    assert [place.partition("](")[2].rstrip(")") for place in places(text, "T006")] == found
    assert mended(text) == listed(after) + questions(ids)
    assert mended(text.replace("\n", "\r\n")) == (listed(after) + questions(ids)).replace("\n", "\r\n")


def test_of_two_entries_the_one_with_the_questions_words_is_kept() -> None:
    text = "## 목차\n\n- [질문이 무엇인가](#1)\n- [질문 1?](#1)\n- [질문 2?](#2)\n\n" + questions("1 2")
    assert places(text, "T006") == ["3:3 [질문이 무엇인가](#1)"]
    assert mended(text) == text.replace("- [질문이 무엇인가](#1)\n", "")


def test_an_entry_that_names_another_question_is_not_a_second_one() -> None:
    text = "## 목차\n\n- [질문 1?](#1)\n- [질문 2?](#1)\n\n" + questions("1 2")
    assert places(text, "T006") == []
    assert places(text, "T003") == ["4:3 [질문 2?](#1)"]


def test_a_second_entry_with_others_below_it_stays() -> None:
    text = listed("1 2 1 >1-1") + questions("1 1-1 2")
    assert places(text, "T006") == ["3:3 [질문 1?](#1)"]
    assert mended(text) == listed("1 >1-1 2") + questions("1 1-1 2")
    both = listed("1 >1-1 1 >1-2 2") + questions("1 1-1 1-2 2")
    assert places(both, "T006") == ["5:3 [질문 1?](#1)"]
    assert mended(both) == both


def test_the_last_line_of_a_file_can_go() -> None:
    text = questions("1 2") + "## 목차\n\n- [질문 1?](#1)\n- [질문 2?](#2)\n- [질문 1?](#1)"
    assert mended(text) == text.removesuffix("\n- [질문 1?](#1)")


@pytest.mark.parametrize(
    "text",
    [
        questions("1 2 3 4"),
        listed("1") + FIVE,
        "[TOC]\n\n" + FIVE,
        "[[_TOC_]]\n\n" + FIVE,
        "<!-- toc -->\n\n" + FIVE,
        "<!-- START doctoc generated TOC -->\n<!-- END doctoc -->\n\n" + FIVE,
        "* 목록\n{:toc}\n\n" + FIVE,
        "# 질문들\n\n- 기초\n  - [1](#1)\n  - [2](#2)\n- [3](#3)\n\n" + FIVE,
        "# 질문들\n\n"
        + "".join(f"- [{n}](https://github.com/o/n/blob/main/a.md#{n})\n" for n in range(1, 6))
        + FIVE,
        "<details>\n<summary>목차</summary>\n"
        + "".join(f'<a href="#{n}">{n}</a>\n' for n in range(1, 6))
        + "</details>\n\n"
        + FIVE,
        "".join(f"<details>\n<summary>질문 {n}은?</summary>\n\n답\n\n</details>\n\n" for n in range(6)),
        "# 설명서\n\n" + "".join(f"## 절 {n}\n\n글\n\n" for n in range(9)),
    ],
)
def test_contents_are_there_or_not_needed(text: str) -> None:
    assert places(text, "T007") == []


def test_contents_may_stand_in_another_document() -> None:
    config = Config()
    readme = "# 면접\n\n" + "".join(f"- [질문 {n}?](answers/deep-learning.md#{n})\n" for n in range(1, 6))
    documents = (build(PurePosixPath("README.md"), readme, config), build(PATH, FIVE, config))
    codes = {finding.rule.code for finding in lint(documents[1], Context(config, FakeFiles(), documents))}
    assert "T007" not in codes
    alone = {finding.rule.code for finding in lint(documents[1], Context(config, FakeFiles(), documents[1:]))}
    assert "T007" in alone


@pytest.mark.parametrize(
    ("before", "place", "above", "below"),
    [
        ("", "1:1 ## #1", "", ""),
        ("\ufeff", "1:2 ## #1", "\ufeff", ""),
        ("---\ntitle: 면접\n---\n", "4:1 ## #1", "---\ntitle: 면접\n---\n\n", ""),
        ("# 면접\n\n", "1:1 # 면접", "# 면접\n\n", ""),
        ("# 면접\n\n글이다.\n\n---\n\n", "1:1 # 면접", "# 면접\n\n글이다.\n\n", "---\n\n"),
        ("# 면접\n글이다.\n", "1:1 # 면접", "# 면접\n글이다.\n\n", ""),
        ("글이다.\n\n## 소개\n\n글\n\n", "3:1 ## 소개", "글이다.\n\n", "## 소개\n\n글\n\n"),
        ("# 면접\n\n## 소개\n\n글\n\n", "1:1 # 면접", "# 면접\n\n", "## 소개\n\n글\n\n"),
    ],
)
def test_contents_are_written(before: str, place: str, above: str, below: str) -> None:
    ids = "1 1-1 1-1-1 2 2-1 3"
    text = before + questions(ids)
    assert places(text, "T007") == [place]
    contents = listed("1 >1-1 >>1-1-1 2 >2-1 3").removesuffix("---\n\n")
    expected = above + contents + below + questions(ids)
    assert mended(text) == expected
    assert mended(text.replace("\n", "\r\n")) == expected.replace("\n", "\r\n")
    for code in CODES:
        assert places(expected, code) == []


def test_written_contents_speak_the_documents_language_and_keep_markup() -> None:
    text = "# Interview\n\n" + "".join(
        f"### {n}. What is `x[{n}]` **really**?\n\nText.\n\n" for n in range(1, 7)
    )
    first = "- [1. What is `x[1]` **really**?](#1-what-is-x1-really)\n"
    assert mended(text).startswith(f"# Interview\n\n### Table of contents\n\n{first}")
    for code in CODES:
        assert places(mended(text), code) == []


def test_the_word_for_contents_comes_from_the_configuration() -> None:
    config = Config(contents_headings=("차례",))
    assert fix(PATH, FIVE, context(config)).text.startswith("## 차례\n\n- [질문 1?](#1)\n")
    assert places(FIVE, "T007", Config(contents_headings=())) == []


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
    once = fix(PATH, text, context(ONLY_CONTENTS)).text
    assert fix(PATH, once, context(ONLY_CONTENTS)).text == once
    left = {finding.rule.code for finding in findings(once, ONLY_CONTENTS)}
    assert not left & {"T002", "T003", "T007"}
    if all(depth == 0 and id != "무" for depth, id in entries):
        assert not left


@given(markdownish, markdownish)
def test_any_contents_can_be_looked_at(before: str, entry: str) -> None:
    text = (
        f"{before}\n\n## 목차\n\n- [질문 2?](#2){entry}\n- [질문 1?](#1)\n  - {entry}[질문 1?](#1)\n\n---\n\n"
    )
    text += questions("1 2")
    once = fix(PATH, text, context(ONLY_CONTENTS)).text
    assert fix(PATH, once, context(ONLY_CONTENTS)).text == once
