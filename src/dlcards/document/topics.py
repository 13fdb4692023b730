"""What headings a question stands under, and what its answer says, to know both again."""

from __future__ import annotations

from collections.abc import Sequence

from dlcards.model import Document, Node, Pair

_DEEPEST = 7  # below all headings


def topics(document: Document) -> dict[str, tuple[str, ...]]:
    """The words of the headings above each question, the outermost first, by the question's id.

    The document's title is none of them: a lone first heading above all others.
    """
    title = _title(document)
    headings = [heading for heading in document.headings if heading is not title]
    found: dict[str, tuple[str, ...]] = {}
    above: list[tuple[int, str]] = []
    at = 0
    for pair in sorted(document.pairs, key=lambda pair: pair.span):
        while at < len(headings) and headings[at].node.span.start < pair.span.start:
            heading = headings[at]
            above = [entry for entry in above if entry[0] < heading.level]
            above.append((heading.level, heading.text))
            at += 1
        level = pair.anchor.attrs.get("level")
        own = level if isinstance(level, int) else _DEEPEST
        found[pair.id] = tuple(words for other, words in above if other < own)
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
