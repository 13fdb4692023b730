"""Characters that nobody sees: zero-width blanks, Hangul taken apart into its letters, no-break spaces.

They come with text copied from web pages and PDFs, and from file names on a Mac. A search for the word does
not find it, an anchor made of it differs from the one that is typed, and on a card the letters may fall apart.

The fix removes what has no width, composes the Hangul (Unicode's form NFC) and writes a blank for a no-break
space. In headings it only removes what is not part of the anchor.

Not found: addresses, code and math; zero-width joiners in emoji and in scripts that need them; zero-width blanks in
Thai, Lao, Burmese and Khmer, where they part words; no-break spaces
between words without Hangul (`10 kg`), at the start of a line and in a row, where they are meant.

Bad:

    과적합은\u200b 학습 데이터만 외운 상태다.

Bad:

    \u1112\u1161\u11a8\u1109\u1173\u11b8률과\u00a0배치 크기를 함께 바꾼다.

Good:

    학습률과 배치 크기를 함께 바꾼다. 👩\u200d💻
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from dlcards.document.prose import prose_blocks
from dlcards.document.text import is_hangul, shown
from dlcards.model import (
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Node,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
보이지 않는 글자다. 폭 없는 공백, 자모로 풀어진 한글, 줄바꿈 없는 공백(NBSP)이 있다.

웹 페이지나 PDF에서 옮긴 글, 맥의 파일 이름에 딸려 온다. 그 낱말을 검색해도 나오지 않고, 손으로 적은 앵커와 달라지며, 카드에서는 자모가 흩어져 보일 수 있다.

`--fix`는 폭 없는 글자를 지우고, 한글을 모아쓰기로 합치고(유니코드 NFC), NBSP를 보통 공백으로 바꾼다. 제목에서는 앵커에 들지 않는 글자만 지운다.

찾지 않는 것: 주소, 코드, 수식, 이모지와 그것이 필요한 문자의 폭 없는 결합자, 낱말 사이를 알리는 태국·라오·미얀마·크메르 문자의 폭 없는 공백, 한글과 닿지 않은 NBSP(`10 kg`), 줄 첫머리나 연달아 쓴 NBSP처럼 일부러 쓴 것.
"""

_NAMES = {
    "\0": "U+0000",
    "\u200b": "U+200B",
    "\u200c": "U+200C",
    "\u200d": "U+200D",
    "\u2060": "U+2060",
    "\ufeff": "U+FEFF",
    "\u00ad": "U+00AD",
}
_INVISIBLE = lazy_compile("[" + "".join(_NAMES) + "]")
_JOINERS = "\u200c\u200d"
_SUSPECT = lazy_compile("[\u00a0\u1100-\u11ff" + "".join(_NAMES) + "]")
_SYLLABLES = lazy_compile(r"[\u1100-\u11ff\uac00-\ud7a3]+")
_NBSP = lazy_compile(r"(?<!\u00a0)\u00a0(?!\u00a0)")
_LINE_START = lazy_compile(r"[\s>*+\-#\d.)|]*")
_OPENS_BLOCK = lazy_compile(r"[#>*+\-=~`|\d\s]")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find invisible characters in prose, block by block."""
    text = document.text
    if not _SUSPECT.search(text):
        return
    for block in prose_blocks(document):
        if not _SUSPECT.search(text, block.span.start, block.span.end):
            continue
        texts = list(_texts(block, text))
        in_heading = block.kind == "heading"
        for node in texts:
            yield from _zero_width(document, block, node)
            yield from _no_break_spaces(document, node, in_heading=in_heading)
        yield from _decomposed(texts, in_heading=in_heading)


def _texts(node: Node, text: str) -> Iterator[Node]:
    """The pieces of prose in a block, as they stand in the source."""
    if node.kind == "text" and len(node.raw) == node.span.end - node.span.start:
        yield node
    elif node.kind != "link" or text[node.span.start] != "<":
        for child in node.children:
            yield from _texts(child, text)


def _zero_width(document: Document, block: Node, node: Node) -> Iterator[Diagnostic]:
    text = document.text
    for match in _INVISIBLE.finditer(node.raw):
        at, character = node.span.start + match.start(), match.group()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        # Somebody keeps GitHub from making a link of a name or a number.
        if before in ("@", "#") or after in ("@", "#"):
            continue
        if character in _JOINERS and (_needs_joiner(before) or _needs_joiner(after)):
            continue
        if character == "\u200b" and any(map(_marks_words, (before, after))):
            continue
        line = document.line_span(at)
        is_first = bool(_LINE_START.fullmatch(text, line.start, at))
        fix = None if is_first and _OPENS_BLOCK.match(after) else Fix((Edit(Span(at, at + 1), ""),))
        name = _NAMES[character]
        words = shown(text[max(block.span.start, at - 8) : at + 8].replace(character, ""), 20)
        message = Text(
            f'보이지 않는 글자 {name}: "{words}" 안에 있다', f'invisible character {name} in "{words}"'
        )
        yield Diagnostic(Span(at, at + 1), message, fix, cause=name)


def _needs_joiner(character: str) -> bool:
    """Whether a joiner beside ``character`` is meant: in emoji, and in scripts that join letters."""
    if not character or character.isascii() or is_hangul(character):
        return False
    kind = unicodedata.category(character)
    name = unicodedata.name(character, "").split(" ")[0]
    return kind in ("So", "Sk", "Mn", "Mc") or (
        kind[0] == "L" and name not in ("LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")
    )


def _marks_words(character: str) -> bool:
    """Whether ``character`` is of a script without blanks, where U+200B says that a word ends: Thai, Khmer, …."""
    name = unicodedata.name(character, "").split(" ")[0] if character else ""
    return name in ("THAI", "LAO", "MYANMAR", "KHMER")


def _decomposed(texts: list[Node], *, in_heading: bool) -> Iterator[Diagnostic]:
    edits = []
    words = ""
    for node in texts:
        for match in _SYLLABLES.finditer(node.raw):
            composed = unicodedata.normalize("NFC", match.group())
            token = node.raw[max(0, match.start() - 300) : match.start()].rsplit(None, 1)
            in_address = bool(token) and "://" in token[-1]
            if composed != match.group() and not in_address:
                start = node.span.start + match.start()
                edits.append(Edit(Span(start, start + len(match.group())), composed))
                words = words or composed
    if edits:
        message = Text(
            f'자모로 풀어진 한글(NFD): "{shown(words, 20)}"', f'decomposed Hangul (NFD): "{shown(words, 20)}"'
        )
        # A heading's anchor is made of the letters as they are written.
        fix = None if in_heading else Fix(tuple(edits))
        yield Diagnostic(edits[0].span, message, fix, cause="decomposed")


def _no_break_spaces(document: Document, node: Node, *, in_heading: bool) -> Iterator[Diagnostic]:
    text = document.text
    line, content = Span(0, 0), Span(0, 0)
    for match in _NBSP.finditer(node.raw):
        at = node.span.start + match.start()
        if at >= line.end:
            line = document.line_span(at)
            content = _content(text, line)
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        touches = is_hangul(before or " ") or is_hangul(after or " ") or " " in (before, after)
        # At the start of a line an indent is meant; of several at its end one finding is enough.
        if at < content.start or at > content.end + 1 or not touches:
            continue
        blanks, blank = Span(at, at + 1), "" if " " in (before, after) else " "
        if at >= content.end:
            # A blank too many here becomes a hard break; one that is there stays.
            blanks = Span(content.end, line.end)
            blank = "  " if blanks.of(text).endswith("  ") else ""
        message = Text("NBSP(줄바꿈 없는 공백)가 공백 자리에 있다", "a no-break space where a blank is meant")
        fix = None if in_heading else Fix((Edit(blanks, blank),))
        yield Diagnostic(Span(at, at + 1), message, fix, cause="no-break-space")


def _content(text: str, line: Span) -> Span:
    """A line without the marks and blanks at its start and the blanks at its end."""
    lead = _LINE_START.match(text, line.start, line.end)
    return Span(lead.end() if lead else line.start, line.start + len(line.of(text).rstrip()))


RULE = Rule("M011", "invisible-character", Severity.NOTE, check, fixable=True)
