"""A question that the contents don't list.

A reader who looks through the contents never learns that it is there.

The fix adds the entry after that of the question before it, a sub-question (`#12-1`) one step deeper
than its question. Where not one entry leads anywhere, it writes the list anew (T001).

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

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import groupby

from dlcards.document.anchors import resolves
from dlcards.document.numbering import numbers
from dlcards.document.text import fold, shown
from dlcards.lint.rules.contents.shared_list import bare, bullet, by_words, question_markup, unlinked
from dlcards.lint.rules.contents.shared_stale import rewritten_contents
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

`--fix`는 바로 앞 질문의 항목 다음에 항목을 넣는다. 하위 질문(`#12-1`)은 그 질문보다 한 단계 들여 쓴다. 어느 항목도 이어지지 않으면 목록을 새로 쓴다(T001).

찾지 않는 것: 목차가 아예 없는 문서(T007), 링크가 아닌 항목이 말하는 질문(T008).
"""


@dataclass(frozen=True, slots=True)
class _Missing:
    """A question without an entry.

    Attributes:
        pair: The question.
        before: The nearest question before it that has an entry, or that there is none.
        after: The nearest one after it.
        is_first: Whether nothing else is missing at its place before it.
        is_last: Or after it.
    """

    pair: Pair
    before: Pair | None
    after: Pair | None
    is_first: bool
    is_last: bool


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find questions that no contents entry leads to."""
    contents = document.contents
    if contents is None:
        return
    whole = rewritten_contents(document)
    entries = _Entries(document, contents)
    # An entry that names a question and is no link at all is T008's.
    questions = by_words(document)
    named = {bare(item.words) for item in unlinked(document)}
    plain = {words for words in named if len(questions.get(words, ())) == 1}
    for missing in _missing(document, entries.by_slug, plain):
        pair = missing.pair
        message = Text(
            f'목차에 #{pair.id} "{shown(pair.question)}" 항목이 없다',
            f'the contents lack an entry for #{pair.id} "{shown(pair.question)}"',
        )
        yield Diagnostic(pair.place, message, whole or entries.fix(missing))


def _missing(document: Document, listed: Container[str], named: Container[str]) -> Iterator[_Missing]:
    """The questions that are neither listed, by their slugs, nor named, by their bare words."""
    pairs = [
        pair
        for pair in document.pairs
        if pair.slug and (pair.slug in listed or (pair.question and bare(pair.question) not in named))
    ]
    for is_listed, group in groupby(enumerate(pairs), key=lambda item: item[1].slug in listed):
        if is_listed:
            continue
        run = list(group)
        start, end = run[0][0], run[-1][0] + 1
        before = pairs[start - 1] if start else None
        after = pairs[end] if end < len(pairs) else None
        for index, pair in run:
            yield _Missing(pair, before, after, is_first=index == start, is_last=index == end - 1)


class _Entries:
    """The entries that there are, and what new ones look like beside them.

    Attributes:
        by_slug: The first entry of each question, by the question's slug. One that names the question
            and leads nowhere is T001's; mended, it lists the question.
    """

    def __init__(self, document: Document, contents: Contents) -> None:
        self._document = document
        self._contents = contents
        by_target = {fold(entry.target): entry for entry in reversed(contents.entries)}
        stale = [entry for entry in contents.entries if not resolves(entry.target, document.anchors)]
        astray = {fold(entry.text): entry for entry in reversed(stale)}
        self.by_slug: dict[str, ContentsEntry] = {}
        self._numbers: dict[tuple[int, ...], str] = {}
        self._siblings: dict[tuple[int, ...], ContentsEntry] = {}  # the first one listed below a question
        for pair in document.pairs:
            if not pair.slug:
                continue
            number = numbers(pair.id)
            self._numbers.setdefault(number, pair.slug)
            if entry := by_target.get(fold(pair.slug)) or astray.get(fold(pair.question)):
                self.by_slug[pair.slug] = entry
                self._siblings.setdefault(number[:-1], entry)

    def fix(self, missing: _Missing) -> Fix:
        """The entry of one question, where those of all that are missing beside it come in their order."""
        document, contents, newline = self._document, self._contents, self._document.newline
        number = numbers(missing.pair.id)
        words = f"[{question_markup(document, missing.pair)}](#{missing.pair.slug})"
        if not contents.entries:
            at = contents.heading.node.span.end if contents.heading else contents.span.start
            line = f"{newline if missing.is_first else ''}{self._look(number, None)}{words}{newline}"
            # A paragraph right below would become part of the last entry.
            is_apart = document.text[at:].lstrip(" \t").startswith(("\n", "\r\n"))
            return _insertion(at, line if is_apart or not missing.is_last else line + newline)
        before = self.by_slug[missing.before.slug] if missing.before else None
        after = self.by_slug[missing.after.slug] if missing.after else contents.entries[0]
        if before is None and bullet(document, after):
            line = f"{self._look(number, after, is_before=True)}{words}{newline}"
            return _insertion(document.line_span(after.span.start).start, line)
        before = before or contents.entries[-1]
        # What is no list, a table or a paragraph, ends before the list that begins below it.
        begins_list = missing.is_first and not bullet(document, before)
        line = f"{newline * (1 + begins_list)}{self._look(number, before)}{words}"
        return _insertion(self._own_end(before), line)

    def _look(
        self, number: tuple[int, ...], neighbour: ContentsEntry | None, *, is_before: bool = False
    ) -> str:
        """The indent and bullet of a question's entry: below its question's, else as its siblings' or as
        its neighbour's.

        Args:
            number: The question's number.
            neighbour: The entry that it is put beside; None where there are none.
            is_before: Whether it comes before that entry; an entry may be nested in the one before it.
        """
        ends = range(len(number) - 1, 0, -1)
        if above := next((number[:end] for end in ends if number[:end] in self._numbers), ()):
            listed = self.by_slug.get(self._numbers[above])
            look = bullet(self._document, listed) if listed else None
            # Nothing is nested below what is no bullet.
            if look or not listed:
                outer = "".join(look) if look else self._look(above, neighbour, is_before=is_before)
                return " " * len(outer) + outer.lstrip()
        own = bullet(self._document, neighbour) if neighbour else None
        sibling = self._siblings.get(number[:-1])
        if own and sibling and (look := bullet(self._document, sibling)):
            deepest = len(own[0]) + (0 if is_before else len(own[1]))
            own = look if len(look[0]) <= deepest else own
        return "".join(own or ("", "- "))

    def _own_end(self, entry: ContentsEntry) -> int:
        """Where an entry ends, with what people wrote below it, and before the entries nested in it."""
        document, end = self._document, entry.span.end
        for other in self._contents.entries:
            if other.span in entry.span and other.span != entry.span:
                end = document.line_span(other.span.start).start
                break
        return entry.link.span.end + len(Span(entry.link.span.end, end).of(document.text).rstrip())


def _insertion(at: int, text: str) -> Fix:
    return Fix((Edit(Span(at, at), text),), frozenset({Aspect.ADDRESSES}))


RULE = Rule("T002", "contents-missing-entry", Severity.ERROR, check, fixable=True)
