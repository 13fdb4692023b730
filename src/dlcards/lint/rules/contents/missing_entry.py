"""A question that the contents don't list.

A reader who looks through the contents never learns that it is there.

The fix adds the entry after that of the question before it, a sub-question (`#12-1`) one step deeper
than its question.

Not found: anything in a document without contents (that is T007), and a question that an entry names without being
a link (T008).

Bad:

    ## Contents

    - [What is deep learning?](#1)

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## #2

    #### What is a layer?

    A function with parameters.

Good:

    ## Contents

    - [What is deep learning?](#1)
    - [What is a layer?](#2)

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## #2

    #### What is a layer?

    A function with parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlcards.document.anchors import resolves
from dlcards.document.text import fold, shown
from dlcards.lint.rules.contents.shared_list import bare, by_words, unlinked
from dlcards.model import (
    Aspect,
    Contents,
    ContentsEntry,
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
)

KO = """
목차에 없는 질문이 있다.

목차만 훑어보는 사람은 그 질문이 있는 줄도 모른다.

`--fix`는 바로 앞 질문의 항목 다음에 항목을 넣는다. 하위 질문(`#12-1`)은 그 질문보다 한 단계 들여 쓴다.

찾지 않는 것: 목차가 아예 없는 문서(T007), 링크가 아닌 항목이 말하는 질문(T008).
"""

# Brackets, and what keeps them as they are: code, a backslash.
_BRACKET = re.compile(r"(?<!`)(`+)(?!`)[^`]*(?<!`)\1(?!`)|\\.|[\[\]]", re.S)
_MARKER = re.compile(r"([ \t]*)([*+-]|\d{1,9}[.)])([ \t]+)")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find questions that no contents entry leads to."""
    contents = document.contents
    if contents is None:
        return
    by_target = {fold(entry.target): entry for entry in reversed(contents.entries)}
    # An entry that names the question and leads nowhere is T001's; mended, it lists the question.
    astray = {fold(entry.text) for entry in contents.entries if not resolves(entry.target, document.anchors)}
    # One that names it and is no link at all is T008's.
    questions = by_words(document)
    unlinked_words = {bare(item.words) for item in unlinked(document)}
    plain = {words for words in unlinked_words if len(questions.get(words, ())) == 1}
    before: Pair | None = None
    for pair in document.pairs:
        listed = fold(pair.slug) in by_target or fold(pair.question) in astray or bare(pair.question) in plain
        if pair.question and pair.slug and not listed:
            message = Text(
                f'목차에 #{pair.id} "{shown(pair.question)}" 항목이 없다',
                f'the contents lack an entry for #{pair.id} "{shown(pair.question)}"',
            )
            yield Diagnostic(pair.place, message, _fix(document, contents, pair, before, by_target))
        before = pair


def question_markup(document: Document, pair: Pair) -> str:
    """The question as it is written, for use as the text of a link."""
    node = pair.question_node
    if node is None or not node.children:
        return pair.question
    source = Span(node.children[0].span.start, node.children[-1].span.end).of(document.text)
    if any(child.kind in ("link", "image") for child in node.walk()):
        source = pair.question
    return _BRACKET.sub(lambda match: f"\\{match[0]}" if match[0] in "[]" else match[0], source)


def _fix(
    document: Document,
    contents: Contents,
    pair: Pair,
    before: Pair | None,
    by_target: dict[str, ContentsEntry],
) -> Fix:
    entry = f"[{question_markup(document, pair)}](#{pair.slug})"
    newline = document.newline
    if not contents.entries:
        at = contents.heading.node.span.end if contents.heading else contents.span.start
        return Fix((Edit(Span(at, at), f"{newline}- {entry}{newline}"),), frozenset({Aspect.ADDRESSES}))
    parent = by_target.get(fold(pair.parent_id)) if pair.parent_id else None
    previous = by_target.get(fold(before.slug)) if before else None
    model = parent or contents.entries[0]
    model_line = document.line_span(model.link.span.start)
    match = _MARKER.match(model_line.of(document.text))
    indent, marker, gap = match.groups() if match else ("", "-", " ")
    if parent:
        indent += " " * len(marker + gap)
    line = f"{indent}{marker}{gap}{entry}"
    if previous is None and parent is None:
        at = document.line_span(contents.entries[0].link.span.start).start
        return Fix((Edit(Span(at, at), line + newline),), frozenset({Aspect.ADDRESSES}))
    after = previous or parent
    assert after is not None
    at = document.line_span(after.link.span.end).end
    return Fix((Edit(Span(at, at), newline + line),), frozenset({Aspect.ADDRESSES}))


RULE = Rule("T002", "contents-missing-entry", Severity.ERROR, check, fixable=True)
