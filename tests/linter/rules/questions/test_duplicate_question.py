"""Q007 duplicate-question: clean cases first, then what is found in one document and between several."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.model import Config, Context, Diagnostic
from tests.linter.rules.questions.cases import native, numbered
from tests.support.documents import FakeFiles, context_of, places

_FOLDED = (
    "### {}. What's the output?\n\n```\n{}\n```\n\n<details><summary>Answer</summary>\n\n답\n\n</details>\n\n"
)

_CODE_FIRST = "```js\n{}\n```\n\nQ: What is a.length?\n\nA: This.\n\n"


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
        _FOLDED.format(1, "f(1)") + _FOLDED.format(2, "f(2)"),
        _CODE_FIRST.format("a = []") + _CODE_FIRST.format("a = {}"),
        "# 제목\n\n## 소개\n\n글\n\n## 소개\n\n글\n",
    ],
)
def test_other_questions(text: str) -> None:
    assert places(text, "Q007") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (native(("1", "과적합이란?"), ("2", "과적합이란?")), ["11:1 #### 과적합이란?\n"]),
        (_CODE_FIRST.format("a = []") * 2, 1),
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


def across(code: str, **texts: str) -> list[str]:
    """The messages of a rule in a run over several documents."""
    config = Config()
    documents = tuple(build(PurePosixPath(f"{name}.md"), text, config) for name, text in texts.items())
    context = context_of(documents, config)
    return [
        f"{document.path}: {finding.diagnostic.message.en}"
        for document in documents
        for finding in lint(document, context)
        if finding.code == code
    ]


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


def test_only_within_one_document_it_is_more_than_a_note() -> None:
    config = Config()
    one = native(("1", "과적합이란?"), ("2", "과적합이란?"))
    documents = tuple(build(PurePosixPath(name), one, config) for name in ("a.md", "b.md"))
    severities = [
        [f.severity.value for f in lint(document, context_of(documents, config)) if f.code == "Q007"]
        for document in documents
    ]
    assert severities == [["warning"], ["note", "warning"]]


def test_a_second_edition_has_one_cause() -> None:
    text = numbered("1 2 3 4 5 6")
    config = Config()
    documents = tuple(build(PurePosixPath(name), text, config) for name in ("a.md", "b.md"))
    found: list[Diagnostic] = [
        finding.diagnostic
        for finding in lint(documents[1], context_of(documents, config))
        if finding.code == "Q007"
    ]
    assert [diagnostic.cause for diagnostic in found] == ["a.md"] * 6


def test_a_question_is_the_same_only_with_the_same_code() -> None:
    text = _FOLDED.format(1, "f(1)") + _FOLDED.format(2, "f(2)") + _FOLDED.format(3, "f(1)")
    document = build(PurePosixPath("a.md"), text, Config())
    found = [f for f in lint(document, Context(Config(), FakeFiles())) if f.code == "Q007"]
    assert [finding.diagnostic.span for finding in found] == [document.pairs[2].place]
