"""Whether a page has the anchor that a link names."""

from __future__ import annotations

import pytest

from dlcards.links.fragments import Found, find, names
from dlcards.links.page import scan

LONG = "<p>Some words of a paragraph that is long enough to be read.</p>" * 20
FRAGMENTS = [
    ("a", "<p id=a>" + LONG, Found.YES),
    ("%EA%B0%80", "<p id=가>" + LONG, Found.YES),
    ("가", "<p id=%EA%B0%80>" + LONG, Found.NO),
    ("a", "<p id=user-content-a>" + LONG, Found.YES),
    ("a", "<a name=a>" + LONG, Found.YES),
    ("A", "<p id=a>" + LONG, Found.NO),
    ("", LONG, Found.YES),
    ("top", LONG, Found.YES),
    ("L10", LONG, Found.YES),
    ("L10-L20", LONG, Found.YES),
    ("L10C3-L20C5", LONG, Found.YES),
    ("L", LONG, Found.NO),
    (":~:text=a", LONG, Found.YES),
    ("none", LONG, Found.NO),
    ("none", LONG + "<script>count()</script>", Found.NO),
    ("none", "<div id=root></div>" + LONG, Found.UNKNOWN),
    ("none", "<p>few<script src=app.js></script>", Found.UNKNOWN),
    ("none", LONG + "<noscript>Please enable JavaScript.</noscript>", Found.UNKNOWN),
    ("none", LONG + "<noscript>자바스크립트를 켜 주세요.</noscript>", Found.UNKNOWN),
    ("none", LONG + "<script src=/js/anchor.min.js></script>", Found.UNKNOWN),
    ("none", LONG + "<p ng-version=17>", Found.UNKNOWN),
    ("/route", LONG, Found.UNKNOWN),
    ("!route", LONG, Found.UNKNOWN),
    ("none", "", Found.UNKNOWN),
]


@pytest.mark.parametrize(("fragment", "html", "found"), FRAGMENTS)
def test_fragments(fragment: str, html: str, found: Found) -> None:
    assert find(fragment, scan(html, [names(fragment)])) is found


def test_a_page_that_was_not_read_to_its_end_lacks_nothing() -> None:
    assert find("none", scan(LONG, [names("none")], complete=False)) is Found.UNKNOWN
    assert find("a", scan("<p id=a>" + LONG, [names("a")], complete=False)) is Found.YES
