"""Q014 answer-length: clean cases first, then what is found and in which words."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.questions.cases import answered
from tests.support.documents import messages

LENGTH_5 = Config(select=("Q014",), answer_length=(5, 5))


@pytest.mark.parametrize(
    "body",
    [
        "가나 다라",
        "가나\n다라",
        "**가나** `코드`다라",
        "가나 $x^2$ 다라",
        "가나 다라\n\n```python\nprint(1)\n```\n\n$$\nx\n$$",
        "![대체 텍스트](a.png)\n\n가나 다라",
        "> 핵심: 이것은 세지 않는다.\n\n> 힌트: 이것도.\n\n가나 다라",
        "- 가나\n- 다라",
        "| 가나 |\n|---|\n| 다라 |",
        "<!-- 주석 -->\n\n가나 다라",
        "<details>\n<summary>가나</summary>\n\n다라\n\n</details>",
        "가나[^1] 다라\n\n[^1]: 각주",
        "[가나](https://example.com/long) 다라",
        "가나 다라\n\n[a]: https://example.com",
        "가&lt;나다라",
        "\u1100\u1161나 다라",
        "가나 다라\n\n#### 꼬리질문\n\n- 왜?\n  - 그래서",
        "가나 다라\n\n#### References\n\n- [글](https://example.com)",
        "",
        "TODO",
    ],
)
def test_an_answers_length(body: str) -> None:
    assert messages(answered(body), "Q014", LENGTH_5) == []
    assert messages(answered(body).replace("\n", "\r\n"), "Q014", LENGTH_5) == []


def test_too_short_and_too_long() -> None:
    text = (
        answered("가" * 10)
        + answered("가" * 1_001, id="2")
        + answered("```\nx\n```", id="3")
        + answered("가" * 50, id="4")
    )
    config = Config(select=("Q014",), answer_lengths={"1": (5, 10), "4": (60, 70)})
    assert messages(text, "Q014", config) == [
        "#2: the answer has 1,001 characters, not 300 to 1,000",
        "#3: the answer has 0 characters, not 300 to 1,000",
        "#4: the answer has 50 characters, not 60 to 70",
    ]
