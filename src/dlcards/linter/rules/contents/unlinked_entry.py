"""An entry of the contents that is no link.

A reader sees the question in the contents, clicks it, and stays where they are.

The fix makes a link of the words where they are those of exactly one question; a number in front (`#2`, `Q2.`)
stays beside it.

Not found: labels of groups (a bullet with entries below it), notes that are no question's words, and contents
outside of lists.

Bad:

    ## 목차

    - [딥러닝이란 무엇인가요?](#1)
    - 층이란 무엇인가요?

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.

    ## #2

    #### 층이란 무엇인가요?

    매개변수가 있는 함수다.

Good:

    ## 목차

    - 기초
      - [딥러닝이란 무엇인가요?](#1)
      - [층이란 무엇인가요?](#2)

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.

    ## #2

    #### 층이란 무엇인가요?

    매개변수가 있는 함수다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.likeness import InOrder, most_like
from dlcards.document.text import shown
from dlcards.linter.rules.contents.shared_list import (
    NUMBER,
    Unlinked,
    asked,
    bare,
    by_words,
    question_markup,
    unlinked,
)
from dlcards.model import (
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Pair,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
목차의 항목인데 링크가 아니다.

읽는 사람은 목차에서 질문을 보고 눌러 보지만 화면이 그대로다.

항목의 말이 한 질문의 말과 같으면 `--fix`가 그 질문으로 가는 링크로 바꾼다. 앞에 붙인 번호(`#2`, `Q2.`)는 링크 옆에 남는다.

찾지 않는 것: 아래에 항목을 둔 갈래 이름, 질문의 말이 아닌 덧붙임, 목록이 아닌 목차.
"""

_ALIKE = 0.7


_MARKS = lazy_compile(r"[?？]")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find items of the contents that say a question and lead nowhere."""
    items = unlinked(document)
    if not items:
        return
    questions = by_words(document)
    ordered = InOrder(questions)
    for item in items:
        pairs = asked(item.words, questions)
        close = "" if pairs else most_like(bare(item.words), ordered, _ALIKE)
        near = pairs or questions.get(close, [])[:1]
        # Several questions in one item tell what another file holds.
        asks = item.words.rstrip().endswith(("?", "？")) and len(_MARKS.findall(item.words)) == 1
        if not pairs and (item.is_label or not (near or asks)):
            continue
        hint_ko = hint_en = ""
        if near:
            hint_ko, hint_en = f". #{near[0].id}의 질문이다", f"; it is question #{near[0].id}"
            if not pairs:
                hint_ko, hint_en = f". 혹시 #{near[0].id}인가?", f"; did you mean #{near[0].id}?"
        message = Text(
            f'목차 항목이 링크가 아니다: "{shown(item.words)}"{hint_ko}',
            f'contents entry is no link: "{shown(item.words)}"{hint_en}',
        )
        yield Diagnostic(item.span, message, _fix(document, item, pairs), cause="no-link")


def _fix(document: Document, item: Unlinked, pairs: list[Pair]) -> Fix | None:
    if len(pairs) != 1 or not pairs[0].slug:
        return None
    words = item.span
    number = NUMBER.match(words.of(document.text))
    if number and bare(item.words) != bare(pairs[0].question):
        words = Span(words.start + number.end(), words.end)  # the number stays beside the link
    source = words.of(document.text)
    if "<a" in source.casefold():
        return None  # an anchor in a link would end it
    if any(mark in source for mark in "[]\n"):
        source = " ".join(question_markup(document, pairs[0]).split())
    return Fix((Edit(words, f"[{source}](#{pairs[0].slug})"),), frozenset({Aspect.ADDRESSES}))


RULE = Rule("T008", "contents-unlinked-entry", Severity.WARNING, check, fixable=True)
