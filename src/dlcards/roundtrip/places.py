"""Where a field of a note stands in its document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dlcards.document.follow_ups import read_follow_ups
from dlcards.model import Config, Document, Kind, Node, Pair, Span, lazy_compile

# What stands before the words of a line in lists and quotes.
_CONTAINERS = lazy_compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*")
_DEFINITIONS = ("definition", "footnote_definition")
_MARKER = lazy_compile(r"[^>\s]")


class Place(NamedTuple):
    """What a field of one of a question's notes is made of.

    Attributes:
        kind: The kind of note.
        number: Which of the question's notes of that kind, from 0.
        field: The field.
    """

    kind: Kind
    number: int
    field: str


class Passage(NamedTuple):
    """The source of a field.

    Attributes:
        span: Where it stands in the document.
        text: Its characters, lines ended by a line feed, without what the lists and quotes around it write
            before each line; all as it stands there, where one of its lines differs.
        prefix: What they write there.
        newline: What ends its lines.
    """

    span: Span
    text: str
    prefix: str
    newline: str

    def replaced(self, document: Document, text: str) -> str:
        """The document's text with another one in this place."""
        lines = _prefixed(text, self.prefix).replace("\n", self.newline)
        return document.text[: self.span.start] + lines + document.text[self.span.end :]


def place_of(kind: Kind, number: int, field: str) -> Place:
    """What a field is made of: that of a cloze are the summary and the answer of its question."""
    if kind == "cloze" and field in _COPIES:
        return Place("question", 0, _COPIES[field])
    return Place(kind, number, field)


_COPIES = {"Text": "Summary", "Extra": "Answer"}
COPIED = frozenset(_COPIES.values())
"""Fields of a question that its cloze shows, too."""


def passages(document: Document, pair: Pair, config: Config) -> dict[Place, Passage]:
    """The sources of a pair's fields; a field whose words stand nowhere in the document has none."""
    found = {}
    for place, nodes in _nodes(pair, config):
        if passage := _passage(document, nodes):
            found[place] = passage
    return found


def _nodes(pair: Pair, config: Config) -> Iterator[tuple[Place, Sequence[Node]]]:
    asked = pair.question_node.children if pair.question_node else ()
    yield Place("question", 0, "Question"), (*asked, *pair.asked)
    yield Place("question", 0, "Hint"), pair.hint
    yield Place("question", 0, "Summary"), pair.summary
    yield Place("question", 0, "Answer"), pair.body
    yield Place("question", 0, "FollowUps"), pair.follow_ups
    yield Place("question", 0, "References"), pair.references
    answered = (entry for entry in read_follow_ups(pair.follow_ups, config) if entry.answer)
    for number, entry in enumerate(answered):
        yield Place("follow-up", number, "Question"), entry.question
        answer = [node for node in entry.answer if node.kind != "blank_line"]
        is_line = len(answer) == 1 and answer[0].kind in ("block_text", "paragraph")
        yield Place("follow-up", number, "Summary"), answer[0].children if is_line else answer


def _span(nodes: Sequence[Node], text: str) -> Span | None:
    spans = [node.span for node in nodes if node.kind != "blank_line" and node.span.end > node.span.start]
    if not spans:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


def _passage(document: Document, nodes: Sequence[Node]) -> Passage | None:
    """The passage of some nodes, laid as far as it can be; None where they have no words.

    Definitions at the end of a document stand in no list that asks. Lines that leave a mark out, or end in
    another way, stay as they are.
    """
    span = _span(nodes, document.text)
    if span is None:
        return None
    before = document.text[document.line_span(span.start).start : span.start]
    containers = _CONTAINERS.match(before)
    prefix = _MARKER.sub(" ", containers[0]) if containers else ""
    shown = _span([node for node in nodes if node.kind not in _DEFINITIONS], document.text)
    for where, marks in ((span, prefix), (shown, prefix), (span, "")):
        if where is None or where.start != span.start:
            continue
        text = _unprefixed(where.of(document.text).replace(document.newline, "\n"), marks)
        laid = Passage(where, text, marks, document.newline)
        if laid.replaced(document, text) == document.text and "\r" not in text:
            return laid
    return Passage(span, span.of(document.text), "", "\n")


def _unprefixed(text: str, prefix: str) -> str:
    first, *lines = text.split("\n")
    bare = prefix.rstrip()
    return "\n".join([first, *(line.removeprefix(prefix) if line != bare else "" for line in lines)])


def _prefixed(text: str, prefix: str) -> str:
    first, *lines = text.split("\n")
    return "\n".join([first, *(prefix + line if line else prefix.rstrip() for line in lines)])
