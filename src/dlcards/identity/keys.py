"""What the questions of a document are known again by."""

from __future__ import annotations

from dlcards.document.topics import answer_of, topics
from dlcards.identity.evidence import fingerprint
from dlcards.identity.matching import Key
from dlcards.model import Document, Pair


def question_keys(document: Document) -> list[tuple[Pair, Key]]:
    """The questions of a document and their keys, in order; those that are missing are left out."""
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
        for pair in document.pairs
        if pair.question
    ]
