"""Which note each card is: the lock's answer, and a new note where it has none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import genanki

from dlcards.deck.cards import Card
from dlcards.lock import Key, Lock, Row, match, order


@dataclass(frozen=True, slots=True)
class IdentifiedCard:
    """A card that knows which note it is."""

    card: Card
    guid: str
    mod: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A card that may be either of several notes of the lock, and must not be guessed."""

    card: Card
    candidates: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Identified:
    """What identification came to.

    Attributes:
        cards: The cards with their notes, in the order given.
        lock: The lock as it must be written.
        new: How many notes are new.
        changed: How many notes have new content.
        retired: The notes whose question is gone, newly or from before.
        ambiguous: Cards that may be either of several notes.
    """

    cards: tuple[IdentifiedCard, ...]
    lock: Lock
    new: int
    changed: int
    retired: tuple[Row, ...]
    ambiguous: tuple[Ambiguous, ...]


def identify(
    cards: Sequence[Card], lock: Lock, note_types: dict[int, str], namespace: str, now: int
) -> Identified:
    """Find each card's note by :func:`dlcards.lock.match`, or make a new one.

    Args:
        cards: The cards, in the order of the documents.
        lock: The lock of the last export; empty for the first.
        note_types: The content of each note type in use, by its id.
        namespace: What parts this deck's GUIDs from other decks', the deck's name.
        now: The second at which new and changed notes changed.
    """
    found = match([Key("question", card.document, card.id, card.question) for card in cards], lock.rows)
    ambiguous = [Ambiguous(cards[number], rows) for number, rows in found.ambiguous.items()]
    taken = {row.guid for row in lock.rows}
    rows: list[Row] = []
    identified: list[IdentifiedCard] = []
    new = changed = 0
    for number, card in enumerate(cards):
        if number in found.ambiguous:
            continue
        known = found.rows.get(number)
        content = _content_hash(card)
        if known is None:
            new += 1
            guid = _new_guid(namespace, card, taken)
            taken.add(guid)
            row = Row(guid, "question", card.document, card.id, card.question, content, now)
        else:
            moved = known.hash != content
            changed += moved
            mod = max(now, known.mod + 1) if moved else known.mod
            row = replace(
                known,
                document=card.document,
                id=card.id,
                question=card.question,
                hash=content,
                mod=mod,
                retired=False,
            )
        rows.append(row)
        identified.append(IdentifiedCard(card, row.guid, row.mod))
    used = {row.guid for row in rows}
    held = {row.guid for entry in ambiguous for row in entry.candidates}
    gone = [row for row in lock.rows if row.guid not in used]
    retired = [row if row.guid in held else replace(row, retired=True) for row in gone]
    types = _note_type_rows(lock, note_types, now)
    return Identified(
        cards=tuple(identified),
        lock=Lock(tuple(sorted([*rows, *retired], key=order)), types),
        new=new,
        changed=changed,
        retired=tuple(row for row in retired if row.retired),
        ambiguous=tuple(ambiguous),
    )


def _new_guid(namespace: str, card: Card, taken: set[str]) -> str:
    # From the words alone, so that a fresh clone without a lock comes to the same notes.
    count = 0
    while True:
        guid = str(
            genanki.guid_for("dlcards", namespace, "question", card.document, card.id, card.question, count)
        )
        if guid not in taken:
            return guid
        count += 1


def _content_hash(card: Card) -> str:
    content = json.dumps([sorted(card.fields.items()), sorted(card.tags)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _note_type_rows(lock: Lock, note_types: dict[int, str], now: int) -> tuple[tuple[int, str, int], ...]:
    known = {number: (content, mod) for number, content, mod in lock.note_types}
    for number, content in note_types.items():
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        old = known.get(number)
        if old is None or old[0] != digest:
            known[number] = (digest, max(now, old[1] + 1) if old else now)
    return tuple((number, *known[number]) for number in sorted(known))
