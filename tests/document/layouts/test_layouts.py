"""Where the questions stand in documents of every layout, and that each layout is told from the others."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given

from dlcards.document.answers import is_answered
from dlcards.document.build import build
from dlcards.document.layouts import LAYOUTS, made_of_files
from dlcards.document.text import block_text
from dlcards.lint.engine import lint, valid_pairs
from dlcards.model import Config, Context, Document, Severity
from dlcards.reports.readings import nearly
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
    "details whose summary ends in a list": """
        <details>
        <summary>다음을 설명하라:

          * 프로세스
          * 스레드</summary><br><b>

          * 프로세스: 답 하나
          * 스레드: 또 하나
        </b></details>

        <details>
        <summary>다음은 무엇인가:

        - 코루틴</summary><br>
        - 코루틴은 답 둘
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
    "heading in numbered list": """
        1. ### What is hoisting

            답 하나

        2. ### Explain closures

          답 둘
    """,
    "heading that asks in other words": """
        ### What is TCP?

        답 하나

        ### Explain the handshake

        답 둘
    """,
    "bold in list": """
        - **What is a process?**

          답 하나

        - **What is a thread?**

          답 둘
    """,
    "details closed in a list": """
        <details>
        <summary>What is a process?</summary><br><b>

        - 답 하나
        </b></details>

        <details>
        <summary>Name three states of it</summary><br><b>

        답 둘
        </b></details>
    """,
    "dialogue": """
        Q: 프로세스란?
        A: 답 하나

        문) 스레드란?

        답) 답 둘
    """,
    "dialogue of headings": """
        ## Locks

        ### Question

        What does a lock do?

        ```
        lock()
        ```

        ---

        ### Answer

        ### 1. Overview

        답 하나

        ### Question

        Name two kinds

        ### Answer

        답 둘

        ## Others
    """,
    "folded": """
        1. Apa hasilnya?

        ```js
        1
        ```

        - A: 1
        <details><summary><b>Jawaban</b></summary>

        #### Jawaban: A

        답 하나

        </details>

        ---

        2. Apa hasilnya sekarang?

        <details><summary><b>Jawaban</b></summary>답 둘</details>
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


def test_headings_that_only_number_a_question() -> None:
    quiz = "### Question {}\n\nWhich lock is it?\n\n- [x] one\n- [ ] another\n\n"
    coded = (
        "### Frage 3: Sperren\n\nWähle die Sperre.\n\n```\nlock()\n```\n\n- [ ] eine\n- [x] die andere\n\n"
    )
    told = "### Question 4\n\nLocks let one in.\n\nOthers wait.\n"
    pairs = document(quiz.format(1) + quiz.format(2) + coded + told).pairs
    assert [" ".join(" ".join(map(block_text, pair.asked)).split()) for pair in pairs] == [
        "Which lock is it?",
        "Which lock is it?",
        "Wähle die Sperre. lock()",
        "",
    ]
    assert all(pair.body for pair in pairs)


def test_of_three_headings_two_that_ask_say_nothing_of_the_third() -> None:
    pairs = document(
        "## What is a lock?\n\ntext\n\n## What is a key?\n\ntext\n\n## Using both\n\ntext\n"
    ).pairs
    assert [pair.question for pair in pairs] == ["What is a lock?", "What is a key?"]


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


def test_a_title_that_stands_twice_is_no_answer() -> None:
    config = Config(layouts={"*": "file"})
    found = document("---\ntitle: 프로세스란?\n---\n\n# 프로세스란?\n", config)
    assert texts(found) == [("프로세스란?", "")]
    assert not is_answered(found.pairs[0], config)


@pytest.mark.parametrize(
    "label", ["Answer", "Antwort", "Respuesta", "答案", "Jawaban", "정답 보기", "Solution 1", "คำตอบ"]
)
def test_a_fold_that_announces_an_answer_is_no_question(label: str) -> None:
    card = (
        "### {}\n\n```\n{}\n```\n\n- A: 1\n<details><summary><b>"
        + label
        + "</b></summary>\n\n### Answer: A\n\n답\n\n</details>\n"
    )
    found = document(card.format("What's the output?", 1) + "\n" + card.format("Hoisting", 2))
    assert found.layout == "heading"
    assert [pair.question for pair in found.pairs] == ["What's the output?", "Hoisting"]
    assert [[block.kind for block in pair.asked] for pair in found.pairs] == [["block_code", "list"]] * 2
    assert all("답" in answer for _, answer in texts(found))


def test_a_question_above_a_fold_may_stand_in_html() -> None:
    card = "<div dir='rtl'>\n{}\n</div>\n\n- A: {}\n\n<details><summary>الإجابة</summary>\n\nنعم\n\n</details>\n\n---\n\n"
    found = document(
        card.format("1. ما هي &lt;b&gt;؟", 1) + card.format("2. القيمة", 2) + card.format("ماهو الناتج؟", 3)
    )
    assert found.layout == "folded"
    assert [pair.question for pair in found.pairs] == ["1. ما هي <b>؟", "2. القيمة", "ماهو الناتج؟"]
    assert [[block.kind for block in pair.asked] for pair in found.pairs] == [["list"]] * 3


def test_a_fold_that_only_adds_to_an_answer_leaves_it_on_the_back() -> None:
    text = "### What is {}?\n\n답\n\n<details><summary>예제 보기</summary>\n\n코드\n\n</details>\n\n"
    found = document(text.format("A") + text.format("B"))
    assert [pair.asked for pair in found.pairs] == [(), ()]
    assert [pair.question for pair in found.pairs] == ["What is A?", "What is B?"]


def test_numbers_that_start_again_are_judged_by_themselves() -> None:
    text = "### 1. 정규화란?\n\n글\n\n#### 1-1. 왜 하는가?\n\n글\n\n### 2. 단점은?\n\n글\n\n"
    text += "## NoSQL\n\n글\n\n### 1. Key-Value Model\n\n글\n\n### 2. Document Model\n\n글\n\n### 3. Column Model\n\n글\n"
    assert [pair.question for pair in document(text).pairs] == [
        "1. 정규화란?",
        "1-1. 왜 하는가?",
        "2. 단점은?",
    ]


def test_folds_end_where_they_were_closed_or_should_have_been() -> None:
    fold = "<details>\n<summary>What is {0}?</summary><br><b>\n\n{0}{1}\n\n"
    text = (
        fold.format("A", "\n- x\n</b></details>")
        + fold.format("B", "\n</b>")
        + fold.format("C", "</b></details>")
    )
    found = texts(document(text))
    assert [question for question, _ in found] == ["What is A?", "What is B?", "What is C?"]
    assert [answer.split()[0] for _, answer in found] == ["A", "B", "C"]
    several = document(
        "<details><summary>A?</summary>x</details>\n<details><summary>B?</summary>y</details>\n"
    )
    assert texts(several) == [("A?", "x"), ("B?", "y")]
    group = "<details><summary>Linux</summary>\n\n{}</details>\n"
    inner = "".join(f"<details><summary>What is {n}?</summary>\n\nx\n</details>\n\n" for n in "abc")
    assert len(document(group.format(inner)).pairs) == 3


def test_a_summary_is_html() -> None:
    text = (
        "<details><summary>What is <code>__init__</code>, <b>2*3*4</b> &amp; $x_1$?</summary>a</details>\n\n"
        "<details><summary>Which of:\n\n- `a`\n- b</summary><b>\n\n답\n</b></details>\n"
    )
    one, two = document(text).pairs
    assert one.question == "What is __init__, 2*3*4 & x_1?"
    assert one.question_node is not None
    kinds = [node.kind for node in one.question_node.children]
    assert "codespan" in kinds
    assert "inline_math" in kinds
    assert two.question == "Which of:"
    assert [block.kind for block in two.asked] == ["list"]


@pytest.mark.parametrize(
    ("gap", "answer"),
    [
        ("\n\n", "  * 하나 답\n  * 둘 답\n</details>"),  # in the summary's own list
        ("<br><b>\n", "  * 하나 답\n  * 둘 답\n</b></details>"),
        ("\n\n", "- 하나 답\n- 둘 답\n\n</details>"),  # another list
        ("<br>\n\n", "하나 답 둘 답\n</details>"),
        (" 하나 답\n", "* 둘 답\n\n</details>"),  # behind the end tag
    ],
)
def test_a_summary_that_ends_in_a_list_parts_what_is_asked_from_its_answer(gap: str, answer: str) -> None:
    text = f"<details>\n<summary>무엇인가?\n\n  * 하나\n  * 둘</summary>{gap}{answer}\n"
    found = document(text + "\n<details>\n<summary>빈 것은?\n\n  * 셋</summary><br><b>\n</b></details>\n")
    first, empty = found.pairs
    assert first.question == "무엇인가?"
    assert " ".join(" ".join(map(block_text, first.asked)).split()) == "하나 둘"
    assert " ".join(" ".join(map(block_text, first.body)).split()) == "하나 답 둘 답"
    assert is_answered(first, Config())
    assert empty.question == "빈 것은?"
    assert not is_answered(empty, Config())


def test_a_heading_in_a_list_has_what_follows_up_to_the_next_one() -> None:
    text = "1. ### What is A?\n\n  few blanks\n\n2. ### What is B?\n\n    enough\n\n## End\n\ntext\n"
    assert [answer for _, answer in texts(document(text))] == ["few blanks", "enough"]


def test_what_a_list_asks_and_what_answers_may_be_one_list() -> None:
    found = document(md(DOCUMENTS["details whose summary ends in a list"])).pairs
    assert [[" ".join(block_text(block).split()) for block in pair.asked] for pair in found] == [
        ["프로세스 스레드"],
        ["코루틴"],
    ]
    assert all(is_answered(pair, Config()) for pair in found)


def test_a_question_that_only_heads_deeper_ones_is_answered_by_them() -> None:
    text = "## What are A and B?\n\n### What is A?\n\na\n\n### What is B?\n\nb\n\n## What is C?\n\n## What is D?\n\nd\n"
    assert texts(document(text)) == [
        ("What is A?", "a"),
        ("What is B?", "b"),
        ("What is C?", ""),
        ("What is D?", "d"),
    ]


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


def test_a_list_of_questions_without_answers_makes_no_cards_but_is_known() -> None:
    asked = "".join(f"- What is number {n}?\n" for n in range(6))
    text = f"# Interview\n\n## Contents\n\n- [Numbers](#numbers)\n\n## Numbers\n\n{asked}\n## More\n\n- Letters\n  - Why {{}}?\n"
    found = document(text.format("A"))
    assert (found.layout, len(found.pairs)) == ("list", 7)
    assert [(reading.layout, reading.questions, reading.answered) for reading in found.readings] == [
        ("list", 7, False)
    ]
    context = Context(Config(), FakeFiles())
    assert {(f.rule.code, f.severity) for f in lint(found, context)} == {("Q001", Severity.NOTE)}
    assert valid_pairs([found], context)[0] == []
    said = nearly([found], "en")
    assert "7 questions without answers" in said
    assert "layouts" not in said


def test_a_list_in_prose_is_no_list_of_questions() -> None:
    prose = "Containers share the kernel of their host, and little else. " * 20
    text = f"# Docker\n\n{prose}\n\n" + "".join(f"- What is number {n}?\n" for n in range(6)) + f"\n{prose}\n"
    assert document(text).layout == ""


def test_what_stands_in_or_below_an_item_answers_it() -> None:
    text = "1. What is A?\n   an answer\n2. What is B?\n   - one\n   - two\n3. Explain C\n\nanother\n\n"
    text += "4. What is D?\n\nfour\n\n- list\n\n5. What is E?\n\n   five\n"
    found = document(text)
    assert found.layout == "list"
    assert texts(found) == [
        ("What is A?", "an answer"),
        ("What is B?", "one two"),
        ("Explain C", "another"),
        ("What is D?", "four list"),
        ("What is E?", "five"),
    ]
    few = "1. What is A?\n\n   an answer\n\n2. What is B?\n\n   another\n"
    assert not document(few).pairs


def test_items_that_begin_in_bold_are_answered_behind_it() -> None:
    text = "### Basics\n\n* **What is A?** - [here](x)\n* **Explain B.** it is\n  - b\n* **C in Kotlin**: c\n"
    assert texts(document(text)) == [("What is A?", "here"), ("Explain B.", "it is b"), ("C in Kotlin", "c")]
    pros = "# A\n\n**What is A?**\n\n- **Fast**: yes\n- **Small**: no\n\n**What is B?**\n\n- **Big**: yes\n"
    assert texts(document(pros)) == [("What is A?", "Fast: yes Small: no"), ("What is B?", "Big: yes")]


def test_numbered_headings_inside_answers_are_no_questions() -> None:
    inner = "#### 1. Speed\n\nfast\n\n#### 2. Size\n\nsmall\n\n"
    text = "".join(f"### {n}. What is number {n}?\n\n{inner}" for n in range(1, 4))
    assert [pair.question for pair in document(text).pairs] == [
        f"{n}. What is number {n}?" for n in range(1, 4)
    ]


@pytest.mark.parametrize(
    "closing", ["Summary", "Other Answers", "정리", "总结", "まとめ", "Заключение", "Fazit"]
)
def test_what_heads_a_section_of_any_article_is_no_question(closing: str) -> None:
    text = "".join(f"## What is {n}?\n\n{n}\n\n" for n in "ABCD") + f"## {closing}\n\nall of it\n"
    assert texts(document(text))[-1] == ("What is D?", "D")


def test_a_heading_over_links_to_anchors_is_contents() -> None:
    links = "### {}\n\n<details>\n<summary>View contents</summary>\n\n* [What is {}?](#what-is-{})\n</details>\n\n"
    text = (
        "## Table of Contents\n\n" + links.format("One", "A", "a") + links.format("Two", "B", "b") + "---\n\n"
    )
    text += "### What is A?\n\na\n\n### What is B?\n\nb\n\n### Explain C\n\n" + "c " * 200 + "\n"
    assert [pair.question for pair in document(text).pairs] == ["What is A?", "What is B?", "Explain C"]


def test_headings_without_a_mark_count_where_most_of_them_ask() -> None:
    topic = "### {}\n\ntext\n\n"
    asked = "".join(topic.format(f"{word}란") for word in ["빈", "컨테이너", "제어 역전", "의존성", "관점"])
    others = "".join(topic.format(word) for word in ["동작", "예시", "설정", "설치"])
    assert not document("# Spring\n\n" + asked + others).pairs
    assert len(document("# Spring\n\n" + asked).pairs) == 5


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


def test_a_few_headings_that_ask_are_those_of_an_article_where_the_rest_is_long() -> None:
    prose = "Databases keep what a program has to find again. " * 20
    asked = "#### Why is that?\n\nSpeed.\n\n#### Does it hurt?\n\nNo.\n\n"
    assert not document(f"# Databases\n\n## Indices\n\n{prose}\n\n{asked}## Joins\n\n{prose}\n").pairs
    assert len(document(f"# Databases\n\n{asked}").pairs) == 2


def test_what_is_said_under_every_question_is_a_part_of_its_answer() -> None:
    parts = "### What is it?\n\ntext\n\n### Why do we use it?\n\ntext\n\n### Example\n\ntext\n\n"
    titles = ["1. What is a lock?", "2. Mutex vs semaphore", "3. What is a barrier?", "4. Explain futures"]
    text = "# Threads\n\n" + "".join(f"## {title}\n\n{parts}" for title in titles)
    found = document(text)
    assert [pair.question for pair in found.pairs] == titles
    assert all("Why do we use it?" in answer for _, answer in texts(found))
    same = "".join(f"## What's the output?\n\n```\n{n}\n```\n\n{n}\n\n" for n in range(6))
    assert len(document("# Output\n\n" + same).pairs) == 6


def test_what_alone_asks_under_every_topic_is_a_question() -> None:
    topics = ["CNN", "RNN", "Transformer", "GAN"]
    text = "# Nets\n\n" + "".join(
        f"## {topic}\n\n### Pros and cons?\n\n{topic} is fast.\n\n" for topic in topics
    )
    assert [pair.question for pair in document(text).pairs] == ["Pros and cons?"] * 4
    parts = "### What is it?\n\ntext\n\n### Example\n\ntext\n\n"
    text = "# Patterns\n\n" + "".join(f"## {n}. {topic}?\n\n{parts}" for n, topic in enumerate(topics, 1))
    assert len(document(text).pairs) == 4


def test_a_heading_with_a_letter_is_a_question_without_an_answer() -> None:
    text = "## Q. What is a heap?\n\na tree\n\n## Q. Selection sort\n\n## Q. Sort a list\n\n```\nsorted(x)\n```\n"
    assert [pair.question for pair in document(text).pairs] == [
        "Q. What is a heap?",
        "Q. Selection sort",
        "Q. Sort a list",
    ]


def test_a_folder_of_files_whose_names_ask() -> None:
    def files(names: list[str], config: Config, *, whole: bool = False) -> list[Document]:
        text = "# Lock\n\nIt lets one in.\n"
        return [build(PurePosixPath(f"Java/{name}.md"), text, config, whole=whole) for name in names]

    names = ["What is a lock", "How do you free a lock", "Explain fair locks", "Lock types"]
    found = made_of_files(files(names, Config()))
    assert {path.stem for path in found} == set(names[:3])
    assert not made_of_files(files(["what-is-a-lock", "Lock", "Locks", "What is a lock"], Config()))
    pairs = [texts(one)[0] for one in files(names[:1], Config(), whole=True)]
    assert pairs == [("What is a lock", "It lets one in.")]
