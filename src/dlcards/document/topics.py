"""What headings a question stands under, and what its answer says, to know both again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dlcards.document.layouts.asking import without_number
from dlcards.model import Document, Heading, Node, Pair

_DEEPEST = 7  # below all headings


class Topics(NamedTuple):
    """What a question stands under.

    Attributes:
        headings: The words of the headings above it, the outermost first, without their numbers. The
            document's title is none of them: a lone first heading above all others.
        above: The id of the question that is the nearest of these headings, or by whose number its own
            begins; empty for none.
    """

    headings: tuple[str, ...]
    above: str


def topics(document: Document) -> dict[str, Topics]:
    """What each question of a document stands under, by its id."""
    title = _title(document)
    headings = [heading for heading in document.headings if heading is not title]
    asked = {id(pair.question_node): pair.id for pair in document.pairs}
    found: dict[str, Topics] = {}
    above: list[Heading] = []
    at = 0
    for pair in sorted(document.pairs, key=lambda pair: pair.span):
        while at < len(headings) and headings[at].node.span.start < pair.span.start:
            above = [other for other in above if other.level < headings[at].level]
            above.append(headings[at])
            at += 1
        level = pair.anchor.attrs.get("level")
        own = level if isinstance(level, int) else _DEEPEST
        over = [heading for heading in above if heading.level < own]
        asks = asked.get(id(over[-1].node), "") if over else ""
        found[pair.id] = Topics(tuple(without_number(h.text) for h in over), pair.parent_id or asks)
    return found


def answer_source(nodes: Sequence[Node], document: Document) -> str:
    """The source of an answer's blocks, as they stand in the document."""
    return "".join(node.span.of(document.text) for node in nodes)


def answer_of(pair: Pair, document: Document) -> str:
    """The source of what a question asks about and of its answer, without follow-ups and references."""
    return answer_source((*pair.asked, *pair.summary, *pair.body), document)


def _title(document: Document) -> object:
    first = document.headings[0] if document.headings else None
    if first is None or any(h.level <= first.level for h in document.headings[1:]):
        return None
    return first
