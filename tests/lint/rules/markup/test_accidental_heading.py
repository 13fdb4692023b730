"""M005 accidental-heading: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.support.documents import mend, places


@pytest.mark.parametrize(
    "text",
    [
        "제목\n---\n\n글\n\n다른\n---\n",
        "# 제목\n\n- 항목\n---\n",
        "# 제목\n\n글\n\n---\n",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M005") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 제목\n\n글\n---\n\n## 둘\n", "3:1 글"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "M005") == [found]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("# 제목\n\n글\n---\n", "# 제목\n\n글\n\n---\n"),
        ("# 제목\r\n\r\n글\r\n---\r\n", "# 제목\r\n\r\n글\r\n\r\n---\r\n"),
    ],
)
def test_mended(text: str, mended: str) -> None:
    assert mend(text) == mended
