"""Tildes that stay tildes next to Hangul: `~~취소(x)~~는`.

GitHub takes `~~` for the end of what is crossed out only where, if punctuation stands before it, a blank or
punctuation follows. A Korean particle follows without a blank, so the page shows the tildes, and what was withdrawn
stands there as if it held. Blanks inside (`~~ 낱말 ~~`) do the same. (M001 is about asterisks.)

The fix writes `<del>` for the tildes (`<del>취소(x)</del>는`), so that all that was crossed out is, and takes blanks out
where that is enough.

Not found: tildes that only draw a word out (`안녕~~ 반가워~~`), code, math, links.

Bad:

    기본값은 ~~0.1(예전)~~이고 지금은 0.01이다.

Good:

    기본값은 <del>0.1(예전)</del>이고 지금은 0.01이다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.prose import prose_with
from dlcards.document.text import has_hangul, is_hangul, shown
from dlcards.linter.rules.markup.shared_strikes import strikes, visible
from dlcards.markdown import parse
from dlcards.model import (
    Aspect,
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
한글 옆에서 물결표가 물결표로 남는다. `~~취소(x)~~는`이 그렇다.

GitHub는 `~~` 앞이 문장 부호면 뒤가 공백이나 문장 부호일 때만 취소선의 끝으로 친다. 우리말은 조사를 붙여 쓰므로 페이지에 물결표가 그대로 보이고, 거둬들인 말이 살아 있는 말처럼 남는다. 안쪽에 공백을 둔 `~~ 낱말 ~~`도 마찬가지다. 별표는 M001이 찾는다.

`--fix`는 물결표 대신 `<del>`을 쓴다(`<del>취소(x)</del>는`). 지운 말은 모두 지워진 채로 남는다. 안쪽 공백만 없애면 되는 것은 공백을 없앤다.

찾지 않는 것: 말을 늘였을 뿐인 물결표(`안녕~~ 반가워~~`), 코드, 수식, 링크.
"""

_PAIR = lazy_compile(r"(?<!~)~~(?!~)(?P<words>[^~]+)~~(?!~)")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pairs of double tildes that GitHub leaves as text."""
    text = document.text
    for block in prose_with(document, "~~"):
        for span in broken_strikes(block, text):
            before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
            said = shown(span.of(text) + after)
            message = Text(f"취소선이 보이지 않는다: {said}", f"strikethrough that does not render: {said}")
            yield Diagnostic(span, message, _fix(span, text[span.start + 2 : span.end - 2], before, after))


def broken_strikes(block: Node, text: str) -> Iterator[Span]:
    """The places of a block, tildes and all, that were meant to be struck through and are not, in order."""
    if block.span.of(text).count("~~") < 2:
        return
    used = {tildes for strike in strikes(block, text) for tildes in (strike.opener, strike.closer)}
    source, at = visible(block, text), 0
    while match := _PAIR.search(source, at):
        span = Span(block.span.start + match.start(), block.span.start + match.end())
        marks = {Span(span.start, span.start + 2), Span(span.end - 2, span.end)}
        before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
        words = text[span.start + 2 : span.end - 2]
        if marks & used or not _is_meant(words, match["words"], before, after):
            at = match.start() + 2
            continue
        at = match.end()
        yield span


def _is_meant(words: str, visible_words: str, before: str, after: str) -> bool:
    """Whether tildes that stayed text were meant to cross out what is between them."""
    inner = words.strip()
    if "\n" in words and (words != inner or (before.isalnum() and after.isalnum())):
        return False  # over several lines only what begins and ends like a pair is one
    if not visible_words.strip("\0 ") and "\0" not in visible_words:
        return False
    if words != inner:
        # `안녕~~ 반가워~~` draws its words out; only what stands apart on both sides is a pair.
        return words[0].isspace() and words[-1].isspace() and not before.strip() and has_hangul(inner)
    closes_badly = not inner[-1].isalnum() and after.isalnum()
    opens_badly = not inner[0].isalnum() and before.isalnum()
    near_hangul = is_hangul(after or " ") or is_hangul(before or " ") or has_hangul(inner)
    return (closes_badly or opens_badly) and near_hangul


def _fix(span: Span, words: str, before: str, after: str) -> Fix:
    """All of the words crossed out so that GitHub sees it; what stands between the tildes stays as it is."""
    inner = words.strip()
    opening, closing = "<del>", "</del>"
    if words != inner and _renders(before, f"~~{inner}~~", after):
        opening = closing = "~~"
    start = span.start + 2 + len(words) - len(words.lstrip())
    end = start + len(inner)
    edits = (Edit(Span(span.start, start), opening), Edit(Span(end, span.end), closing))
    return Fix(edits, frozenset({Aspect.EMPHASIS}))


def _renders(before: str, candidate: str, after: str) -> bool:
    text = f"가{before}{candidate}{after}나"
    paragraph = parse(text)[0]
    if paragraph.kind != "paragraph":
        return False
    struck = {tildes for strike in strikes(paragraph, text) for tildes in (strike.opener, strike.closer)}
    return visible(paragraph, text).count("~~") == len(struck)


RULE = Rule("M018", "broken-strike", Severity.WARNING, check, fixable=True)
