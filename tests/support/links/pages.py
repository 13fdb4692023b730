"""The pages that tests/support/links/server.py shows under ``/page/``: anchors, soft errors, challenges, charsets."""

from __future__ import annotations

from dataclasses import dataclass

FILLER = "<p>합성곱 신경망은 커널을 공유한다. A convolution shares its kernel over the image.</p>" * 60


@dataclass(frozen=True)
class Page:
    """What is sent for one address."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: str = "200 OK"
    headers: tuple[str, ...] = ()


def html(body: str, head: str = "<title>글</title>") -> Page:
    return Page(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def _encoded(codec: str, kind: str, head: str = "", body: str = f"<h2 id=한글>제목</h2>{FILLER}") -> Page:
    text = f"<!doctype html><html><head>{head}<title>글</title></head><body>{body}</body></html>"
    return Page(text.encode(codec), kind)


def _titled(title: str, body: str) -> Page:
    return html(body, f"<title>{title}</title>")


def _challenge(status: str, body: str, *headers: str) -> Page:
    return Page(body.encode(), status=status, headers=headers)


_JUST_A_MOMENT = (
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><noscript>'
    "Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt = {};</script>"
    '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>'
)
_CLOUDFLARE = ("Server: cloudflare", "CF-RAY: 8a1b2c3d4e5f-ICN", "cf-mitigated: challenge")
_SPA = '<div id="root"></div><script src="/static/js/main.8f2c.js"></script>'
_APOLOGY = "요청하신 페이지를 찾을 수 없습니다. 주소가 잘못 입력되었거나 변경 혹은 삭제되어 찾을 수 없습니다."

PAGES: dict[str, Page] = {
    # Anchors.
    "anchors": html(
        "<h1 ID='첫째'>하나</h1><h2 id=second>둘</h2><a name='third'>셋</a><p id='a&amp;b'>넷</p>"
        '<a id="user-content-fourth" href="#fourth">넷</a><h2 id="with space">다섯</h2><p id="%EA">여섯</p>'
        '<p id="10%">일곱</p>' + FILLER
    ),
    "commented-anchor": html("<!-- <h2 id=hidden>x</h2> --><p>text</p>" + FILLER),
    "counted": html("<h1 id=first>x</h1>" + FILLER + "<script>var hits = 1;</script>"),
    "spa": html(_SPA),
    "next": html(
        '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{}</script>' + _SPA
    ),
    "noscript": html("<noscript>You need to enable JavaScript to run this app.</noscript>" + _SPA),
    "far-anchor": html(FILLER * 300 + "<p id=far>far away</p>"),
    "pdf": Page(b"%PDF-1.7 ...", "application/pdf"),
    "picture": Page(b"\x89PNG...", "image/png"),
    "plain": Page(b"1\n2\n3\n"),
    "xhtml": Page(b'<html xmlns="http://www.w3.org/1999/xhtml"><p id="a"/></html>', "application/xhtml+xml"),
    "nothing": Page(b"", "text/html"),
    # Charsets.
    "euc-kr": _encoded("euc-kr", "text/html; charset=EUC-KR"),
    "euc-kr-meta": _encoded(
        "cp949", "text/html", '<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">'
    ),
    "utf-16": _encoded("utf-16", "text/html"),
    "utf-16-header": _encoded("utf-16-le", "text/html; charset=utf-16le"),
    "no-charset": _encoded("utf-8", "text/html"),
    "bom": _encoded("utf-8-sig", "text/html; charset=euc-kr"),
    "no-such-charset": _encoded("utf-8", "text/html; charset=klingon"),
    "euc-kr-gone": _encoded("cp949", "text/html", '<meta charset="euc-kr">', f"<h1>{_APOLOGY}</h1>"),
    # Pages that say with a 200 that they are not there.
    "gone-ko": _titled("페이지를 찾을 수 없습니다", f"<p>{_APOLOGY}</p>"),
    "gone-ko-post": _titled("블로그", "<h2>존재하지 않는 게시물입니다.</h2><a href=/>홈으로</a>"),
    "gone-ko-deleted": _titled("카페", "<p class=msg>삭제되었거나 존재하지 않는 게시글입니다.</p>"),
    "gone-ko-alert": Page("<script>alert('삭제된 게시글입니다.'); history.back();</script>".encode()),
    "gone-en": _titled("Page not found", "<h1>404</h1><p>The page you are looking for does not exist.</p>"),
    "gone-en-title": _titled("404 Not Found | Example", "<p>Sorry about that.</p>"),
    "gone-en-heading": _titled("Example", "<h1>Oops! That page can’t be found.</h1><p>Try a search?</p>"),
    # Pages that only speak of such things.
    "about-404": _titled(
        "스프링에서 404 오류 페이지 만들기",
        f"<h1>404 페이지 만들기</h1><p>“페이지를 찾을 수 없습니다”라는 말이 나오게 하자.</p>{FILLER}",
    ),
    "about-404-en": _titled(
        "HTTP 404 explained", f"<h1>What a 404 is</h1><p>A server says “page not found”.</p>{FILLER}"
    ),
    "about-nan": _titled(
        "Why the optimum is not found",
        f"<h1>해를 찾을 수 없는 경우</h1><p>The minimum was not found.</p>{FILLER}",
    ),
    "about-domains": _titled(
        "Buying a domain", f"<p>“This domain is for sale” is what parked pages say.</p>{FILLER}"
    ),
    "about-cloudflare": _titled(
        "Getting past Just a moment...",
        f"<p>Cloudflare shows “Just a moment...”; see cf-mitigated.</p>{FILLER}",
    ),
    # Parked domains.
    "parked": _titled(
        "site.example - This domain is for sale!", "<h1>The domain site.example is for sale</h1>"
    ),
    "parked-lander": _titled(
        "site.example",
        "<p>This domain name is parked. Buy this domain.</p>"
        '<script src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script>',
    ),
    "parked-ko": _titled("도메인 판매", "<p>이 도메인은 판매 중입니다. 도메인 구매 문의</p>"),
    # Challenges to robots.
    "challenge": _challenge("403 Forbidden", _JUST_A_MOMENT, *_CLOUDFLARE),
    "challenge-503": _challenge("503 Service Temporarily Unavailable", _JUST_A_MOMENT, "Server: cloudflare"),
    "challenge-200": _challenge("200 OK", _JUST_A_MOMENT, *_CLOUDFLARE),
    "challenge-body": _challenge("200 OK", _JUST_A_MOMENT, "Server: cloudflare"),
    "challenge-404": _challenge("404 Not Found", _JUST_A_MOMENT, *_CLOUDFLARE),
    "challenge-waf": _challenge(
        "405 Not Allowed", "<title>Human Verification</title>", "x-amzn-waf-action: captcha"
    ),
    "challenge-waf-202": _challenge("202 Accepted", "<title></title>", "x-amzn-waf-action: challenge"),
    "cloudflare-404": _challenge(
        "404 Not Found", "<title>Not here</title>", "Server: cloudflare", "CF-RAY: 8a1b-ICN"
    ),
}
