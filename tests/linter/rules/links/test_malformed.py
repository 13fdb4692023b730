"""L004 malformed-link: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.support.documents import FakeFiles, mend, only, places

FILES = FakeFiles(paths=frozenset({"answers/other.md", "answers/my file.md", "answers/images/그림 1.png"}))


@pytest.mark.parametrize(
    "text",
    [
        "[글](https://a.b/c)",
        "[글]( https://a.b/c )",
        "[글](https://a.b/c 'title')",
        "[글](<https://a.b/c d>)",
        "[[신경망] 6](https://a.b/c_(d))",
        "[글\n글](https://a.b)",
        "[글][a] (https://a.b)\n\n[a]: https://c.d",
        "[글] (아래 참고)",
        "x[i] (see below)",
        "x[i](https://a.b)은 코드가 아니다",
        "arr[i] (https://a.b/c)",
        "[1] (https://a.b/c)",
        "- [x] (https://a.b/c)",
        "- [ ] (https://a.b/c)",
        "[글] (other)",
        "[feature] 로그인 (#12)",
        "[feature] (#12)",
        "[링크] (https://...)",
        "[글] (https://a.b/c, 2020년)",
        "`[글] (https://a.b)`",
        "```\n[글] (https://a.b)\n```",
        "$[a] (https://a.b)$",
        "<!-- [글] (https://a.b) -->",
        r"\[글\] (https://a.b)",
        "어텐션(attention)[https://a.b/c]",
        "(글)[1]",
        "(글)[https://a.b](https://c.d)",
        "(글)[https://a.b]: 설명",
        "[글](첫 번째 원소)",
        "f[x](a b)",
        "[글](없는 파일.md)",
        "[글](my%20file.md)",
        "[글](<my file.md>)",
        "![그림](<images/그림 1.png>)",
        "［주의］ 이 절은 어렵다（아래 참고）",
        "[글](http://localhost:8080)",
        "[글](HTTPS://a.b)",
        "[글](https://web.archive.org/web/2020/https://a.b)",
        "[글](ftp://a.b/c)",
        "[글](mailto:a@b.c)",
        "[글](//a.b/c)",
        "[글](http.md)",
        "[글](https/a.b)",
        "<https://a.b>",
        "[a]: https://a.b\n\n[글][a]",
        "[![배지](https://a.b/c.svg)](https://d.e)",
    ],
)
def test_no_malformed_link(text: str) -> None:
    assert places(text, "L004", Config(), FILES) == []


@pytest.mark.parametrize(
    ("text", "found", "mended"),
    [
        # Split.
        ("[글] (https://a.b/c)을", "1:1 [글] (https://a.b/c)", "[글](https://a.b/c)을"),
        ("[글]\u00a0(https://a.b/c)", "1:1 [글]\u00a0(https://a.b/c)", "[글](https://a.b/c)"),
        ("[글] (https://a.b 'x')", "1:1 [글] (https://a.b 'x')", "[글](https://a.b 'x')"),
        ("[**글** `x`] (https://a.b)", "1:1 [**글** `x`] (https://a.b)", "[**글** `x`](https://a.b)"),
        ("[글] (other.md)", "1:1 [글] (other.md)", "[글](other.md)"),
        ("# 제목\n\n[글] (#제목)", "3:1 [글] (#제목)", "# 제목\n\n[글](#제목)"),
        ("![그림] (a.png)", "1:1 ![그림] (a.png)", "![그림](a.png)"),
        ("> - [글] (https://a.b)\r\n", "1:5 [글] (https://a.b)", "> - [글](https://a.b)\r\n"),
        (
            "| a |\n|---|\n| [글] (https://a.b) |",
            "3:3 [글] (https://a.b)",
            "| a |\n|---|\n| [글](https://a.b) |",
        ),
        ("[[글] (https://a.b)]", "1:2 [글] (https://a.b)", "[[글](https://a.b)]"),
        # Reversed.
        ("(글)[https://a.b/c]", "1:1 (글)[https://a.b/c]", "[글](https://a.b/c)"),
        ("참고: (글 둘)[https://a.b]과", "1:5 (글 둘)[https://a.b]", "참고: [글 둘](https://a.b)과"),
        ("!(그림)[images/a.png]", "1:1 !(그림)[images/a.png]", "![그림](images/a.png)"),
        # Full-width.
        ("[글]（https://a.b/c）은", "1:1 [글]（https://a.b/c）", "[글](https://a.b/c)은"),
        ("［글］（https://a.b/c）", "1:1 ［글］（https://a.b/c）", "[글](https://a.b/c)"),
        ("［글］(https://a.b/c)", "1:1 ［글］(https://a.b/c)", "[글](https://a.b/c)"),
        ("[글](https://a.b/c）", "1:1 [글](https://a.b/c）", "[글](https://a.b/c)"),
        ("![]（https://a.b/c.png)", "1:1 ![]（https://a.b/c.png)", "![](https://a.b/c.png)"),
        # Blanks in the address.
        ("[글](my file.md)", "1:1 [글](my file.md)", "[글](<my file.md>)"),
        ("![그림](images/그림 1.png)", "1:1 ![그림](images/그림 1.png)", "![그림](<images/그림 1.png>)"),
        ("[글](https: //a.b/c)", "1:1 [글](https: //a.b/c)", "[글](https://a.b/c)"),
        ("[글](https:// a.b/c)", "1:1 [글](https:// a.b/c)", "[글](https://a.b/c)"),
        ("[글](https://a.b/c d)", "1:1 [글](https://a.b/c d)", "[글](https://a.b/c d)"),
        ("[글](https://a.b “제목”)", "1:1 [글](https://a.b “제목”)", "[글](https://a.b “제목”)"),
        ("![그림](a.png =300x)", "1:1 ![그림](a.png =300x)", "![그림](a.png =300x)"),
        ("![그림](없는 그림.png)", "1:1 ![그림](없는 그림.png)", "![그림](없는 그림.png)"),
        # Unclosed.
        ("- [글](https://a.b/c\n- 둘", "1:3 [글](https://a.b/c", "- [글](https://a.b/c)\n- 둘"),
        ("- [글](https://a.b/c\r\n- 둘", "1:3 [글](https://a.b/c", "- [글](https://a.b/c)\r\n- 둘"),
        ("[글](https://a.b/c_(d)", "1:1 [글](https://a.b/c_(d)", "[글](https://a.b/c_(d))"),
        ("[글](https://a.b/c 은 좋다", "1:1 [글](https://a.b/c", "[글](https://a.b/c 은 좋다"),
        ("[글](https://a.b/c.", "1:1 [글](https://a.b/c.", "[글](https://a.b/c."),
        ("[글](https://a.b/c\n참고)", "1:1 [글](https://a.b/c", "[글](https://a.b/c\n참고)"),
        # Mistyped schemes.
        ("[글](htps://a.b)", "1:5 htps://a.b", "[글](https://a.b)"),
        ("[글](www.a.com/b)", "1:5 www.a.com/b", "[글](https://www.a.com/b)"),
        ("![글](WWW.a-b.io/a.png)", "1:6 WWW.a-b.io/a.png", "![글](https://WWW.a-b.io/a.png)"),
        ("[글](hhtp://a.b)", "1:5 hhtp://a.b", "[글](http://a.b)"),
        ("[글](ttps://a.b)", "1:5 ttps://a.b", "[글](https://a.b)"),
        ("[글](http:/a.b)", "1:5 http:/a.b", "[글](http://a.b)"),
        ("[글](https//a.b/c)", "1:5 https//a.b/c", "[글](https://a.b/c)"),
        ("[글](https:///a.b)", "1:5 https:///a.b", "[글](https://a.b)"),
        ("[글](https;//a.b)", "1:5 https;//a.b", "[글](https://a.b)"),
        ("[글](https:a.b)", "1:5 https:a.b", "[글](https://a.b)"),
        ("[글](http://https://a.b)", "1:5 http://https://a.b", "[글](https://a.b)"),
        ("[글](\u00a0https://a.b)", "1:5 \u00a0https://a.b", "[글](https://a.b)"),
        ("[글](https://a.b\u00a0)", "1:5 https://a.b\u00a0", "[글](https://a.b)"),
        ("[글](%20https://a.b)", "1:5 %20https://a.b", "[글](https://a.b)"),
        ("<htps://a.b>", "1:2 htps://a.b", "<https://a.b>"),
        ('<a href="http:/a.b">글</a>', "1:10 http:/a.b", '<a href="http://a.b">글</a>'),
        ("[글][a]\n\n[a]: htps://a.b", "3:6 htps://a.b", "[글][a]\n\n[a]: https://a.b"),
    ],
)
def test_malformed_link(text: str, found: str, mended: str) -> None:
    assert places(text, "L004", Config(), FILES) == [found]
    assert mend(text, only("L004"), FILES) == mended


def test_a_malformed_link_in_a_heading_is_not_mended_since_that_moves_its_anchor() -> None:
    text = "## [글] (https://a.b/c)\n"
    assert places(text, "L004") == ["1:4 [글] (https://a.b/c)"]
    assert mend(text) == text
