"""All that stands below a question is a word for an answer to come: TODO, `작성 예정`, ….

It looks answered to a program and is not; a card of it would teach "TODO".

The words are `placeholders` in the configuration. To mend it, write the answer, or delete the line
so that the question counts as open.

Not found: a placeholder inside a real answer (that is Q003).

Bad:

    ## #1

    #### What is deep learning?

    TODO: explain layers

Bad:

    ## #2

    #### MSE로 보고 싶다면?

    무슨말일까요...

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.answers import answers, lines_of
from dlcards.document.text import shown
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text

KO = """
질문 아래에 있는 것이 TODO, `작성 예정`처럼 나중에 답하겠다는 말뿐이다.

프로그램에는 답이 있는 것처럼 보이지만 배울 것이 없고, 카드로 만들면 "TODO"를 외우게 된다.

어떤 말이 자리표시자인지는 설정의 `placeholders`가 정한다. 답을 쓰거나, 그 줄을 지워 답이 없는 질문으로 남긴다.

찾지 않는 것: 진짜 답 안에 섞인 자리표시자. 그것은 Q003이 찾는다.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find answers that are nothing but placeholders."""
    for pair, blocks, is_said in answers(document, context.config):
        if blocks and not is_said:
            said = shown(" ".join(lines_of(blocks)))
            message = Text(
                f'#{pair.id}: 답 대신 자리표시자만 있다: "{said}"',
                f'#{pair.id} has only a placeholder: "{said}"',
            )
            start = blocks[0].span.start
            yield Diagnostic(Span(start, max(start, document.line_span(start).end)), message)


RULE = Rule("Q002", "placeholder-answer", Severity.ERROR, check)
