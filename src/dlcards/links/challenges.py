"""Answers of bot protection, which say nothing about the page behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dlcards.links.page import Page
from dlcards.model import lazy_compile

# Headers that only challenges have. Not "server: ddos-guard" and the like: those have all pages of a site.
_HEADERS = ("cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated")
_PAYMENT_REQUIRED = 402
_WORDS = lazy_compile(
    r"just a moment\.\.\.|checking (?:if the site connection is secure|your browser)|"
    r"attention required! \| cloudflare|verif(?:y|ying) (?:that )?you are (?:a )?human|"
    r"are you (?:a robot|human)\?|human verification|"
    r"making sure you(?:'|’)re not a bot|prove (?:that )?you(?:'|’)re (?:not a robot|human)|"
    r"please (?:complete|solve) the (?:security check|captcha)|unusual traffic from your|"
    r"pardon our interruption|"
    r"request unsuccessful\. incapsula|access (?:to this page has been )?denied|ddos protection by|"
    r"bot (?:detection|verification|challenge)|security verification|mod_security|"
    r"enable (?:javascript and )?cookies to continue|자동\s*(?:등록|입력|접속)[^.]{0,10}방지|"
    r"로봇이\s*아닙니다|비정상적인\s*(?:접근|접속|트래픽)|접근이\s*(?:차단|제한)",
    re.IGNORECASE,
)
_SOURCES = lazy_compile(
    r"/cdn-cgi/challenge-platform/h/\w+/orchestrate/|_Incapsula_Resource|captcha-delivery\.com|px-captcha|"
    r"awswaf\.com/.*challenge",
    re.IGNORECASE,
)
_ADDRESSES = lazy_compile(
    r"/cdn-cgi/l/chk|[./]google\.[a-z.]+/sorry/|validate\.perfdrive\.com|/_sec/verify|/captcha(?:[/?.]|$)|"
    r"geo\.captcha-delivery\.com",
    re.IGNORECASE,
)
_SHORT = 1_200


def is_challenge(status: int, headers: Mapping[str, str], page: Page | None, url: str) -> bool:
    """Whether an answer only wants to know whether a person asks.

    Args:
        status: The answer's status.
        headers: Its headers, names in lower case.
        page: What it says, if it is HTML.
        url: Where it came from, if a redirect led there; else empty.
    """
    if any(headers.get(name) for name in _HEADERS):
        return True
    if status == _PAYMENT_REQUIRED and headers.get("crawler-price"):
        return True
    if _ADDRESSES.search(url):
        return True
    if page is None or page.length > _SHORT:
        return False
    return bool(_WORDS.search(f"{page.title} {page.text} {page.noscript}")) or any(
        _SOURCES.search(source) for source in page.sources
    )
