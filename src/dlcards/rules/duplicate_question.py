"""The same question stands twice, in one document or in two documents of a run.

A learner gets two cards with one front: whichever answer comes to mind, half of the time it is marked
wrong. A reader finds one of the answers and misses the other, and whoever mends one leaves the other as
it was.

Keep the better answer and link to it from the other place, or ask the second question more precisely.
Letter case, blanks and the mark at the end make no difference. The finding stands at the later question
and names the earlier one; a second edition of a whole document is shown as one finding.

Not found: the same question in other words. Sub-questions of two questions may say the same (`장점은?`),
since their questions tell them apart; they count only where they name a term in Latin letters
(`ReLU의 문제점은?`).

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

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from dlcards.model import Context, Diagnostic, Document, Node, Pair, Related, Rule, Severity, Text
from dlcards.rules.common import has_hangul, shown
from dlcards.rules.numbering import numbers
from dlcards.rules.runs import Same, number_of

KO = """
같은 질문이 한 문서 안에, 또는 함께 검사한 두 문서에 두 번 나온다.

학습자는 앞면이 같은 카드를 두 장 받고, 어느 답을 떠올리든 절반은 틀린 것이 된다. 읽는 사람은 한쪽 답만 보고 다른 쪽은 모른 채 지나가며, 한쪽을 고친 사람은 다른 쪽을 그대로 남긴다.

더 나은 답을 남기고 다른 자리에서 그리로 링크하거나, 뒤의 질문을 더 또렷하게 다시 묻는다. 대소문자, 공백, 끝의 물음표만 다르면 같은 질문으로 친다. 나중에 나온 질문을 짚고 먼저 나온 것을 알려 주며, 문서 전체가 다른 문서의 새 판이면 한 번만 보인다.

찾지 않는 것: 말을 바꾸어 다시 물은 질문. 서로 다른 질문의 하위 질문은 `장점은?`처럼 말이 같아도 윗질문이 다르므로 다른 질문이다. `ReLU의 문제점은?`처럼 로마자로 적은 용어가 있을 때만 같은 질문으로 친다.
"""

# What makes two questions one: the words, and for a sub-question that says little those of its question.
_Key = tuple[str, str]

# From so many questions of another document on, and from half of a document's own, it is its second edition.
_EDITION = 5
_GLOSS = re.compile(r"\([^()]*\)")
_TERM = re.compile(r"[A-Za-z]")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find questions that stand earlier in the document, or in a document before it."""
    number = number_of(document, context)
    elsewhere = _first_of_all(Same(context.documents))
    first: dict[_Key, Pair] = {}
    again: dict[str, list[Diagnostic]] = defaultdict(list)
    for key, pair in _keys(document):
        if earlier := first.get(key):
            message = Text(
                f'#{pair.id} "{shown(pair.question)}": #{earlier.id}에 이미 있는 질문이다',
                f'#{pair.id} "{shown(pair.question)}" has been asked in #{earlier.id} already',
            )
            here = Related(earlier.place, Text("처음 것은 여기", "the first one is here"))
            yield Diagnostic(pair.place, message, related=(here,))
            continue
        first[key] = pair
        other = elsewhere.get(key)
        if other and other[0] < number:
            _, path, line = other
            message = Text(
                f'#{pair.id} "{shown(pair.question)}": {path}의 {line}번째 줄에 이미 있는 질문이다',
                f'#{pair.id} "{shown(pair.question)}" has been asked in {path}, line {line}, already',
            )
            again[path].append(Diagnostic(pair.place, message))
    for path, found in again.items():
        # A second edition of a document is one thing to decide, not fifty.
        is_edition = len(found) >= _EDITION and len(found) * 2 >= len(document.pairs)
        yield from (replace(finding, cause=path) if is_edition else finding for finding in found)


@lru_cache(maxsize=1)
def _first_of_all(documents: Same[tuple[Document, ...]]) -> dict[_Key, tuple[int, str, int]]:
    """For each question of a run the number and path of the first document with it, and the line."""
    first: dict[_Key, tuple[int, str, int]] = {}
    for number, document in enumerate(documents.value):
        for key, pair in _keys(document):
            line, _ = document.position(pair.place.start)
            first.setdefault(key, (number, str(document.path), line))
    return first


def _keys(document: Document) -> Iterator[tuple[_Key, Pair]]:
    """The document's questions that say something, each with what it is compared by."""
    by_id: dict[str, str] = {}
    for pair in document.pairs:
        words = _words(pair, document.text)
        by_id.setdefault(pair.id, words)
        if not any(character.isalnum() for character in words):
            continue
        is_sub_question = len(numbers(pair.id)) > 1
        if is_sub_question and not _names_a_term(pair.question):
            parent = pair.parent_id or ""
            yield (by_id.get(parent) or f"#{parent}", words), pair
        else:
            yield ("", words), pair


def _words(pair: Pair, text: str) -> str:
    """A question for comparison: no letter case, no blanks, no marks at the end."""
    node = pair.question_node
    if node is None:
        return ""
    if any(inner.kind in ("image", "inline_html") for inner in node.walk()):
        words = node.span.of(text)  # the words don't tell two pictures, or List<A> and List<B>, apart
    else:
        words = "".join(_leaf(leaf) for leaf in node.walk() if not leaf.children)
    words = "".join(unicodedata.normalize("NFC", words).casefold().split())
    return words.rstrip("?.!~…？。！")


def _leaf(leaf: Node) -> str:
    # Signs in code are the question itself: "`==`란?" and "`=`란?".
    is_sign = leaf.kind == "codespan" and not any(map(str.isalnum, leaf.raw))
    return f"`{leaf.raw}`" if is_sign else leaf.raw


def _names_a_term(question: str) -> bool:
    """Whether a sub-question says by itself what it is about: Korean with a term in Latin letters."""
    return has_hangul(question) and bool(_TERM.search(_GLOSS.sub("", question)))


RULE = Rule("Q007", "duplicate-question", Severity.WARNING, check)
