"""L006 duplicate-link: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import findings, places


def references(*entries: str) -> str:
    lines = ["## #1", "", "#### 질문?", "", "답이다.", "", "#### References", "", *entries]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        references("- [하나](https://a.b/c)", "- [둘](https://a.b/d)"),
        references("- [하나](https://a.b/c) — <https://a.b/c>"),
        references("- [하나](https://a.b/c)", "  https://a.b/c"),
        references("- [하나](https://a.b/c#x)", "- [둘](https://a.b/c#y)"),
        references("- [하나](https://a.b/c?v=1)", "- [둘](https://a.b/c?v=2)"),
        references("- [하나](https://a.b/C)", "- [둘](https://a.b/c)"),
        references("- [![그림](https://a.b/c.png)](https://a.b/d)", "- ![그림](https://a.b/c.png)"),
        references("- [하나][a]", "", "[a]: https://a.b/c"),
        references("- `https://a.b/c`", "- [둘](https://a.b/c)"),
        references("- [하나]()", "- [둘]()"),
        references("- [하나](https://a.b/c)") + references("- [하나](https://a.b/c)").replace("#1", "#2"),
        "[하나](https://a.b/c)\n\n[둘](https://a.b/c)\n",
    ],
)
def test_no_duplicate_link(text: str) -> None:
    assert places(text, "L006") == []


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (["- [하나](https://a.b/c)", "- [둘](https://a.b/c)"], ["10:3 [둘](https://a.b/c)"]),
        (["- [하나](https://a.b/c)", "- [둘](http://A.b/c/)"], ["10:3 [둘](http://A.b/c/)"]),
        (["- [하나](https://a.b/%EA%B0%80)", "- [둘](https://a.b/가)"], ["10:3 [둘](https://a.b/가)"]),
        (["- [하나](https://a.b/c)", "- https://a.b/c"], ["10:3 https://a.b/c"]),
        (["- <https://a.b/c>", "- 둘", "  - [셋](https://a.b/c)"], ["11:5 [셋](https://a.b/c)"]),
        (["[하나](https://a.b/c)", "", "[둘](https://a.b/c)"], ["11:1 [둘](https://a.b/c)"]),
        (["- [하나](u)", "- [둘](u)", "- [셋](u)"], ["10:3 [둘](u)", "11:3 [셋](u)"]),
        (["- [하나][a]", "- [둘][a]", "", "[a]: https://a.b/c"], ["10:3 [둘][a]"]),
        (
            ["| a |", "|---|", "| [하나](https://a.b/c) |", "| [둘](https://a.b/c) |"],
            ["12:3 [둘](https://a.b/c)"],
        ),
    ],
)
def test_duplicate_link(entries: list[str], found: list[str]) -> None:
    text = references(*entries)
    assert places(text, "L006") == found
    crlf = text.replace("\n", "\r\n")
    assert places(crlf, "L006") == found
    first = next(finding for finding in findings(text) if finding.code == "L006")
    assert first.diagnostic.related[0].span.start < first.diagnostic.span.start
