"""Q001 missing-answer: what is none; what is one stands in test_questions.py."""

from __future__ import annotations

import pytest

from tests.lint.rules.questions.cases import section
from tests.support.documents import places


@pytest.mark.parametrize(
    "body",
    [
        "",
        "---",
        "<br>",
        "</br>\n<br/>",
        "<!-- 나중에 -->",
        "Answer:",
        "**답변:**",
        "[맨 위로](#목차)",
        "[Back to Top](#1)",
        "[r]: https://example.com",
        "<details><summary>답변</summary>\n\n</details>",
        "**A:**",
    ],
)
def test_nothing_is_no_answer(body: str) -> None:
    assert places(section(body), "Q001") == ["3:1 #### 무엇인가?\n"]
