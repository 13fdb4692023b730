"""What the questions of a document are known again by."""

from __future__ import annotations

from collections.abc import Iterable

from dlcards.document.topics import answer_of, topics
from dlcards.identity.evidence import fingerprint
from dlcards.identity.key import Key
from dlcards.model import Document, Pair


def question_keys(document: Document, pairs: Iterable[Pair] | None = None) -> list[tuple[Pair, Key]]:
    """The questions of a document, or only ``pairs``, and their keys, in order; without missing questions."""
    under = topics(document)
    return [
        (
            pair,
            Key(
                "question",
                document.name,
                pair.id,
                pair.question,
                above=under[pair.id].above,
                topic=" / ".join(under[pair.id].headings),
                answer=fingerprint(answer_of(pair, document)),
                order=pair.span.start,
            ),
        )
        for pair in (document.pairs if pairs is None else pairs)
        if pair.question
    ]
