"""The contents list the questions in another order than the document has them.

A reader who has read a question looks for the next one in the contents and skips those that were moved,
and two maintainers who add a question each put it at a different end.

The fix sorts the entries into the document's order; each stays as deep as it was. It is made only where
the contents are one list whose lines hold a bullet and a link and nothing else.

Not found: contents in the order of the ids where the document is not (that is Q009), entries that lead
nowhere (T001), tables, and the order of lists under different labels, which somebody chose.

Bad:

    ## 목차

    - [층이란 무엇인가요?](#2)
    - [딥러닝이란 무엇인가요?](#1)

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.

    ## #2

    #### 층이란 무엇인가요?

    매개변수가 있는 함수다.

Good:

    ## 목차

    - [딥러닝이란 무엇인가요?](#1)
    - [층이란 무엇인가요?](#2)

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.

    ## #2

    #### 층이란 무엇인가요?

    매개변수가 있는 함수다.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dlcards.document.numbering import disorders, numbers
from dlcards.document.text import fold, shown
from dlcards.linter.rules.contents.shared_list import groups, plain_lines, questions, rewritten
from dlcards.model import (
    Aspect,
    ContentsEntry,
    Context,
    Diagnostic,
    Document,
    Fix,
    Pair,
    Rule,
    Severity,
    Text,
)

KO = """
목차의 차례가 문서의 차례와 다르다.

한 질문을 읽고 목차에서 다음 질문을 찾는 사람은 자리가 바뀐 질문을 건너뛰고, 질문을 더하는 사람마다 항목을 다른 데에 넣게 된다.

`--fix`는 항목을 문서의 차례대로 늘어놓고, 들여쓰기의 깊이는 그대로 둔다. 목차가 한 목록이고 모든 줄이 글머리표와 링크뿐일 때만 고친다.

찾지 않는 것: 번호의 차례가 어긋난 쪽이 목차가 아니라 문서일 때(Q009), 아무 데로도 이어지지 않는 항목(T001), 표로 된 목차, 누군가 뜻을 두고 나눈 여러 목록 사이의 차례.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find entries that stand before or after others than their questions do."""
    known = questions(document)
    fix: Fix | None = None
    for group in groups(document):
        listed: dict[str, tuple[ContentsEntry, Pair]] = {}
        for entry in group:
            if pair := known.get(fold(entry.target)):
                listed.setdefault(pair.slug, (entry, pair))  # an entry that stands twice is T006's
        entries = list(listed.values())
        ids = [numbers(pair.id) for _, pair in entries]
        runs = disorders([(pair.span.start,) for _, pair in entries])
        if not runs or (all(ids) and ids == sorted(ids)):
            continue
        fix = fix or _fix(document)
        places = sorted(pair.span.start for _, pair in entries)
        at_place = {pair.span.start: entry for entry, pair in entries}
        for run in runs:
            entry, pair = entries[run.start]
            rank = bisect_left(places, pair.span.start)
            yield _finding(entry, at_place[places[rank - 1 if rank else 1]], fix, is_first=not rank)


def _finding(
    entry: ContentsEntry, neighbour: ContentsEntry, fix: Fix | None, *, is_first: bool
) -> Diagnostic:
    words, other = shown(entry.text), shown(neighbour.text)
    message = Text(
        f'목차의 차례가 문서와 다르다: "{words}"의 자리는 "{other}" {"앞" if is_first else "다음"}이다',
        f'contents out of order: "{words}" belongs {"before" if is_first else "after"} "{other}"',
    )
    return Diagnostic(entry.link.span, message, fix)


def _fix(document: Document) -> Fix | None:
    lines = plain_lines(document)
    places = {fold(heading.slug): heading.node.span.start for heading in document.headings}
    targets = [places.get(fold(line.entry.target)) for line in lines]
    looks = {(line.entry.depth, line.indent, line.mark) for line in lines}
    if not lines or None in targets or len(looks) > len({depth for depth, _, _ in looks}):
        return None
    order = sorted(range(len(lines)), key=lambda index: (targets[index] or 0, index))
    if not _is_nested_well([lines[index].entry.depth for index in order]):
        return None
    texts = [lines[index].span.of(document.text) for index in order]
    return Fix((rewritten(document, lines, texts),), frozenset({Aspect.ADDRESSES}))


def _is_nested_well(depths: Sequence[int]) -> bool:
    """Whether each entry is at most one step deeper than the one before it."""
    return all(depth <= before + 1 for before, depth in zip([-1, *depths], depths, strict=False))


RULE = Rule("T004", "contents-order", Severity.WARNING, check, fixable=True)
