"""Marks that a merge has left behind: `<<<<<<< ours`, `||||||| base`, `=======`, `>>>>>>> theirs`.

Two versions of a passage stand one after the other, and which of them holds nobody knows. Markdown makes something of
the marks, too: `=======` turns the paragraph above it into a heading, `>>>>>>>` is a quote in a quote. The question
stays out of the deck until somebody has decided.

Keep one version, or make one of both, and delete the marks. There is no fix: which version is right can't be told.

Not found: what stands in code; `=======` on its own, which underlines a heading; `>>>>>>>` on its own, which quotes,
unless git alone would write what follows (a hash, `HEAD`, `main`, `origin/…`).

Bad:

    <<<<<<< HEAD
    학습률은 0.1이다.
    =======
    학습률은 0.01이다.
    >>>>>>> feature

Good:

    학습률은 0.01이다.

    ```text
    <<<<<<< HEAD
    학습률은 0.1이다.
    =======
    학습률은 0.01이다.
    >>>>>>> feature
    ```
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from dlcards.document.once import nodes_of
from dlcards.document.text import shown
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text, lazy_compile

KO = """
병합하다가 남은 표시다. `<<<<<<< ours`, `||||||| base`, `=======`, `>>>>>>> theirs`를 찾는다.

한 대목의 두 판이 잇달아 남아 어느 것이 맞는지 알 수 없다. 마크다운은 이 표시도 제 식으로 읽어서, `=======`은 위의 문단을 제목으로 만들고 `>>>>>>>`은 인용 속의 인용이 된다. 정하기 전까지 그 질문은 덱에 들어가지 않는다.

한쪽을 남기거나 둘을 하나로 고쳐 쓰고 표시를 지운다. 어느 판이 옳은지 알 수 없으므로 자동으로 고치지 않는다.

찾지 않는 것: 코드 안의 것, 제목의 밑줄로 홀로 선 `=======`, 인용으로 홀로 선 `>>>>>>>`. 다만 뒤에 git만 쓸 이름(해시, `HEAD`, `main`, `origin/…`)이 오면 찾는다.
"""

# As git writes them: seven signs at the start of a line, then a blank and whose version it is.
_MARK = lazy_compile(
    r"^(?:(?P<ours><{7})|(?P<base>\|{7})|(?P<middle>={7})|(?P<theirs>>{7}))(?:[ \t](?P<label>[^\r\n]*))?(?=\r?$)",
    re.M,
)
# What git calls a side, and nobody a quote.
_NAMED = lazy_compile(r"(?:HEAD|main|master|(?:origin|upstream)/\S+|Stashed changes)\s*$|[0-9a-f]{7,40}\b")
_CODE = frozenset({"block_code", "codespan", "block_math", "inline_math"})


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find lines that mark the sides of a merge."""
    text = document.text
    found = list(_MARK.finditer(text))
    if not any(match["ours"] or match["theirs"] for match in found):
        return
    for match in _left_behind(list(_outside_code(document, found))):
        line = Span(*match.span())
        said = shown(line.of(text))
        message = Text(f"병합하다가 남은 표시다: {said}", f"a mark that a merge has left behind: {said}")
        yield Diagnostic(line, message, affects=Span(_start_before(document, line.start), line.end))


def _start_before(document: Document, at: int) -> int:
    """Where the block before that at ``at`` starts.

    `=======` makes a heading of the lines above it, which ends the answer that they belong to: the mark stands in
    no question, but what comes before it does.
    """
    blocks = document.blocks
    index = bisect_right(blocks, at, key=lambda block: block.span.start) - 2
    while index >= 0 and blocks[index].kind == "blank_line":
        index -= 1
    return blocks[index].span.start if index >= 0 else at


def _outside_code(document: Document, marks: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    # No code stands in other code, so the places are in order of their ends, too.
    code = sorted(node.span for node in nodes_of(document, *_CODE))
    for mark in marks:
        index = bisect_right(code, mark.start(), key=lambda span: span.start) - 1
        if index < 0 or mark.start() >= code[index].end:
            yield mark


def _left_behind(marks: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The marks that are no underline of a heading, no row of a table and no quote."""
    closes = False  # whether the next side of a merge below ends it
    closing = []
    for mark in reversed(marks):
        closing.append(closes)
        closes = bool(mark["theirs"]) or (closes and not mark["ours"])
    is_open = has_begun = is_between = False
    for mark, closes in zip(marks, reversed(closing), strict=True):
        if mark["ours"]:
            is_certain = is_open = has_begun = True
        elif mark["theirs"]:
            is_certain = has_begun or is_between or bool(_NAMED.match(mark["label"] or ""))
            is_open = False
        else:
            is_certain = is_open or closes
        is_between = bool(mark["middle"] or mark["base"])
        if is_certain:
            yield mark


RULE = Rule("M019", "merge-marker", Severity.ERROR, check)
