"""Two sections have one id.

Links and the contents lead to the first of them only, and a card's identity, which is how a learner
keeps progress over updates, is no longer clear.

Give one of them another id.

Not found: one id in two files; ids are unique within a document.

Bad:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## #1

    #### What is a layer?

    A function with parameters.

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## #2

    #### What is a layer?

    A function with parameters.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.mistyped import meant_id
from dlcards.document.text import line_of
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text

KO = """
두 절의 번호가 같다.

링크와 목차는 그중 첫째로만 이어지고, 학습 기록을 지키는 카드의 신원도 흐려진다.

둘 중 하나의 번호를 바꾼다.

찾지 않는 것: 서로 다른 파일에 있는 같은 번호. 번호는 문서 안에서만 하나뿐이면 된다.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find ids that an earlier section has already."""
    first: dict[str, int] = {}
    for pair in document.pairs:
        line, _ = document.position(pair.anchor.span.start)
        meant = meant_id(document, pair)
        if meant in first:
            message = Text(
                f"#{meant}: 같은 번호가 {first[meant]}번째 줄에 이미 있다",
                f"#{meant} stands already in line {first[meant]}",
            )
            yield Diagnostic(line_of(document, pair.anchor), message)
        first.setdefault(meant, line)


RULE = Rule("Q006", "duplicate-id", Severity.ERROR, check)
