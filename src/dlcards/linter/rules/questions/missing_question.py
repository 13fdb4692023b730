"""An anchor heading (`## #12`) has no question under it.

The contents lead to a section that asks nothing, and no card can be made of it.

The question is the heading right below the anchor. To mend it, write one, or delete the section.

Not found: a question that is a heading but asks nothing.

Bad:

    ## #1

    Learning in many layers.

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.text import line_of
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text

KO = """
앵커 제목(`## #12`) 아래에 질문이 없다.

목차에서 눌러 와도 무엇을 묻는지 알 수 없고, 카드도 만들어지지 않는다.

앵커 바로 아래의 제목이 질문이다. 질문을 제목으로 쓰거나 그 절을 지운다.

찾지 않는 것: 제목은 있으나 아무것도 묻지 않는 질문.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find anchors without a question."""
    for pair in document.pairs:
        if not pair.question:
            message = Text(
                f"#{pair.id}: 앵커 아래에 질문 제목이 없다",
                f"#{pair.id} has no heading with a question under its anchor",
            )
            yield Diagnostic(line_of(document, pair.anchor), message)


RULE = Rule("Q004", "missing-question", Severity.ERROR, check)
