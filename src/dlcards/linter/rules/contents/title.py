"""An entry of the contents says something else than its question.

A reader looks for words that are not there, or lands at another question than the one clicked: two
entries with swapped titles have valid anchors and are both wrong.

The fix writes the question's own words. Where both differ by a slip of a few letters, the rest of the text decides:
the word that it uses is right, in the question too, and where it uses both or none, nothing is fixed.

It is but a note where half of the words or more are the same and the entry is not another question's: nobody is misled.

Not found: other blanks, letter case or marks at the end, a number left out before the words, and entries that lead
to headings that are no questions.

Bad:

    ## Contents

    - [What is learning?](#1)

    ## #1

    #### What is deep learning?

    Learning in many layers.

Good:

    ## Contents

    - [What is deep learning?](#1)

    ## #1

    #### What is deep learning?

    Learning in many layers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from dlcards.document.mistyped import mistyped_ids
from dlcards.document.text import fold, shown
from dlcards.document.typos import Slip, slip_between, spoken_for
from dlcards.linter.rules.contents.shared_list import question_markup
from dlcards.model import (
    Aspect,
    ContentsEntry,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Pair,
    Related,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
목차의 항목과 그 질문의 말이 다르다.

읽는 사람은 없는 말을 찾거나, 누른 것과 다른 질문에 닿는다. 두 항목의 제목이 서로 바뀐 경우 앵커는 멀쩡하지만 둘 다 틀렸다.

`--fix`는 항목을 질문의 말로 바꾼다. 글자 몇 개의 오타라면 나머지 글이 쓰는 낱말이 맞는 것이다. 질문이 틀렸으면 질문을 고치고, 어느 쪽인지 알 수 없으면 고치지 않는다.

말이 절반 넘게 같고 다른 질문의 말이 아니면 헷갈릴 사람이 없으므로 참고로만 알린다.

찾지 않는 것: 공백, 대소문자, 끝의 부호만 다르거나 앞의 번호를 뺀 경우, 질문이 아닌 제목으로 이어지는 항목.
"""

_NUMBER = lazy_compile(r"\s*(?:q\s*)?#?\d+(?:[-.]\d+)*\s*[.):]\s*")
_WORD = lazy_compile(r"[^\W_]+")
_ASIDE = r"\([^()]*\)|（[^（）]*）"
_NEAR = 0.5
_MARKS = ".?!:;。？！…"


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find contents entries whose words differ from the question they lead to."""
    questions = {fold(pair.slug): pair for pair in document.pairs if pair.slug and pair.question}
    wrong = mistyped_ids(document)  # an entry leads there that means another question: L016
    asked = {_plain(pair.question) for pair in questions.values()}
    for entry in document.contents.entries if document.contents else ():
        pair = questions.get(fold(entry.target))
        if pair is None or pair.id in wrong or _same(entry.text, pair.question):
            continue
        message = Text(
            f'목차 항목의 말이 질문 #{pair.id}의 말과 다르다: "{shown(entry.text)}" / "{shown(pair.question)}"',
            f'contents entry "{shown(entry.text)}" differs from question #{pair.id} "{shown(pair.question)}"',
        )
        is_near = _plain(entry.text) not in asked and _share(entry.text, pair.question) >= _NEAR
        severity = Severity.NOTE if is_near else None
        # A question that is asked in other words is right. Of a slip, only the rest of the text can tell.
        slip = slip_between(entry.text, pair.question) if _plain(entry.text) not in asked else None
        told = spoken_for(document, slip, (entry.link.span, pair.place)) if slip else -1
        if told > 0 and slip:
            fix = _fix_of_question(document, pair, slip)
            other = Related(entry.link.span, Text("목차는 여기", "the entry is here"))
            yield Diagnostic(pair.place, message, fix, (other,), spares_cards=True, severity=severity)
            continue
        question = Related(pair.place, Text("질문은 여기", "the question is here"))
        fix = _fix_of_entry(document, entry, pair) if told < 0 else None
        yield Diagnostic(entry.link.span, message, fix, (question,) if slip else (), severity=severity)


def _fix_of_entry(document: Document, entry: ContentsEntry, pair: Pair) -> Fix | None:
    words = Span(entry.link.span.start + 1, entry.link.url_span.start)
    end = document.text.rfind("](", words.start, words.end)
    return Fix((Edit(Span(words.start, end), question_markup(document, pair)),)) if end >= 0 else None


def _fix_of_question(document: Document, pair: Pair, slip: Slip) -> Fix | None:
    """Where the word stands in the question but once, in the letter case that it is known in."""
    source = pair.place.of(document.text)
    if source.count(slip.second) != 1:
        return None
    start = pair.place.start + source.index(slip.second)
    edit = Edit(Span(start, start + len(slip.second)), slip.first)
    return Fix((edit,), frozenset({Aspect.WORDS, Aspect.STRUCTURE}))


def _same(first: str, second: str) -> bool:
    return _plain(first) == _plain(second)


def _share(first: str, second: str) -> float:
    """How many of the words of the longer one are the other's, too, with what stands in parentheses or without: 0.0 to 1.0."""
    shares = []
    for aside in ("(?!)", _ASIDE):
        one, other = (Counter(_WORD.findall(re.sub(aside, "", fold(text)))) for text in (first, second))
        shares.append((one & other).total() / max(one.total(), other.total(), 1))
    return max(shares)


def _plain(text: str) -> str:
    words = _NUMBER.sub("", fold(unicodedata.normalize("NFC", text)))
    return "".join(words.split()).rstrip(_MARKS) or words


RULE = Rule("T003", "contents-title", Severity.WARNING, check, fixable=True)
