"""What a page says: charset, fragments, soft 404s, challenges, and how its body is read."""

from __future__ import annotations

import gzip
import io
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3 import HTTPResponse

from dlcards.links.body import read_body
from dlcards.links.challenges import is_challenge
from dlcards.links.fragments import Found, find, names
from dlcards.links.page import decoded, scan
from dlcards.links.soft404 import suspect

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
    assert replace(scan(html), length=0) == replace(scan(html, [frozenset("x")]), length=0)
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


LONG = "<p>Some words of a paragraph that is long enough to be read.</p>" * 20
FRAGMENTS = [
    ("a", "<p id=a>" + LONG, Found.YES),
    ("%EA%B0%80", "<p id=가>" + LONG, Found.YES),
    ("가", "<p id=%EA%B0%80>" + LONG, Found.NO),
    ("a", "<p id=user-content-a>" + LONG, Found.YES),
    ("a", "<a name=a>" + LONG, Found.YES),
    ("A", "<p id=a>" + LONG, Found.NO),
    ("", LONG, Found.YES),
    ("top", LONG, Found.YES),
    ("L10", LONG, Found.YES),
    ("L10-L20", LONG, Found.YES),
    ("L10C3-L20C5", LONG, Found.YES),
    ("L", LONG, Found.NO),
    (":~:text=a", LONG, Found.YES),
    ("none", LONG, Found.NO),
    ("none", LONG + "<script>count()</script>", Found.NO),
    ("none", "<div id=root></div>" + LONG, Found.UNKNOWN),
    ("none", "<p>few<script src=app.js></script>", Found.UNKNOWN),
    ("none", LONG + "<noscript>Please enable JavaScript.</noscript>", Found.UNKNOWN),
    ("none", LONG + "<noscript>자바스크립트를 켜 주세요.</noscript>", Found.UNKNOWN),
    ("none", LONG + "<script src=/js/anchor.min.js></script>", Found.UNKNOWN),
    ("none", LONG + "<p ng-version=17>", Found.UNKNOWN),
    ("/route", LONG, Found.UNKNOWN),
    ("!route", LONG, Found.UNKNOWN),
    ("none", "", Found.UNKNOWN),
]


@pytest.mark.parametrize(("fragment", "html", "found"), FRAGMENTS)
def test_fragments(fragment: str, html: str, found: Found) -> None:
    assert find(fragment, scan(html, [names(fragment)])) is found


def test_a_page_that_was_not_read_to_its_end_lacks_nothing() -> None:
    assert find("none", scan(LONG, [names("none")], complete=False)) is Found.UNKNOWN
    assert find("a", scan("<p id=a>" + LONG, [names("a")], complete=False)) is Found.YES


SOFT = [
    "404",
    "404 Not Found",
    "Error 404",
    "404 | Example",
    "Example - Page Not Found",
    "Page not found · GitHub Pages",
    "Oops! That page can’t be found.",
    "Sorry, this page isn't available.",
    "This page doesn't exist",
    "The page you requested was not found",
    "페이지를 찾을 수 없습니다",
    "페이지를 찾을 수 없습니다. : 네이버 블로그",
    "요청하신 페이지를 찾을 수 없습니다.",
    "존재하지 않는 페이지입니다",
    "삭제된 게시물입니다.",
    "404 에러",
]
HARD_TITLES = [
    "What is a 404 Not Found error?",
    "Not found: why SQL says so",
    "페이지를 찾을 수 없습니다 오류를 고치는 방법",
    "404호의 비밀",
    "The page table",
    "Page faults explained",
    "글을 잘 쓰는 법",
    "존재하지 않는 것의 철학",
]


@pytest.mark.parametrize("title", SOFT)
def test_titles_of_soft_errors(title: str) -> None:
    assert suspect(scan(f"<title>{title}</title><p>{'menu ' * 300}"), "http://e.com/x") == "soft-404"
    assert suspect(scan(f"<title>E</title><h1>{title}</h1>{'menu ' * 300}"), "http://e.com/x") == "soft-404"
    assert suspect(scan(f"<title>{title}</title>"), "http://e.com/docs/404.html") == ""
    assert suspect(scan(f"<title>{title}</title><p>{'words ' * 2000}"), "http://e.com/x") == ""


@pytest.mark.parametrize("title", HARD_TITLES)
def test_titles_of_pages_that_are_there(title: str) -> None:
    assert (
        suspect(scan(f"<title>{title} | E</title><h1>{title}</h1><p>{'words ' * 200}"), "http://e.com/x")
        == ""
    )


PARKED = [
    "<title>e.com - This domain is for sale!</title>",
    "<p>The domain e.com may be for sale. Inquire about this domain.</p>",
    "<p>이 도메인은 판매 중입니다.</p>",
    "<p>x</p><script src='https://www.sedoparking.com/a.js'></script>",
    "<iframe src='//parkingcrew.net/x'></iframe>",
]


@pytest.mark.parametrize("html", PARKED)
def test_parked_domains(html: str) -> None:
    assert suspect(scan(html), "http://e.com/x") == "parked"


def test_parking_by_its_address() -> None:
    assert suspect(scan("<p>x"), "https://www.hugedomains.com/domain_profile.cfm?d=e") == "parked"
    assert suspect(scan("<p>x"), "https://e.com/x?from=hugedomains.com") == ""


def test_challenges() -> None:
    moment = scan("<title>Just a moment...</title>")
    article = scan(f"<title>Just a moment...</title><p>{'words ' * 300}")
    assert is_challenge(200, {}, moment, "")
    assert is_challenge(503, {}, moment, "")
    assert not is_challenge(200, {}, article, "")
    assert is_challenge(202, {"x-amzn-waf-action": "challenge"}, None, "")
    assert not is_challenge(404, {"server": "ddos-guard"}, None, "")
    assert not is_challenge(404, {"x-datadome": "protected"}, None, "")
    assert not is_challenge(404, {"crawler-price": "0.1"}, None, "")
    assert is_challenge(402, {"crawler-price": "0.1"}, None, "")
    assert not is_challenge(404, {"server": "cloudflare", "cf-ray": "1"}, scan("<p>no such page"), "")
    assert is_challenge(200, {}, None, "https://www.google.com/sorry/index?continue=x")
    assert not is_challenge(200, {}, None, "https://example.com/captcha-paper")


def body_of(data: bytes, coding: str = "", limit: int = 1 << 20) -> Any:
    raw = HTTPResponse(body=io.BytesIO(data), preload_content=False, decode_content=False)
    return read_body(raw, coding, limit)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


PAGE = b"<html>" + bytes(range(256)) * 400 + b"</html>"
CODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("", lambda data: data),
    ("identity", lambda data: data),
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("gzip", lambda data: data),  # some servers only say so
]


@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_bodies(coding: str, pack: Callable[[bytes], bytes]) -> None:
    body = body_of(pack(PAGE), coding)
    assert (body.data, body.complete, body.error, body.readable) == (PAGE, True, None, True)
    cut = body_of(pack(PAGE), coding, 5000)
    assert (cut.data, cut.complete) == (PAGE[:5000], False)


def test_bodies_that_are_not_all_there() -> None:
    packed = gzip.compress(PAGE)
    assert not body_of(packed[: len(packed) // 2], "gzip").complete
    assert not body_of(packed + packed, "gzip").complete
    assert body_of(packed + bytes(10), "gzip").complete
    for data, coding in ((b"\x00garbage", "gzip"), (PAGE, "br"), (gzip.compress(packed), "gzip, gzip")):
        body = body_of(data, coding)
        assert (body.data, body.complete, body.readable) == (b"", False, False)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(gzip.compress(bytes(64 << 20)) + bytes(64 << 20))
    body = body_of(bomb, "gzip", 1 << 16)
    assert len(body.data) == 1 << 16
    assert not body.complete
