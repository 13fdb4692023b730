"""Q004 missing-question: what is found and where, and a question that is there."""

from __future__ import annotations

from tests.linter.rules.questions.cases import section
from tests.support.documents import places


def test_an_anchor_without_a_question() -> None:
    assert places("## #1\n\n답이다.\n\n#### 소제목\n\n글\n", "Q004") == ["1:1 ## #1"]
    assert places("## #1\n\n#### References\n\n- [a](b)\n", "Q004") == ["1:1 ## #1"]
    assert places("## #1\n\n## #2\n\n#### 질문\n\n답\n", "Q004") == ["1:1 ## #1"]
    assert places("## #1\n\n####\n\n답\n", "Q004") == ["1:1 ## #1"]
    assert places(section("답"), "Q004") == []
