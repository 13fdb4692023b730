"""Pages that are there and say that they are gone, and domains that are for sale."""

from __future__ import annotations

import pytest

from dlcards.links.page import scan
from dlcards.links.soft404 import suspect

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
