"""Markup that markdown does not see: `-항목`, `1.항목` and `####제목` without a blank, full-width marks (`＃＃ 제목`,
`＊ 항목`, `｀코드｀`), lists and fences broken by their indent.

The page shows the marks as text and runs the lines together: a list becomes one long sentence, a heading a
paragraph without an anchor, code a jumble of words.

The fix inserts the blank behind the mark (or writes one for a no-break space), and writes full-width marks as
markdown knows them. What the indent has broken is for a person to mend: two more blanks before a list that belongs
below `1.`, fewer before a fence.

A paragraph or a bullet whose number is text, `1.항목` between blank lines or `- 1)항목`, is but a note: it stands on a line of its own and shows
its number. So is a list that lost its place below `1.` where the numbers go on.

Not found: `#낱말` and `*낱말`, which may be meant; `-word`, which may be an option; a lone `-낱말` in the middle of
a paragraph or behind a quote; a lone `＊ 참고`, also below a list. Numbers (`-1`, `1.5배`), dates, versions, particles (`-는`) and what stands in code
are no findings.

Bad:

    손실이 줄지 않는 까닭은 셋이다.
    -학습률이 크다.
    -기울기가 사라졌다.

Bad:

    ####초기화

    가중치를 작은 난수로 둔다.

Bad:

    ＃＃ 초기화

    가중치를 ｀작은 난수｀로 둔다.

Bad:

    1. 학습률
      - 크면 발산한다.

Good:

    #### 초기화

    - 학습률이 크다.
    - 기울기가 -1보다 작고 1.5배 빠르다.

    1. 학습률
       - 크면 발산한다.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dlcards.document.prose import masked_block, prose_with
from dlcards.document.text import has_hangul, line_of, shown
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
마크다운이 알아보지 못하는 표시다. 공백 없이 쓴 `-항목`, `1.항목`, `####제목`, 전각으로 쓴 `＃＃ 제목`, `＊ 항목`, `｀코드｀`, 들여쓰기 때문에 깨진 목록, 코드 울타리를 찾는다.

페이지에는 기호가 글자로 남고 줄이 이어 붙는다. 목록은 한 문장이 되고, 제목은 앵커 없는 문단이 되며, 코드는 뒤섞인 글이 된다.

`--fix`는 기호 뒤에 공백을 넣고(NBSP는 공백으로 바꾼다) 전각 기호를 반각으로 바꾼다. 들여쓰기로 깨진 것은 사람이 고친다. `1.`에 딸린 목록은 더 들여 쓰고, 울타리는 덜 들여 쓴다.

앞뒤를 빈 줄로 떼어 `1.항목`처럼 쓴 문단은 따로 서고 번호도 보이므로 참고로만 알린다. `1.`에 딸리지 못한 목록도 번호가 이어지면 그렇다.

찾지 않는 것: 일부러 썼을 수 있는 `#낱말`과 `*낱말`, 옵션일 수 있는 `-word`, 문단 가운데나 인용 뒤에 홀로 선 `-낱말`, 홀로 선 `＊ 참고`(목록 아래에서도). 숫자(`-1`, `1.5배`), 날짜, 판 번호, 조사(`-는`), 코드 안의 것은 문제로 보지 않는다.
"""

# A particle or ending behind the mark: the line speaks of the mark itself.
_PARTICLE = r"(?:은|는|이|가|을|를|의|로|으로|와|과|도|만|에|에서|란|이란)(?![가-힣])"
# What each is, and how it begins: with 0 for any digit.
_MARKS = (
    ("bullet", "-", lazy_compile(rf"-(?=[가-힣]|\*\*\w)(?!{_PARTICLE})")),
    ("number", "0", lazy_compile(rf"\d{{1,2}}[.)](?=[가-힣]|\*\*\w|[A-Z][a-z])(?!{_PARTICLE})")),
    ("heading", "#", lazy_compile(rf"#{{2,6}}(?=[\w*`(\[\"'])(?!{_PARTICLE})")),
    ("blank", "-*+0#", lazy_compile(r"(?:[-*+]|\d{1,2}[.)]|#{1,6})(?=[\u00a0\u3000])")),
)
# The marks as East Asian keyboards write them, with the blanks behind them.
_BLANKS = " \t\u00a0\u3000"
_WIDE_BULLET = lazy_compile(rf"[＊－＋](?:[ \t\u00a0\u3000]+(?=\S)|(?=[가-힣])(?!{_PARTICLE}))")
_WIDE_MARKS = (
    (
        "heading",
        "#＃",
        lazy_compile(
            rf"(?=#*＃)(?:[#＃]{{2,6}}|＃(?=[ \t\u00a0\u3000]))(?![#＃\d]|{_PARTICLE})[ \t\u00a0\u3000]*(?=\S)"
        ),
    ),
    ("wide bullet", "＊－＋", _WIDE_BULLET),
    (
        "number",
        "0",
        lazy_compile(
            r"(?:[０-９]{1,2}[.)．）]|\d{1,2}[．）])[ \t\u00a0\u3000]*(?=[가-힣]|\*\*\w|[A-Z][a-z])"
        ),
    ),
)
# How a line begins that any of them stands in.
_MAY_BE_MARK = lazy_compile(r"^[ \t>]*[-*+#\d＃＊－＋]", re.M)
_WIDE = lazy_compile(r"[＃＊－＋０-９．）]")
_WIDE_CODE = lazy_compile(r"(?<!｀)｀(?!｀)[^｀`\n\0]+｀(?!｀)")
_WIDE_FENCE = lazy_compile(r"(?m)^[ \t>]*(?P<marks>｀{3,})[^｀\n]*$")
_CONTAINER = lazy_compile(r"[ \t>]*")
_BULLET = lazy_compile(r"[ \t]*([-*+])")
_ITEM = lazy_compile(r"[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]")
_CHANGES = frozenset({Aspect.STRUCTURE, Aspect.WORDS, Aspect.BREAKS, Aspect.EMPHASIS})


class _Mark(NamedTuple):
    kind: str
    start: int
    edits: tuple[Edit, ...]
    is_wide: bool
    is_first: bool  # in its paragraph


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find marks at line starts that are text, and blocks that their indent has broken."""
    anchors = {pair.anchor.span for pair in document.pairs if pair.malformed}
    found = [*_check_blocks(document, document.blocks, anchors), *_wide_code(document)]
    yield from sorted(found, key=lambda diagnostic: diagnostic.span)


def _check_blocks(
    document: Document, blocks: Sequence[Node], anchors: set[Span], bullet: str = ""
) -> Iterator[Diagnostic]:
    """Find them in blocks that stand side by side, in a list's item where they have a ``bullet``."""
    before: Node | None = None
    for index, block in enumerate(blocks):
        if block.kind == "blank_line":
            continue
        if block.kind in ("paragraph", "block_text") and block.span not in anchors:
            source = block.span.of(document.text)
            if _MAY_BE_MARK.search(source):
                after = next(
                    (node for node in blocks[index + 1 : index + 3] if node.kind != "blank_line"), None
                )
                yield from _marks_of(document, block, before, after, bullet)
            if "```" in source:
                yield from _broken_fences(document, block)
        elif block.kind == "block_code" and not block.str_attr("marker"):
            yield from _code_by_indent(document, block)
        # Bullets below `- 1) title` are nested in the outer item at least.
        elif block.kind == "list" and index > bool(bullet) and blocks[index - 1].kind == "list":
            following = next((node for node in blocks[index + 1 :] if node.kind != "blank_line"), None)
            yield from _broken_nesting(document, blocks[index - 1], block, following)
        if block.kind in ("list", "list_item", "block_quote"):
            mark = _BULLET.match(document.text, block.span.start) if block.kind == "list_item" else None
            yield from _check_blocks(document, block.children, anchors, mark[1] if mark else "")
        before = block


def _marks_of(
    document: Document, block: Node, before: Node | None, after: Node | None, bullet: str
) -> Iterator[Diagnostic]:
    marks = list(_marks(masked_block(document, block), block.span.start))
    if not marks:
        return
    neighbours = [node for node in (before, after) if node]
    in_list = block.kind == "block_text" or any(node.kind == "list" for node in neighbours)
    has_twin = any(_WIDE_BULLET.match(document.text, node.span.start) for node in neighbours)
    kinds = Counter(mark.kind for mark in marks)

    def is_meant(mark: _Mark) -> bool:
        if mark.kind in ("heading", "blank") or kinds[mark.kind] > 1:
            return True
        if mark.kind == "wide bullet":
            # A star before a remark and a dash before a name are no lists, below a list neither; several of
            # them are one, and so is the list's own bullet in its next line.
            return has_twin or (not mark.is_first and mark.edits[0].text.strip() == bullet)
        return in_list or (mark.is_first and not (before and before.kind == "block_quote"))

    meant = [mark for mark in marks if is_meant(mark)]
    if not meant:
        return
    line = Span(meant[0].start, document.line_span(meant[0].start).end)
    written = shown(line.of(document.text), 30)
    message = Text(
        f'기호 뒤에 공백이 없어 글자로 보인다: "{written}"',
        f'no blank behind the mark, so it is text: "{written}"',
    )
    if meant[0].is_wide:
        message = Text(f'전각 기호라서 글자로 보인다: "{written}"', f'a full-width mark is text: "{written}"')
    # A paragraph that begins with a number stands as its author numbered it: "1.항목", "2） 항목".
    stands_alone = len(meant) == 1 and meant[0].is_first and (bool(bullet) or not in_list)
    is_told = stands_alone and document.text[meant[0].start].isdigit()
    milder = Severity.NOTE if is_told else None
    yield Diagnostic(line, message, _fix(document.text, block, meant), severity=milder)


def _marks(words: str, offset: int) -> Iterator[_Mark]:
    at = 0
    for number, line in enumerate(words.split("\n")):
        start = len(line) - len(line.lstrip(" \t>"))
        letter = line[start : start + 1] or "\n"
        sign = "0" if letter.isdecimal() else letter
        for kind, begins, pattern in (*_MARKS, *_WIDE_MARKS):
            if sign in begins and (match := pattern.match(line, start)):
                first, last = offset + at + match.start(), offset + at + match.end()
                is_wide = bool(_WIDE.search(match.group()))
                edit = Edit(Span(last, last + (kind == "blank")), " ")
                if is_wide:
                    edit = Edit(Span(first, last), f"{_narrow(match.group()).strip()} ")
                closing = _closing(line, match.end(), offset + at) if kind == "heading" else ()
                yield _Mark(kind, first, (edit, *closing), is_wide, not number)
                break
        at += len(line) + 1


def _closing(line: str, start: int, offset: int) -> Iterator[Edit]:
    """Full-width marks at the end of a heading, whose words begin at ``start``, as markdown knows them."""
    last = len(line.rstrip(" \t\r"))
    first = len(line[:last].rstrip("#＃"))
    words = len(line[:first].rstrip(_BLANKS))
    if start < words < first and "＃" in line[first:last]:
        yield Edit(Span(offset + words, offset + last), f" {_narrow(line[first:last])}")


def _narrow(marks: str) -> str:
    return unicodedata.normalize("NFKC", marks)


def _fix(text: str, block: Node, marks: list[_Mark]) -> Fix | None:
    """The marks as markdown knows them; None where they would still be text (``2.`` can't interrupt a paragraph)."""
    edits = [edit for mark in marks for edit in mark.edits]
    parts, at = [], block.span.start
    for edit in edits:
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    lines = "".join([*parts, text[at : block.span.end]]).split("\n")
    source = "\n".join(_CONTAINER.sub("", line, count=1) for line in lines)
    nodes = [node for outer in parse(source) for node in outer.walk()]
    items = sum(node.kind in ("list_item", "heading") for node in nodes)
    return Fix(tuple(edits), _CHANGES) if items >= len(marks) else None


def _wide_code(document: Document) -> Iterator[Diagnostic]:
    for block in prose_with(document, "｀"):
        words, start = masked_block(document, block), block.span.start
        for match in _WIDE_CODE.finditer(words):
            span = Span(start + match.start(), start + match.end())
            written = span.of(document.text)
            message = Text(
                f"전각 백틱이라서 글자로 보인다: {shown(written)}",
                f"full-width backticks are text: {shown(written)}",
            )
            yield Diagnostic(
                span, message, Fix((Edit(span, f"`{written[1:-1]}`"),), frozenset({Aspect.EMPHASIS}))
            )
        fences = [
            Span(start + match.start("marks"), start + match.end("marks"))
            for match in _WIDE_FENCE.finditer(words)
        ]
        if fences:
            message = Text("전각 백틱이라서 코드 울타리가 아니다", "full-width backticks are no code fence")
            # A fence whose ends stand in one paragraph holds nothing that was read as a block of its own.
            edits = tuple(Edit(fence, "`" * (fence.end - fence.start)) for fence in fences)
            fix = Fix(edits, frozenset(Aspect)) if len(fences) == 2 and fences[0].start == start else None
            yield Diagnostic(fences[0], message, fix)


def _broken_fences(document: Document, block: Node) -> Iterator[Diagnostic]:
    for node in block.walk():
        written = node.span.of(document.text) if node.kind == "codespan" else ""
        if written.startswith("```") and "\n" in written:
            message = Text(
                "코드 울타리가 줄 첫머리에 있지 않거나 너무 들여 써서 문장 속 코드가 되었다",
                "a code fence that is not at the start of its line, or indented too far, is code within a sentence",
            )
            yield Diagnostic(_first_line(document, node), message)


def _code_by_indent(document: Document, block: Node) -> Iterator[Diagnostic]:
    lines = [line for line in block.raw.split("\n") if line.strip()]
    is_list = bool(lines) and all(_ITEM.match(line) and has_hangul(line) for line in lines)
    if is_list or (lines and lines[0].startswith(("```", "~~~"))):
        message = Text(
            f"너무 들여 써서 코드로 보인다: {shown(lines[0], 30)}",
            f"indented so far that it is code: {shown(lines[0], 30)}",
        )
        yield Diagnostic(_first_line(document, block), message)


def _broken_nesting(
    document: Document, outer: Node, inner: Node, following: Node | None
) -> Iterator[Diagnostic]:
    if _column(document, inner) > _column(document, outer):
        message = Text(
            "들여쓰기가 모자라 앞 목록에 딸리지 않는다", "not indented enough to belong to the list before it"
        )
        # As long as its numbers go on, the page reads much as it was meant.
        starts_anew = (
            following is not None and following.kind == "list" and _start(following) == _start(outer)
        )
        goes_on = bool(outer.attrs.get("ordered")) and not starts_anew
        yield Diagnostic(_first_line(document, inner), message, severity=Severity.NOTE if goes_on else None)


def _start(items: Node) -> int | None:
    """The number that an ordered list begins with."""
    start = items.attrs.get("start")
    return (start if isinstance(start, int) else 1) if items.attrs.get("ordered") else None


def _column(document: Document, node: Node) -> int:
    line = document.line_span(node.span.start)
    lead = _CONTAINER.match(document.text, line.start, line.end)
    return len(lead.group().expandtabs(4)) if lead else 0


def _first_line(document: Document, node: Node) -> Span:
    line = line_of(document, node)
    written = line.of(document.text)
    return Span(line.start + len(written) - len(written.lstrip()), min(line.end, node.span.end))


RULE = Rule("M013", "lost-markup", Severity.WARNING, check, fixable=True)
