"""L001 broken-anchor: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places
from tests.support.repository import BLOB, FILES, OWN


@pytest.mark.parametrize(
    "text",
    [
        "# 제목\n\n[글](#제목)",
        "[글](#)",
        "[글](#top)",
        "[글](other.md#하나)",
        "[글](other.md#L10)",
        "[글](../README.md#%EC%84%A4%EC%B9%98)",
        "[글](https://example.com/a#b)",
        "[글](no.md#b)",
        "`[글](#없음)`",
        "<!-- [글](#없음) -->",
        "<!-- PEOPLE-LIST:START - made by a program -->\n[글](#code-a)\n<!-- PEOPLE-LIST:END -->",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "L001", OWN, FILES) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 제목\n\n[글](#제묵)", "3:5 #제묵"),
        ("[글](other.md#둘)", "1:5 other.md#둘"),
        (f"[글]({BLOB}/answers/other.md#둘)", f"1:5 {BLOB}/answers/other.md#둘"),
        ('<a href="#없음">글</a>', "1:10 #없음"),
        ("<!-- A-LIST:START -->\n[글](#없음)", "2:5 #없음"),
        ("<!-- A-LIST:START -->\n글\n<!-- A-LIST:END -->\n\n[글](#없음)", "5:5 #없음"),
        ("[글][a]\n\n[a]: #없음", "3:6 #없음"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "L001", OWN, FILES) == [found]
