"""L003 undefined-reference: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "text",
    [
        "[글][a]\n\n[a]: https://a.b",
        "[글][A  B]\n\n[a b]: https://a.b",
        "`[글][a]`",
        "x[0][1]",
        "[글]",
        "각주[^1]\n\n[^1]: 글",
        "[^0-9]와 같은 식",
        "- 2: [1,2][3,4]",
        "[1][2]",
        "[i][j]",
        '["a"]["b", "c"]',
        "[1:3][-1]",
        "[true, false][null, true]",
        "[글](u)[a]",
        r"\[글\][a]",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "L003") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[글][a]", "1:1 [글][a]"),
        ("[글][]", "1:1 [글][]"),
        ("[글][1]", "1:1 [글][1]"),
        ("[Kim, Lee][2019]", "1:1 [Kim, Lee][2019]"),
        ("[a paper][1,2]", "1:1 [a paper][1,2]"),
        ("![그림][a]", "1:1 ![그림][a]"),
        ("각주[^1]", "1:3 [^1]"),
        ("| a |\n|---|\n| [글][b] |", "3:3 [글][b]"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "L003") == [found]
