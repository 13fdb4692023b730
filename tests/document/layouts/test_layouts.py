"""Where the questions stand in documents of every layout, and that each layout is told from the others."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given

from dlcards.document.build import build
from dlcards.document.layouts import LAYOUTS
from dlcards.document.text import block_text
from dlcards.lint.engine import lint
from dlcards.model import Config, Context, Document
from tests.support.documents import PATH, FakeFiles, document, markdownish, md

DOCUMENTS = {
    "native": """
        ## #1

        #### 하나?

        답 하나

        ## #2

        #### 둘?

        답 둘
    """,
    "heading": """
        # 운영체제

        ## 목차

        - [1. 프로세스란?](#1-프로세스란)

        ## 1. 프로세스란?

        답 하나

        ### 왜 그런가?

        덧붙인 답

        #### 참고 자료

        - [a](b)

        ### 2. 스레드란?

        답 둘

        # 네트워크
    """,
    "heading in list": """
        - ### Q1: 프로세스란?

          답 하나

          ```
          x
          ``

        - ### Q2: 스레드란?

          답 둘
    """,
    "heading with details": """
        ### What is a process?

        <details>
        <summary>답변</summary>

        답 하나

        </details>

        ### What is a thread?

        <details><summary>Answer</summary>

        답 둘

        </details>
    """,
    "details": """
        <details>
        <summary>프로세스란?</summary>

        답 하나

        <details><summary>더 보기</summary>

        안쪽

        </details>

        </details>

        <details>
        <summary><b>스레드란?</b></summary>
        <p>답 둘</p>
        </details>
    """,
    "details in list": """
        - 분류
          - <details><summary>프로세스란?</summary>

            답 하나

            </details>
          - <details><summary>스레드란?</summary>답 둘</details>
    """,
    "bold": """
        # 면접

        **프로세스란 무엇인가?**

        답 하나

        **스레드란 무엇인가?**

        답 둘
    """,
    "divided": """
        ---
        deck: CS
        ---

        프로세스란?

        . . .

        답 하나

        ---

        스레드란?

        %

        답 둘

        ---
    """,
}


def texts(found: Document) -> list[tuple[str, str]]:
    return [
        (pair.question, " ".join(" ".join(block_text(block) for block in pair.body).split()))
        for pair in found.pairs
    ]


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


def test_the_parts_of_heading_pairs() -> None:
    one, two = document(md(DOCUMENTS["heading"])).pairs
    assert (one.id, one.slug, one.question) == ("1-프로세스란", "1-프로세스란", "1. 프로세스란?")
    assert one.references_heading is not None
    assert "덧붙인 답" in " ".join(block_text(block) for block in one.body)
    assert "네트워크" not in " ".join(block_text(block) for block in two.body)


def test_a_fence_closed_with_two_backticks_in_a_list_item_loses_no_question() -> None:
    assert [q for q, _ in texts(document(md(DOCUMENTS["heading in list"])))] == [
        "Q1: 프로세스란?",
        "Q2: 스레드란?",
    ]


def test_nested_details_belong_to_their_answer() -> None:
    found = texts(document(md(DOCUMENTS["details"])))
    assert [question for question, _ in found] == ["프로세스란?", "스레드란?"]
    assert "안쪽" in found[0][1]


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


def test_a_configured_pattern_decides() -> None:
    text = "## 가\n\n답\n\n## 나\n\n답\n\n### 다?\n\n글\n"
    found = document(text, Config(layouts={"*": "heading"}, question_pattern="^(가|나)$"))
    assert [pair.question for pair in found.pairs] == ["가", "나"]


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
        assert pair.place in pair.span
    every = Context(
        Config(layouts={"*": layout}, select=("Q", "T", "L", "I", "M", "K", "D", "S")), FakeFiles()
    )
    for finding in lint(found, every):
        assert 0 <= finding.diagnostic.span.start <= finding.diagnostic.span.end <= len(source)


def test_every_layout_has_a_document_here() -> None:
    by_name_alone = {"file", "list"}
    assert {name.split()[0] for name in DOCUMENTS} | by_name_alone == set(LAYOUTS), "DOCUMENTS lacks a layout"


def test_a_rule_above_the_first_card_is_no_front_matter() -> None:
    text = "---\n과적합이란?\n\n. . .\n\n[외운](#없다) 상태다.\n\n---\n\n정규화란?\n\n. . .\n\n벌칙이다.\n\n---\n"
    deck = document(text)
    assert [pair.question for pair in deck.pairs] == ["과적합이란?", "정규화란?"]
    assert [link.url for link in deck.links] == ["#없다"]
