"""What people write when they mean a link and CommonMark sees none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dlcards.document.anchors import resolves
from dlcards.document.prose import masked_block, prose_with
from dlcards.markdown import parse
from dlcards.model import Context, Document, Node, Span, Text, lazy_compile
from dlcards.project.addresses import is_external, local_target

_BLANKS = r"[ \t\u00a0\u3000]*"
_MAY_BE_ONE = lazy_compile(rf"[\]］]{_BLANKS}[(（]|\)\[")
_FORWARD = lazy_compile(
    rf"(?<![\\\w\])])(?P<bang>!?)(?P<open>[\[［])(?P<words>[^\[\]［］\n]*)(?P<close>[\]］])(?P<gap>{_BLANKS})(?P<paren>[(（])",
    re.ASCII,
)
_BACKWARD = lazy_compile(
    r"(?<![\w\])）\0])(?P<bang>!?)\((?P<words>[^()\[\]\n\0]+)\)\[(?P<address>[^()\[\]\s\0]+)\](?![(\[:])"
)
_INSIDE = lazy_compile(r"[^\[［\n\0]*")
_WITH_TITLE = lazy_compile(r"""(?P<address>\S+)(?P<title>\s+(?:"[^"]*"|'[^']*'))?""")
_WEB = lazy_compile(r"https?://[^\s/]*\w\.\w|mailto:\S+@", re.I)
_BROKEN_SCHEME = lazy_compile(r"(https?)\s*:\s*/\s*/\s*(\S+\.\S+)", re.I)
_FILE = lazy_compile(r"\.(?:md|html?|pdf|ipynb|png|jpe?g|gif|svg|webp)(?:\s+=\d*x\d*)?$", re.I)

# `htps://`, `http:/a.b`, `https//a.b`, `http;//`, `https:://`, and blanks that were copied along.
_COPIED = lazy_compile(r"(?:%20|[\u00a0\u3000\u200b\ufeff])+(?=https?:)", re.I)
_TWICE = lazy_compile(r"(?:https?:/{1,3})+(?=https?://)", re.I)
_PLAIN = lazy_compile(r"https?://[^/h]|[#./]", re.I)  # begins as most do
# In brackets it is a path; only in text GitHub makes a link of it.
_WITHOUT_SCHEME = lazy_compile(r"(?i)www\.[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)")
_SCHEME = lazy_compile(
    r"(?P<name>h{0,2}t{1,3}p{1,3}s{0,2}|httsp|hptts?|htpts?)(?P<mark>[:;：]{1,2}/{0,4}|/{2})(?=[\w-]+\.\w)",
    re.I,
)

_SPLIT = Text("괄호 사이가 떨어져 링크가 되지 않는다", "no link: a blank between the brackets")
_REVERSED = Text("괄호의 순서가 바뀌어 링크가 되지 않는다", "no link: the brackets are the wrong way round")
_FULL_WIDTH = Text("전각 괄호라서 링크가 되지 않는다", "no link: full-width brackets")
_BLANK_INSIDE = Text("주소에 공백이 있어 링크가 되지 않는다", "no link: a blank in the address")
_UNCLOSED = Text("닫는 괄호가 없어 링크가 되지 않는다", "no link: the closing parenthesis is missing")


class AlmostLink(NamedTuple):
    """Text that was meant as a link or picture.

    Attributes:
        span: All of it.
        reason: Why it is none.
        mended: The link that was meant; empty where that is not certain.
    """

    span: Span
    reason: Text
    mended: str


def mended_address(address: str) -> tuple[int, str] | None:
    """How many characters at the beginning of an address are wrong, and what they should be."""
    if _PLAIN.match(address):
        return None
    if match := _COPIED.match(address) or _TWICE.match(address):
        return match.end(), ""
    if _WITHOUT_SCHEME.match(address):
        return 0, "https://"
    match = _SCHEME.match(address)
    if match is None:
        return None
    name = "https" if "s" in match["name"].lower() else "http"
    is_right = match["name"].lower() == name and match["mark"] == "://"
    return None if is_right else (match.end(), f"{name}://")


def almost_links(document: Document, context: Context) -> Iterator[AlmostLink]:
    """The texts of a document that were meant as links, in order."""
    for block in prose_with(document, "[", "［"):
        words = masked_block(document, block)
        if _MAY_BE_ONE.search(words):
            found = [*_forward(document, block, words, context), *_backward(block, words)]
            yield from sorted(found, key=lambda almost: almost.span)


def _backward(block: Node, visible: str) -> Iterator[AlmostLink]:
    for match in _BACKWARD.finditer(visible):
        address = match["address"]
        if _WEB.match(address) or (match["bang"] and _FILE.search(address)):
            link = _link(match["bang"], match["words"], address)
            yield AlmostLink(_span(block, match.start(), match.end()), _REVERSED, link)


def _forward(document: Document, block: Node, visible: str, context: Context) -> Iterator[AlmostLink]:
    for match in _FORWARD.finditer(visible):
        inside = _INSIDE.match(visible, match.end())
        assert inside is not None
        close = _closing(inside.group())
        words = document.text[block.span.start + match.start("words") : block.span.start + match.end("words")]
        if close is None:
            yield from _unclosed(document, block, match, words, inside, context)
            continue
        marks = match["open"] + match["close"] + match["paren"] + inside.group()[close]
        reason, mended = _closed(document, match, marks, words, inside.group()[:close].strip(), context)
        if reason:
            span = _span(block, match.start(), inside.start() + close + 1)
            yield AlmostLink(span, reason, mended)


def _closed(
    document: Document, match: re.Match[str], marks: str, words: str, inside: str, context: Context
) -> tuple[Text | None, str]:
    """Why brackets and parentheses are no link, if they were meant as one, and the link."""
    is_full_width = marks != "[]()"
    if plain := _WITH_TITLE.fullmatch(inside):
        is_picture = bool(match["bang"] and _FILE.search(plain["address"]))
        # `[1] (https://…)` is a note with its number, `[x] (https://…)` a task.
        is_named = match["bang"] or any(map(str.isalpha, words.strip("xX")))
        is_meant = is_picture or (is_named and _leads(plain["address"], document, context))
        if (match["gap"] or is_full_width) and is_meant:
            return (_FULL_WIDTH if is_full_width else _SPLIT), _link(match["bang"], words, inside)
        return None, ""
    if match["gap"] or is_full_width:
        return None, ""
    if scheme := _BROKEN_SCHEME.fullmatch(inside):
        return _BLANK_INSIDE, _link(match["bang"], words, f"{scheme[1]}://{scheme[2]}")
    if _leads(inside, document, context):
        is_file = not is_external(inside)
        return _BLANK_INSIDE, _link(match["bang"], words, f"<{inside}>") if is_file else ""
    return (_BLANK_INSIDE, "") if match["bang"] and _FILE.search(inside) else (None, "")


def _unclosed(
    document: Document,
    block: Node,
    match: re.Match[str],
    words: str,
    inside: re.Match[str],
    context: Context,
) -> Iterator[AlmostLink]:
    address, _, rest = inside.group().strip().partition(" ")
    if match["gap"] or not _leads(address, document, context):
        return
    end = inside.start() + inside.group().find(address) + len(address)
    visible = block.span.of(document.text)
    following = re.compile(r"[^()\[\]]{0,200}").match(visible, inside.end())
    is_closed_later = following is not None and visible[following.end() : following.end() + 1] in (")", "]")
    is_whole = not rest.strip() and visible[inside.end() : inside.end() + 1] in ("", "\n", "\r")
    is_certain = is_whole and not is_closed_later and address[-1] not in ".,:;<>\"'"
    mended = _link(match["bang"], words, address) if is_certain else ""
    yield AlmostLink(_span(block, match.start(), end), _UNCLOSED, mended)


def _closing(inside: str) -> int | None:
    """Where the parenthesis closes that was opened before ``inside``."""
    depth = 0
    for index, character in enumerate(inside):
        if character in "(（":
            depth += 1
        elif character in ")）":
            if not depth:
                return index
            depth -= 1
    return None


def _leads(address: str, document: Document, context: Context) -> bool:
    """Whether words in parentheses are an address beyond doubt: of the web, or of something that is there."""
    if _WEB.match(address):
        return True
    if address.startswith("#"):
        return len(address) > 1 and resolves(address[1:], document.anchors)
    if mended_address(address):
        return True
    target = None if is_external(address) else local_target(address, document.path, context.config)
    return target is not None and bool(target.path.suffix) and context.files.exists(target.path)


def _link(bang: str, words: str, address: str) -> str:
    """The link, if CommonMark reads it as one; empty where it does not."""
    candidate = f"{bang}[{words}]({address})"
    blocks = parse(candidate)
    inlines = blocks[0].children if blocks else ()
    kind = "image" if bang else "link"
    return candidate if len(inlines) == 1 and inlines[0].kind == kind else ""


def _span(block: Node, start: int, end: int) -> Span:
    return Span(block.span.start + start, block.span.start + end)
