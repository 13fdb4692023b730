"""Fragments that name no element of a page but mean something of their own."""

from __future__ import annotations

import re

from dlcards.model.lazy import lazy_compile

# Each with who gives it its meaning. Fragments are compared percent-decoded, without "#".
_MEANINGS = (
    r"",  # the page itself (HTML standard, "select the indicated part")
    r"top",  # its beginning (HTML standard)
    r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?",  # lines and columns of a file (GitHub, GitLab)
    r"lines?-\d+(?:[-:]\d+)?",  # lines of a file (Bitbucket, SourceHut)
    r".*:~:.*",  # text to scroll to (WICG, URL fragment text directives)
    r"(?:page|nameddest|zoom|view|viewrect|pagemode|search)=.*",  # a place in a PDF (RFC 8118)
    r"(?:t|xywh|track)=.*",  # a part of a sound, film or picture (W3C, Media Fragments)
    r"svgView\(.*",  # a part of a drawing (SVG 2)
)
_MEANING = lazy_compile("|".join(f"(?:{meaning})" for meaning in _MEANINGS), re.IGNORECASE | re.DOTALL)


def has_own_meaning(fragment: str) -> bool:
    """Whether a decoded fragment is right on any page: ``top``, ``L3C1-L3C8``, ``:~:text=…``, ``page=2``."""
    return _MEANING.fullmatch(fragment) is not None
