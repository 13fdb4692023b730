"""I001 missing-image: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places
from tests.support.repository import BLOB, FILES, OWN


@pytest.mark.parametrize(
    "text",
    [
        "![그림](../images/a.png)",
        "![그림](/images/a.png)",
        "![그림](<images/그림 하나.png>)",
        "![그림](images/%EA%B7%B8%EB%A6%BC%20%ED%95%98%EB%82%98.png)",
        "![그림](..//images/a.png)",
        "![그림](https://example.com/a.png)",
        f"![그림]({BLOB}/images/a.png?raw=true)",
        '<img src="../images/a.png">',
        '<img src=" ../images/a.png ">',
        "<img src='\n  ../images/a.png\t'>",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "I001", OWN, FILES) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![그림](images/b.png)", "1:7 images/b.png"),
        ("![그림](../images/A.PNG)", "1:7 ../images/A.PNG"),
        ('<div align="center">\n<img\n src="없음.png">\n</div>', "3:7 없음.png"),
        ('<img src="">', '1:1 <img src="">'),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "I001", OWN, FILES) == [found]
