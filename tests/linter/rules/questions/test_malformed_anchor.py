"""Q005 malformed-anchor: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.linter.rules.questions.cases import section
from tests.support.documents import document, mend, places


@pytest.mark.parametrize(
    "line", ["#### 24시간", "24", "#24", "### 24", "## 24시간 안에", "## 3장", "- ## 24"]
)
def test_other_numbers_are_no_anchors(line: str) -> None:
    text = section(f"답\n\n{line}\n\n글")
    assert places(text, "Q005") == []
    assert len(document(text).pairs) == 1


@pytest.mark.parametrize(
    ("anchor", "mended"),
    [
        ("## # 24", "## #24"),
        ("##24", "## #24"),
        ("###24", "## #24"),
        ("##  24", "## #24"),
        ("## ＃24", "## #24"),
        ("＃＃ #24", "## #24"),
        ("##\u00a0#24", "## #24"),
        ("## #\u00a024", "## #24"),
        ("## #24 - 1", "## #24-1"),
        ("## #24–1", "## #24-1"),
        ("##  # 24 ##", "## #24"),
    ],
)
def test_a_mistyped_anchor_is_reported_mended_and_not_lost(anchor: str, mended: str) -> None:
    text = section("답") + "\n" + section("답", anchor=anchor)
    assert [pair.malformed for pair in document(text).pairs] == [False, True]
    assert len(places(text, "Q005")) == 1
    fixed = mend(text)
    assert fixed == section("답") + "\n" + section("답", anchor=mended)
