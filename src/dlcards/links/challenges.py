"""Answers of bot protection, which say nothing about the page behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dlcards.links.page import Page

_HEADERS = {
    "cf-mitigated": re.compile("."),
    "x-amzn-waf-action": re.compile("."),
    "x-vercel-mitigated": re.compile("."),
    "x-datadome": re.compile("protected", re.IGNORECASE),
    "crawler-price": re.compile("."),
    "server": re.compile(r"ddos-guard|sucuri", re.IGNORECASE),
}
_HEADERS_OF_ANY_ANSWER = frozenset(("cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated"))
_WORDS = re.compile(
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
_SOURCES = re.compile(
    r"/cdn-cgi/challenge-platform/h/|_Incapsula_Resource|captcha-delivery\.com|px-captcha|"
    r"challenges\.cloudflare\.com/turnstile|awswaf\.com/.*challenge",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(
    r"/cdn-cgi/l/chk|[./]google\.[a-z.]+/sorry/|validate\.perfdrive\.com|/_sec/verify|/captcha(?:[/?.]|$)|"
    r"/challenge(?:[/?.]|$)|geo\.captcha-delivery\.com",
    re.IGNORECASE,
)
_SHORT = 1_200


def is_challenge(status: int, headers: Mapping[str, str], page: Page | None, url: str) -> bool:
    """Whether an answer only wants to know whether a person asks.

    Args:
        status: The answer's status.
        headers: Its headers, names in lower case.
        page: What it says, if it is HTML.
        url: Where it came from.
    """
    good = status < 400
    for name, pattern in _HEADERS.items():
        if (not good or name in _HEADERS_OF_ANY_ANSWER) and pattern.search(headers.get(name, "")):
            return True
    if _ADDRESSES.search(url):
        return True
    if page is None or page.length > _SHORT:
        return False
    return bool(_WORDS.search(f"{page.title} {page.text} {page.noscript}")) or any(
        _SOURCES.search(source) for source in page.sources
    )
