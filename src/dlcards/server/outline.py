"""A document's questions with their state, or its headings where it has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dlcards.document.answers import answers
from dlcards.linter.engine import errors_in
from dlcards.model import Document, Pair, Span, Text
from dlcards.server.folder import Known

ANSWERED = Text("답했다", "answered")
_MISSING = Text("답이 없다", "no answer")


class Entry(NamedTuple):
    """A line of the outline.

    Attributes:
        name: The question, or the heading's words.
        state: Of a question: answered or not, or what keeps it out of the deck; of a heading None.
        span: All that belongs to it.
        place: What is shown when it is gone to.
        inside: The entries within it.
    """

    name: str
    state: Text | None
    span: Span
    place: Span
    inside: tuple[Entry, ...] = ()


def outline(known: Known) -> list[Entry]:
    """The outline of a document."""
    document = known.document
    if not document.pairs:
        return list(_headings(document))
    states = _states(known)
    return [
        Entry(_name(pair), state, pair.span, _within(pair.place, pair.span))
        for pair, state in zip(document.pairs, states, strict=True)
    ]


def _states(known: Known) -> Iterator[Text]:
    document, config = known.document, known.context.config
    blocking = [finding for finding in known.findings if finding.blocks_export(config)]
    for answer, errors in zip(answers(document, config), errors_in(document.pairs, blocking), strict=True):
        codes = ", ".join(dict.fromkeys(error.code for error in errors))
        if not answer.is_said:
            yield _MISSING
        elif codes:
            yield Text(f"오류가 있어 덱에서 빠진다: {codes}", f"kept out of the deck by {codes}")
        else:
            yield ANSWERED


def _name(pair: Pair) -> str:
    """Number and words; a number that the words begin with is not said twice."""
    words = " ".join(pair.question.split())
    if not pair.id or words.startswith(pair.id):
        return words or "?"
    return f"#{pair.id} {words}".strip() if pair.id.replace("-", "").isdecimal() else words or pair.id


def _headings(document: Document) -> Iterator[Entry]:
    """The headings, each with those below it that are of a lower level."""
    found = document.headings
    ends = []
    for number, heading in enumerate(found):
        below = (h.node.span.start for h in found[number + 1 :] if h.level <= heading.level)
        ends.append(next(below, len(document.text)))

    def entries(first: int, last: int) -> Iterator[Entry]:
        while first < last:
            heading = found[first]
            after = next((n for n in range(first + 1, last) if found[n].level <= heading.level), last)
            span = Span(heading.node.span.start, max(ends[first], heading.node.span.end))
            inside = tuple(entries(first + 1, after))
            yield Entry(heading.text or "?", None, span, heading.node.span, inside)
            first = after

    return entries(0, len(found))


def _within(place: Span, span: Span) -> Span:
    start = min(max(place.start, span.start), span.end)
    return Span(start, min(max(place.end, start), span.end))
