"""I003 page-as-image: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.support.documents import mend, places
from tests.support.repository import BLOB, FILES, OWN


@pytest.mark.parametrize(
    "text",
    [
        "![그림](https://github.com/owner/name/raw/main/a.png)",
        "![그림](https://github.com/owner/name/blob/main/a.png?raw=true)",
        "[글](https://github.com/owner/name/blob/main/a.png)",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "I003", OWN) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"![그림]({BLOB}/images/a.png)", f"1:7 {BLOB}/images/a.png"),
        (f'<img src="{BLOB}/images/a.png">', f"1:11 {BLOB}/images/a.png"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "I003", OWN) == [found]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (f"![그림]({BLOB}/images/a.png)", "![그림](../images/a.png)"),
        (f"![그림]({BLOB}/answers/images/그림%20하나.png)", "![그림](images/그림%20하나.png)"),
        (f"![그림]({BLOB}/no.png)", f"![그림]({BLOB}/no.png)"),
        (
            "![그림](https://github.com/o/n/blob/v1/a.png)",
            "![그림](https://github.com/o/n/raw/v1/a.png)",
        ),
        (f"![그림]({BLOB}/README.md)", f"![그림]({BLOB}/README.md)"),
        ("![그림](https://github.com/o/n/blob/v1/a.md)", "![그림](https://github.com/o/n/blob/v1/a.md)"),
        (f"<img src='{BLOB}/images/a.png'>", "<img src='../images/a.png'>"),
    ],
)
def test_mended(text: str, mended: str) -> None:
    assert mend(text, OWN, FILES) == mended
