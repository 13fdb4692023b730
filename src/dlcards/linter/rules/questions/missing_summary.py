"""An answer has no summary: no quote that begins with `핵심:`, in English `Summary:`, and so on in
the document's language (`summary-label` in the configuration names another word).

A card shows the summary first; without it a learner has to compare what they remembered with a whole
page of text, and grades by feeling.

Put the answer's gist into one sentence above the answer: `> 핵심: …`. Where a line says `핵심:` but
is not read as the summary (it is no quote), the finding stands at that line.

Not found: a summary that is missing where the answer is missing, too (Q001, Q002). Whether the
summary is any good is a question for Q013 and for people.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    학습 데이터의 잡음까지 외운 상태다.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    **핵심**: 학습 데이터의 잡음까지 외운 상태다.

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    > 핵심: 과적합은 모델이 학습 데이터의 **잡음**까지 외운 상태다.

    학습 오차는 작은데 검증 오차가 크면 과적합을 의심한다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlcards.document.answers import is_answered
from dlcards.document.language import language_of
from dlcards.document.text import block_text, line_of
from dlcards.document.wording import summary_labels, wording_of
from dlcards.model import Context, Diagnostic, Document, Node, Pair, Rule, Severity, Text

KO = """
답에 핵심 줄이 없다. `핵심:`으로, 영어 문서면 `Summary:`로 시작하는 인용문이 없다는 뜻이며, 이 말은 설정의 `summary-label`로 바꿀 수 있다.

카드는 핵심을 먼저 보여 준다. 핵심이 없으면 학습자는 떠올린 것을 긴 글 전체와 견주어야 하고, 채점은 느낌이 된다.

답의 요점을 한 문장으로 적어 답 위에 둔다. `> 핵심: …` 꼴이다. `핵심:`이라고 적었지만 인용문이 아니어서 핵심으로 읽히지 않으면 그 줄을 짚는다.

찾지 않는 것: 답 자체가 없는 질문(Q001, Q002). 핵심이 좋은 문장인지는 Q013과 사람이 살핀다.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find answers without a summary."""
    language = language_of(document, context.config)
    label = context.config.summary_label or wording_of(language).summary[0]
    labels = summary_labels(context.config)
    for pair in document.pairs:
        if pair.summary or not pair.question or not is_answered(pair, context.config):
            continue
        if near := _near(pair, labels):
            message = Text(
                f'#{pair.id}: 이 줄은 핵심으로 읽히지 않는다. "> {label}: …" 꼴이어야 한다',
                f'#{pair.id}: this line is not read as the summary, which is written "> {label}: …"',
            )
            yield Diagnostic(line_of(document, near), message)
        else:
            message = Text(
                f'#{pair.id}: 핵심 줄("> {label}: …")이 없다',
                f'#{pair.id} has no summary ("> {label}: …")',
            )
            yield Diagnostic(pair.place, message)


def _near(pair: Pair, labels: tuple[str, ...]) -> Node | None:
    """The block that looks like a summary to a person."""
    begins = re.compile(rf"\W*(?:{'|'.join(map(re.escape, labels))})\W*[:\uff1a]", re.I)
    kinds = ("paragraph", "block_quote", "list")
    return next((b for b in pair.body if b.kind in kinds and begins.match(block_text(b).strip())), None)


RULE = Rule("Q012", "missing-summary", Severity.WARNING, check, default=False)
