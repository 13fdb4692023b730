"""A sub-question does not stand under its question in the contents (`#12-1` not under `#12`), or a
question stands under one that is not its own.

"이유는?" between two questions belongs to neither. Nested, it shows what it asks about, and a reader
sees at a glance which questions are asked on the way to which.

The fix indents the entries as their ids say. It is made only where the contents are one list of plain lines
in the right order; otherwise mend the order first (T004).

Not found: sub-questions whose question has no entry (T002), ids that are no numbers, tables. Contents without
any nesting are one finding, not one for each sub-question.

Bad:

    ## 목차

    - [Sigmoid보다 ReLU를 많이 쓰나요?](#1)
    - [그 이유는?](#1-1)

    ## #1

    #### Sigmoid보다 ReLU를 많이 쓰나요?

    은닉층에서는 그렇다.

    ## #1-1

    #### 그 이유는?

    기울기가 사라지지 않기 때문이다.

Good:

    ## 목차

    - [Sigmoid보다 ReLU를 많이 쓰나요?](#1)
      - [그 이유는?](#1-1)

    ## #1

    #### Sigmoid보다 ReLU를 많이 쓰나요?

    은닉층에서는 그렇다.

    ## #1-1

    #### 그 이유는?

    기울기가 사라지지 않기 때문이다.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from dlcards.document.numbering import has_sub_questions, numbers, written
from dlcards.document.text import fold
from dlcards.linter.rules.contents.shared_list import (
    Line,
    enclosing,
    groups,
    plain_lines,
    questions,
    rewritten,
)
from dlcards.model import Context, Diagnostic, Document, Fix, Pair, Rule, Severity, Text

KO = """
목차에서 하위 질문이 제 윗질문 아래에 있지 않거나(`#12-1`이 `#12` 밖에 있다), 질문이 남의 질문 아래에 있다.

두 질문 사이에 놓인 "이유는?"은 어느 쪽의 이유인지 알 수 없다. 들여 쓰면 무엇을 묻는지 드러나고, 어느 질문에 이어서 나오는 질문인지 한눈에 보인다.

`--fix`는 번호가 말하는 대로 항목을 들여 쓴다. 목차가 한 목록이고 모든 줄이 글머리표와 링크뿐이며 차례가 맞을 때만 고친다. 차례가 어긋났으면 그것부터 바로잡는다(T004).

찾지 않는 것: 윗질문이 목차에 없는 하위 질문(T002), 숫자가 아닌 번호, 표로 된 목차. 들여쓰기가 전혀 없는 목차는 하위 질문마다가 아니라 한 번만 알린다.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find entries that are nested in another question's entry than their id says, or in none."""
    if not has_sub_questions(document):
        return
    known = questions(document)
    flat = not any(entry.depth for group in groups(document) for entry in group)
    fix: Fix | None = None
    for group in groups(document):
        listed = {numbers(pair.id) for entry in group if (pair := known.get(fold(entry.target)))}
        for entry, outer in enclosing(group, known):
            pair = known.get(fold(entry.target))
            if pair is None or not numbers(pair.id):
                continue
            parent = _parent(numbers(pair.id), listed)
            if parent == (numbers(outer.id) if outer else ()):
                continue
            fix = fix or _fix(document, known)
            yield Diagnostic(
                entry.link.span, _message(pair, parent, outer), fix, cause="flat" if flat else ""
            )


def _parent(number: tuple[int, ...], listed: Set[tuple[int, ...]]) -> tuple[int, ...]:
    """The nearest question above one that is in the list, too; nothing where there is none."""
    return next((number[:end] for end in range(len(number) - 1, 0, -1) if number[:end] in listed), ())


def _message(pair: Pair, parent: tuple[int, ...], outer: Pair | None) -> Text:
    if parent:
        return Text(
            f"목차의 #{pair.id} 항목은 #{written(parent)} 아래에 들여 써야 한다",
            f"contents entry #{pair.id} belongs under #{written(parent)}",
        )
    assert outer is not None
    return Text(
        f"목차의 #{pair.id} 항목은 #{outer.id}의 하위 질문이 아닌데 그 아래에 있다",
        f"contents entry #{pair.id} stands under #{outer.id} and is no sub-question of it",
    )


def _fix(document: Document, known: Mapping[str, Pair]) -> Fix | None:
    """The same lines, as deep as the ids say; None where that takes another order."""
    lines = plain_lines(document)
    listed = {numbers(pair.id) for line in lines if (pair := known.get(fold(line.entry.target)))}
    depths: list[int] = []
    stack: list[tuple[int, ...]] = []  # the questions that the last line is in, with itself
    for line in lines:
        pair = known.get(fold(line.entry.target))
        number = numbers(pair.id) if pair else ()
        if not number:
            return None
        parent = _parent(number, listed)
        if parent and parent not in stack:
            return None
        del stack[stack.index(parent) + 1 if parent else 0 :]
        depths.append(len(stack))
        stack.append(number)
    return Fix((rewritten(document, lines, _indented(document, lines, depths)),)) if lines else None


def _indented(document: Document, lines: list[Line], depths: list[int]) -> list[str]:
    """The lines at new depths. What is as deep as before keeps its indent."""
    indents: dict[int, str] = {}
    for line in lines:
        indents.setdefault(line.entry.depth, line.indent)
    texts = []
    for line, depth in zip(lines, depths, strict=True):
        if depth not in indents:
            indents[depth] = indents[depth - 1] + " " * len(line.mark)
        indent = line.indent if line.entry.depth == depth else indents[depth]
        texts.append(indent + line.span.of(document.text)[len(line.indent) :])
    return texts


RULE = Rule("T005", "contents-nesting", Severity.WARNING, check, fixable=True)
