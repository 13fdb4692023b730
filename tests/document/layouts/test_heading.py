"""Headings that ask, and those that do not."""

from __future__ import annotations

import pytest

from dlcards.document.answers import is_answered
from dlcards.document.text import block_text
from dlcards.model import Config
from tests.document.layouts.cases import DOCUMENTS, texts
from tests.support.documents import document, md


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


def test_a_title_that_stands_twice_is_no_answer() -> None:
    config = Config(layouts={"*": "file"})
    found = document("---\ntitle: 프로세스란?\n---\n\n# 프로세스란?\n", config)
    assert texts(found) == [("프로세스란?", "")]
    assert not is_answered(found.pairs[0], config)


def test_numbers_that_start_again_are_judged_by_themselves() -> None:
    text = "### 1. 정규화란?\n\n글\n\n#### 1-1. 왜 하는가?\n\n글\n\n### 2. 단점은?\n\n글\n\n"
    text += "## NoSQL\n\n글\n\n### 1. Key-Value Model\n\n글\n\n### 2. Document Model\n\n글\n\n### 3. Column Model\n\n글\n"
    assert [pair.question for pair in document(text).pairs] == [
        "1. 정규화란?",
        "1-1. 왜 하는가?",
        "2. 단점은?",
    ]


def test_a_heading_in_a_list_has_what_follows_up_to_the_next_one() -> None:
    text = "1. ### What is A?\n\n  few blanks\n\n2. ### What is B?\n\n    enough\n\n## End\n\ntext\n"
    assert [answer for _, answer in texts(document(text))] == ["few blanks", "enough"]


def test_a_question_that_only_heads_deeper_ones_is_answered_by_them() -> None:
    text = "## What are A and B?\n\n### What is A?\n\na\n\n### What is B?\n\nb\n\n## What is C?\n\n## What is D?\n\nd\n"
    assert texts(document(text)) == [
        ("What is A?", "a"),
        ("What is B?", "b"),
        ("What is C?", ""),
        ("What is D?", "d"),
    ]


def test_a_configured_pattern_decides() -> None:
    text = "## 가\n\n답\n\n## 나\n\n답\n\n### 다?\n\n글\n"
    found = document(text, Config(layouts={"*": "heading"}, question_pattern="^(가|나)$"))
    assert [pair.question for pair in found.pairs] == ["가", "나"]


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
