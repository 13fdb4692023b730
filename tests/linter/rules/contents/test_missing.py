"""T007 contents-missing: clean cases first, then what is found and what the fix writes."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.model import Config
from tests.linter.rules.contents.cases import FIVE, listed, questions
from tests.support.documents import PATH, asked, context_of, mend, places

ASKED = asked("T007")
CODES = ("T001", "T002", "T003", "T004", "T005", "T006", "T007")


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
    config = asked("T007")
    readme = "# 면접\n\n" + "".join(f"- [질문 {n}?](answers/deep-learning.md#{n})\n" for n in range(1, 6))
    documents = (build(PurePosixPath("README.md"), readme, config), build(PATH, FIVE, config))
    codes = {finding.code for finding in lint(documents[1], context_of(documents, config))}
    assert "T007" not in codes
    alone = {finding.code for finding in lint(documents[1], context_of(documents[1:], config))}
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
    assert mend(text, ASKED) == expected
    assert mend(text.replace("\n", "\r\n"), ASKED) == expected.replace("\n", "\r\n")
    for code in CODES:
        assert places(expected, code) == []


def test_written_contents_speak_the_documents_language_and_keep_markup() -> None:
    text = "# Interview\n\n" + "".join(
        f"### {n}. What is `x[{n}]` **really**?\n\nText.\n\n" for n in range(1, 7)
    )
    first = "- [1. What is `x[1]` **really**?](#1-what-is-x1-really)\n"
    assert mend(text, ASKED).startswith(f"# Interview\n\n### Table of contents\n\n{first}")
    for code in CODES:
        assert places(mend(text, ASKED), code) == []


def test_the_word_for_contents_comes_from_the_configuration() -> None:
    config = Config(select=("T007",), contents_headings=("차례",))
    assert mend(FIVE, config).startswith("## 차례\n\n- [질문 1?](#1)\n")
    assert places(FIVE, "T007", Config(select=("T007",), contents_headings=())) == []


def test_nobody_who_has_not_asked_gets_contents_written() -> None:
    assert mend(FIVE) == FIVE
