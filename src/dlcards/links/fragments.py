"""Whether a page has the place that a fragment names."""

from __future__ import annotations

import enum
import re
from urllib.parse import unquote

from dlcards.links.page import Page

# Line numbers of code hosts, and the parts of addresses that browsers take for themselves.
_ALWAYS = re.compile(r"(?:top|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines?-\d+(?:[-:]\d+)?)?", re.IGNORECASE)
# "#/route" and "#!route" are read by the page's own program.
_ROUTE = re.compile(r"[!/]")
_MAKES_ANCHORS = re.compile(
    r"anchor|toc|headings?-?id|docsify|markdown|marked|remark|showdown", re.IGNORECASE
)
_NEEDS_SCRIPTS = re.compile(
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


def always_found(fragment: str) -> bool:
    """Whether a fragment is right on any page: ``#top``, ``#:~:text=``, ``#L10``."""
    return ":~:" in fragment or _ALWAYS.fullmatch(fragment) is not None


def names(fragment: str) -> frozenset[str]:
    """The ids that ``fragment`` may stand for."""
    plain = {fragment, unquote(fragment)}
    return frozenset(plain | {f"user-content-{name}" for name in plain})


def find(fragment: str, page: Page) -> Found:
    """Whether ``page``, scanned for :func:`names`, has what ``fragment`` leads to."""
    if always_found(fragment) or not page.found.isdisjoint(names(fragment)):
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
