"""Cookies of one way from redirect to redirect: some sites ask for them before they show a page."""

from __future__ import annotations

from http.cookiejar import Cookie, DefaultCookiePolicy
from typing import Any

from requests import PreparedRequest
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse

from dlcards.links.domains import is_public_suffix
from dlcards.links.urls import Address

# Characters of one cookie, and of all of one answer. Browsers take no more of one, either.
_LONGEST, _MOST = 4096, 1 << 15


class Jar:
    """The cookies of one way, each for the host or domain that set it."""

    def __init__(self) -> None:
        self._jar = RequestsCookieJar(_Policy())

    def take(self, address: Address, raw: BaseHTTPResponse) -> None:
        """Keep what an answer of ``address`` sets."""
        lengths = [len(cookie) for cookie in raw.headers.getlist("set-cookie")]
        if lengths and max(lengths) <= _LONGEST and sum(lengths) <= _MOST:
            extract_cookies_to_jar(self._jar, _request(address), raw)  # type: ignore[no-untyped-call]

    def header(self, address: Address) -> str:
        """What is to be sent to ``address``; empty for nothing."""
        return get_cookie_header(self._jar, _request(address)) or ""  # type: ignore[no-untyped-call]


class _Policy(DefaultCookiePolicy):
    """As browsers have it: nobody sets cookies for all below ``co.kr`` or ``github.io``."""

    def set_ok_domain(self, cookie: Cookie, request: Any) -> bool:
        if cookie.domain_specified and is_public_suffix(cookie.domain):
            return False
        return bool(super().set_ok_domain(cookie, request))


def _request(address: Address) -> PreparedRequest:
    request = PreparedRequest()
    request.url = address.url
    request.headers = CaseInsensitiveDict()
    return request
