"""Addresses that stand in text as they are, and where each of them ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from dlcards.document.text import has_hangul, inline_blocks, is_hangul, masked
from dlcards.model import Document, Node, Span, lazy_compile

# What no address holds, or what only writes about one: blanks, quotes, full-width punctuation.
_URL = lazy_compile(
    r"(?:(?<![A-Za-z0-9])(?i:https?)://|(?<![^\s*_~(])(?i:www)\.(?=[\w-]+\.))"
    r"[^\s<>\"`|\0“”‘’「」『』《》〈〉【】〔〕（）［］｛｝。、，；：！？…]+"
)
_MARKUP = lazy_compile(r"\*\*|~~|\*(?=[가-힣]|$)")
_TRAILING = ".,:;!?'*_~\\"
_ESCAPE = lazy_compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = lazy_compile(r"&#?\w+;")
_LAST_ENTITY = lazy_compile(r"&#?\w+;$")
_URL_CHARACTER = lazy_compile(r"[^\s<>\"`|]")
_HOST = lazy_compile(r"(?:https?://|www\.)[^/?#]*", re.I)
_ENDED_HOST = lazy_compile(r"\.[A-Za-z]{2,}(?=[가-힣][^.]*$)")
# Particles and endings that follow an address without a blank. The short ones end names of pages, too
# (`…/CNN의`), and count only where the sentence goes on.
_SHORT_ENDING = lazy_compile("[은는이가을를에의로과와도만]")
_ENDING = lazy_compile(
    "(?:입니다|이다|이며|이고|이에요|예요|이나|라는|이라는|라고|이라고|에서|에서는|에서도|에는|에도|으로|으로는|로는"
    "|와는|과는|까지|부터|처럼|보다|참고|참조)$"
)
# Addresses that nobody is meant to follow (RFC 2606, RFC 6761, numbers, templates).
_EXAMPLE = lazy_compile(
    r"https?://(?:[^/?#@]*@)?(?:[^/?#.]*(?:[/?#:]|$)|[\d.]+(?:[/?#:]|$)"
    r"|(?:[^/?#:]*\.)?(?:localhost|test|example|invalid|example\.(?:com|org|net))(?:[/?#:]|$)|.*[{}$])"
    r"|www\.(?:[^/?#:]*\.)?example\.(?:com|org|net)(?:[/?#:]|$)",
    re.I,
)
# `https://arxiv.org/abs/…` and `https://github.com/<user>` are no addresses, either.
_GAP = lazy_compile(r"\.\.|…|<(?!/|!|(?:br|hr|img|p|li|td|div)\b)", re.I)
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_UP_TO_BLANK = lazy_compile(r"[^ \t\n\r<\0]+")  # cmark-gfm knows no other blanks here
_GITHUB_TRAILING = "?!.,:*_~'\";"
_NEAR = 200  # how far around an address its line is looked at, so that one long line costs no more
_LABEL = 2  # "- 출처: https://…" stands alone, too
_HTML_TAG = lazy_compile(r"<(/?)(a|code|pre|kbd|samp)\b", re.I)
_BLOCKS = ("paragraph", "block_text", "heading", "table_cell")


class BareUrl(NamedTuple):
    """An address in text that no markup makes a link.

    Attributes:
        span: Where the address stands, as its author meant it.
        address: The address, without backslashes before punctuation, and entities resolved.
        swallowed: The characters behind it that GitHub takes for a part of the address.
        is_alone: Whether nothing but list markers, labels and punctuation stands in its line.
        is_example: Whether nobody is meant to follow it: a name that is kept for examples, a template.
        is_whole: Whether it ends there: it does not where code or math goes on with it.
        is_certain: Whether it ends there beyond doubt, and is written as it is meant. It is not where
            Hangul at its end may be a particle or a part of it, or where a backslash or an entity is in it.
    """

    span: Span
    address: str
    swallowed: str
    is_alone: bool
    is_example: bool
    is_whole: bool
    is_certain: bool


def bare_urls(document: Document) -> Iterator[BareUrl]:
    """The addresses in a document's text that GitHub makes links of, in order: ``https:``, ``www.`` ….

    Not those in code, math, links, definitions, attributes of HTML, or between ``<a>`` and ``</a>``.
    """
    for block in inline_blocks(document):
        yield from bare_urls_in(block, document.text)


def may_hold_urls(source: str) -> bool:
    """Whether there may be a bare address in a source; most have none, and to look closely takes its time."""
    return "://" in source or "www." in source or "WWW." in source


def bare_urls_in(block: Node, text: str) -> Iterator[BareUrl]:
    """As :func:`bare_urls`, those of one block that holds inlines."""
    if block.kind not in _BLOCKS or not may_hold_urls(block.span.of(text)):
        return
    start = block.span.start
    visible = masked(block, text, escapes=False)
    if not _URL.search(visible):
        return
    linked = list(_between_tags(block))
    if linked:
        characters = list(visible)
        for span in linked:
            characters[span.start - start : span.end - start] = "\0" * (span.end - span.start)
        visible = "".join(characters)
    line = masked(block, text, ("inline_html",))
    for match in _URL.finditer(visible):
        before = line[max(0, match.start() - _NEAR) : match.start()].rpartition("\n")[2]
        behind = line[match.end() : match.end() + _NEAR].partition("\n")[0]
        goes_on = any(map(str.isalnum, behind))
        length = _length(match.group(), goes_on=goes_on)
        begin, end = start + match.start(), start + match.start() + length
        written = match.group()[:length]
        is_whole = text[end : end + 1] not in ("$", "`")
        yield BareUrl(
            Span(begin, end),
            unescape(_ESCAPE.sub(r"\1", written)),
            _swallowed(visible, match.start(), match.start() + length),
            is_alone=len(before.split()) <= _LABEL and not goes_on,
            is_example=bool(_EXAMPLE.match(written) or _GAP.match(text, end)),
            is_whole=is_whole,
            is_certain=is_whole and _is_certain(written, goes_on=goes_on),
        )


def _between_tags(block: Node) -> Iterator[Span]:
    """What stands inside HTML that is a link already, or code."""
    opened: tuple[str, int] | None = None
    for node in block.walk():
        tag = _HTML_TAG.match(node.raw) if node.kind == "inline_html" else None
        if tag is None:
            continue
        closes, name = bool(tag.group(1)), tag.group(2).lower()
        if opened is None and not closes:
            opened = name, node.span.end
        elif opened is not None and closes and name == opened[0]:
            yield Span(opened[1], node.span.start)
            opened = None
    if opened is not None:
        yield Span(opened[1], max(opened[1], block.span.end))


def _length(candidate: str, *, goes_on: bool) -> int:
    """How much of ``candidate``, which runs up to the next blank, is the address."""
    markup = _MARKUP.search(candidate)
    end = _balanced(candidate[: markup.start()] if markup else candidate)
    # `&nbsp;` and `&gt;` are what no address holds, in other words.
    ends = (
        m.start() for m in _ENTITY.finditer(candidate, 0, end) if not _URL_CHARACTER.match(unescape(m[0]))
    )
    end = next(ends, end)
    end = len(_LAST_ENTITY.sub("", candidate[:end]).rstrip(_TRAILING))
    host = _HOST.match(candidate, 0, end)
    if host and (ended := _ENDED_HOST.search(host.group())):
        return ended.end()
    stem = end
    while is_hangul(candidate[stem - 1]):
        stem -= 1
    ending = candidate[stem:end]
    # Hangul in the path is common (`/w/딥러닝`): only where a single particle or ending follows Latin
    # letters, in an address without other Hangul, can it be told from the name of a page.
    is_ending = bool(_ENDING.match(ending) or (goes_on and _SHORT_ENDING.fullmatch(ending)))
    if is_ending and not has_hangul(candidate[:stem]):
        end = len(candidate[:stem].rstrip(_TRAILING))
    return end


def _is_certain(written: str, *, goes_on: bool) -> bool:
    may_end_earlier = goes_on and is_hangul(written[-1])
    # GitHub takes no reference for a character in a bare address, and does in a link (`&amp;`).
    return not (may_end_earlier or _ENDING.search(written) or "\\" in written or _ENTITY.search(written))


def _balanced(candidate: str) -> int:
    """Where the first closing bracket stands that nothing opened; the end where there is none."""
    opened = {"(": 0, "[": 0, "{": 0}
    for index, character in enumerate(candidate):
        if character in opened:
            opened[character] += 1
        elif opener := _CLOSERS.get(character):
            if not opened[opener]:
                return index
            opened[opener] -= 1
    return len(candidate)


def _swallowed(visible: str, start: int, end: int) -> str:
    """What GitHub's link, which starts at ``start``, takes of the text behind ``end``.

    It ends at a blank or ``<``, without ASCII punctuation at its end and brackets that nothing opened.
    """
    taken = _UP_TO_BLANK.match(visible, start, end + _NEAR)
    last = taken.end() if taken else end
    opened, closed = visible.count("(", start, last), visible.count(")", start, last)
    while last > end:
        if visible[last - 1] == ")" and closed > opened:
            closed -= 1
        elif visible[last - 1] not in _GITHUB_TRAILING:
            break
        last -= 1
    return visible[end:last]
