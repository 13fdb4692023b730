"""A line inside a real answer promises more: `TODO: a picture`, `추후 작성`.

A reader meets a hole in the middle of an explanation, and the card shows it for years.

Write what is missing, or delete the line.

Not found: such words in the middle of a sentence, and in code.

Bad:

    ## #1

    #### What is deep learning?

    Learning in many layers, each of which computes features of the one below.

    TODO: add a picture

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers. A TODO in the code of a model is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.answers import answers, is_placeholder
from dlcards.document.text import block_text, blocks_in, shown
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text

KO = """
진짜 답 안에 `TODO: 그림 추가`, `추후 작성`처럼 나중을 약속하는 줄이 있다.

읽는 사람은 설명 한가운데에서 빈 곳을 만나고, 카드에는 그 말이 몇 년이고 남는다.

빠진 내용을 쓰거나 그 줄을 지운다.

찾지 않는 것: 문장 가운데 섞인 말과 코드 안의 말.
"""

_LINES = ("paragraph", "block_text", "heading", "block_html")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find placeholder lines in answers that also say something."""
    for pair, _, is_said in answers(document, context.config):
        if not is_said:
            continue
        for node in (node for node in blocks_in(pair.body) if node.kind in _LINES):
            for line in block_text(node, code="`").splitlines():
                if not is_placeholder(line, context.config):
                    continue
                at = document.text.find(line.strip(), node.span.start, node.span.end)
                span = Span(at, at + len(line.strip())) if at >= 0 else node.span
                message = Text(
                    f'#{pair.id}: 답 안에 자리표시자가 남아 있다: "{shown(line)}"',
                    f'#{pair.id}: a placeholder is left in the answer: "{shown(line)}"',
                )
                yield Diagnostic(span, message)


RULE = Rule("Q003", "partial-answer", Severity.WARNING, check)
