"""What of an answer is on a card: no labels, no folds around it, no way back to the top."""

from __future__ import annotations

import pytest

from dlcards.document.answers import is_answered, on_card
from dlcards.document.text import block_text
from dlcards.model import Config
from tests.support.documents import document


@pytest.mark.parametrize(
    ("body", "back"),
    [
        ("과적합이다.", "과적합이다."),
        ("Answering takes time: a lot.", "Answering takes time: a lot."),
        ("답이 없는 문제다.", "답이 없는 문제다."),
        ("Note: 주의", "Note: 주의"),
        ("**정답:** 과적합이다.", "과적합이다."),
        ("Answer: D\n\n까닭", "D 까닭"),
        ("#### Answer: D\n\n까닭", "D 까닭"),
        ("#### Answer: 4\n\n까닭", "4 까닭"),
        ("**정답：3**", "3"),
        ("<details><summary>Answer: 2</summary>\n\n까닭\n\n</details>", "Answer: 2 까닭"),
        ("### Answer 4:\n\n과적합이다.", "과적합이다."),
        ("**Answer:**\n\n과적합이다.", "과적합이다."),
        ("Answer: `<mask>` 자리다.", "<mask> 자리다."),
        ("<b>Answer:</b> 과적합이다.", "과적합이다."),
        ("과적합이다.\n\n**[⬆ Back to Top](#a)**", "과적합이다."),
        ("과적합이다.\n\n[[목차로]](#a)", "과적합이다."),
        ("- 하나\n- 둘\n\n  **[⬆ Back to Top](#a)**\n", "하나 둘"),
        ("1. 하나\n   - 둘\n   - [Back to top](#a)\n\n끝", "하나 둘 끝"),
        ("- About\n- Home", "About Home"),
        ("끝\n\n---\n\n[Предыдущий вопрос](a) | [Следующий вопрос](b)", "끝"),
        ("끝\n\n[← Previous](a) · [목차](b) · [다음 문제 →](c)", "끝"),
        ("Next", "Next"),
        ("[Next.js](a)", "Next.js"),
        ("- `ps`\n- `top`", "ps top"),
        ("Index", "Index"),
        ("`top`", "top"),
        ("과적합이다.\n\n[к оглавлению](#a)", "과적합이다."),
        ("과적합이다.\n\n**[⬆ Volver a índice](#a)**", "과적합이다."),
        ("과적합이다.\n\n[Back to top ↑](#a) / [✏️ Edit answer](b)", "과적합이다."),
        ("К началу работы.", "К началу работы."),
        ("과적합이다.\n\n<div align=right><b><a href='#a'>↥ back to top</a></b></div>", "과적합이다."),
        ("<details><summary><b>Antwort</b></summary>\n\n과적합이다.\n\n</details>", "과적합이다."),
        ("<svg width=1><text>그림</text></svg>[^1]\n\n본문\n\n[^1]: 각주", "그림 본문 각주"),
        ("본문\n\n<details><summary>예제</summary>\n\n코드\n\n</details>", "본문 예제 코드"),
    ],
)
def test_the_back_of_a_card(body: str, back: str) -> None:
    pair = document(f"## 1. 과적합이란?\n\n{body}\n\n## 2. 정규화란?\n\n글\n").pairs[0]
    assert " ".join(" ".join(map(block_text, on_card(pair, Config()))).split()) == back
    assert is_answered(pair, Config())


def test_a_letter_is_a_label_only_below_a_question_with_a_letter() -> None:
    for number, back in (("Q1.", "과적합이다."), ("1.", "A. 과적합이다.")):
        text = f"## {number} 무엇인가?\n\nA. 과적합이다.\n\n## {number.replace('1', '2')} 왜?\n\n글\n"
        assert " ".join(map(block_text, on_card(document(text).pairs[0], Config()))).strip() == back


def test_a_rule_that_parts_the_answer_from_nothing_is_gone() -> None:
    text = "## 1. 과적합이란?\n\n하나\n\n---\n\n둘\n\n---\n\n[맨 위로](#a)\n\n## 2. 정규화란?\n\n글\n"
    kinds = [block.kind for block in on_card(document(text).pairs[0], Config()) if block.kind != "blank_line"]
    assert kinds == ["paragraph", "thematic_break", "paragraph"]


def test_headings_alone_answer_nothing() -> None:
    pair = document("## 1. 과적합이란?\n\n### 정의\n\n## 2. 정규화란?\n\n글\n").pairs[0]
    assert not is_answered(pair, Config())


def test_a_tag_behind_a_label_is_the_answers() -> None:
    text = "Q: 무엇인가?\nA: <mask> 자리다.\n\nQ: 왜?\nA: <s> 앞이다.\n"
    for tag, pair in zip(("<mask>", "<s>"), document(text).pairs, strict=True):
        assert next(node.raw for block in on_card(pair, Config()) for node in block.children) == tag


@pytest.mark.parametrize("body", ["\u200b", "&shy;&zwj;", "&nbsp;", "\u2060\u200f"])
def test_what_nobody_sees_answers_nothing(body: str) -> None:
    pair = document(f"## 1. 과적합이란?\n\n{body}\n\n## 2. 정규화란?\n\n글\n").pairs[0]
    assert not is_answered(pair, Config())
