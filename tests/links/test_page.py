"""A page as it is read: its charset, anchors, text and refresh, in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.links.page import decoded, scan

CHARSETS: list[tuple[bytes, str, str]] = [
    ("한".encode(), "text/html", "한"),
    ("한".encode(), "text/html; charset=UTF-8", "한"),
    ("한".encode("cp949"), "text/html; charset=EUC-KR", "한"),
    ("똠".encode("cp949"), 'text/html; charset="euc-kr"', "똠"),
    (b'<meta charset="ks_c_5601-1987">' + "똠".encode("cp949"), "", '<meta charset="ks_c_5601-1987">똠'),
    (b"\xef\xbb\xbf" + "한".encode(), "text/html; charset=euc-kr", "한"),
    ("한".encode("utf-16"), "text/html", "한"),
    (b"\x80", "text/html; charset=iso-8859-1", "€"),
    ("한".encode(), "text/html; charset=klingon", "한"),
    ("한".encode(), "text/html; charset=punycode", "한"),
    ("한".encode(), "text/html; charset=base64", "한"),
    (b"a\xff", "text/html", "a\ufffd"),
    (b"", "", ""),
]


@pytest.mark.parametrize(("data", "kind", "text"), CHARSETS)
def test_charsets(data: bytes, kind: str, text: str) -> None:
    assert decoded(data, kind) == text


def anchors(html: str, *wanted: str) -> set[str]:
    return set(scan(html, [frozenset([name]) for name in wanted]).found)


def test_anchors() -> None:
    html = """<!doctype html><title>T &amp; t</title><!-- <p id=comment> --><script>"<p id=script>"</script>
    <H1 ID='One'>Head<b>ing</b></H1><a name=two>x</a><p name=three><p id = "a&amp;b"><p data-x="<p id=quoted>">
    <p class=a id=four/><p id="five" id="six"><textarea><p id=area></textarea><p id=last"""
    wanted = [
        "comment",
        "script",
        "One",
        "one",
        "two",
        "three",
        "a&b",
        "quoted",
        "four/",
        "five",
        "six",
        "area",
        "last",
    ]
    assert anchors(html, *wanted) == {"One", "two", "a&b", "four/", "five"}
    page = scan(html)
    assert (page.title, page.headings, page.scripted) == ("T & t", "Head ing", True)


def test_both_ways_of_reading_say_the_same() -> None:
    html = (
        "<title>가</title><script src=a.js></script><style>p{}</style><h1>나 <i>다</i></h1><p>라<br>마</p>"
        "<noscript>바 <b>사</b></noscript><iframe src=b.html></iframe><!-- 아 --><p>1 < 2 > 0</p>"
        "<script>alert('자')</script>"
    )
    assert scan(html)._replace(length=0) == scan(html, [frozenset("x")])._replace(length=0)
    assert scan(html).text == "나 다 라 마 1 < 2 > 0"
    assert (scan(html).alerts, scan(html).noscript, scan(html).sources) == ("자", "바 사", ("a.js", "b.html"))


def test_refresh_is_only_found_where_a_browser_finds_it() -> None:
    meta = '<meta http-equiv="Refresh" content="0; url=/a&amp;b">'
    assert scan(f"<p>{meta}").refresh == "/a&b"
    for html in (
        f"<!--{meta}-->",
        f"<noscript>{meta}</noscript>",
        f"<textarea>{meta}</textarea>",
        f"<p title='{meta}'>",
    ):
        assert scan(html).refresh == ""


HARD = {
    "comments": "<!--" * 250_000,
    "quotes": "<a b='" * 160_000,
    "brackets": "<" * 1_000_000,
    "tags": "<a " * 340_000,
    "empty tags": "<a>" * 340_000,
    "ends": "</" * 500_000,
    "declarations": "<![a[" * 200_000,
    "titles": "<title>" * 140_000,
    "headings": "<h1>" * 250_000,
    "scripts": "<script></script>" * 60_000,
    "attributes": "<a " + "a=" * 500_000,
    "spaces": "<a" + " " * 1_000_000,
    "equals": "<a b" + " =" * 500_000,
    "entities": "&#x41;" * 170_000,
    "refreshes": "http-equiv = " * 80_000,
    "noscripts": "<noscript><a" * 80_000,
}


@pytest.mark.parametrize("name", HARD)
def test_no_page_takes_long(name: str) -> None:
    for wanted in ([], [frozenset(["zz"])]):
        began = time.process_time()
        page = scan(HARD[name], wanted)
        assert time.process_time() - began < 60  # quadratic ones take hours
        assert not page.found


@given(st.text(alphabet="<>/!-= \"'abh1titlescrpnoxm&;#가", max_size=200))
def test_any_text_is_a_page(html: str) -> None:
    scan(html, [frozenset("a")])
    assert scan(html).found == frozenset()
