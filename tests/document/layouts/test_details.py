"""Questions in folds, and folds in questions."""

from __future__ import annotations

import pytest

from dlcards.document.answers import is_answered
from dlcards.document.text import block_text
from dlcards.model import Config
from tests.document.layouts.cases import DOCUMENTS, texts
from tests.support.documents import document, md


def test_nested_details_belong_to_their_answer() -> None:
    found = texts(document(md(DOCUMENTS["details"])))
    assert [question for question, _ in found] == ["프로세스란?", "스레드란?"]
    assert "안쪽" in found[0][1]


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


def test_what_a_list_asks_and_what_answers_may_be_one_list() -> None:
    found = document(md(DOCUMENTS["details whose summary ends in a list"])).pairs
    assert [[" ".join(block_text(block).split()) for block in pair.asked] for pair in found] == [
        ["프로세스 스레드"],
        ["코루틴"],
    ]
    assert all(is_answered(pair, Config()) for pair in found)
