"""What a note of the deck holds, and the frozen fields of its note type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, get_args

from dlcards.model.lazy import lazy_compile
from dlcards.model.printable import name_of

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


_TAG_PART = 60  # characters at most; a tag stands in the browser's sidebar
_NO_TAG = lazy_compile(r"[^\w.+#-]+")


def tag_of(document: str, topics: Iterable[str] = ()) -> str:
    """Anki's tag of a document and the headings in it: ``dlcards::folder::document::Topic``.

    Made of words only, so that it stays when questions are renumbered. A ``README`` is its folder.
    """
    *folders, stem = PurePosixPath(name_of(document)).with_suffix("").parts or ("",)
    if folders and stem.casefold() in ("readme", "index"):
        stem = folders.pop()
    parts = (_NO_TAG.sub("_", part)[:_TAG_PART].strip("_.") for part in (*folders, stem, *topics))
    return "::".join(["dlcards", *filter(None, parts)])


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # equal words do not make two cards one
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
        answer: The fingerprint of its answer, by which it is known again when its words change.
        order: Where it stands among the questions of its document.
        terms: The terms that a cloze asks for, in plain words, in order; of other kinds, none.
        anchor: The fragment that leads to its question on the document's page; empty where none does.
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
    anchor: str = ""
