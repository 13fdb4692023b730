"""What a note of the deck holds, and the frozen fields of its note type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

# A question of the document, the bold terms of its summary, and each of its follow-ups.
Kind = Literal["question", "cloze", "follow-up"]
KINDS: tuple[Kind, ...] = get_args(Kind)

QUESTION_FIELDS = (
    "Id",
    "Question",
    "Context",
    "Hint",
    "Summary",
    "Answer",
    "FollowUps",
    "References",
    "Source",
    "Updated",
    "Extra1",
    "Extra2",
)

CLOZE_FIELDS = ("Id", "Text", "Context", "Extra", "Source", "Updated", "Extra1")


@dataclass(frozen=True, slots=True, eq=False)  # equal words do not make two cards one
class Card:
    """What a note of the deck holds, before it has an identity.

    Attributes:
        kind: The kind of card.
        document: What the lock calls its document.
        id: The id of the question that it comes from, as in the document.
        question: Its plain words, by which it is known again when its number changes; those of its
            question for a cloze.
        fields: HTML by field name; fields that are not named are empty. In a cloze's ``Text``, term
            number ``n`` of ``terms`` stands as ``{{cn::…}}``.
        tags: Anki's tags, without blanks.
        language: The language of its document, as BCP 47 calls it.
        above: The id of the question that its question stands under; empty for none.
        topic: The headings that its question stands under, as one line.
        answer: The source of its answer, by which it is known again when its words change.
        order: Where it stands among the questions of its document.
        terms: The terms that a cloze asks for, in plain words, in order; of other kinds, none.
    """

    kind: Kind
    document: str
    id: str
    question: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    language: str
    above: str
    topic: str
    answer: str
    order: int
    terms: tuple[str, ...] = ()
