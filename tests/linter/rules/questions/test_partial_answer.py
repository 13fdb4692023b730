"""Q003 partial-answer: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.linter.rules.questions.cases import section
from tests.support.documents import places


@pytest.mark.parametrize("body", ["답이다.\n\n```\nTODO\n```", "답이다. TODO", "답이다.\n\n`TODO`"])
def test_a_placeholder_in_code_or_a_sentence_is_none(body: str) -> None:
    assert places(section(body), "Q003") == []


def test_a_placeholder_inside_an_answer_is_only_a_warning() -> None:
    text = section("여러 층을 쌓은 것이다.\n\n- 하나\n- TODO: 그림\n\n작성 예정")
    assert places(text, "Q002") == []
    assert places(text, "Q003") == ["8:3 TODO: 그림", "10:1 작성 예정"]
