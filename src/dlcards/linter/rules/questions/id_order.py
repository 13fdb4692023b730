"""Ids are out of order, or one is missing between two others.

A reader who scrolls for `#14` passes by it, or looks for a question that is gone. A gap is often the trace
of a section that was deleted by mistake, or of a typing error: `#21` where `#12` was meant.

Move the section to its place, or give it the next free number. A whole run of sections that stands at the
wrong place is one finding, and so is a whole gap; sub-questions (`#12-1`, `#12-2`) follow their question.

Not found: a document that begins with another number than 1, a leap of more than 20 numbers, and many gaps
(numbers that come from elsewhere, such as those of a problem collection). While the numbering starts again in one
document, Q006 comes first. A missing question whose sub-questions are there is Q008's.

Bad:

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.

    ## #3

    #### 층이란 무엇인가요?

    매개변수가 있는 함수다.

Bad:

    ## #2

    #### 층이란 무엇인가요?

    매개변수가 있는 함수다.

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.

Good:

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.

    ## #1-1

    #### 층이란 무엇인가요?

    매개변수가 있는 함수다.

    ## #2

    #### 하이퍼파라미터는 무엇인가요?

    사람이 정하는 값이다.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

from dlcards.document.mistyped import meant_id
from dlcards.document.numbering import Numbers, disorders, numbers, written
from dlcards.document.text import line_of
from dlcards.model import Context, Diagnostic, Document, Pair, Rule, Severity, Text

KO = """
번호의 차례가 어긋났거나 중간의 번호가 비었다.

`#14`를 찾아 내려가던 사람은 그 질문을 지나치거나, 이미 없는 질문을 찾아 헤맨다. 빈 번호는 실수로 지운 절이나 `#12`를 `#21`로 적은 오타의 흔적일 때가 많다.

절을 제자리로 옮기거나 다음 번호를 준다. 잘못 놓인 절이 죽 이어지면 한 번만, 빈 번호도 한 덩어리에 한 번만 알린다. 하위 질문(`#12-1`, `#12-2`)은 윗질문 뒤에 온다.

찾지 않는 것: 1이 아닌 수로 시작하는 문서, 번호를 스무 개 넘게 건너뛴 자리, 빈 데가 아주 많은 문서(문제집의 번호처럼 다른 데서 온 번호다). 한 문서 안에서 번호가 다시 시작하면 Q006이 먼저다. 하위 질문은 있는데 윗질문만 없으면 Q008이 찾는다.
"""

# More missing numbers than this are a leap that is meant: 110, then 201.
_LEAP = 20
# From so many gaps on, and from one in four steps, the numbers come from elsewhere.
_FEWEST_LEFT_ALONE = 3


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find ids that are not in ascending order, and numbers that no section has."""
    if document.layout != "native":
        return  # in the other layouts no author numbers the questions for others to refer to
    pairs: dict[Numbers, Pair] = {}
    before_repeated: list[int] = []  # for each id that stands already: how many there were before it
    explained: set[Numbers] = set()
    for pair in document.pairs:
        if number := numbers(meant_id(document, pair)):
            if number in pairs:
                before_repeated.append(len(pairs))
                explained.add(number)
            pairs.setdefault(number, pair)
    if len(set(before_repeated)) < len(before_repeated):
        return  # two such ids in a row: the numbering starts again, and Q006 comes first
    order = list(pairs)
    runs = disorders(order)
    yield from _disorders(document, pairs, order, runs)
    # One typing error, one finding: in 1, 2, 2, 4 the second 2 was meant to be the 3, and in 1, 9, 3
    # the 9 to be the 2. So an id that stands twice or is out of place ends no gap, nor does the next one.
    indices = {*before_repeated, *(index for run in runs for index in (*run, run.stop))}
    explained |= {order[index] for index in indices if index < len(order)}
    yield from _gaps(document, pairs, explained)


def _disorders(
    document: Document, pairs: Mapping[Numbers, Pair], order: Sequence[Numbers], runs: Sequence[range]
) -> Iterator[Diagnostic]:
    ascending = sorted(order)
    for run in runs:
        number = order[run.start]
        rank = bisect_left(ascending, number)
        if rank:
            neighbour = written(ascending[rank - 1])
            message = Text(
                f"번호의 차례가 어긋났다: #{written(number)}의 자리는 #{neighbour} 다음이다",
                f"out of order: #{written(number)} belongs after #{neighbour}",
            )
        else:
            neighbour = written(ascending[1])
            message = Text(
                f"번호의 차례가 어긋났다: #{written(number)}의 자리는 #{neighbour} 앞이다",
                f"out of order: #{written(number)} belongs before #{neighbour}",
            )
        yield Diagnostic(line_of(document, pairs[number].anchor), message)


def _gaps(document: Document, pairs: Mapping[Numbers, Pair], explained: Set[Numbers]) -> Iterator[Diagnostic]:
    steps = list(_skipping_steps(pairs))
    if len(steps) >= _FEWEST_LEFT_ALONE and len(steps) * 4 > len(pairs):
        return
    for before, after in steps:
        parent, low, high = after[:-1], before[-1] if len(before) == len(after) else 0, after[-1]
        if after in explained or high - low - 1 > _LEAP:
            continue
        missing = f"#{written((*parent, low + 1))}"
        if high - low > 2:
            missing += f"–#{written((*parent, high - 1))}"
        message = Text(
            f"번호를 건너뛰었다: #{written(before)} 다음이 #{written(after)}이다 (빈 번호: {missing})",
            f"a number is skipped: #{written(after)} follows #{written(before)} (missing: {missing})",
        )
        yield Diagnostic(line_of(document, pairs[after].anchor), message)


def _skipping_steps(pairs: Mapping[Numbers, Pair]) -> Iterator[tuple[Numbers, Numbers]]:
    """Neighbouring ids with a number missing between them; a first sub-question's neighbour is its question."""
    siblings: dict[Numbers, set[int]] = defaultdict(set)
    for number in pairs:
        for depth in range(len(number)):
            siblings[number[:depth]].add(number[depth])
    for parent, children in siblings.items():
        steps = list(pairwise(sorted(children)))
        first = min(children)
        if parent in pairs and first > 1:
            yield parent, (*parent, first)
        # A missing question whose sub-questions are there is Q008's.
        yield from (
            ((*parent, low), (*parent, high))
            for low, high in steps
            if high - low > 1 and (*parent, high) in pairs
        )


RULE = Rule("Q009", "id-order", Severity.WARNING, check)
