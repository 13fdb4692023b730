"""Q017 unread-label: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.linter.rules.questions.cases import section
from tests.support.documents import places


@pytest.mark.parametrize(
    "body",
    [
        "> 핵심: 글이다.\n\n> 힌트: 글이다.\n\n글",
        "> **핵심:** 글이다.\n>\n> 글\n\n글",
        "> [!TIP]\n> 핵심: 글이다.\n> 힌트: 글이다.",
        "> 인용이다.\n\n글",
        '> "핵심: 글"이라고 했다.\n\n글',
        "> 핵심 개념은 둘이다.\n\n글",
        "> Tip: 글\n\n글",
        "핵심: 글",
    ],
)
def test_quotes_that_are_read_or_say_nothing_of_it(body: str) -> None:
    assert places(section(body), "Q017") == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("> 핵심: 글\n\n> 핵심: 둘째\n\n글", "7:1 > 핵심: 둘째"),
        ("> 힌트: 글\n\n글\n\n> **Hint:** two", "9:1 > **Hint:** two"),
        ("글\n\n- 글\n\n  > 핵심: 글", "9:3 > 핵심: 글"),
        ("글\n\n#### 꼬리질문\n\n> 핵심: 글", "9:1 > 핵심: 글"),
        ("> [!TIP] 핵심: 글\n\n글", "5:1 > [!TIP] 핵심: 글"),
        ("> [핵심] 글\n\n글", "5:1 > [핵심] 글"),
        ("> 【핵심】 글\n\n글", "5:1 > 【핵심】 글"),
    ],
)
def test_a_quote_that_is_not_read(body: str, found: str) -> None:
    assert places(section(body), "Q017") == [found]
