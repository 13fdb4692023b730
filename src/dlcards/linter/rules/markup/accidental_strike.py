r"""Tildes of ranges that cross out what stands between them: `16~32개, 64~128개`.

GitHub strikes through with one tilde as with two. A range in a Korean sentence is written with a tilde, and with a
second range in the same paragraph the page shows `16`, then the words up to the next tilde crossed out, then `128`.

The fix puts a backslash before both tildes: `16\~32개, 64\~128개`. One that crosses out on purpose stays where the range
stands within: `~삭제할 1\~2개~`.

Not found: a single range, tildes with a blank beside them that close nothing (`3 ~ 5`), words that are crossed out on
purpose (`~취소~`, `~~취소~~`, `~~100~~200원`), code, math, addresses.

Bad:

    배치 크기는 보통 16~32개이고, 크게 잡으면 64~128개다.

Good:

    배치 크기는 보통 16\~32개이고, 크게 잡으면 64\~128개다. ~~256개~~는 잘못이다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.prose import prose_with
from dlcards.document.text import shown
from dlcards.linter.rules.markup.shared_strikes import Strike, flanking, strikes, visible
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

KO = r"""
범위를 나타내는 물결표 둘이 그 사이의 글에 취소선을 긋는다. `16~32개, 64~128개`가 그렇다.

GitHub는 물결표 하나로도 둘과 똑같이 취소선을 긋는다. 한 문단에 범위가 두 번 나오면 페이지에는 첫 물결표부터 다음 물결표까지의 글이 지워진 것처럼 보이고 물결표는 사라진다.

`--fix`는 두 물결표 앞에 백슬래시를 넣는다. `16\~32개, 64\~128개`가 된다. 일부러 그은 취소선 안에 범위가 있으면 범위의 물결표에만 넣는다. `~삭제할 1\~2개~`가 된다.

찾지 않는 것: 하나뿐인 범위, 곁에 공백이 있어 아무것도 닫지 않는 물결표(`3 ~ 5`), 일부러 그은 취소선(`~취소~`, `~~취소~~`, `~~100~~200원`), 코드, 수식, 주소.
"""

_OPENING = frozenset("([{\"'“‘「『《<*_")
_CONTAINER = lazy_compile(r"(?<=\n)[ \t>]+")
_TILDE = lazy_compile(r"(?<!~)~(?!~)")
_NUMBER_BEFORE = lazy_compile(r"\d[^\W\d_]{0,4}\Z")
_NUMBER_AFTER = lazy_compile(r"[+-]?\d")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pairs of tildes that GitHub strikes with, of which one belongs to a range or a path."""
    text = document.text
    for block in prose_with(document, "~"):
        accidents = accidental_strikes(block, text)
        own = _own_tildes(block, text) if accidents else {}
        for strike in accidents:
            whole = Span(strike.opener.start, strike.closer.end)
            said = shown(whole.of(text))
            message = Text(
                f"GitHub가 물결표 사이에 취소선을 긋는다: {said}",
                f"GitHub strikes through what stands between the tildes: {said}",
            )
            tildes = (strike.opener, strike.closer)
            edits = tuple(Edit(t, "\\~" * (t.end - t.start)) for t in tildes if t not in own)
            is_safe = edits and all(own.get(tilde, True) for tilde in tildes)
            yield Diagnostic(whole, message, Fix(edits, frozenset({Aspect.EMPHASIS})) if is_safe else None)


def accidental_strikes(block: Node, text: str) -> list[Strike]:
    """What GitHub strikes in a block though nobody meant it."""
    if block.span.of(text).count("~") < 2:
        return []
    found = sorted(strikes(block, text), key=lambda strike: strike.opener)
    return [strike for strike in found if _is_accident(block, strike, text)]


def _is_accident(block: Node, strike: Strike, text: str) -> bool:
    """Whether the tildes say "from … to", "about" or "home", not that something is crossed out."""
    first, last = block.children[0].span.start, block.children[-1].span.end
    ranges = [_is_range(text, tilde, first, last) for tilde in (strike.opener, strike.closer)]
    if strike.opener.end - strike.opener.start == 2:
        # Two tildes are mostly meant, next to a number as well: `~~100~~200원`.
        return all(ranges)
    before = text[strike.opener.start - 1] if strike.opener.start > first else " "
    # Whoever crosses out begins where a word begins; what could close as well stands within one.
    opens_and_closes = all(flanking(text, strike.opener.start, strike.opener.end, first, last))
    if opens_and_closes and before not in _OPENING:
        return True
    if text.startswith("/", strike.opener.end) and text.startswith("/", strike.closer.end):
        return True
    return any(ranges)


def _own_tildes(block: Node, text: str) -> dict[Span, bool]:
    """The tildes of a block that would cross something out if its ranges had none, and whether that is meant.

    `~삭제할 1~2개~`: the first and the last. Before a number (`~5개 중 1~2개~`) the first may say "about".
    """
    first, last = block.children[0].span.start, block.children[-1].span.end
    # The block as a text of its own in which every place stays the same: ranges without their tildes, blanks for
    # what quotes and lists put before each line.
    source = _CONTAINER.sub(lambda match: " " * len(match.group()), text[first:last])
    characters = list(source)
    for match in _TILDE.finditer(visible(block, text), first - block.span.start):
        tilde = Span(block.span.start + match.start(), block.span.start + match.end())
        if _is_range(text, tilde, first, last):
            characters[tilde.start - first] = "0"
    source = "".join(characters)
    blocks = parse(source)
    if len(blocks) != 1 or blocks[0].kind != "paragraph":
        return {}
    return {
        Span(first + tilde.start, first + tilde.end): not source[strike.opener.end].isdigit()
        for strike in strikes(blocks[0], source)
        if not _is_accident(blocks[0], strike, source)
        for tilde in (strike.opener, strike.closer)
    }


def _is_range(text: str, tilde: Span, first: int, last: int) -> bool:
    before, after = (
        text[max(first, tilde.start - 8) : tilde.start],
        text[tilde.end : min(last, tilde.end + 3)],
    )
    return bool(_NUMBER_BEFORE.search(before) and _NUMBER_AFTER.match(after))


RULE = Rule("M017", "accidental-strike", Severity.WARNING, check, fixable=True)
