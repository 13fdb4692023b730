"""A sub-question without its question: `#12-1`, but no `#12`.

A sub-question is asked on the way: "이유는?" says nothing to a reader who has not read the question above it,
and a card of it can't be answered at all.

Restore the question, or give the sub-question a number of its own. Several sub-questions of one missing
question are one finding, at the first of them.

Not found: a document in which all ids have two parts (`#3-1`, `#3-2`, `#4-1`): there the first part is a
chapter's number and no question.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    학습 데이터의 잡음까지 외운 상태다.

    ## #2-1

    #### 그 이유는?

    기울기가 사라지지 않기 때문이다.

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    학습 데이터의 잡음까지 외운 상태다.

    ## #2

    #### Sigmoid보다 ReLU를 많이 쓰나요?

    은닉층에서는 그렇다.

    ## #2-1

    #### 그 이유는?

    기울기가 사라지지 않기 때문이다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.mistyped import meant_id
from dlcards.document.numbering import has_sub_questions, numbers, written
from dlcards.document.text import line_of
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text

KO = """
`#12` 없이 `#12-1`만 있는, 윗질문이 없는 하위 질문이다.

하위 질문은 윗질문에 이어서 묻는다. "이유는?"만 보아서는 무엇의 이유인지 알 수 없고, 그것으로 만든 카드에는 아무도 답할 수 없다.

윗질문을 되살리거나 하위 질문에 독립된 번호를 준다. 같은 윗질문이 없는 하위 질문이 여럿이면 첫째에서 한 번만 알린다.

찾지 않는 것: 모든 번호가 `#3-1`, `#3-2`, `#4-1`처럼 두 부분인 문서. 앞부분은 질문이 아니라 장의 번호다.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find sub-questions whose question is not in the document."""
    if not has_sub_questions(document):
        return
    known = {numbers(meant_id(document, pair)) for pair in document.pairs}
    for pair in document.pairs:
        parent = numbers(meant_id(document, pair))[:-1]
        if parent and parent not in known:
            known.add(parent)
            message = Text(
                f"#{pair.id}: 윗질문이 없다: #{written(parent)}",
                f"#{pair.id} is a sub-question of #{written(parent)}, which does not exist",
            )
            yield Diagnostic(line_of(document, pair.anchor), message)


RULE = Rule("Q008", "orphan-subquestion", Severity.NOTE, check)
