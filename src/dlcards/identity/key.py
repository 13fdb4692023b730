"""What a question is known again by, and how deep it stands below others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Key(NamedTuple):
    """What a question is known again by.

    Attributes:
        kind: ``question`` or ``follow-up``.
        document: The document.
        id: The question's id in it; of a follow-up its question's.
        question: The words.
        parent: Of a follow-up the GUID of its question's note.
        above: Of a sub-question the id of the question that it stands under.
        topic: The headings that it stands under, as one line.
        answer: The :func:`fingerprint <dlcards.identity.evidence.fingerprint>` of its answer.
        order: Where it stands among the questions of its document.
    """

    kind: str
    document: str
    id: str
    question: str
    parent: str = ""
    above: str = ""
    topic: str = ""
    answer: str = ""
    order: int = 0


def depths(keys: Sequence[Key]) -> list[int]:
    """How many questions each question stands under; what an id looks like says nothing of it."""
    above = {(key.document, key.id): key.above for key in keys if key.kind == "question"}
    found = []
    for key in keys:
        over, seen = key.above, {key.id}
        while over not in seen and (key.document, over) in above:
            seen.add(over)
            over = above[key.document, over]
        found.append(len(seen) - 1)
    return found
