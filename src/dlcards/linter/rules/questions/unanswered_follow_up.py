"""A follow-up question has no answer that a card could be made of.

Each item under the follow-ups heading becomes a card of its own: its first paragraph is the question, what is
indented below it the answer. An answer that is not indented is no part of the item, so that the question has none:
no card is made, and nobody would notice.

Write the answer below the question, indented as far as the question's words. Where it is there and indentation alone
is missing, `--fix` adds it. An answer right behind the question mark is read, too (`- 왜? 답이다.`).

Not found: items that only lead elsewhere (`- [#12](#12)`); the answer is there. Questions under another heading.
The question's own card comes out right, so that this keeps it out of the deck only where `error-free` is configured.

Bad:

    ## #1

    #### 과적합이란?

    잡음까지 외운 상태다.

    #### 꼬리질문

    - 어떻게 막는가?

    데이터를 늘리거나 규제를 건다.

Bad:

    ## #1

    #### 과적합이란?

    잡음까지 외운 상태다.

    #### 꼬리질문

    - 어떻게 막는가?
    - 과소적합과는 무엇이 다른가?
      - 학습 오차부터 크다.

Good:

    ## #1

    #### 과적합이란?

    잡음까지 외운 상태다.

    #### 꼬리질문

    - 어떻게 막는가?
      - 데이터를 늘리거나 규제를 건다.
    - 과소적합과는 무엇이 다른가?

      학습 오차부터 크다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dlcards.document.follow_ups import FollowUp, read_follow_ups
from dlcards.document.text import TAG, block_text, line_of, shown
from dlcards.model import (
    Aspect,
    Config,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Node,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
꼬리질문에 카드가 될 답이 없다.

꼬리질문 제목 아래 목록의 항목은 저마다 카드가 된다. 첫 문단이 질문이고, 그 아래 들여 쓴 것이 답이다. 들여 쓰지 않은 답은 항목의 일부가 아니어서 질문에는 답이 없는 셈이고, 카드가 만들어지지 않아도 아무도 모른다.

질문 아래에 질문의 글자만큼 들여 써서 답을 적는다. 답이 있는데 들여쓰기만 빠졌으면 `--fix`가 넣는다. 물음표 바로 뒤에 적은 답도 읽는다(`- 왜? 답이다.`).

찾지 않는 것: 다른 곳으로 이끄는 링크뿐인 항목(`- [#12](#12)`). 답은 거기에 있다. 다른 제목 아래의 질문도 찾지 않는다. 질문 자신의 카드는 제대로 나오므로 `error-free`를 설정했을 때만 덱에서 빠진다.
"""

_ASKS = lazy_compile(r"[?？؟]\W*$", re.M)
_NOTHING = ("blank_line", "thematic_break", "definition", "footnote_definition")
# An item's marker with the blanks behind it: what its answer is indented by.
_MARKER = lazy_compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?: {1,4}(?=\S)|[ \t])")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find follow-ups without an answer, and those that are no items of a list."""
    for pair in document.pairs:
        blocks = [block for block in pair.follow_ups if block.kind not in _NOTHING]
        answers: set[int] = set()  # the blocks that are said with the item above them
        for index, block in enumerate(blocks):
            if id(block) in answers:
                continue
            if block.kind != "list":
                if _ASKS.search(_words(block)):
                    yield _found(document, block, "목록의 항목이어야 한다", "must be an item of a list")
                continue
            read = {id(entry.item): entry for entry in read_follow_ups([block], context.config)}
            for item in block.children:
                entry = read.get(id(item))
                if entry is None and _words(item).strip():
                    yield _found(
                        document, item, "질문인 문단으로 시작해야 한다", "must begin with its question"
                    )
                elif entry and not entry.answer and not _leads_elsewhere(entry):
                    is_last = item is block.children[-1]
                    strays = _strays(document, blocks, index, context.config) if is_last else []
                    answers |= set(map(id, strays))
                    yield _unanswered(document, item, strays)


def _unanswered(document: Document, item: Node, strays: Sequence[Node]) -> Diagnostic:
    if not strays:
        return _found(document, item, "아래에 들여 쓴 답이 없다", "has no answer indented below it")
    fix = _indented(document, item, Span(strays[0].span.start, strays[-1].span.end))
    return _found(document, item, "답을 들여 쓰지 않았다", "has an answer that is not indented", fix)


def _found(document: Document, node: Node, ko: str, en: str, fix: Fix | None = None) -> Diagnostic:
    words = shown(_words(node.children[0] if node.kind == "list_item" else node))
    message = Text(
        f'꼬리질문 카드를 만들 수 없다: "{words}": {ko}', f'no card of this follow-up: "{words}" {en}'
    )
    return Diagnostic(line_of(document, node), message, fix, spares_cards=True)


def _words(block: Node) -> str:
    return TAG.sub(" ", block_text(block))


def _leads_elsewhere(entry: FollowUp) -> bool:
    """Whether a follow-up's words are those of a link."""
    words = "".join(block_text(node) for node in entry.question if node.kind != "link")
    return any(node.kind == "link" for node in entry.question) and not any(map(str.isalnum, words))


def _strays(document: Document, blocks: Sequence[Node], index: int, config: Config) -> list[Node]:
    """The blocks behind a list that answer its last item, but are not indented."""
    strays: list[Node] = []
    block = blocks[index]
    for at in range(index + 1, len(blocks)):  # a slice would copy all that follows, item by item
        other = blocks[at]
        if other.kind == "heading" or (other.kind == "list" and not _answers(document, block, other, config)):
            break
        if other.kind in ("paragraph", "block_html") and _ASKS.search(_words(other)):
            break
        strays.append(other)
    return strays


def _answers(document: Document, block: Node, other: Node, config: Config) -> bool:
    """Whether a list, which bullets or numbers make another one, says what answers the item above it."""
    markers = [document.text[node.span.start] for node in (block, other)]
    if markers[0] == markers[1] or all(marker.isdigit() for marker in markers):
        return False
    return not any(entry.answer or _ASKS.search(entry.words) for entry in read_follow_ups([other], config))


def _indented(document: Document, item: Node, answer: Span) -> Fix | None:
    """An answer indented as far as the words of its item."""
    text = document.text
    marker = _MARKER.match(text, document.line_span(item.span.start).start)
    if marker is None:
        return None
    first = document.line_span(answer.start)
    at = first.start
    words = first.of(text)
    indent = " " * (len(marker.group().expandtabs(4)) - (len(words) - len(words.lstrip(" "))))
    edits = []
    while at < answer.end:
        line = document.line_span(at)
        if line.of(text).strip():
            edits.append(Edit(Span(at, at), indent))
        at = text.find("\n", line.end) + 1 or answer.end
    return Fix(tuple(edits), frozenset({Aspect.NESTING})) if indent else None


RULE = Rule("Q016", "unanswered-follow-up", Severity.ERROR, check, fixable=True)
