"""Q016 unanswered-follow-up: clean cases first, then what is found, where, and how it is mended."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.support.documents import context, document, mend, only, places, valid_pairs


def section(follow_ups: str) -> str:
    return f"## #1\n\n#### 무엇인가?\n\n잡음까지 외운 상태다.\n\n#### 꼬리질문\n\n{follow_ups}\n\n#### References\n\n- [출처](u)\n\n---\n"


@pytest.mark.parametrize(
    "follow_ups",
    [
        "- 왜?\n  - 그래서다.\n- 또?\n\n  이래서다.",
        "1. 왜?\n   - 그래서다.\n2. 또? 이래서다.",
        "- 왜?\n그래서다.",
        "이어서 묻는다.\n\n- 왜?\n  - 그래서다.\n\n이상이다.",
        "- [다른 질문](#1)\n- [#2](b.md#2): ",
        "- [ ] 왜?\n  - 그래서다.",
        "- 왜?\n  - 그래서다.\n-",
        "",
    ],
)
def test_follow_ups_with_answers(follow_ups: str) -> None:
    assert places(section(follow_ups), "Q016") == []


def test_a_list_of_questions_that_is_no_list_of_follow_ups() -> None:
    assert places("## #1\n\n#### 무엇인가?\n\n답이다.\n\n- 왜?\n- 또?\n", "Q016") == []


@pytest.mark.parametrize(
    ("follow_ups", "found"),
    [
        ("- 왜?", ["9:1 - 왜?"]),
        ("- 왜?\n- 또?\n  - 이래서다.", ["9:1 - 왜?"]),
        ("- 왜?\n  - 작성 예정", ["9:1 - 왜?"]),
        ("- 장점: 빠르다", ["9:1 - 장점: 빠르다"]),
        ("- 왜 [이런가](#1)?", ["9:1 - 왜 [이런가](#1)?"]),
        ("- > 왜?\n  - 그래서다.", ["9:1 - > 왜?"]),
        ("##### 왜?\n\n그래서다.", ["9:1 ##### 왜?"]),
        ("**왜?**\n\n그래서다.", ["9:1 **왜?**"]),
        (
            "<details><summary>왜?</summary>\n\n그래서다.\n\n</details>",
            ["9:1 <details><summary>왜?</summary>"],
        ),
        ("| 질문 | 답 |\n|---|---|\n| 왜? | 그래서 |", ["9:1 | 질문 | 답 |"]),
    ],
)
def test_no_card_could_be_made(follow_ups: str, found: list[str]) -> None:
    assert places(section(follow_ups), "Q016") == found
    assert mend(section(follow_ups), only("Q016")) == section(follow_ups)


@pytest.mark.parametrize(
    ("follow_ups", "mended"),
    [
        (
            "- 왜?\n\n그래서다.\n둘째 줄.\n\n- 또?\n\n이래서다.",
            "- 왜?\n\n  그래서다.\n  둘째 줄.\n\n- 또?\n\n  이래서다.",
        ),
        ("1. 왜?\n  - 그래서다.\n2. 또?\n  - 이래서다.", "1. 왜?\n   - 그래서다.\n2. 또?\n   - 이래서다."),
        ("10. 왜?\n- 그래서다.\n- 또 있다.", "10. 왜?\n    - 그래서다.\n    - 또 있다."),
        ("- 왜?\n* 그래서다.", "- 왜?\n  * 그래서다."),
        ("- 왜?\n```python\nx = 1\n\ny = 2\n```", "- 왜?\n  ```python\n  x = 1\n\n  y = 2\n  ```"),
        ("- 왜?\n> 그래서다.\n\n| a |\n|---|\n| b |", "- 왜?\n  > 그래서다.\n\n  | a |\n  |---|\n  | b |"),
        (
            "- 왜?\n\n그래서다.\n\n- 또?\n  - 이래서다.\n\n이상이다.",
            "- 왜?\n\n  그래서다.\n\n- 또?\n  - 이래서다.\n\n이상이다.",
        ),
    ],
)
def test_an_answer_that_is_not_indented_is(follow_ups: str, mended: str) -> None:
    assert places(section(follow_ups), "Q016")
    assert mend(section(follow_ups), only("Q016")) == section(mended)


def test_another_question_is_no_answer() -> None:
    text = section("- 왜?\n\n##### 또?\n\n이래서다.")
    assert places(text, "Q016") == ["9:1 - 왜?", "11:1 ##### 또?"]
    assert mend(text, only("Q016")) == text


def test_the_questions_own_card_is_made_unless_pairs_are_to_be_free_of_errors() -> None:
    for config, packed in ((Config(), 1), (Config(error_free=True), 0)):
        valid, _ = valid_pairs([document(section("- 왜?"), config)], context(config))
        assert len(valid) == packed
