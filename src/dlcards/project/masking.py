"""Addresses for people to read: secrets masked, Korean decoded."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote_to_bytes

from dlcards.model import lazy_compile

MASK = "***"
_USERINFO = lazy_compile(r"^((?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\]{2})[^/?#\\]*@")
_NAME = lazy_compile(
    r"(?:^|[-_.])(?:token|secret|pass(?:word|wd|phrase)?|pwd|pw|auth|authorization|key|apikey|credentials?|"
    r"signature|sig|sign|session|sessionid|sid|jwt|bearer|code|otp|pin|hmac|policy)(?:$|[-_.\[])",
    re.IGNORECASE,
)
_JOINED_NAME = lazy_compile(
    r"(?:api|access|auth|private|secret|client|service|license)_?-?(?:key|token|secret|code)|jsessionid|"
    r"phpsessid|password|passwd|token$|secret$|signature$",
    re.IGNORECASE,
)
_VALUE = lazy_compile(
    r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]+|gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abpr]-[\w-]{8,}|"
    r"(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?\w{16,}|A[KS]IA[0-9A-Z]{12,}|AIza[\w-]{30,}|ya29\.[\w.-]{16,}"
)
_PATH = lazy_compile(
    r"(/bot)\d{6,}:[\w-]{20,}|(/services/)T\w{6,}/B\w{6,}/\w{16,}|(/api/webhooks/\d+/)[\w-]{20,}"
)
_PARAMETER = lazy_compile(r"([?&;#])([^=&;#?]+)=([^&;#]*)")
_ENCODED = lazy_compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def masked(url: str) -> str:
    """``url`` without user name, password, and values that look secret."""
    url = _USERINFO.sub(rf"\1{MASK}@", url)
    url = _PARAMETER.sub(_masked_parameter, url)
    url = _VALUE.sub(MASK, url)
    return _PATH.sub(lambda found: "".join(filter(None, found.groups())) + MASK, url)


def shown(url: str) -> str:
    """``url`` for a report: masked, and with letters beyond ASCII in place of their codes.

    What does not print, and what could make an address look like another one, stays encoded.
    """
    return _ENCODED.sub(_decoded, masked(url))


def _masked_parameter(found: re.Match[str]) -> str:
    sign, name, value = found.groups()
    plain = unquote_to_bytes(name).decode("utf-8", "replace")
    secret = value and (_NAME.search(plain) or _JOINED_NAME.search(plain))
    return f"{sign}{name}={MASK}" if secret else found[0]


def _decoded(found: re.Match[str]) -> str:
    data = unquote_to_bytes(found[0])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return "".join(
        letter
        if unicodedata.category(letter)[0] in "LMN"
        else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in text
    )
