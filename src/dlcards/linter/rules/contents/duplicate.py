"""The contents list one question twice.

A reader expects two questions and finds one, and whoever renames the question mends one of its entries and
forgets the other.

The fix removes the other line, where it is a plain bullet and link with nothing nested below it. Of two
entries the one that says what the question says is kept, then the one with entries below it, then the first.

Not found: two links in one bullet (a number and a title), an entry that is repeated in a list of its own
(`자주 나오는 질문`), and an entry that names another question and only leads to the wrong one (T003).

Bad:

    ## 목차

    - [딥러닝이란 무엇인가요?](#1)
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

from collections import defaultdict
from collections.abc import Iterator

from dlcards.document.text import fold, shown
from dlcards.linter.rules.contents.shared_list import groups, plain_line, questions
from dlcards.model import (
    Aspect,
    ContentsEntry,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Related,
    Rule,
    Severity,
    Span,
    Text,
)

KO = """
목차에 같은 질문이 두 번 나온다.

읽는 사람은 질문이 둘인 줄 알고 찾다가 하나뿐임을 알게 되고, 질문을 고쳐 적는 사람은 한 항목만 고치고 다른 항목을 잊는다.

`--fix`는 나머지 줄을 지운다. 그 줄이 글머리표와 링크뿐이고 아래에 딸린 항목이 없을 때만 지운다. 질문과 말이 같은 항목, 그다음으로 아래에 딸린 항목이 있는 것을 남긴다.

찾지 않는 것: 한 항목에 든 두 링크(번호와 제목), `자주 나오는 질문`처럼 따로 둔 목록에 다시 나오는 항목, 다른 질문의 말을 하면서 엉뚱한 데로 이어지는 항목(T003).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find entries whose question another entry of the same list leads to."""
    known = questions(document)
    titles = {fold(pair.question) for pair in document.pairs}
    for group in groups(document):
        by_question: dict[str, list[ContentsEntry]] = defaultdict(list)
        for entry in group:
            pair = known.get(fold(entry.target))
            if pair is None:
                continue
            says_another = fold(entry.text) in titles and fold(entry.text) != fold(pair.question)
            if not says_another:
                by_question[pair.slug or pair.id].append(entry)
        for entries in by_question.values():
            question = known[fold(entries[0].target)]
            # max() takes the first of equals.
            kept = max(
                entries, key=lambda e: (fold(e.text) == fold(question.question), _holds_entries(document, e))
            )
            for entry in entries:
                if entry.span == kept.span:
                    continue
                message = Text(
                    f'목차에 #{question.id} "{shown(question.question)}" 항목이 두 번 나온다',
                    f'the contents list #{question.id} "{shown(question.question)}" twice',
                )
                other = Related(kept.link.span, Text("다른 항목은 여기", "the other entry is here"))
                yield Diagnostic(entry.link.span, message, _fix(document, entry), (other,))


def _holds_entries(document: Document, entry: ContentsEntry) -> bool:
    """Whether anything stands in an entry's bullet below its own line."""
    line = document.line_span(entry.link.span.end)
    return bool(Span(line.end, max(line.end, entry.span.end)).of(document.text).strip())


def _fix(document: Document, entry: ContentsEntry) -> Fix | None:
    line = plain_line(document, entry)
    text = document.text
    if line is None or _holds_entries(document, entry):
        return None  # what is nested below it would lose its place
    end = text.find("\n", line.span.end) + 1
    if end:
        gone = Span(line.span.start, end)
    else:  # the last line of the file: the line end before it goes instead
        start = line.span.start - (2 if text.endswith("\r\n", 0, line.span.start) else 1)
        gone = Span(max(start, 0), line.span.end)
    return Fix((Edit(gone, ""),), frozenset({Aspect.ADDRESSES}))


RULE = Rule("T006", "contents-duplicate", Severity.WARNING, check, fixable=True)
