"""M006 unclosed-fence: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "text",
    [
        "```\nx\n```",
        "~~~~\n```\n~~~~",
        "- 항목\n  ```\n  x\n  ```\n\n글",
        "> ```\n> x\n> ```",
        "    들여 쓴 코드",
        "```\n```",
        "````\n```\n````\n",
        "```\r\nx\r\n```\r\n",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M006") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("글\n\n```python\nx\n``\n\n## #1", "3:1 ```python"),
        ("- 항목\n  ```\n  x\n  ``\n\n글", "2:3 ```"),
        ("```", "1:1 ```"),
        ("```\nx\n~~~\n", "1:1 ```"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "M006") == [found]
