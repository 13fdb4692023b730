"""Q010 missing-references: what is found and where, and what references may be."""

from __future__ import annotations

from dlcards.model import Config
from tests.linter.rules.questions.cases import section
from tests.support.documents import places


def test_references() -> None:
    assert places(section("답", references=""), "Q010") == ["7:1 #### References\n"]
    assert places("## #1\n\n#### 질문\n\n답\n", "Q010") == ["3:1 #### 질문\n"]
    assert places(section("답", references="위키백과"), "Q010") == []
    assert places(section("답", references="<https://a.b>"), "Q010") == []
    assert places(section("답").replace("References", "참고 자료 📚"), "Q010") == []
    assert places(section("답", references="---"), "Q010") == ["7:1 #### References\n"]


NONE = "## #1\n\n#### 하나?\n\n답\n"


def test_where_references_are_no_habit_only_a_project_that_asks_hears_of_it() -> None:
    assert places(NONE, "Q010", Config()) == []
    assert places(NONE, "Q010", Config(select=("Q",))) == ["3:1 #### 하나?\n"]
    assert places(NONE, "Q010", Config(select=("Q",), ignore=("Q010",))) == []
    assert places(NONE + section("답", anchor="## #2"), "Q010", Config()) == ["3:1 #### 하나?\n"]
    assert places(section("답", references=""), "Q010", Config()) == ["7:1 #### References\n"]


def test_references_of_the_whole_document_are_no_habit_of_its_questions() -> None:
    asked = "".join(f"## {number}. 왜 그런가?\n\n답\n\n" for number in range(1, 4))
    assert places(f"{asked}## References\n\n- <https://a.b>\n", "Q010", Config()) == []
    assert len(places(f"{asked}### References\n\n- <https://a.b>\n", "Q010", Config())) == 2
