"""The same question stands twice, in one document or in two documents of a run.

A learner gets two cards with one front: whichever answer comes to mind, half of the time it is marked
wrong. A reader finds one of the answers and misses the other, and whoever mends one leaves the other as
it was.

Keep the better answer and link to it from the other place, or ask the second question more precisely.
Letter case, blanks and the mark at the end make no difference. The finding stands at the later question
and names the earlier one. In two documents it is but a note, since an overview and its chapters, a document and its
translation say the same on purpose; a second edition of a whole document is shown as one finding.

Not found: the same question in other words. Sub-questions of two questions, and questions under two headings, may
say the same (`장점은?`, `When to use it?`), since what they stand under tells them apart; they count only where
they name a term in Latin letters (`ReLU의 문제점은?`). `What is the output of the following code?` says nothing
without its code: where that stands above the answer's fold or label, or right above a `Q:`, it is compared, too, else
the question is left out.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    학습 데이터의 잡음까지 외운 상태다.

    ## #2

    #### 과적합이란 무엇인가요

    학습 오차와 검증 오차의 차이가 큰 상태다.

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    학습 데이터의 잡음까지 외운 상태다.

    ## #1-1

    #### 대처 방법은?

    데이터를 늘리거나 규제를 건다.

    ## #2

    #### 과소적합이란 무엇인가요?

    모델이 너무 작아 학습 데이터도 맞히지 못하는 상태다.

    ## #2-1

    #### 대처 방법은?

    모델을 키우거나 더 오래 학습한다.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from dlcards.document.layouts.asking import without_number
from dlcards.document.numbering import numbers
from dlcards.document.text import fold, shown
from dlcards.linter.rules.questions.duplicate_question_words import asks, folded, is_whole, names_a_term
from dlcards.model import (
    Across,
    Context,
    Diagnostic,
    Document,
    Facts,
    Heading,
    Node,
    Pair,
    Related,
    Rule,
    Run,
    Severity,
    Span,
    Text,
    TextDocument,
)

KO = """
같은 질문이 한 문서 안에, 또는 함께 검사한 두 문서에 두 번 나온다.

학습자는 앞면이 같은 카드를 두 장 받고, 어느 답을 떠올리든 절반은 틀린 것이 된다. 읽는 사람은 한쪽 답만 보고 다른 쪽은 모른 채 지나가며, 한쪽을 고친 사람은 다른 쪽을 그대로 남긴다.

더 나은 답을 남기고 다른 자리에서 그리로 링크하거나, 뒤의 질문을 더 또렷하게 다시 묻는다. 대소문자, 공백, 끝의 물음표만 다르면 같은 질문으로 친다. 나중에 나온 질문을 짚고 먼저 나온 것을 알려 준다. 두 문서에 하나씩 있으면 참고로만 알린다. 개요와 각 장, 원문과 번역은 일부러 같은 말을 한다. 문서 전체가 다른 문서의 새 판이면 한 번만 보인다.

찾지 않는 것: 말을 바꾸어 다시 물은 질문. 서로 다른 질문의 하위 질문이나 서로 다른 제목 아래의 질문은 `장점은?`, `When to use it?`처럼 말이 같아도 다른 질문이다. `ReLU의 문제점은?`처럼 로마자로 적은 용어가 있을 때만 같은 질문으로 친다. `다음 코드의 출력은?`은 코드가 있어야 질문이 되므로, 답을 접어 둔 자리 위나 `Q:` 바로 위에 코드가 있으면 함께 견주고 아니면 견주지 않는다.
"""

# What makes two questions one: where it is asked, for one that says nothing by itself, and its words.
_Key = tuple[str, str]

# From so many questions of another document on, and from half of a document's own, it is its second edition.
_EDITION = 5


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find questions that stand earlier in the document."""
    first: dict[_Key, Pair] = {}
    for key, pair in _keys(document):
        earlier = first.setdefault(key, pair)
        if earlier is not pair:
            message = Text(
                f'#{pair.id} "{shown(pair.question)}": #{earlier.id}에 이미 있는 질문이다',
                f'#{pair.id} "{shown(pair.question)}" has been asked in #{earlier.id} already',
            )
            here = Related(earlier.place, Text("처음 것은 여기", "the first one is here"))
            yield Diagnostic(pair.place, message, related=(here,))


def tell(document: Document, context: Context) -> list[list[Any]]:
    """The document's questions, each once: a hash of what it is compared by, id and words, place and line."""
    first: dict[_Key, Pair] = {}
    for key, pair in _keys(document):
        first.setdefault(key, pair)
    return [
        [_hash(key), pair.id, shown(pair.question), *pair.place, document.position(pair.place.start)[0]]
        for key, pair in first.items()
    ]


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find questions that stand in a document before this one."""
    run = context.run
    elsewhere = run.once(ACROSS, lambda: _first_of_all(run)) if len(run.facts) > 1 else {}
    number = run.number(facts.path)
    again: dict[str, list[Diagnostic]] = defaultdict(list)
    for key, id_, question, start, end, _ in facts.told.get(ACROSS.name, ()):
        other = elsewhere.get(key)
        if other and other[0] < number:
            _, path, line = other
            message = Text(
                f'#{id_} "{question}": {path}의 {line}번째 줄에 이미 있는 질문이다',
                f'#{id_} "{question}" has been asked in {path}, line {line}, already',
            )
            # Translations, an overview and its chapters say things twice on purpose.
            again[path].append(Diagnostic(Span(start, end), message, severity=Severity.NOTE))
    for path, found in again.items():
        # A second edition of a document is one thing to decide, not fifty.
        is_edition = len(found) >= _EDITION and len(found) * 2 >= facts.questions
        yield from (finding._replace(cause=path) if is_edition else finding for finding in found)


def _first_of_all(run: Run) -> dict[str, tuple[int, str, int]]:
    """For each question of a run the number and path of the first document with it, and the line."""
    first: dict[str, tuple[int, str, int]] = {}
    for number, facts in enumerate(run.facts):
        for key, *_, line in facts.told.get(ACROSS.name, ()):
            first.setdefault(key, (number, str(facts.path), line))
    return first


def _hash(key: _Key) -> str:
    """A key of 64 bits: two that are equal mean equal questions."""
    return blake2b("\0".join(key).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _keys(document: Document) -> Iterator[tuple[_Key, Pair]]:
    """The document's questions that say something, each with what it is compared by."""
    asked: dict[str, str] = {}
    native = document.layout == "native"
    sections = {} if native else _sections(document)
    above = _code_above(document) if document.layout == "dialogue" else {}
    for pair in document.pairs:
        words = folded(pair, document.text)
        asked.setdefault(pair.id, words)
        question = without_number(pair.question)
        # Where any heading, bold line or summary may be a question, some are topics and labels.
        if not any(map(str.isalnum, words)) or not (native or asks(question)):
            continue
        shows = [*above.get(pair.anchor.span.start, ()), *pair.asked]
        if not shows and not is_whole(question):
            continue
        where = sections.get(id(pair.anchor), "")
        if native and len(numbers(pair.id)) > 1:
            where = asked.get(pair.parent_id or "", pair.parent_id or "")
        about = "\n".join(block.span.of(document.text) for block in shows)
        # With its code, choices or picture a question says all of itself.
        yield ("" if names_a_term(question) or about else where, f"{words}\n{about}"), pair


def _code_above(document: Document) -> dict[int, tuple[Node]]:
    """The code that stands right above a line, by the line's start: a ``Q:`` may ask about it."""
    blocks = [block for block in document.blocks if block.kind != "blank_line"]
    return {below.span.start: (above,) for above, below in pairwise(blocks) if above.kind == "block_code"}


def _sections(document: Document) -> dict[int, str]:
    """For each question's node the headings that it stands under, the title included."""
    found: dict[int, str] = {}
    headings = iter([*document.headings, None])
    heading = next(headings)
    stack: list[Heading] = []
    for pair in document.pairs:
        while heading and heading.node.span.start <= pair.anchor.span.start:
            stack = [outer for outer in stack if outer.level < heading.level] + [heading]
            heading = next(headings)
        above = [outer.text for outer in stack if outer.node is not pair.anchor]
        found[id(pair.anchor)] = fold("\n".join(above))
    return found


ACROSS = Across("questions", tell, check_across)
RULE = Rule("Q007", "duplicate-question", Severity.WARNING, check, across=ACROSS)
