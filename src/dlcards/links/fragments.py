"""Whether a page has the place that a fragment names."""

from __future__ import annotations

import enum
import re
from urllib.parse import unquote

from dlcards.links.page import Page
from dlcards.model import has_own_meaning, lazy_compile

# "#/route" and "#!route" are read by the page's own program.
_ROUTE = lazy_compile(r"[!/]")
_MAKES_ANCHORS = lazy_compile(
    r"anchor|toc|headings?-?id|docsify|markdown|marked|remark|showdown", re.IGNORECASE
)
_NEEDS_SCRIPTS = lazy_compile(
    r"(?:enable|requires?|without|need|turn on|activate)\b.{0,40}\bjavascript|javascript.{0,60}"
    r"(?:enable|required|disabled|turned off)|자바스크립트",
    re.IGNORECASE,
)
_LITTLE_TEXT = 300


class Found(enum.Enum):
    """Whether a fragment's place is there."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def names(fragment: str) -> frozenset[str]:
    """The ids that ``fragment`` may stand for."""
    plain = {fragment, unquote(fragment)}
    return frozenset(plain | {f"user-content-{name}" for name in plain})


def find(fragment: str, page: Page) -> Found:
    """Whether ``page``, scanned for :func:`names`, has what ``fragment`` leads to."""
    if has_own_meaning(unquote(fragment)) or not page.found.isdisjoint(names(fragment)):
        return Found.YES
    if not page.complete or not page.length or _ROUTE.match(fragment) or needs_scripts(page):
        return Found.UNKNOWN
    return Found.NO


def needs_scripts(page: Page) -> bool:
    """Whether the page may be another one once its scripts have run."""
    return (
        page.shell
        or (page.scripted and page.length < _LITTLE_TEXT)
        or bool(_NEEDS_SCRIPTS.search(page.noscript[:2000]))
        or any(_MAKES_ANCHORS.search(source.rpartition("/")[2]) for source in page.sources)
    )
