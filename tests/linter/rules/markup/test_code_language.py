"""M007 code-language: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx\n```",
        "``` {.python}\nx\n```",
        "~~~text\nx\n~~~",
        "```math\nx\n```",
        "    들여 쓴 코드",
        "```\n```",
        "```",
        "글 ```x``` 글",
        "<!--\n```\nx\n```\n-->",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M007") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```\nx\n```", ["1:1 ```"]),
        ("- 항목\n  ~~~\n  x\n  ~~~", ["2:3 ~~~"]),
        ("  ```\n  x\n  ```", ["1:3 ```"]),
        (">   ~~~~\n> x\n> ~~~~", ["1:5 ~~~~"]),
        ("> ```\r\n> x\r\n> ```\r\n", ["1:3 ```"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert places(text, "M007") == found
