"""A question that the contents don't list.

A reader who looks through the contents never learns that it is there.

The fix adds the entry after that of the question before it, a sub-question (`#12-1`) one step deeper
than its question. Where not one entry leads anywhere, it writes the list anew (T001). Contents in a quote, a
table or a paragraph are left to you.

It is but a note where the contents list no question at all of the section that it stands in, since their author may
have left that out.

Not found: questions of sections that an entry leads to, where the contents list sections and none of their questions;
anything in a document without contents (that is T007), and a question that an entry names without being
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

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator
from itertools import groupby
from typing import NamedTuple

from dlcards.document.anchors import nearest, resolves
from dlcards.document.mistyped import mistyped_ids
from dlcards.document.numbering import numbers
from dlcards.document.text import fold, shown
from dlcards.linter.rules.contents.shared_list import (
    bullets,
    forms,
    meant,
    named,
    namesakes,
    question_markup,
)
from dlcards.linter.rules.contents.shared_stale import rewritten_contents
from dlcards.model import (
    Aspect,
    Contents,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Heading,
    Node,
    Pair,
    Rule,
    Severity,
    Span,
    Text,
)

KO = """
목차에 없는 질문이 있다.

목차만 훑어보는 사람은 그 질문이 있는 줄도 모른다.

`--fix`는 바로 앞 질문의 항목 다음에 항목을 넣는다. 하위 질문(`#12-1`)은 그 질문보다 한 단계 들여 쓴다. 어느 항목도 이어지지 않으면 목록을 새로 쓴다(T001). 인용이나 표, 문단에 든 목차는 고치지 않는다.

목차가 어느 절의 질문을 하나도 말하지 않으면 일부러 뺐을 수 있으므로 참고로만 알린다.

찾지 않는 것: 목차가 절까지만 말하고 그 절의 질문은 하나도 말하지 않을 때 그 절의 질문, 목차가 아예 없는 문서(T007), 링크가 아닌 항목이 말하는 질문(T008).
"""


# So many questions make a section that may have been left out on purpose; fewer were forgotten.
_LIKELY = 0.7  # likeness of an entry's dead anchor to the one of the question that it most likely means
_SECTION = 3


class _Section(NamedTuple):
    """A section of questions.

    Attributes:
        slug: That of its heading.
        leads: Whether an entry leads there.
    """

    slug: str
    leads: bool


class _Missing(NamedTuple):
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
    if document.layout != "native" and not entries.by_slug and _is_prose(document, contents):
        return
    sections = _unlisted_sections(document, contents, entries.by_slug)
    wrong = mistyped_ids(document)
    # An entry that leads nowhere, and most likely there, is T001's: another one would be the second.
    stale = [] if whole else [e for e in contents.entries if not resolves(e.target, document.anchors)]
    anchors = namesakes(document) if stale else {}
    astray = {nearest(e.target, document.anchors, _LIKELY) for e in stale if not meant(e.text, anchors)}
    for missing in _missing(document, entries.by_slug):
        pair = missing.pair
        if pair.id in wrong or pair.slug in astray:
            continue
        section = sections.get(pair.slug)
        if section and section.leads:
            continue
        message = Text(
            f'목차에 #{pair.id} "{shown(pair.question)}" 항목이 없다',
            f'the contents lack an entry for #{pair.id} "{shown(pair.question)}"',
        )
        yield Diagnostic(
            pair.place,
            message,
            whole or entries.fix(missing),
            cause=section.slug if section else "",
            severity=Severity.NOTE if section else None,
        )


def _is_prose(document: Document, contents: Contents) -> bool:
    """Whether the contents only tell in sentences what the document holds."""
    inside = [b for b in document.blocks if contents.span.holds(b.span) and b.kind != "blank_line"]
    return not contents.entries and bool(inside) and all(block.kind == "paragraph" for block in inside)


def _unlisted_sections(document: Document, contents: Contents, listed: Container[str]) -> dict[str, _Section]:
    """The section of each question, by the question's slug, where the contents list none of the section's."""
    targets = {fold(entry.target) for entry in contents.entries}
    questions = {pair.anchor.span.start: pair for pair in document.pairs if pair.slug}
    sections: dict[_Section, list[str]] = defaultdict(list)
    above: list[Heading] = []
    for heading in document.headings:
        pair = questions.get(heading.node.span.start)
        leads = fold(heading.slug) in targets
        # A heading that the contents leave out ends no section of its level that they list.
        above = [
            outer
            for outer in above
            if outer.level < heading.level
            or (outer.level == heading.level and not leads and fold(outer.slug) in targets)
        ]
        if pair is None:
            above.append(heading)
        elif above:
            head = next((outer for outer in reversed(above) if fold(outer.slug) in targets), above[-1])
            sections[_Section(head.slug, fold(head.slug) in targets)].append(pair.slug)
    lists_questions = any(pair.slug in listed for pair in questions.values())
    return {
        slug: section
        for section, slugs in sections.items()
        if not any(slug in listed for slug in slugs)
        and (len(slugs) >= _SECTION if lists_questions else section.leads)
        for slug in slugs
    }


def _missing(document: Document, listed: Container[str]) -> Iterator[_Missing]:
    """The questions whose slugs are not listed."""
    pairs = [pair for pair in document.pairs if pair.slug and (pair.slug in listed or pair.question)]
    for is_listed, group in groupby(enumerate(pairs), key=lambda item: item[1].slug in listed):
        if is_listed:
            continue
        run = list(group)
        start, end = run[0][0], run[-1][0] + 1
        before = pairs[start - 1] if start else None
        after = pairs[end] if end < len(pairs) else None
        for index, pair in run:
            yield _Missing(pair, before, after, is_first=index == start, is_last=index == end - 1)


class _Item(NamedTuple):
    """What lists a question.

    Attributes:
        span: Its bullet: the whole list item, with the entries nested in it.
        end: Where its own link or words end.
    """

    span: Span
    end: int


class _Entries:
    """The entries that there are, and what new ones look like beside them.

    Attributes:
        by_slug: What lists each question first, by the question's slug: an entry, or what will be one
            when it is mended: one that names the question and leads nowhere (T001), or is no link (T008).
    """

    def __init__(self, document: Document, contents: Contents) -> None:
        self._document = document
        self._contents = contents
        self._bullets = bullets(document)
        below = (block for block in document.blocks if block.span.start >= contents.span.start)
        # The first block of the contents, or what follows where they are empty.
        self._below = next((block for block in below if block.kind != "blank_line"), None)
        self._is_free = _is_free(document, contents.span.start, self._below)
        items = {entry.link.span: _Item(entry.span, entry.link.span.end) for entry in contents.entries}
        stale = [entry for entry in contents.entries if not resolves(entry.target, document.anchors)]
        by_target = {fold(entry.target): items[entry.link.span] for entry in reversed(contents.entries)}
        astray = {
            fold(form): items[entry.link.span] for entry in reversed(stale) for form in forms(entry.text)
        }
        plain = {pair.slug: _Item(item.item, item.span.end) for item, pair in reversed(named(document))}
        self._items = sorted({*items.values(), *plain.values()}, key=lambda item: (item.span, item.end))
        self.by_slug: dict[str, _Item] = {}
        self._numbers: dict[tuple[int, ...], str] = {}
        self._siblings: dict[tuple[int, ...], _Item] = {}  # the first one listed below a question
        for pair in document.pairs:
            if not pair.slug:
                continue
            number = numbers(pair.id)
            self._numbers.setdefault(number, pair.slug)
            item = by_target.get(fold(pair.slug)) or astray.get(fold(pair.question)) or plain.get(pair.slug)
            if item:
                self.by_slug[pair.slug] = item
                self._siblings.setdefault(number[:-1], item)

    def fix(self, missing: _Missing) -> Fix | None:
        """The entry of one question, where those of all that are missing beside it come in their order.

        None where no line can be written beside its neighbour: in a quote, a table, a paragraph.
        """
        document, newline = self._document, self._document.newline
        number = numbers(missing.pair.id)
        words = f"[{question_markup(document, missing.pair)}](#{missing.pair.slug})"
        before = self.by_slug[missing.before.slug] if missing.before else None
        after = self.by_slug[missing.after.slug] if missing.after else self._first()
        if neighbour := before or after:
            if neighbour.span not in self._bullets:
                return None
            look = self._look(number, neighbour, is_before=before is None)
            if before:
                return _insertion(self._own_end(before), f"{newline}{look}{words}")
            return _insertion(document.line_span(neighbour.span.start).start, f"{look}{words}{newline}")
        return self._begin(missing, f"{self._look(number, None)}{words}{newline}")

    def _first(self) -> _Item | None:
        """What new entries come before where no question is listed: the first entry, or the list that there is."""
        if self._items:
            return self._items[0]
        block = self._below
        if block and block.kind == "list" and self._contents.span.holds(block.span):
            return _Item(block.children[0].span, block.children[0].span.end)
        return None

    def _begin(self, missing: _Missing, line: str) -> Fix | None:
        """A list right below the heading; None where no list can begin there."""
        if not self._is_free:
            return None
        document, at, below = self._document, self._contents.span.start, self._below
        start = document.newline if missing.is_first else ""
        # A paragraph right below would become part of the last entry.
        is_apart = not below or "\n" in document.text[at : below.span.start]
        return _insertion(at, start + line + ("" if is_apart or not missing.is_last else document.newline))

    def _look(self, number: tuple[int, ...], neighbour: _Item | None, *, is_before: bool = False) -> str:
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
            look = self._bullets.get(listed.span) if listed else None
            # Nothing is nested below what is no bullet.
            if look or not listed:
                outer = "".join(look) if look else self._look(above, neighbour, is_before=is_before)
                return " " * len(outer) + outer.lstrip()
        own = self._bullets.get(neighbour.span) if neighbour else None
        sibling = self._siblings.get(number[:-1])
        if own and sibling and (look := self._bullets.get(sibling.span)):
            deepest = len(own[0]) + (0 if is_before else len(own[1]))
            own = look if len(look[0]) <= deepest else own
        return "".join(own or ("", "- "))

    def _own_end(self, item: _Item) -> int:
        """Where an entry ends, with what people wrote below it, and before the entries nested in it."""
        document, end = self._document, item.span.end
        for other in self._items[bisect_right(self._items, item.span, key=lambda item: item.span) :]:
            if other.span.start >= end:
                break
            if other.span in self._bullets:
                end = document.line_span(other.span.start).start
                break
        return item.end + len(Span(item.end, end).of(document.text).rstrip())


def _is_free(document: Document, at: int, below: Node | None) -> bool:
    """Whether a list can begin between the block that ends at ``at`` and the one below."""
    if not any(block.span.end == at for block in document.blocks):
        return False  # the heading stands in something else, which goes on
    source = document.line_span(below.span.start).of(document.text) if below else ""
    indent = source[: len(source) - len(source.lstrip(" \t"))]
    # What is indented, code for one, would be drawn into the list's last item.
    return len(indent.expandtabs(4)) < len("- ")


def _insertion(at: int, text: str) -> Fix:
    return Fix((Edit(Span(at, at), text),), frozenset({Aspect.ADDRESSES}))


RULE = Rule("T002", "contents-missing-entry", Severity.ERROR, check, fixable=True)
