"""Q007-Q009: clean cases first, then what is found and where."""

from __future__ import annotations

from itertools import pairwise
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.document.build import build
from dlcards.document.numbering import disorders
from dlcards.lint.engine import lint
from dlcards.model import Config, Context, Diagnostic
from tests.support.documents import FakeFiles, places


def native(*questions: tuple[str, str]) -> str:
    return "".join(f"## #{id}\n\n#### {question}\n\n답\n\n---\n\n" for id, question in questions)


def numbered(ids: str) -> str:
    return native(*((id, f"질문 {letter}의 뜻은?") for id, letter in zip(ids.split(), LETTERS, strict=False)))


LETTERS = [f"{first}{second}" for first in "가나다라마바사아자차" for second in "갸냐댜랴먀뱌샤야쟈챠"]


def across(code: str, **texts: str) -> list[str]:
    """The messages of a rule in a run over several documents."""
    config = Config()
    documents = tuple(build(PurePosixPath(f"{name}.md"), text, config) for name, text in texts.items())
    context = Context(config, FakeFiles(), documents)
    return [
        f"{document.path}: {finding.diagnostic.message.en}"
        for document in documents
        for finding in lint(document, context)
        if finding.rule.code == code
    ]


@pytest.mark.parametrize(
    "text",
    [
        native(("1", "과적합이란?"), ("2", "과소적합이란?")),
        native(("1", "C란?"), ("2", "C++란?"), ("3", "C#이란?")),
        native(("1", "`==`란?"), ("2", "`===`란?"), ("3", "`!`란?"), ("4", "`?.`란?")),
        native(("1", "What is List<String>?"), ("2", "What is List<Integer>?")),
        native(("1", "![가](a.png)은 무엇인가?"), ("2", "![나](b.png)은 무엇인가?")),
        native(
            ("1", "과적합이란?"), ("1-1", "해결 방법은?"), ("2", "과소적합이란?"), ("2-1", "해결 방법은?")
        ),
        native(("1", "BN이란?"), ("1-1", "Pros and cons는?"), ("2", "LN이란?"), ("2-1", "Pros and cons는?")),
        native(
            ("1", "What is BN?"), ("1-1", "When to use it?"), ("2", "What is LN?"), ("2-1", "When to use it?")
        ),
        native(("1", "다음 코드의 출력은?"), ("2", "다음 코드의 출력은?")),
        native(("1", "?"), ("2", "?")),
        "## #1\n\n## #2\n\n",
        "## 1. What is the output of the following code?\n\na\n\n## 2. What is the output of the following code?\n\nb\n",
        "## Stack\n\n### 언제 사용하나요?\n\na\n\n## Queue\n\n### 언제 사용하나요?\n\nb\n",
        "## Decorator\n\n### When to use it?\n\na\n\n## Facade\n\n### When to use it?\n\nb\n",
        "**Security release**\n\na\n\n**What is Node?**\n\nb\n\n**Security release**\n\nc\n\n**What is npm?**\n\nd\n",
        "# 제목\n\n## 소개\n\n글\n\n## 소개\n\n글\n",
    ],
)
def test_other_questions(text: str) -> None:
    assert places(text, "Q007") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (native(("1", "과적합이란?"), ("2", "과적합이란?")), ["11:1 #### 과적합이란?\n"]),
        (native(("1", "과적합 이란?"), ("2", "**과적합**이란")), ["11:1 #### **과적합**이란\n"]),
        (native(("1", "What is ReLU?"), ("2", "what is `ReLU`")), ["11:1 #### what is `ReLU`\n"]),
        (native(("1", "과적합이란?"), ("1-1", "과적합이란?")), []),
        (native(("1", "ReLU란 무엇?"), ("1-1", "ReLU란 무엇?")), ["11:1 #### ReLU란 무엇?\n"]),
        (native(("1", "가?"), ("1-1", "ReLU의 단점은?"), ("2", "나?"), ("2-1", "ReLU의 단점은?")), 1),
        (native(("1", "가?"), ("1-1", "해결 방법은?"), ("1-2", "해결 방법은?")), 1),
        (native(("1", "가?"), ("2", "가?"), ("3", "가?")), 2),
        ("## 1. What is ReLU?\n\na\n\n## 2. What is Adam?\n\nb\n\n## 28. What is ReLU?\n\nc\n", 1),
        ("### What is ReLU?\n\na\n\n### What is Adam?\n\nb\n\n### What is ReLU?\n\nc\n", 1),
        ("## #1\r\n\r\n#### 가?\r\n\r\n답\r\n\r\n## #2\r\n\r\n#### 가?\r\n\r\n답\r\n", ["9:1 #### 가?\r\n"]),
    ],
)
def test_the_same_question(text: str, found: list[str] | int) -> None:
    result = places(text, "Q007")
    assert (len(result) if isinstance(found, int) else result) == found


def test_a_question_of_an_earlier_document_is_found_in_the_later_one() -> None:
    one = native(("1", "층이란?"), ("2", "과적합이란?"))
    other = native(("1", "과적합이란?"), ("2", "망이란?"))
    assert across("Q007", a=one, b=other) == [
        'b.md: #1 "과적합이란?" has been asked in a.md, line 11, already'
    ]
    assert (
        across("Q007", a=native(("1", "가?"), ("1-1", "장점은?")), b=native(("1", "나?"), ("1-1", "장점은?")))
        == []
    )
    assert (
        len(
            across(
                "Q007", a=native(("1", "가?"), ("1-1", "장점은?")), b=native(("1", "가?"), ("1-1", "장점은?"))
            )
        )
        == 2
    )
    sections = "# Stack\n\n## 무엇인가요?\n\na\n\n## 언제 사용하나요?\n\nb\n"
    assert across("Q007", a=sections, b=sections.replace("Stack", "Queue")) == []


def test_a_second_edition_has_one_cause() -> None:
    text = numbered("1 2 3 4 5 6")
    config = Config()
    documents = tuple(build(PurePosixPath(name), text, config) for name in ("a.md", "b.md"))
    found: list[Diagnostic] = [
        finding.diagnostic
        for finding in lint(documents[1], Context(config, FakeFiles(), documents))
        if finding.rule.code == "Q007"
    ]
    assert [diagnostic.cause for diagnostic in found] == ["a.md"] * 6


@pytest.mark.parametrize(
    "ids",
    ["1 1-1 1-2 2", "1 1-1 1-1-1", "3-1 3-2 4-1", "1 2 3", "12 12-1", "1-1"],
)
def test_sub_questions_with_their_question(ids: str) -> None:
    assert places(numbered(ids), "Q008") == []


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        ("1 2-1", ["9:1 ## #2-1"]),
        ("1 2-1 2-2 2-3", ["9:1 ## #2-1"]),
        ("1 2-1 3-1", ["9:1 ## #2-1", "17:1 ## #3-1"]),
        ("1 1-1-1", ["9:1 ## #1-1-1"]),
        ("2-1 1", ["1:1 ## #2-1"]),
    ],
)
def test_sub_questions_without(ids: str, found: list[str]) -> None:
    assert places(numbered(ids), "Q008") == found


def test_a_mistyped_question_is_there_all_the_same() -> None:
    text = "## # 1\n\n#### 가?\n\n답\n\n## #1-1\n\n#### 나?\n\n답\n\n## #2\n\n#### 다?\n\n답\n"
    assert places(text, "Q008") == []
    assert places(text, "Q009") == []


@pytest.mark.parametrize(
    "ids",
    [
        "1 2 3",
        "0 1 2",
        "21 22 23",
        "12 12-1 12-2 13",
        "1 1-0 1-1 2",
        "1 1-1 1-1-1 1-2 2",
        "1-1 1-2 2-1 2-2",
        "101 102 103 201 202",
        "1 20 53 121 200 322 416",
        "1 2 3 5 8 13 21 34",
        "9 10 11",
        "1 1 2 3",
        "1 2 2 4",
        "1 3 3 4",
        "1 2 3 5 1 2 3 4",
        "11 12-1 13",
        "7",
        "",
    ],
)
def test_ids_in_order(ids: str) -> None:
    assert places(numbered(ids), "Q009") == []


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        ("1 3", ["#3"]),
        ("1 2 6 7", ["#6"]),
        ("1 1-1 1-3 2", ["#1-3"]),
        ("1 1-2 2", ["#1-2"]),
        ("2 1", ["#2"]),
        ("1 2 5 3 4", ["#5"]),
        ("1 2 5 6 7 3 4 8 9 10", ["#3"]),
        ("1 1-2 1-1 2", ["#1-2"]),
        ("1 2 12-1 3 12", ["#12-1", "#12"]),
        ("10 9 8 7", ["#10"]),
        ("11 21 13 14", ["#21"]),
        ("1 2 4 5 6 7 9 10 11 12 13 14 16 17", ["#4", "#9", "#16"]),
    ],
)
def test_ids_out_of_order_and_gaps(ids: str, found: list[str]) -> None:
    assert [place.partition("## ")[2] for place in places(numbered(ids), "Q009")] == found


def test_other_layouts_have_no_ids_of_their_own() -> None:
    text = "## 1. What is ReLU?\n\na\n\n## 5. What is Adam?\n\nb\n\n## 3. Why dropout?\n\nc\n"
    for code in ("Q008", "Q009"):
        assert places(text, code) == []


@given(st.lists(st.tuples(st.integers(0, 15)), max_size=15))
def test_what_is_out_of_place_is_as_little_as_can_be(keys: list[tuple[int, ...]]) -> None:
    runs = disorders(keys)
    astray = [index for run in runs for index in run]
    kept = [key for index, key in enumerate(keys) if index not in astray]
    assert kept == sorted(set(kept))
    assert all(first.stop < second.start for first, second in pairwise(runs))
    longest = [1] * len(keys)
    for index, key in enumerate(keys):
        longest[index] = 1 + max((longest[i] for i in range(index) if keys[i] < key), default=0)
    assert len(kept) == max(longest, default=0)
