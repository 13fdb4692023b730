"""What answers mean: statuses, redirects, second tries, cookies."""

from __future__ import annotations

from collections.abc import Mapping

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3 import HTTPResponse

from dlcards.links import Outcome, Settings
from dlcards.links.chase import Chase
from dlcards.links.cookies import Jar
from dlcards.links.fragments import Found, names
from dlcards.links.judge import Answer, Judgement, Trail, Wanted, judge, retry_after
from dlcards.links.page import Page, refresh_target, scan
from dlcards.links.urls import parse
from dlcards.model import Verdict

START = parse("http://example.com/a/b")
HTML = Page(title="A", text="words " * 300, length=1800)


def judged(
    status: int, page: Page | None = None, trail: Trail | None = None, **headers: str
) -> Judgement | Trail:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return judge(Answer(status, named, page), trail or Trail(START, START), frozenset(), 0.0)


STATUSES = {
    "ok": (200, 201, 202, 203, 204, 206, 226, 299, 300),
    "not-found": (404, 410),
    "client-error": (
        400,
        402,
        405,
        406,
        409,
        411,
        412,
        413,
        414,
        415,
        416,
        417,
        418,
        421,
        422,
        423,
        424,
        428,
        431,
    ),
    "blocked": (401, 403, 407, 426, 430, 451, 495, 496, 999),
    "rate-limited": (420, 429),
    "timeout": (408,),
    "unavailable": (425, 503),
    "server-error": (
        199,
        304,
        399,
        500,
        501,
        502,
        504,
        505,
        507,
        508,
        509,
        511,
        520,
        522,
        526,
        530,
        600,
        700,
    ),
    "no-location": (301, 302, 303, 307, 308),
}


@pytest.mark.parametrize(
    ("reason", "status"), [(why, code) for why, codes in STATUSES.items() for code in codes]
)
def test_statuses(reason: str, status: int) -> None:
    found = judged(status)
    assert isinstance(found, Judgement)
    assert (found.reason or found.outcome.value, found.status) == (reason, status)
    broken = reason in ("not-found", "no-location")
    assert (found.outcome is Outcome.BROKEN) == broken
    assert found.detail or found.outcome is Outcome.OK


@hypothesis.settings(deadline=None)
@given(st.integers(100, 999))
def test_what_is_no_4xx_and_no_redirect_is_never_broken(status: int) -> None:
    found = judged(status)
    if not 300 <= status < 500:
        assert isinstance(found, Judgement)
        assert found.outcome is not Outcome.BROKEN


def way(*hops: int, to: str, start: str = "http://example.com/a/b", fragment: str = "") -> Trail:
    return Trail(parse(start), parse(to), hops, fragment)


MOVED = "http://example.com/new"
ENDS = [
    (way(301, to=MOVED), "moved"),
    (way(308, to=MOVED), "moved"),
    (way(301, 308, 301, to="https://www.example.com/new"), "moved"),
    (way(302, to=MOVED), "ok"),
    (way(301, 302, to=MOVED), "ok"),
    (way(307, 308, to=MOVED), "ok"),
    (way(0, to=MOVED), "ok"),
    (way(301, to="http://example.com/a/b"), "ok"),
    (way(301, to="http://example.com/"), "ok to-root"),
    (way(302, to="http://example.com/?a"), "ok"),
    (way(301, to="http://example.com/ko/"), "ok to-root"),
    (way(301, to="http://example.com/index.html"), "ok to-root"),
    (way(301, to="http://example.com/?a=1"), "ok"),
    (way(301, to="http://example.com/login"), "ok"),
    (way(301, to="http://example.com/new", start="https://example.com/a"), "ok"),
    (way(301, to="https://example.com/new"), "moved"),
    (way(301, to="https://example.com/", start="http://example.com/"), "ok"),
    (way(301, to="http://example.com/en/", start="http://example.com/"), "moved"),
    (way(301, to="http://example.com/a/b", start="https://example.com/a/b"), "ok"),
    (way(301, to="http://example.com/login?next=/a/b"), "ok"),
    (way(301, to="http://example.com/login/", start="http://example.com/login"), "moved"),
    (way(301, to="http://other.example/new"), "ok other-domain"),
    (way(302, to="http://other.example/new"), "ok other-domain"),
    (way(301, to="http://b.github.io/x", start="http://a.github.io/x"), "ok other-domain"),
    (way(301, to="http://b.co.kr/x", start="http://a.co.kr/x"), "ok other-domain"),
    (way(302, to="http://publisher.example/x", start="https://doi.org/10.1/x"), "ok"),
    (way(301, to="https://www.youtube.com/watch?v=x", start="https://youtu.be/x"), "ok"),
]


@pytest.mark.parametrize(("trail", "expected"), ENDS)
def test_ends_of_ways(trail: Trail, expected: str) -> None:
    found = judged(200, HTML, trail)
    assert isinstance(found, Judgement)
    assert f"{found.outcome.value} {found.suspect}".strip() == expected
    assert found.final == (trail.at.url if expected == "moved" else "")


def test_a_suspect_page_never_says_where_to_move() -> None:
    gone = scan("<title>Page not found</title>")
    found = judged(200, gone, way(301, to=MOVED))
    assert isinstance(found, Judgement)
    assert (found.outcome, found.suspect, found.final) == (Outcome.OK, "soft-404", "")


def test_redirects() -> None:
    found = judged(301, location="../c#d")
    assert found == Trail(START, parse("http://example.com/c#d"), (301,), "d")
    found = judged(302, trail=way(301, to="http://example.com/c", fragment="d"), location="/e")
    assert isinstance(found, Trail)
    assert (found.hops, found.fragment, found.at.url) == ((301, 302), "d", "http://example.com/e")
    found = judged(300, location="/d")
    assert isinstance(found, Trail)
    assert (found.hops, found.at.url) == ((300,), "http://example.com/d")
    assert isinstance(judged(299, location="/d"), Judgement)
    for location, reason in {"": "no-location", "file:///a": "bad-scheme", "http://[": "invalid-url"}.items():
        broken = judged(301, location=location)
        assert isinstance(broken, Judgement)
        assert (broken.outcome, broken.reason, broken.status) == (Outcome.BROKEN, reason, 301)


def test_pages_that_lead_on() -> None:
    on = judged(200, HTML._replace(refresh="/c"))
    assert isinstance(on, Trail)
    assert (on.at.url, on.hops) == ("http://example.com/c", (0,))
    based = judged(200, HTML._replace(refresh="c", base="http://other.example/d/"))
    assert isinstance(based, Trail)
    assert based.at.url == "http://other.example/d/c"
    header = judged(200, HTML, refresh="0; url=/c")
    assert isinstance(header, Trail)
    for refresh in ("", "/a/b", "#x", "javascript:void(0)", "http://["):
        assert isinstance(judged(200, HTML._replace(refresh=refresh)), Judgement)
    # Nobody follows a page that is not there.
    assert isinstance(judged(404, HTML._replace(refresh="/c")), Judgement)


REFRESHES = {
    "0;url=/a": "/a",
    "0; URL='/a b'": "/a b",
    '5;url="/a"': "/a",
    "0.5, /a": "/a",
    "0 url = /a": "/a",
    ";url=/a": "/a",
    "6;url=/a": "",
    "300": "",
    "0": "",
    "": "",
    "0;url=": "",
    "now;url=/a": "",
    "9" * 30 + ";url=/a": "",
}


@pytest.mark.parametrize(("content", "target"), REFRESHES.items())
def test_refreshes(content: str, target: str) -> None:
    assert refresh_target(content) == target


def test_fragments_in_verdicts() -> None:
    found = judge(
        Answer(200, {}, scan("<h1 id=a>A</h1>" + "words " * 200, [names("a"), names("b")])),
        Trail(START, START),
        frozenset("ab"),
        0.0,
    )
    assert isinstance(found, Judgement)
    assert found.verdict("u#a", "a").outcome is Outcome.OK
    assert found.verdict("u", "").outcome is Outcome.OK
    missing = found.verdict("u#b", "b")
    assert (missing.outcome, missing.reason, missing.url) == (Outcome.BROKEN, "fragment", "u#b")
    moved = found._replace(outcome=Outcome.MOVED, final="http://example.com/c")
    assert moved.verdict("u#a", "a").final_url == "http://example.com/c#a"
    assert moved._replace(fragment="z").verdict("u#a", "a").final_url == "http://example.com/c#z"
    assert (found.verdict("u#a", "a").final_url, moved.verdict("u", "").final_url) == ("", moved.final)
    # What looks like an error page is a hint, whatever it lacks.
    assert found._replace(suspect="soft-404").verdict("u#b", "b").outcome is Outcome.OK


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("suspect", ["", "soft-404"])
@pytest.mark.parametrize("there", Found)
def test_only_a_good_page_can_lack_an_anchor(outcome: Outcome, suspect: str, there: Found) -> None:
    page = Judgement(outcome, "why", 200, suspect=suspect, fragments={"a": there})
    found = page.verdict("u#a", "a")
    if outcome not in (Outcome.OK, Outcome.MOVED) or suspect or there is Found.YES:
        assert (found.outcome, found.reason, found.suspect) == (outcome, "why", suspect)
    elif there is Found.NO:
        assert (found.outcome, found.reason) == (Outcome.BROKEN, "fragment")
    else:
        assert (found.outcome, found.reason) == (Outcome.UNSURE, "fragment-js")
    assert page.verdict("u", "") == Verdict("u", outcome, "why", 200, suspect=suspect)


RETRY_AFTER: list[tuple[dict[str, str], float | None]] = [
    ({}, None),
    ({"retry-after": "5"}, 5),
    ({"retry-after": " 0 "}, 0),
    ({"retry-after": "1.5"}, 1.5),
    ({"retry-after": "-5"}, None),
    ({"retry-after": "soon"}, None),
    ({"retry-after": ""}, None),
    ({"retry-after": "9" * 10_000}, 999_999_999_999_999),
    ({"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}, 60),
    ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT", "date": "Fri, 02 Jan 1970 00:00:00 GMT"}, 0),
    (
        {"retry-after": "Wed, 01 Jan 2020 00:00:09 GMT", "date": "Wed, 01 Jan 2020 00:00:00 GMT"},
        9,
    ),
    ({"retry-after": "Thu, 99 Jan 9999999 00:00:00 GMT"}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), RETRY_AFTER)
def test_retry_after(headers: Mapping[str, str], seconds: float | None) -> None:
    assert retry_after(headers, 0.0) == seconds


NOT_FOUND = Judgement(Outcome.BROKEN, "not-found", 404)
ERROR = Judgement(Outcome.UNSURE, "server-error", 500)
LATE = Judgement(Outcome.UNSURE, "timeout")


def chase(doubt: str = "") -> Chase:
    return Chase(Wanted(START, frozenset(), doubt))


def test_what_is_broken_is_asked_for_twice() -> None:
    settings = Settings()
    for reason in ("not-found", "tls", "host-not-found"):
        one, judgement = chase(), Judgement(Outcome.BROKEN, reason)
        assert one.again(judgement, settings) == 1.0
        assert one.again(judgement, settings) is None
    # In a row: something else between, and it counts anew.
    one = chase()
    assert one.again(NOT_FOUND, settings) == 1.0
    assert one.again(ERROR, settings)
    assert one.again(NOT_FOUND, settings) == 1.0
    assert one.again(Judgement(Outcome.BROKEN, "tls"), settings) == 1.0
    assert one.again(Judgement(Outcome.BROKEN, "tls"), settings) is None
    assert chase("not-found").again(NOT_FOUND, settings) is None
    assert chase().again(NOT_FOUND._replace(status=410), settings) is None
    for reason in ("redirect-loop", "too-many-redirects", "no-location", "bad-scheme", "invalid-url"):
        assert chase().again(Judgement(Outcome.BROKEN, reason), settings) is None


def test_tries_after_faults() -> None:
    settings = Settings()
    one = chase()
    waits = [one.again(ERROR, settings) for _ in range(3)]
    assert waits[2] is None
    assert waits[0]
    assert waits[1]
    assert 0.8 < waits[0] < 1.2
    assert 1.6 < waits[1] < 2.4
    other = chase()
    assert other.again(LATE, settings)
    assert other.again(LATE, settings) is None
    spent = chase()
    spent.spent = settings.total
    assert spent.again(ERROR, settings) is None
    for done in (
        Judgement(Outcome.UNSURE, "blocked", 403),
        Judgement(Outcome.OK),
        Judgement(Outcome.SKIPPED, "non-public"),
    ):
        assert chase().again(done, settings) is None


def test_waits_that_servers_ask_for() -> None:
    settings = Settings()
    limited = Judgement(Outcome.UNSURE, "rate-limited", 429)
    assert chase().again(limited._replace(retry_after=30.0), settings) == 30.0
    assert chase().again(limited._replace(retry_after=30.5), settings) is None
    assert chase().again(limited._replace(retry_after=0.0), settings)


def test_back_offs_differ_and_repeat() -> None:
    settings = Settings()
    waits = [
        Chase(Wanted(parse(f"http://example.com/{n}"), frozenset())).again(ERROR, settings) for n in range(50)
    ]
    again = [
        Chase(Wanted(parse(f"http://example.com/{n}"), frozenset())).again(ERROR, settings) for n in range(50)
    ]
    assert waits == again
    assert len(set(waits)) > 5
    assert all(wait and 0.8 < wait < 1.2 for wait in waits)


def test_circles_and_long_ways() -> None:
    settings = Settings(max_redirects=3)
    one = chase()
    assert one.follow(way(302, to="http://example.com/c"), settings) is None
    circle = one.follow(way(302, 302, to="http://example.com/a/b"), settings)
    assert circle
    assert (circle.outcome, circle.reason, circle.status) == (Outcome.BROKEN, "redirect-loop", 302)
    one = chase()
    for number in range(1, 4):
        assert one.follow(way(*[301] * number, to=f"http://example.com/{number}"), settings) is None
    long = one.follow(way(*[301] * 4, to="http://example.com/4"), settings)
    assert long
    assert (long.outcome, long.reason) == (Outcome.BROKEN, "too-many-redirects")
    # A page that reloads itself under ever new addresses is there, all the time.
    leading = chase().follow(way(0, 0, 0, 0, to="http://example.com/4"), settings)
    assert leading
    assert leading.outcome is Outcome.OK


def response(*cookies: str) -> HTTPResponse:
    class Original:
        def __init__(self) -> None:
            from email.message import Message

            self.msg = Message()
            for cookie in cookies:
                self.msg["Set-Cookie"] = cookie

    headers = [("Set-Cookie", cookie) for cookie in cookies]
    return HTTPResponse(body=b"", headers=headers, original_response=Original())  # type: ignore[arg-type]


COOKIES = [
    ("http://a.example.com/x", "a=1", "http://a.example.com/y", "a=1"),
    ("http://a.example.com/x", "a=1", "http://b.example.com/y", ""),
    ("http://a.example.com/x", "a=1; Domain=example.com", "http://b.example.com/y", "a=1"),
    ("http://a.example.com/x", "a=1; Domain=example.com", "http://example.org/y", ""),
    ("http://a.example.com/x", "a=1; Domain=other.example", "http://other.example/", ""),
    ("http://a.co.kr/x", "a=1; Domain=co.kr", "http://b.co.kr/y", ""),
    ("http://a.github.io/x", "a=1; Domain=.github.io", "http://b.github.io/y", ""),
    ("https://a.example.com/x", "a=1; Secure", "http://a.example.com/y", ""),
    ("http://a.example.com/x", "a=1; Path=/x", "http://a.example.com/y", ""),
    ("http://a.example.com/x", "a=" + "1" * 40_000, "http://a.example.com/x", ""),
]


@pytest.mark.parametrize(("setter", "cookie", "asked", "sent"), COOKIES)
def test_cookies(setter: str, cookie: str, asked: str, sent: str) -> None:
    jar = Jar()
    jar.take(parse(setter), response(cookie))
    assert jar.header(parse(asked)) == sent
