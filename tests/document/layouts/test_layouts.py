"""Where the questions stand in documents of every layout, and that each layout is told from the others."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given

from dlcards.document.build import build
from dlcards.document.layouts import LAYOUTS, is_one_question, made_of_files
from dlcards.linter.engine import lint
from dlcards.model import Config, Context, Document
from tests.document.layouts.cases import DOCUMENTS, texts
from tests.support.documents import PATH, FakeFiles, document, markdownish, md


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_layout_is_detected_and_its_questions_are_found(name: str) -> None:
    found = document(md(DOCUMENTS[name]))
    assert found.layout == name.split()[0]
    assert found.layout_detected
    assert len(found.pairs) == 2
    assert "하나" in texts(found)[0][1]
    assert "둘" in texts(found)[1][1]
    for pair, following in zip(found.pairs, found.pairs[1:], strict=False):
        assert pair.span.end <= following.span.start


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 제목\n\n글\n",
        "# 설치\n\n## 시작하기\n\n글\n\n## 왜 쓰는가?\n\n글\n\n## 라이선스\n\nMIT\n",
        "## 1. 소개\n\n글\n\n## 2. 설치\n\n글\n\n## 3. 사용\n\n글\n",
        "글\n\n---\n\n글\n\n---\n\n글\n",
        "- [a](b)\n- [c](d)\n",
        "**주의**\n\n글\n\n**끝**\n\n글\n",
        "**先懂原理。要掌握到什么程度？要能画出来。**\n\n글\n\n**Know it. How well? Until you can draw it.**\n\n글\n",
        # What articles have: a heading that asks among others, numbered advice, English words in Korean phrases.
        "# Docker\n\n## What is Docker\n\n글\n\n## Install\n\nb\n\n## Usage\n\nc\n\n## Conclusion\n\nd\n",
        "## 1. What Docker is\n\n글\n\n## 2. Install it\n\nb\n\n## 3. How to use\n\nc\n\n## 4. Conclusion\n\nd\n",
        "# 면접\n\n### 1. 칠판에 글을 쓰세요.\n\n글\n\n### 2. 알고리즘을 생각하십시오.\n\nb\n",
        "# CS\n\n## 프로세스와 스레드의 차이\n\n글\n\n## 특징\n\nb\n\n## 종류\n\nc\n",
        "# Python\n\n**is 연산자**\n\n글\n\n**can 통신**\n\nb\n",
        "# CPython\n\n{0}\n<details><summary>예제 보기</summary>a</details>\n\n{0}\n<details><summary>두 가지 가설</summary>b</details>\n\n{0}\n<details><summary>코드</summary>c</details>\n\n{0}\n<details><summary>카운터 증감</summary>d</details>\n".format(
            "긴 설명이 여기에 있다. " * 20
        ),
        "<details><summary>더 보기</summary>\n\n글\n\n</details>\n\n<details><summary>답변</summary>\n\n글\n\n</details>\n",
    ],
)
def test_other_documents_hold_no_questions(text: str) -> None:
    found = document(text)
    assert (found.layout, found.pairs) == ("", ())


def test_one_question_a_file() -> None:
    config = Config(layouts={"questions/*.md": "file"})
    titled = build(
        PurePosixPath("questions/a.md"),
        '---\ntitle: "프로세스란?"\n---\n\n답\n\n## 참고\n\n- [a](b)\n',
        config,
    )
    headed = build(PurePosixPath("questions/b.md"), "# 스레드란?\n\n답\n", config)
    other = build(PurePosixPath("other/b.md"), "# 스레드란?\n\n답\n", config)
    assert [texts(found) for found in (titled, headed, other)] == [
        [("프로세스란?", "답")],
        [("스레드란?", "답")],
        [],
    ]
    assert titled.pairs[0].references
    assert not headed.layout_detected


@pytest.mark.parametrize(
    ("front_matter", "question"),
    [
        ("question: Locks in a cluster", "Locks in a cluster"),
        (
            "id: 1\nquestion: 'It''s locked: \"why\"\n  and until when'\ntitle: x",
            'It\'s locked: "why" and until when',
        ),
        ("question: >-\n  Locks in\n  a cluster\nlist: [1]", "Locks in a cluster"),
    ],
)
def test_front_matter_that_names_a_question(front_matter: str, question: str) -> None:
    found = document(f"---\n{front_matter}\n---\n\nAn answer.\n\n### Solution\n\nIts end.\n")
    assert found.layout == "file"
    assert [one.question for one in found.pairs] == [question]
    assert texts(found)[0][1].startswith("An answer.")


@pytest.mark.parametrize("front_matter", ["question: [a, b]", "question:", "questions: 3", "title: question"])
def test_front_matter_that_names_none(front_matter: str) -> None:
    assert not document(f"---\n{front_matter}\n---\n\nText.\n").pairs


def test_a_heading_that_says_question_without_one() -> None:
    heading = "# Notes\n\n## Question\n\n- of style\n- of taste\n\n## Answers\n\nText.\n"
    assert not document(heading).pairs


def test_a_part_of_a_question_that_says_question() -> None:
    one = "## Question {}: A container\n\n### Question\n\nWhy does it stop?\n\n### Answer\n\nIt is full.\n\n"
    found = document("".join(map(one.format, range(1, 5))))
    assert (found.layout, len(found.pairs)) == ("heading", 4)


def test_choices_that_begin_like_questions() -> None:
    choices = "   - A. When it is full.\n   - B. If it is empty.\n   - C. When asked.\n\n"
    answer = "   <details><summary>Answer</summary>\n\n   A\n\n   - If not full\n   - If empty\n\n   </details>\n\n"
    text = "".join(f"{number}. When does lock {number} open?\n{choices}{answer}" for number in range(1, 7))
    assert len(document(text).pairs) == 6


def test_bold_questions_of_an_article_with_bold_labels_of_answers() -> None:
    article = (
        "# Locks\n\n## Use\n\n"
        + "They let one in.\n\n" * 80
        + "**Note well**\n\nIt waits.\n\n## Questions\n\n"
    )
    one = "**{0}. What is lock {0}?**\n\n**Answer:**\n- It is the lock {0}.\n\n"
    found = document(article + "".join(one.format(number) for number in range(1, 9)))
    assert (found.layout, len(found.pairs)) == ("bold", 8)


def test_what_nearly_fits_is_known() -> None:
    text = "".join(f"## {n}. Topic\n\ntext\n\n" for n in range(1, 6))
    found = document(text)
    assert not found.pairs
    assert [reading.layout for reading in found.readings] == ["heading"]
    configured = document(text, Config(layouts={"*": "heading"}))
    assert len(configured.pairs) == 5


def test_a_bold_line_like_the_questions_ends_an_answer() -> None:
    text = "**What is A?**\n\na\n\n**Easy ones**\n\ntext\n\n**What is B?**\n\nb\n"
    assert texts(document(text)) == [("What is A?", "a"), ("What is B?", "b")]


def test_contents_may_be_a_table_a_bare_list_or_grouped() -> None:
    table = document("## 목차\n\n| # | 질문 |\n|---|---|\n| 1 | [하나?](#1) |\n\n## #1\n\n#### 하나?\n\n답\n")
    assert table.contents is not None
    assert [entry.target for entry in table.contents.entries] == ["1"]
    bare = document("- [a](#a)\n- [b](#b)\n  - [c](#c)\n\n# a\n\n# b\n\n# c\n")
    assert bare.contents is not None
    assert [entry.depth for entry in bare.contents.entries] == [0, 0, 1]
    grouped = document("# 목차\n\n## 운영체제\n\n- [a](#a)\n\n## 네트워크\n\n- [b](#b)\n\n## a\n\n글\n")
    assert grouped.contents is not None
    assert [entry.target for entry in grouped.contents.entries] == ["a", "b"]
    assert document("- [a](#a)\n- 글\n- [c](#c)\n\n# a\n").contents is None


@pytest.mark.parametrize("layout", LAYOUTS)
@given(text=markdownish)
def test_no_layout_fails_on_any_text(layout: str, text: str) -> None:
    source = f"## #1\n\n#### 가?\n\n{text}\n\n<details><summary>나?</summary>\n\n{text}\n"
    found = build(PATH, source, Config(layouts={"*": layout}))
    for pair in found.pairs:
        assert 0 <= pair.span.start <= pair.span.end <= len(source)
        assert pair.span.holds(pair.place)
    every = Context(
        Config(layouts={"*": layout}, select=("Q", "T", "L", "I", "M", "K", "D", "S")), FakeFiles()
    )
    for finding in lint(found, every):
        assert 0 <= finding.diagnostic.span.start <= finding.diagnostic.span.end <= len(source)


def test_every_layout_has_a_document_here() -> None:
    elsewhere = {"file", "list"}
    assert {name.split()[0] for name in DOCUMENTS} | elsewhere == set(LAYOUTS), "DOCUMENTS lacks a layout"


def test_a_card_may_ask_with_code_alone() -> None:
    text = "무엇인가?\n\n. . .\n\n답 하나\n\n---\n\n```lua\n\nx = 1\nprint(x)\n```\n\n. . .\n\n`1`\n"
    _, code = document(text).pairs
    assert code.question == "x = 1"
    assert [block.kind for block in code.asked] == ["block_code"]
    (reading, *_) = document(text).readings
    assert reading.asking <= reading.questions == 2


def test_a_rule_above_the_first_card_is_no_front_matter() -> None:
    text = "---\n과적합이란?\n\n. . .\n\n[외운](#없다) 상태다.\n\n---\n\n정규화란?\n\n. . .\n\n벌칙이다.\n\n---\n"
    deck = document(text)
    assert [pair.question for pair in deck.pairs] == ["과적합이란?", "정규화란?"]
    assert [link.url for link in deck.links] == ["#없다"]


def test_the_reading_that_sees_all_of_another_and_more_wins() -> None:
    card = "### {}\n\n<details><summary>show</summary>\n\n```\nx\n```\n\n</details>\n\n"
    tasks = ["What is running", "Delete all pods", "How to list them", "Scale to three", "Explain the state"]
    text = "# Pods\n\n" + "".join(map(card.format, tasks))
    assert [pair.question for pair in document(text).pairs] == tasks


def test_two_questions_in_lines_are_enough_where_both_are_answered() -> None:
    prose = "A proxy stands in for another object. " * 30
    text = f"# Proxy\n\n{prose}\n\n## Interview\n\n- **Q:** Why?\n  **A:** Control.\n- **Q:** Where?\n  **A:** Remote.\n"
    assert texts(document(text)) == [("Why?", "Control."), ("Where?", "Remote.")]


def test_what_tells_how_to_take_part_asks_nothing() -> None:
    text = "".join(f"## What is {n}?\n\n{n}\n\n" for n in "ABCD")
    assert not build(PurePosixPath(".github/CONTRIBUTING.md"), text, Config()).pairs
    assert build(PurePosixPath("faq.md"), text, Config()).pairs


def test_a_folder_of_files_whose_names_ask() -> None:
    def files(names: list[str], config: Config, *, whole: bool = False) -> list[Document]:
        text = "# Lock\n\nIt lets one in.\n"
        return [build(PurePosixPath(f"Java/{name}.md"), text, config, whole=whole) for name in names]

    names = ["What is a lock", "How do you free a lock", "Explain fair locks", "Lock types"]

    def made(names: list[str]) -> set[PurePosixPath]:
        return made_of_files({one.path: is_one_question(one) for one in files(names, Config())})

    found = made(names)
    assert {path.stem for path in found} == set(names[:3])
    assert not made(["what-is-a-lock", "Lock", "Locks", "What is a lock"])
    pairs = [texts(one)[0] for one in files(names[:1], Config(), whole=True)]
    assert pairs == [("What is a lock", "It lets one in.")]
