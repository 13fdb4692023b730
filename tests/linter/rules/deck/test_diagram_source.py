"""D006 diagram-source: clean cases first, then what is found."""

from __future__ import annotations

import pytest

from tests.linter.rules.deck.cases import HEAD
from tests.support.documents import places


@pytest.mark.parametrize(
    "body",
    [
        "```text\ngraph LR\n```",
        "```\nmermaid\n```",
        "```python mermaid\nx\n```",
        "`mermaid`를 쓴다",
        "    graph LR",
        "```math\nx\n```",
        "````markdown\n```mermaid\ngraph LR\n```\n````",
    ],
)
def test_clean(body: str) -> None:
    assert places(HEAD + body, "D006") == []


def test_outside_of_questions_github_draws_it() -> None:
    assert places("# 글\n\n```mermaid\ngraph LR\n```", "D006") == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("```mermaid\ngraph LR\n```", ["5:1 ```mermaid"]),
        ("~~~Mermaid title\ngraph LR\n~~~", ["5:1 ~~~Mermaid title"]),
        ("- 항목\n\n  ```geojson\n  {}\n  ```", ["7:3 ```geojson"]),
        ("```topojson\n{}\n```\n\n```stl\nsolid\n```", ["5:1 ```topojson", "9:1 ```stl"]),
        ("#### 꼬리질문\n\n- 질문?\n\n  ```mermaid\n  graph LR\n  ```", ["9:3 ```mermaid"]),
    ],
)
def test_found(body: str, found: list[str]) -> None:
    assert places(HEAD + body, "D006") == found
