"""L004, L008: links that are none, and addresses that are no links."""

from __future__ import annotations

import pytest

from dlcards.lint.fixes import fix
from dlcards.model import Config
from tests.support.documents import PATH, FakeFiles, context, findings, places

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
    only = Config(select=("L004",), ignore=("Q", "T", "L", "I", "M", "K", "D", "S"))
    assert fix(PATH, text, context(only, FILES)).text == mended


def test_a_malformed_link_in_a_heading_is_not_mended_since_that_moves_its_anchor() -> None:
    text = "## [글] (https://a.b/c)\n"
    assert places(text, "L004") == ["1:4 [글] (https://a.b/c)"]
    assert fix(PATH, text, context()).text == text


@pytest.mark.parametrize(
    "text",
    [
        "<https://a.b/c>입니다",
        "[글](https://a.b/c)입니다",
        "[https://a.b/c](https://a.b/c)",
        "[글][a]\n\n[a]: https://a.b/c",
        "`https://a.b/c`",
        "```\nhttps://a.b/c\n```",
        "$https://a.b/c$",
        '<a href="https://a.b/c">https://a.b/c</a>',
        "<code>https://a.b/c</code>",
        '글 <img src="https://a.b/c.png">',
        "<div>\nhttps://a.b/c\n</div>",
        "<!-- https://a.b/c -->",
        "[글] (https://a.b/c)",
        "xhttps://a.b/c",
        "https:// 로 시작하는 주소",
        "https://... 로 시작하는 주소",
        "https://arxiv.org/abs/…을 본다",
        "https://github.com/<user>/<repo>을 본다",
        "https://api.a.b/users/{id}을 부른다",
        "http://localhost:8080/a에 띄운다",
        "http://127.0.0.1/a에 띄운다",
        "https://example.com/a에서",
        "https://www.example.com/a",
        "주소창에 https://www.google.com 을 넣는다",
        "주소창에 https://www.google.com [글](u)",
        "<a href='u'>닫지 않은 링크 https://a.b/c",
        "www.a.b에서",
    ],
)
def test_no_bare_url(text: str) -> None:
    assert places(text, "L008") == []


@pytest.mark.parametrize(
    ("text", "found", "mended"),
    [
        # No link, but whole.
        ("- https://a.b/c", "1:3 https://a.b/c", "- <https://a.b/c>"),
        ("> - 출처: https://a.b/c\r\n", "1:9 https://a.b/c", "> - 출처: <https://a.b/c>\r\n"),
        ("글(https://a.b/c)은", "1:3 https://a.b/c", "글(<https://a.b/c>)은"),
        ("(https://a.b/c) 글", "1:2 https://a.b/c", "(<https://a.b/c>) 글"),
        ("https://a.b/c_(d) 글", "1:1 https://a.b/c_(d)", "<https://a.b/c_(d)> 글"),
        ("https://a.b/c. 글", "1:1 https://a.b/c", "<https://a.b/c>. 글"),
        ("https://a.b/c<br>글", "1:1 https://a.b/c", "<https://a.b/c><br>글"),
        ("https://a.b", "1:1 https://a.b", "<https://a.b>"),
        ("| a |\n|---|\n| https://a.b/c |", "3:3 https://a.b/c", "| a |\n|---|\n| <https://a.b/c> |"),
        ("글[^1]\n\n[^1]: https://a.b/c", "3:7 https://a.b/c", "글[^1]\n\n[^1]: <https://a.b/c>"),
        ("출처:https://a.b/c", "1:4 https://a.b/c", "출처:<https://a.b/c>"),
        ("- https://namu.wiki/w/딥러닝", "1:3 https://namu.wiki/w/딥러닝", "- <https://namu.wiki/w/딥러닝>"),
        ("https://a.b/가-b 글", "1:1 https://a.b/가-b", "<https://a.b/가-b> 글"),
        # Whether the particle belongs to the page's name can't be told: no fix.
        ("https://a.b/w/딥러닝을 보라", "1:1 https://a.b/w/딥러닝을", "https://a.b/w/딥러닝을 보라"),
        ("https://a.b/w/딥러닝입니다", "1:1 https://a.b/w/딥러닝입니다", "https://a.b/w/딥러닝입니다"),
        (r"https://a.b/c\_d 글", "1:1 https://a.b/c", r"https://a.b/c\_d 글"),
        # Swallowed.
        ("출처는 https://a.b/c입니다.", "1:5 https://a.b/c", "출처는 <https://a.b/c>입니다."),
        ("https://a.b/c에서 본다", "1:1 https://a.b/c", "<https://a.b/c>에서 본다"),
        ("https://a.b/c/의 글", "1:1 https://a.b/c/", "<https://a.b/c/>의 글"),
        ("https://a.b/c?d=1#e을 본다", "1:1 https://a.b/c?d=1#e", "<https://a.b/c?d=1#e>을 본다"),
        (
            "https://www.google.com을 넣는다",
            "1:1 https://www.google.com",
            "<https://www.google.com>을 넣는다",
        ),
        ("https://a.com에서볼수있다", "1:1 https://a.com", "<https://a.com>에서볼수있다"),
        ("https://a.b/c。다음", "1:1 https://a.b/c", "<https://a.b/c>。다음"),
        ("**https://a.b/c**은 글", "1:3 https://a.b/c", "**<https://a.b/c>**은 글"),
        ("(https://a.b/c)은 글", "1:2 https://a.b/c", "(<https://a.b/c>)은 글"),
        ("“https://a.b/c”라는 글", "1:2 https://a.b/c", "“<https://a.b/c>”라는 글"),
        ("글（https://a.b/c）은", "1:3 https://a.b/c", "글（<https://a.b/c>）은"),
        # The name of a page that ends like a particle, with nothing behind it.
        ("- https://velog.io/@a/CNN의", "1:3 https://velog.io/@a/CNN의", "- <https://velog.io/@a/CNN의>"),
        ("https://한국.kr/a 글", "1:1 https://한국.kr/a", "<https://한국.kr/a> 글"),
    ],
)
def test_bare_url(text: str, found: str, mended: str) -> None:
    assert places(text, "L008") == [found]
    only = Config(select=("L008",), ignore=("Q", "T", "L", "I", "M", "K", "D", "S"))
    assert fix(PATH, text, context(only)).text == mended


def test_bare_urls_are_one_house_style_and_swallowed_particles_are_not() -> None:
    text = "- https://a.b/c\n- https://a.b/d\n- 출처는 https://a.b/e입니다\n"
    causes = [finding.diagnostic.cause for finding in findings(text) if finding.rule.code == "L008"]
    assert causes == ["bare", "bare", ""]
