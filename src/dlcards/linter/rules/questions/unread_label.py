"""A quote says that it is the summary or a hint, and is not read as one.

The summary is what a card's back begins with, and what blanks are made of; the hint unfolds on its front. A quote
that is neither stays a part of the answer: the card has no summary, or no hint, and nobody is told.

A question has one summary and one hint, as quotes of the answer, not inside of a list or below the references:
`> 핵심: …`. A second one belongs into the first; a quote may have several paragraphs. In an alert the label begins the
line below `[!TIP]`.

Not found: lines that are no quotes (Q012), and quotes that only mention such a word.

Bad:

    ## #1

    #### 과적합이란?

    > 핵심: **잡음**까지 외운 상태다.

    학습 오차만 작다.

    > 핵심: **규제**로 막는다.

Good:

    ## #1

    #### 과적합이란?

    > **핵심:** **잡음**까지 외운 상태다.
    >
    > **규제**로 막는다.

    학습 오차만 작다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.once import nodes_of
from dlcards.document.quotes import labelled_parts, names_label
from dlcards.document.text import blocks_in, line_of
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Text

KO = """
핵심이나 힌트라고 적은 인용문이 그렇게 읽히지 않는다.

핵심은 카드 뒷면 맨 위에 나오고 빈칸이 되며, 힌트는 앞면에서 펼쳐진다. 둘 다 아닌 인용문은 답의 일부로 남는다. 카드에 핵심이나 힌트가 없는데 아무도 알려 주지 않는다.

핵심과 힌트는 질문마다 하나이고, 목록 안이나 참고 자료 아래가 아니라 답에 놓은 인용문이다. `> 핵심: …` 꼴로 쓴다. 둘째 것은 첫째에 합친다. 인용문은 여러 문단이어도 된다. 알림(`> [!TIP]`)에서는 그다음 줄이 `핵심:`으로 시작한다.

찾지 않는 것: 인용문이 아닌 줄(Q012), 그런 말이 나오기만 하는 인용문.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find quotes with a label that are no summary and no hint."""
    config = context.config
    if not nodes_of(document, "block_quote"):
        return
    for pair in document.pairs:
        for part in (pair.asked, pair.body, pair.follow_ups, pair.references):
            for node in blocks_in(part):
                if node.kind != "block_quote":
                    continue
                if names := list(labelled_parts(node, config)):
                    has_other = any(getattr(pair, name) for name in names)
                    yield _found(document, pair.id, node, _SECOND if has_other else _ELSEWHERE)
                elif names_label(node, config):
                    yield _found(document, pair.id, node, _SHAPE)


_SECOND = Text("질문마다 하나이며, 이것은 둘째다", "a question has one, and this is the second")
_ELSEWHERE = Text(
    "답의 바깥이나 다른 블록 안에 있다", "it stands outside of the answer, or inside another block"
)
_SHAPE = Text('">" 바로 뒤에 그 말과 ":"가 와야 한다', 'the word and ":" must stand right behind ">"')


def _found(document: Document, pair_id: str, quote: Node, why: Text) -> Diagnostic:
    message = Text(
        f"#{pair_id}: 이 인용문은 핵심이나 힌트로 읽히지 않는다: {why.ko}",
        f"#{pair_id}: this quote is not read as a summary or hint: {why.en}",
    )
    return Diagnostic(line_of(document, quote), message)


RULE = Rule("Q017", "unread-label", Severity.WARNING, check)
