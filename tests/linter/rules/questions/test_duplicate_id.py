"""Q006 duplicate-id: which of the sections is found."""

from __future__ import annotations

from tests.linter.rules.questions.cases import section
from tests.support.documents import places


def test_one_id_twice() -> None:
    text = section("답") + section("답", anchor="## #2") + section("답")
    assert places(text, "Q006") == ["23:1 ## #1"]
