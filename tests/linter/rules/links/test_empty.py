"""L005 empty-link: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import asked, findings, places


@pytest.mark.parametrize(
    "text",
    [
        "[글](u)",
        "[![그림](images/a.png)](u)",
        '[<img src="a">](u)',
        "[`x`](u)",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "L005") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[글]()", "1:1 [글]()"),
        ("[](u)", "1:1 [](u)"),
        ("[ ](u)", "1:1 [ ](u)"),
        ('<a href="">글</a>', '1:1 <a href="">'),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "L005") == [found]


@pytest.mark.parametrize(
    ("text", "severity"),
    [("[]()", "note"), ("[글]()", "error"), ("[](u)", "error"), ("[![글](u)]()", "error")],
)
def test_a_link_of_nothing_is_a_place_that_is_kept_for_one(text: str, severity: str) -> None:
    found = [finding for finding in findings(text, asked("L005")) if finding.code == "L005"]
    assert [finding.severity.value for finding in found] == [severity]
