"""L008 bare-url: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.support.documents import causes, mend, only, places


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
        ("- www.a.io/b", "1:3 www.a.io/b", "- [www.a.io/b](http://www.a.io/b)"),
        ("www.a.io/b에서 보았다", "1:1 www.a.io/b", "[www.a.io/b](http://www.a.io/b)에서 보았다"),
        ("| a |\n|---|\n| https://a.b/c |", "3:3 https://a.b/c", "| a |\n|---|\n| <https://a.b/c> |"),
        ("글[^1]\n\n[^1]: https://a.b/c", "3:7 https://a.b/c", "글[^1]\n\n[^1]: <https://a.b/c>"),
        ("출처:https://a.b/c", "1:4 https://a.b/c", "출처:<https://a.b/c>"),
        ("- https://namu.wiki/w/딥러닝", "1:3 https://namu.wiki/w/딥러닝", "- <https://namu.wiki/w/딥러닝>"),
        ("https://a.b/가-b 글", "1:1 https://a.b/가-b", "<https://a.b/가-b> 글"),
        # Whether the particle belongs to the page's name can't be told: no fix.
        ("https://a.b/w/딥러닝을 보라", "1:1 https://a.b/w/딥러닝을", "https://a.b/w/딥러닝을 보라"),
        ("https://a.b/w/딥러닝입니다", "1:1 https://a.b/w/딥러닝입니다", "https://a.b/w/딥러닝입니다"),
        (r"https://a.b/c\_d 글", r"1:1 https://a.b/c\_d", r"https://a.b/c\_d 글"),
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
    assert mend(text, only("L008")) == mended


def test_bare_urls_are_one_house_style_and_swallowed_particles_are_not() -> None:
    text = "- https://a.b/c\n- https://a.b/d\n- 출처는 https://a.b/e입니다\n"
    assert causes(text, "L008") == ["bare", "bare", ""]


@pytest.mark.parametrize("text", ["- https://a.b/c", "https://a.b/c. 글", "- www.a.io/b", "(https://a.b/c)"])
def test_an_address_that_github_links_as_it_is_meant_is_left_to_whoever_asks(text: str) -> None:
    assert places(text, "L008", Config()) == []
    assert places(text, "L008", Config(ignore=("L008",), select=("L",))) == []


@pytest.mark.parametrize(
    "text",
    ["https://a.b/c에서 보았다", "（https://a.b/c）", "(https://a.b/c，2015)", "www.a.io/b에서 보았다"],
)
def test_one_that_swallows_something_is_found_by_itself(text: str) -> None:
    assert len(places(text, "L008", Config())) == 1
