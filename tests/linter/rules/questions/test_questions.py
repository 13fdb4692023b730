"""Several rules about questions at once: what is an answer, which numbers there are, what is off by default."""

from __future__ import annotations

import pytest
from hypothesis import given

from dlcards.model import Config
from tests.linter.rules.questions.cases import BODY, answered, section
from tests.support.documents import findings, markdownish, places


@pytest.mark.parametrize(
    "body",
    [
        "답이다.",
        "![그림](a.png)",
        "$$\nx\n$$",
        "$x$",
        "```\nx\n```",
        "| a |\n|---|\n| b |",
        "- 항목",
        "> 핵심: 답이다.",
        '<img src="a.png">',
        "<details><summary>답</summary>\n\n내용\n\n</details>",
        "답변: 층을 쌓은 것이다.",
        "##### 소제목\n\n글",
        "`x`",
    ],
)
def test_an_answer_is_an_answer(body: str) -> None:
    assert places(section(body), "Q001") == []
    assert places(section(body), "Q002") == []


@pytest.mark.parametrize(
    ("inside", "code"),
    [("", "Q001"), ("TODO", "Q002"), ("Answer:", "Q001"), ("<br>", "Q001"), ("답이다.", "")],
)
@pytest.mark.parametrize("label", ["답 보기", "펼치기", "<b>Show me</b>", "Answer"])
def test_what_a_summary_says_is_no_answer(label: str, inside: str, code: str) -> None:
    body = f"<details>\n<summary>{label}</summary>\n\n{inside}\n\n</details>"
    found = [c for c in ("Q001", "Q002") if places(section(body), c)]
    assert found == ([code] if code else [])


def test_a_mistyped_question_is_there_all_the_same() -> None:
    text = "## # 1\n\n#### 가?\n\n답\n\n## #1-1\n\n#### 나?\n\n답\n\n## #2\n\n#### 다?\n\n답\n"
    assert places(text, "Q008") == []
    assert places(text, "Q009") == []


def test_other_layouts_have_no_ids_of_their_own() -> None:
    text = "## 1. What is ReLU?\n\na\n\n## 5. What is Adam?\n\nb\n\n## 3. Why dropout?\n\nc\n"
    for code in ("Q008", "Q009"):
        assert places(text, code) == []


@pytest.mark.parametrize("code", ["Q011", "Q012", "Q013", "Q014", "Q015"])
def test_off_unless_selected(code: str) -> None:
    text = answered("> 핵심: 짧다.\n\n" + BODY, "- [글](https://blog.example/1)")
    assert places(text + answered(BODY, id="2"), code, Config()) == []


@given(markdownish, markdownish)
def test_any_answer_can_be_measured(body: str, references: str) -> None:
    text = answered(f"> 핵심: {body}\n\n{body}", references) + answered(body, id="2")
    config = Config(select=("Q011", "Q012", "Q013", "Q014", "Q015"), ignore=("L", "I", "M", "K", "D", "S"))
    for finding in findings(text, config):
        assert 0 <= finding.diagnostic.span.start <= finding.diagnostic.span.end <= len(text)
