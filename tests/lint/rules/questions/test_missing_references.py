"""Q010 missing-references: what is found and where, and what references may be."""

from __future__ import annotations

from tests.lint.rules.questions.cases import section
from tests.support.documents import places


def test_references() -> None:
    assert places(section("답", references=""), "Q010") == ["7:1 #### References\n"]
    assert places("## #1\n\n#### 질문\n\n답\n", "Q010") == ["3:1 #### 질문\n"]
    assert places(section("답", references="위키백과"), "Q010") == []
    assert places(section("답", references="<https://a.b>"), "Q010") == []
    assert places(section("답").replace("References", "참고 자료 📚"), "Q010") == []
    assert places(section("답", references="---"), "Q010") == ["7:1 #### References\n"]
