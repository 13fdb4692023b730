"""Pages that say "not found", or that nothing lives here any more, with a status of 200. Only hints."""

from __future__ import annotations

import re
from urllib.parse import unquote

from dlcards.links.page import Page
from dlcards.model import lazy_compile

# A part of a title, or a whole heading, that says it all.
_TITLE = lazy_compile(
    r"(?:oops|sorry|uh[ -]?oh|whoops|error|에러|오류|죄송합니다)?[\s!.,:…]*"
    r"(?:"
    r"(?:error\s*)?404(?:[\s:.,-]*(?:error|not found|page not found|file not found|에러|오류))?|"
    r"(?:the |this |that |requested |your )*(?:page|url|document|file|article|content|post|site|resource)s?"
    r"(?: you(?:'re|’re| are)? (?:requested|looking for|wanted))?"
    r"(?: was| is| could| can| has| does|n't|n’t|'t|’t| not| be| been| no longer| longer| no)*"
    r" (?:found|exist|exists|available|here|missing|removed|deleted)|"
    r"not found|nothing (?:was )?found(?: here)?|"
    r"(?:요청하신\s*|해당\s*|찾으시는\s*)?(?:웹\s*)?(?:페이지|게시글|게시물|글|문서|포스트|콘텐츠|블로그)[를을이가은는]?\s*"
    r"(?:찾을\s*수\s*없(?:습니다|어요|음|다)|존재하지\s*않(?:습니다|아요|음|는다)|없(?:습니다|어요|음)|"
    r"삭제되었습니다)|"
    r"(?:존재하지\s*않는|찾을\s*수\s*없는|없는|삭제된|잘못된)\s*(?:페이지|게시글|게시물|글|문서|주소|블로그|콘텐츠)"
    r"(?:입니다|예요|이에요)?"
    r")[\s!.:)…]*(?:404)?",
    re.IGNORECASE,
)
# Sentences of such pages, looked for in short pages only.
_SENTENCE = lazy_compile(
    r"(?:page|url|document|article|post|file|content|repository) (?:that )?"
    r"(?:you(?:'re|’re| are| were)? (?:looking for|requested|trying to (?:reach|access|view)|wanted) )?"
    r"(?:was not found|could(?:n['’]t| not) be found|can(?:not|['’]t) be found|does(?:n['’]t| not) exist|"
    r"is(?:n['’]t| not) (?:here|available)|is no longer (?:available|here)|no longer exists|"
    r"has been (?:removed|deleted)|"
    r"might have been (?:removed|moved|deleted)|may have been (?:removed|moved|deleted))|"
    r"(?:could(?:n['’]t| not)|can(?:not|['’]t)|unable to) find (?:the|this|that|your) "
    r"(?:page|article|post|document)|"
    r"(?:페이지|게시글|게시물|글|문서|포스트|주소|콘텐츠|블로그)[를을이가은는]?\s*"
    r"(?:찾을\s*수\s*(?:가\s*)?없|존재하지\s*않|삭제되었|삭제됐|사라졌)|"
    r"(?:존재하지\s*않는|찾을\s*수\s*없는|삭제된|삭제되었거나|삭제되거나)\s*(?:페이지|게시글|게시물|글|문서|포스트|주소|블로그|콘텐츠|존재)|"
    r"(?:삭제|변경|이동)[^.]{0,20}(?:되었거나|됐거나|되거나)[^.]{0,40}(?:페이지|게시|글|주소|찾을|존재|없)|"
    r"(?:페이지|게시글|게시물|글|주소)의?\s*(?:주소가\s*)?(?:잘못\s*입력|변경\s*(?:혹은|또는)\s*삭제)|"
    r"서비스[가를은는]?\s*(?:종료되었|종료했|이용하실\s*수\s*없)",
    re.IGNORECASE,
)
_PARKED = lazy_compile(
    r"(?:this |the )?domain(?: name)?(?: \S+)? (?:is|may be) (?:for sale|parked|available (?:for|to))|"
    r"buy this domain|domain (?:is )?parked|parked (?:free|domain)|inquire about this domain|"
    r"the owner of \S+ is offering it for sale|this domain has expired|domain parking|"
    r"도메인[은이을]?\s*(?:\S+\s*)?(?:판매|매매|파킹|주차|만료)|판매\s*중인\s*도메인",
    re.IGNORECASE,
)
_PARKING_HOSTS = lazy_compile(
    r"(?:^|[/.])(?:sedoparking\.com|parkingcrew\.net|bodis\.com|hugedomains\.com|dan\.com|afternic\.com|"
    r"above\.com|parklogic\.com|domainmarket\.com|img1\.wsimg\.com/parking-lander|undeveloped\.com)",
    re.IGNORECASE,
)
_ABOUT_IT = lazy_compile(r"(?<!\d)404(?!\d)|not[-_ ]?found", re.IGNORECASE)
# Where sites send whoever asks for what they don't have.
_ERROR_PAGE = lazy_compile(
    r"/(?:errors?[-_/]?)?(?:404|(?:page)?[-_]?not[-_]?found)(?:[-_.]\w+)?/?$", re.IGNORECASE
)
_SEPARATOR = lazy_compile(r"\s+[-–—|·»«:•]+\s+|\s*[|»]\s*")
_SENTENCE_END = lazy_compile(r"(?<=[.!?。])\s+")
_SHORT, _MIDDLING = 700, 6_000


def suspect(page: Page, url: str, asked: str = "") -> str:
    """``soft-404`` or ``parked`` for a page that looks like it, else an empty string.

    Args:
        page: The page.
        url: Its address.
        asked: The address that redirected to it; empty where none did.
    """
    if _PARKING_HOSTS.search(url.partition("?")[0]) or any(map(_PARKING_HOSTS.search, page.sources)):
        return "parked"
    shown = f"{page.alerts} {page.text[:_SHORT]}"
    if page.length < _SHORT and _PARKED.search(f"{page.title} {shown}"):
        return "parked"
    asked = asked or url
    if _is_error_page(url) and not _is_error_page(asked):
        return "soft-404"
    if _ABOUT_IT.search(unquote(_target(asked))):
        return ""  # a page about the status may well have its name for a title
    says_so = any(_TITLE.fullmatch(part.strip()) for part in _parts(page))
    if page.length < _MIDDLING and says_so:
        return "soft-404"
    return "soft-404" if page.length < _SHORT and _SENTENCE.search(shown) else ""


def _is_error_page(url: str) -> bool:
    return bool(_ERROR_PAGE.search(_target(url).partition("?")[0]))


def _target(url: str) -> str:
    """Path and query: the digits of a port or a host say nothing."""
    return "/" + "/".join(url.split("/")[3:])


def _parts(page: Page) -> list[str]:
    texts = page.title[:300], page.headings[:300]
    return [part for text in texts for part in (*_SEPARATOR.split(text), text, _SENTENCE_END.split(text)[0])]
