"""Bare addresses: which GitHub makes links of, and that they are links of the document."""

from __future__ import annotations

import pytest
from cmarkgfm import github_flavored_markdown_to_html

from dlcards.model import LinkKind
from tests.support.documents import document


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("보라: https://a.io/b", ["https://a.io/b"]),
        ("www.a.io/b를 본다", ["http://www.a.io/b"]),
        ("(www.a.io) *www.b.io* **WWW.c.io**", ["http://www.a.io", "http://www.b.io", "http://WWW.c.io"]),
        ("https://a.io/b. 그리고 http://c.io/d,", ["https://a.io/b", "http://c.io/d"]),
        ("\\https://a.io/b \\\\https://c.io/d", ["https://a.io/b", "https://c.io/d"]),
        ("사이트:www.a.io xwww.a.io www. www.a", []),
        ("`https://a.io` <a href='https://b.io'>https://b.io</a>", []),
        ("https://example.com/a http://localhost:8080 www.example.org https://a.io/{id}", []),
        ("| a |\n|---|\n| https://a.io/b |", ["https://a.io/b"]),
        ("글[^1]\n\n[^1]: https://a.io/b", ["https://a.io/b"]),
    ],
)
def test_bare_addresses_are_links(text: str, urls: list[str]) -> None:
    bare = [link for link in document(text).links if link.kind is LinkKind.BARE]
    assert [link.url for link in bare] == urls
    assert all(link.span == link.url_span for link in bare)


@pytest.mark.parametrize("before", ["", " ", "(", "*", "_", "~", "가", "a", ":", "-", "/", "[", ".", "\n"])
def test_github_agrees_on_what_may_stand_before_www(before: str) -> None:
    text = f"가나 {before}www.a.io/b 다"
    github = 'href="http://www.a.io/b"' in github_flavored_markdown_to_html(text)
    assert any(link.kind is LinkKind.BARE for link in document(text).links) == github
