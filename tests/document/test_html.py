"""Raw HTML as browsers read it; Chromium is the judge."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.document.html import Characters, srcset, tags, tokens
from tests.support.devtools import Tab
from tests.support.documents import document

PIECES = (
    "<img", "<span", "<x-y", "</span", "<video", " ", "\n", "\t", "/", ">", "=", "\"", "'", "a", "src", "B",
    "&", "&amp;", "&copy", "&copy=2", "&section=", "&reg;", "&notit;", "&#65", "&#x41;", "&lt", "한글", "<", "<!",
    "<!-- x -->", "<!-->", "<?php ?>", "</ x>", "=\"a b\"", "='c'", " src=d", " SRC=e", "&region=k", "&nosuch;",
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<a href='?a=1&section=2&copy=3'>", {"href": "?a=1&section=2&copy=3"}),
        ("<a href='?a&region=b'>", {"href": "?a&region=b"}),
        ("<a href='?a=1&amp;b=&lt;&copy;'>", {"href": "?a=1&b=<©"}),
        ("<a href='&copy'>", {"href": "©"}),
        ("<IMG SRC=a.png ALT='가 나'/>", {"src": "a.png", "alt": "가 나"}),
        ("<img src=a src=b>", {"src": "a"}),
        ("<img src = 'a\nb'>", {"src": "a\nb"}),
        ("<img disabled src>", {"disabled": "", "src": ""}),
    ],
)
def test_attributes(source: str, found: dict[str, str]) -> None:
    (tag,) = tags(source, 0)
    assert {name: attribute.value for name, attribute in tag.attributes.items()} == found


@pytest.mark.parametrize(
    "source", ["<a href='", "<img src=a", "<b", "<", "a < b", "<!-- <b>", "<![ if]>", "</>", "<3>"]
)
def test_what_is_no_tag(source: str) -> None:
    assert tags(source, 0) == []


def test_addresses_of_a_srcset_and_where_they_stand() -> None:
    source = "<img srcset='a.png 1x, b,c.png 2x,d.png, data:image/png;base64,AA= 3x , e.png 100w'>"
    (tag,) = tags(source, 0)
    found = list(srcset(tag.attributes["srcset"], source))
    assert [one.value for one in found] == ["a.png", "b,c.png", "d.png", "data:image/png;base64,AA=", "e.png"]
    assert all(one.span.of(source) == one.value for one in found)


def test_html_in_a_quote_is_read_without_its_marks_and_addresses_as_browsers_strip_them() -> None:
    text = '> 글 <img\n> src=" a.png " alt="x"> <a\n>   href="\n> n.md#b">y</a>\n>\n> <p align=center\n> id="here">\n'
    links = document(text).links
    assert [(link.url, link.url_span.of(text)) for link in links] == [
        ("a.png", "a.png"),
        ("n.md#b", "n.md#b"),
    ]
    assert document(text).ids == ("here",)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_places_are_true(source: str) -> None:
    text = f"앞{source}뒤"
    end = 0
    for token in tokens(source, 1):
        assert token.span.start >= end
        end = token.span.end
        if isinstance(token, Characters):
            assert token.span.of(text) == token.source
        else:
            assert token.span.of(text).startswith("<")
            assert token.span.of(text).endswith(">")
            for attribute in token.attributes.values():
                assert "&" in attribute.span.of(text) or attribute.span.of(text) == attribute.value


_READ = """(htmls => htmls.map(html => {
  const nodes = [...new DOMParser().parseFromString("<body>" + html, "text/html").body.querySelectorAll("*")];
  return nodes.map(node => [node.localName, Object.fromEntries([...node.attributes].map(a => [a.name, a.value]))]);
}))"""


@pytest.mark.slow
def test_chromium_reads_the_same(tmp_path: Path) -> None:
    chance = random.Random(11)
    sources = ["".join(chance.choices(PIECES, k=chance.randrange(2, 25))) for _ in range(4000)]
    with Tab(tmp_path) as tab:
        theirs = tab.ask(f"{_READ}({json.dumps(sources)})")
    for source, seen in zip(sources, theirs, strict=True):
        ours = [[tag.name, {name: a.value for name, a in tag.attributes.items()}] for tag in tags(source, 0)]
        assert ours == seen, source
