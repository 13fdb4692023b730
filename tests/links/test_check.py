"""What the checker says of every behaviour: one table, run against real servers on loopback."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

import pytest

from tests.support import HANGS
from tests.support.links.behaviours import HARD_TO_PARSE
from tests.support.links.world import World

pytestmark = pytest.mark.slow


SHORT: dict[str, Any] = {"connect": 0.4, "read": 0.4, "total": 1.2}


class Case(NamedTuple):
    """A behaviour. What is expected may have alternatives, parted by ``|``, where both are right."""

    name: str
    url: str
    expected: str
    settings: dict[str, Any] = {}  # noqa: RUF012
    beside: str = ""
    """Another address of the same run."""


STATUS = [
    Case("200", "/ok", "ok"),
    Case("200 at the root", "http://site.example", "ok"),
    Case("200 without a body", "/page/nothing", "ok"),
    Case("200 that closes at once", "/raw/no-headers", "ok"),
    Case("202", "/status/202", "ok"),
    Case("204", "/status/204", "ok"),
    Case("206", "/status/206", "ok"),
    Case("304 to a question without conditions", "/status/304", "unsure server-error"),
    Case("404", "/status/404", "broken not-found"),
    Case("410", "/status/410", "broken not-found"),
    Case("404 with a fragment", "/status/404#part", "broken not-found"),
    Case("404 once", "/once/404", "ok"),
    Case("410 once", "/once/410", "broken not-found"),
    Case("400", "/status/400", "unsure client-error"),
    Case("405", "/status/405", "unsure client-error"),
    Case("406", "/status/406", "unsure client-error"),
    Case("418", "/status/418", "unsure client-error"),
    Case("422", "/status/422", "unsure client-error"),
    # Statuses of the moment or of the asker say nothing about the page.
    Case("408", "/status/408", "unsure timeout"),
    Case("425", "/status/425", "unsure unavailable"),
    Case("401", "/status/401", "unsure blocked"),
    Case("403", "/status/403", "unsure blocked"),
    Case("407", "/status/407", "unsure blocked"),
    Case("451", "/status/451", "unsure blocked"),
    Case("999", "/status/999", "unsure blocked"),
    Case("401 to a name and a password", "http://me:pw@site.example/status/401", "unsure blocked"),
    Case("500", "/status/500", "unsure server-error"),
    Case("502", "/status/502", "unsure server-error"),
    Case("503", "/status/503", "unsure unavailable"),
    Case("504", "/status/504", "unsure server-error"),
    Case("521", "/status/521", "unsure server-error"),
    Case("500 once", "/once/500", "ok"),
    Case("503 once", "/once/503", "ok"),
    # What the last two answers agree on counts.
    Case("404, then 403", "/then/404/403", "unsure blocked"),
    Case("404, then 500 for ever", "/then/404/500", "unsure server-error"),
    Case("404, then 500, then 404", "/then/404/500/404", "broken not-found"),
    Case("404, then 500, then 200", "/then/404/500/200", "ok"),
    Case("404, then 429", "/then/404/429", "unsure rate-limited"),
    Case("404, then 429, then 200", "/then/404/429/200", "ok"),
    Case("500, then 404, then 200", "/then/500/404/200", "ok"),
    Case("500 twice, then 200", "/then/500/500/200", "ok"),
    Case("500 twice, then 404", "/then/500/500/404", "broken not-found"),
    Case("400, then 200", "/then/400/200", "unsure client-error"),
    Case("404 to programs, 200 to browsers", "/for-browsers/404", "unsure blocked"),
    Case("410 to programs, 200 to browsers", "/for-browsers/410", "broken not-found"),
    Case("404, then 400", "/then/404/400", "unsure client-error"),
    Case("700", "/raw/status-700", "unsure server-error"),
    Case("000", "/raw/status-0", "unsure connection"),
    Case("200 to HEAD, 404 to GET", "/method/200/404", "broken not-found"),
    Case("404 to HEAD, 200 to GET", "/method/404/200", "ok"),
    Case("405 to HEAD, 200 to GET", "/method/405/200", "ok"),
    Case("403 to HEAD, 200 to GET", "/method/403/200", "ok"),
    Case("HEAD never answered", "/method/hang/200", "ok", SHORT),
]

RETRY_AFTER = [
    Case("429", "/status/429", "unsure rate-limited"),
    Case("429 once", "/once/429", "ok"),
    Case("429 once, a second", "/once/429?Retry-After: 1", "ok"),
    Case("429 once, no time", "/once/429?Retry-After: 0", "ok"),
    Case("429 once, a date", "/retry-at/429/5", "ok"),
    Case("429 once, a date gone by", "/retry-at/429/-500", "ok"),
    Case("429 once, garbage", "/once/429?Retry-After: soon", "ok"),
    Case("429 once, less than nothing", "/once/429?Retry-After: -5", "ok"),
    Case("429 once, a huge number", "/once/429?Retry-After: " + "9" * 400, "unsure rate-limited"),
    Case("429 once, half a minute", "/once/429?Retry-After: 30", "ok", {"total": 60.0}),
    Case("429, a day", "/once/429?Retry-After: 86400", "unsure rate-limited"),
    Case("429, a date tomorrow", "/retry-at/429/86400", "unsure rate-limited"),
    Case("503 once, a second", "/once/503?Retry-After: 1", "ok"),
    Case("503, a day", "/once/503?Retry-After: 86400", "unsure unavailable"),
    Case("301 with Retry-After", "/to/301?/ok%0D%0ARetry-After: 3", "moved /ok"),
]

REDIRECTS = [
    Case("301", "/to/301?/ok", "moved /ok"),
    Case("308", "/to/308?/ok", "moved /ok"),
    Case("302", "/to/302?/ok", "ok"),
    Case("303", "/to/303?/ok", "ok"),
    Case("307", "/to/307?/ok", "ok"),
    Case("301, then 302", "/to/301?/to/302?/ok", "ok"),
    Case("302, then 301", "/to/302?/to/301?/ok", "ok"),
    Case("301, then 308", "/to/301?/to/308?/ok", "moved /ok"),
    Case("301 to a 404", "/to/301?/status/404", "broken not-found"),
    Case("302 to a 404", "/to/302?/status/404", "broken not-found"),
    Case("302 to a 403", "/to/302?/status/403", "unsure blocked"),
    Case("301 to a 500", "/to/301?/status/500", "unsure server-error"),
    Case("301 keeps the fragment", "/to/301?/page/anchors#second", "moved /page/anchors#second"),
    Case("301 with a fragment of its own", "/to/301?/page/anchors%23second", "moved /page/anchors#second"),
    Case("301 to a page without the fragment", "/to/301?/page/anchors#none", "broken fragment"),
    Case("301 relative", "/to/301?../ok", "moved /ok"),
    Case("301 relative, a query", "/ok?a", "ok"),
    Case("301 protocol-relative", "/to/301?//site.example:PLAIN/ok", "moved /ok"),
    Case("301, scheme in capitals", "/to/301?HTTP://site.example/ok", "moved /ok"),
    Case("301 within spaces", "/to/301?%20/ok%20", "moved /ok"),
    Case("301 with a space inside", "/to/301?/wire/a%20b", "moved /wire/a%20b"),
    Case("301 in raw UTF-8", "/to/301?/wire/%ED%95%9C", "moved /wire/%ED%95%9C"),
    Case("301 in raw EUC-KR", "/to/301?/wire/%C7%D1", "moved /wire/%C7%D1"),
    Case("301, percent-encoded", "/to/301?/wire/%25C7%25D1%252F", "moved /wire/%C7%D1%2F"),
    Case("301 to www", "/to/301?http://www.site.example/ok", "moved http://www.site.example/ok"),
    Case(
        "301 to https",
        "http://secure.example/to/301?https://secure.example/ok",
        "moved https://secure.example/ok",
    ),
    Case("301 to the root", "/to/301?/", "ok to-root"),
    Case("302 to the root", "/to/302?/", "ok to-root"),
    Case("301 to the bare host", "/to/301?http://site.example", "ok to-root"),
    Case("301 from root to root", "http://site.example/?a", "ok"),
    Case("301 to another domain", "/to/301?http://other.example/ok", "ok other-domain"),
    Case("302 to another domain", "/to/302?http://other.example/ok", "ok other-domain"),
    Case(
        "301 to another domain under co.kr",
        "http://a.co.kr/to/301?http://b.co.kr/ok",
        "ok other-domain",
    ),
    Case(
        "301 within co.kr's domain", "http://www.a.co.kr/to/301?http://a.co.kr/ok", "moved http://a.co.kr/ok"
    ),
    Case("301 to another customer", "http://a.github.io/to/301?http://b.github.io/ok", "ok other-domain"),
    Case("300 with Location", "/to/300?/ok", "ok"),
    Case("300 without Location", "/status/300", "ok"),
    Case("302 to an error page", "/to/302?/404.html", "ok soft-404"),
    Case("301 to an error page", "/to/301?/404.html", "ok soft-404"),
    Case("an error page itself", "/404.html", "ok"),
    Case("301 to a soft 404", "/to/301?/page/gone-ko", "ok soft-404"),
    Case("301 to a parked page", "/to/301?/page/parked", "ok parked"),
    Case("301 without Location", "/no-location", "broken no-location"),
    Case("301 with an empty Location", "/to/301?", "broken no-location"),
    Case("301 to file:", "/to/301?file:///etc/passwd", "broken bad-scheme"),
    Case("302 to javascript:", "/to/302?javascript:alert(1)", "broken bad-scheme"),
    Case("302 to an app", "/to/302?market://details?id=a", "broken bad-scheme"),
    Case("302 to data:", "/to/302?data:text/html,hi", "broken bad-scheme"),
    Case("302 to nonsense", "/to/302?http://[bad", "broken invalid-url"),
    Case("302 to no host", "/to/302?http:///ok", "broken invalid-url"),
    Case("302 to a port that is none", "/to/302?http://site.example:99999/", "broken invalid-url"),
    Case("302 to a host that is gone", "/to/302?http://gone.example/", "broken host-not-found"),
    Case("302 to a closed port", "/to/302?http://site.example:CLOSED/", "unsure connection"),
    Case("302 inside", "/to/302?http://127.0.0.2/ok", "skipped non-public"),
    Case("302 to a name inside", "/to/302?http://inside.example/ok", "skipped non-public"),
    Case("a chain of 9", "/chain/301/9", "moved /chain/301/0"),
    Case("a chain of 10", "/chain/302/10", "ok"),
    Case("a chain of 11", "/chain/302/11", "broken too-many-redirects"),
    Case("a chain without end", "/endless-chain/0", "broken too-many-redirects"),
    Case("a circle of one", "/loop/0/1", "broken redirect-loop"),
    Case("a circle of three", "/loop/0/3", "broken redirect-loop"),
    Case("a cookie is needed", "/cookie/self", "ok"),
    Case("a cookie, by a detour", "/cookie/detour", "ok"),
    Case("cookies without end", "/cookie-loop", "broken too-many-redirects"),
    Case(
        "a very long Location",
        "/raw/long-location",
        "broken not-found",
    ),
]

PAGES = [
    Case("soft 404, Korean", "/page/gone-ko", "ok soft-404"),
    Case("soft 404, a post", "/page/gone-ko-post", "ok soft-404"),
    Case("soft 404, deleted", "/page/gone-ko-deleted", "ok soft-404"),
    Case("soft 404, by alert", "/page/gone-ko-alert", "ok soft-404"),
    Case("soft 404, EUC-KR", "/page/euc-kr-gone", "ok soft-404"),
    Case("soft 404, digits in its address", "/page/gone-ko?id=1404567", "ok soft-404"),
    Case("soft 404, English", "/page/gone-en", "ok soft-404"),
    Case("soft 404, in the title", "/page/gone-en-title", "ok soft-404"),
    Case("soft 404, in a heading", "/page/gone-en-heading", "ok soft-404"),
    Case("an article about 404 pages", "/page/about-404", "ok"),
    Case("an article about 404 pages, English", "/page/about-404-en", "ok"),
    Case("an article where something is not found", "/page/about-nan", "ok"),
    Case("parked", "/page/parked", "ok parked"),
    Case("parked, by its script", "/page/parked-lander", "ok parked"),
    Case("parked, Korean", "/page/parked-ko", "ok parked"),
    Case("an article about domains", "/page/about-domains", "ok"),
    Case("a challenge with 403", "/page/challenge", "unsure blocked"),
    Case("a challenge with 503", "/page/challenge-503", "unsure blocked"),
    Case("a challenge with 200", "/page/challenge-200", "unsure blocked"),
    Case("a challenge with 200, by its body", "/page/challenge-body", "unsure blocked"),
    Case("a challenge with 404", "/page/challenge-404", "unsure blocked"),
    Case("a challenge of a firewall, 405", "/page/challenge-waf", "unsure blocked"),
    Case("a challenge of a firewall, 202", "/page/challenge-waf-202", "unsure blocked"),
    Case("a plain 404 by way of Cloudflare", "/page/cloudflare-404", "broken not-found"),
    Case("an article about challenges", "/page/about-cloudflare", "ok"),
    Case("meta refresh", "/refresh/0?/ok", "ok"),
    Case("meta refresh to itself", "/refresh/30?", "ok"),
    Case("meta refresh to an anchor", "/refresh/300?%23a", "ok"),
    Case("meta refresh inside", "/refresh/0?http://127.0.0.2/ok", "skipped non-public"),
    Case("meta refresh to a script", "/refresh/0?javascript:alert(1)", "ok"),
]

FRAGMENTS = [
    Case("there, Korean", "/page/anchors#첫째", "ok"),
    Case("there, encoded", "/page/anchors#%EC%B2%AB%EC%A7%B8", "ok"),
    Case("there, no quotes", "/page/anchors#second", "ok"),
    Case("there, a name", "/page/anchors#third", "ok"),
    Case("there, user-content-", "/page/anchors#fourth", "ok"),
    Case("there, an entity", "/page/anchors#a&b", "ok"),
    Case("there, a space", "/page/anchors#with%20space", "ok"),
    Case("there, written raw", "/page/anchors#%EA", "ok"),
    Case("there, a lone percent sign", "/page/anchors#10%", "ok"),
    Case("missing", "/page/anchors#none", "broken fragment"),
    Case("missing, other case", "/page/anchors#Second", "broken fragment"),
    Case("missing, Korean", "/page/anchors#%EC%85%8B%EC%A7%B8", "broken fragment"),
    Case("missing, only in a comment", "/page/commented-anchor#hidden", "broken fragment"),
    Case(
        "missing on a page that counts its visitors",
        "/page/counted#none",
        "broken fragment",
    ),
    Case("empty", "/page/anchors#", "ok"),
    Case("#top", "/page/anchors#top", "ok"),
    Case("#TOP", "/page/anchors#TOP", "ok"),
    Case("text", "/page/anchors#:~:text=kernel", "ok"),
    Case("an anchor and text", "/page/anchors#second:~:text=kernel", "ok"),
    Case("a line", "/page/anchors#L10", "ok"),
    Case("lines", "/page/anchors#L10-L20", "ok"),
    Case("JavaScript page", "/page/spa#none", "unsure fragment-js"),
    Case("JavaScript page, Next", "/page/next#none", "unsure fragment-js"),
    Case("JavaScript page that says so", "/page/noscript#none", "unsure fragment-js"),
    Case("JavaScript page, no fragment", "/page/spa", "ok"),
    Case("a route of an application", "/page/spa#!/a/b", "unsure fragment-js"),
    Case("PDF", "/page/pdf#page=3", "ok"),
    Case("picture", "/page/picture#x", "ok"),
    Case("plain text", "/ok#x", "ok"),
    Case("XHTML", "/page/xhtml#a", "ok"),
    Case("an empty page", "/page/nothing#x", "unsure fragment-js"),
    Case("beyond the first MiB", "/page/far-anchor#far", "unsure fragment-js"),
    Case("missing in the first MiB", "/page/far-anchor#none", "unsure fragment-js"),
    Case("cut off", "/raw/truncated#far", "unsure connection"),
    Case("reset in the body", "/raw/reset-body#far", "unsure connection"),
    Case("hang in the body", "/raw/hang-body#far", "unsure timeout", SHORT),
    Case("bad gzip", "/raw/bad-gzip#a", "unsure fragment-js"),
    Case("unknown coding", "/raw/unknown-coding#a", "unsure fragment-js"),
    Case("chunked", "/raw/chunked#a", "ok"),
    Case("HTTP/1.0", "/raw/http-1.0#a", "ok"),
    Case("EUC-KR", "/page/euc-kr#한글", "ok"),
    Case("EUC-KR, said in the page", "/page/euc-kr-meta#%ED%95%9C%EA%B8%80", "ok"),
    Case("EUC-KR bytes, which browsers take for UTF-8", "/page/euc-kr#%C7%D1%B1%DB", "broken fragment"),
    Case("UTF-16", "/page/utf-16#한글", "ok"),
    Case("UTF-16, said in the header", "/page/utf-16-header#한글", "ok"),
    Case("no charset", "/page/no-charset#한글", "ok"),
    Case("a BOM against the header", "/page/bom#한글", "ok"),
    Case("no such charset", "/page/no-such-charset#한글", "ok"),
    Case("missing, EUC-KR", "/page/euc-kr#글한", "broken fragment"),
]

ADDRESSES = [
    Case("an empty query", "/ok?", "ok"),
    Case("host in capitals", "HTTP://SITE.EXAMPLE/ok", "ok"),
    Case("host with a dot at its end", "http://site.example./ok", "ok"),
    Case("Korean host", "http://한글.example/ok", "ok"),
    Case("host with _", "http://my_blog.example/ok", "ok"),
    Case("user and password", "http://me:hunter2@site.example/ok", "ok"),
    Case(
        "host that is gone",
        "http://gone.example/ok",
        "broken host-not-found",
        beside="http://beside.example/ok",
    ),
    Case("host without addresses", "http://empty.example/ok", "broken host-not-found", beside="/ok"),
    Case("DNS that fails", "http://no-dns.example/ok", "unsure dns", beside="http://beside.example/ok"),
    Case(
        "one of two addresses is dead",
        "http://half.example/ok",
        "ok",
        {"allow_nets": ("127.0.0.1/32", "::1/128")},
    ),
    Case("closed port", "http://site.example:CLOSED/ok", "unsure connection", beside="/ok"),
    Case("no host", "http:///ok", "broken invalid-url"),
    Case("no address", "http://", "broken invalid-url"),
    Case("broken brackets", "http://[::1/ok", "broken invalid-url"),
    Case("a space in the host", "http://si te.example/ok", "broken invalid-url"),
    Case("port out of range", "http://site.example:99999/ok", "broken invalid-url"),
    Case("port in letters", "http://site.example:eighty/ok", "broken invalid-url"),
    Case("a label without letters", "http://site..example/ok", "broken invalid-url"),
    Case("a label of 64", f"http://{'a' * 64}.example/ok", "broken invalid-url"),
    Case("mailto:", "mailto:me@site.example", "skipped scheme"),
    Case("tel:", "tel:+82-2-123-4567", "skipped scheme"),
    Case("ftp:", "ftp://site.example/a", "skipped scheme"),
    Case("data:", "data:image/png;base64,AAAA", "skipped scheme"),
    Case("javascript:", "javascript:void(0)", "skipped scheme"),
    Case("file:", "file:///etc/passwd", "skipped scheme"),
    Case(
        "excluded",
        "http://site.example/status/404",
        "skipped excluded",
        {"excluded": ("http://site.example*",)},
    ),
    Case("not excluded", "/status/404", "broken not-found", {"excluded": ("http://other.example*",)}),
]

TLS = [
    Case("a certificate to trust", "https://secure.example/ok", "ok"),
    Case("a certificate with a star", "https://www.secure.example/ok", "ok"),
    Case("expired", "https://expired.example/ok", "broken tls"),
    Case("another name", "https://wrong-name.example/ok", "broken tls"),
    Case("self-signed", "https://self-signed.example/ok", "broken tls"),
    Case("signed by nobody known", "https://secure.example/ok", "broken tls", {"ca_file": None}),
    Case("302 to expired", "/to/302?https://expired.example/ok", "broken tls"),
    Case("TLS asked of a server without", "https://site.example:PLAIN/ok", "broken tls"),
    Case("TLS asked without TLS", "http://secure.example:TLS/ok", "unsure connection"),
    Case("silence in the handshake", "https://secure.example:SILENT/ok", "unsure timeout", SHORT),
    Case("reset in the handshake", "https://secure.example:RESET/ok", "unsure connection"),
]

HOSTILE = [
    Case("100, then 200", "/raw/continue", "ok"),
    Case("103, then 200", "/raw/early-hints", "ok"),
    Case("103, then 404", "/raw/early-hints-404", "broken not-found"),
    Case("100 without end", "/raw/endless-continue", "unsure timeout | unsure connection", SHORT),
    Case("empty reply", "/raw/empty", "unsure connection"),
    Case("garbage", "/raw/garbage", "unsure connection"),
    Case("HTTP/0.9", "/raw/http-0.9", "unsure connection"),
    Case("no number in the status line", "/raw/no-number", "unsure connection"),
    Case("lines end bare", "/raw/bare-newlines", "ok"),
    Case("headers that are none", "/raw/bad-header", "ok"),
    Case("a length that is no number", "/raw/bad-length", "ok"),
    Case("two lengths", "/raw/two-lengths", "unsure connection"),
    Case("cut in the headers", "/raw/truncated-headers", "ok"),
    Case("cut in the body", "/raw/truncated", "unsure connection"),
    Case("cut in a chunk", "/raw/truncated-chunks", "unsure connection"),
    Case("chunks that are none", "/raw/bad-chunks", "unsure connection"),
    Case("bad gzip", "/raw/bad-gzip", "ok"),
    Case("unknown coding", "/raw/unknown-coding", "ok"),
    Case("reset", "/raw/reset", "unsure connection"),
    Case("reset in the headers", "/raw/reset-headers", "unsure connection"),
    Case("reset in the body", "/raw/reset-body", "unsure connection"),
    Case("reset at once", "http://site.example:RESET/", "unsure connection", beside="/ok"),
    Case("silence", "http://site.example:SILENT/", "unsure timeout", SHORT, beside="/ok"),
    Case("hang", "/raw/hang", "unsure timeout", SHORT),
    Case("hang in the status line", "/raw/hang-status", "unsure timeout", SHORT),
    Case("hang in the headers", "/raw/hang-headers", "unsure timeout", SHORT),
    Case("hang in the body", "/raw/hang-body", "unsure timeout", SHORT),
    Case("hang in the body of a picture", "/raw/hang-file", "ok", SHORT),
    Case("hang in the body of a redirect", "/raw/hang-redirect", "ok", SHORT),
    Case("hang in the body of a 404", "/raw/hang-404", "broken not-found", SHORT),
    Case("drip of the status line", "/raw/drip-status", "unsure timeout", SHORT),
    Case("drip of headers", "/raw/drip-headers", "unsure timeout | unsure connection", SHORT),
    Case("drip of one header", "/raw/drip-one-header", "unsure timeout", SHORT),
    Case("drip of the body", "/raw/drip-body", "unsure timeout", SHORT),
    Case("drip of the body, a fragment", "/raw/drip-body#a", "unsure timeout", SHORT),
    Case("drip of chunks", "/raw/drip-chunks", "unsure timeout", SHORT),
    Case("drip of a redirect's body", "/raw/drip-redirect", "ok", SHORT),
    Case("endless body", "/raw/endless-body", "ok"),
    Case("endless body, a fragment", "/raw/endless-body#a", "unsure fragment-js"),
    Case("endless film", "/raw/endless-file", "ok"),
    Case("endless redirect", "/raw/endless-redirect", "ok"),
    Case("endless 404", "/raw/endless-404", "broken not-found"),
    Case(
        "endless line before a chunk",
        "/raw/endless-chunk-line",
        "unsure connection",
        SHORT,
    ),
    Case("endless trailer", "/raw/endless-trailer", "ok | unsure timeout | unsure connection", SHORT),
    Case("a header of 4 MB", "/raw/long-header", "unsure connection"),
    Case("endless headers", "/raw/many-headers", "unsure timeout | unsure connection", SHORT),
    Case("cookies that are hard to read", "/raw/cookies", "ok"),
    Case("gzip bomb", "/bomb/200", "ok"),
    Case("gzip bomb, a fragment", "/bomb/200#a", "unsure fragment-js"),
    Case("gzip bomb, twice packed", "/bomb/200/twice", "ok"),
    Case("gzip bomb on a redirect", "/bomb/302", "ok"),
    Case("gzip bomb on a redirect, twice packed", "/bomb/302/twice", "ok"),
    Case("gzip bomb on a 404", "/bomb/404", "broken not-found"),
    *(
        Case(
            f"hard to parse: {name}",
            f"/raw/{name}#a",
            "broken fragment | unsure fragment-js | ok",
            {"total": 5.0},
        )
        for name in HARD_TO_PARSE
    ),
]

TABLE = {
    "status": STATUS,
    "retry-after": RETRY_AFTER,
    "redirect": REDIRECTS,
    "page": PAGES,
    "fragment": FRAGMENTS,
    "address": ADDRESSES,
    "tls": TLS,
    "hostile": HOSTILE,
}
ROWS = [pytest.param(case, id=f"{topic}: {case.name}") for topic, cases in TABLE.items() for case in cases]


@pytest.mark.parametrize("case", ROWS)
def test_behaviour(case: Case) -> None:
    with World() as world:
        began = time.monotonic()
        urls = [case.url, case.beside] if case.beside else [case.url]
        verdicts = world.check(*urls, **case.settings)
        took = time.monotonic() - began
        assert world.shown(verdicts[0]) in case.expected.split(" | "), verdicts[0]
        assert verdicts[0].url == world.url(case.url)
        assert took < HANGS
        assert world.inside.connections == 0
        for seen in world.outside.seen + world.tls.seen:
            assert seen.method == "GET"
            assert "referer" not in seen.headers


def test_the_table_is_long_enough_and_says_all_it_should() -> None:
    cases = [case for cases in TABLE.values() for case in cases]
    assert len(cases) >= 70
    assert len({(topic, case.name) for topic, cases in TABLE.items() for case in cases}) == len(cases)
    said = {each for case in cases for each in case.expected.split(" | ")}
    assert {each.split()[1] for each in said if each.startswith("broken")} == {
        "not-found",
        "host-not-found",
        "tls",
        "redirect-loop",
        "too-many-redirects",
        "no-location",
        "bad-scheme",
        "invalid-url",
        "fragment",
    }


def test_all_at_once_say_the_same() -> None:
    """In one run, with real time, addresses don't change each other's verdicts."""
    calm = [
        case
        for topic in ("status", "redirect", "page", "fragment", "tls")
        for case in TABLE[topic]
        if not case.settings and not case.url.startswith(("/once/", "/then/"))
    ]
    quick = {"backoff": 0.01, "confirm_after": 0.01, "workers": 16, "per_group": 16, "retry_after_max": 0.0}
    with World() as world:
        verdicts = world.check(*(case.url for case in calm), real_time=True, **quick)
        wrong = [
            (case.name, world.shown(verdict))
            for case, verdict in zip(calm, verdicts, strict=True)
            if world.shown(verdict) not in case.expected.split(" | ")
        ]
        assert wrong == []
        assert world.inside.connections == 0
