"""``deck.lock``: which note a question is, for as long as the deck lives.

A learner's progress hangs on a note's GUID, and their own edits on its ``mod``: Anki replaces a note by
an imported one whose ``mod`` is newer. So each note keeps its GUID however its question is reworded,
renumbered or moved, and its ``mod`` moves only when its content does.

The file is JSON lines, one note a line, sorted by id, so that two people's changes rarely meet in one
line and a conflict is settled by choosing lines.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import genanki

from dlcards.deck.cards import Card

VERSION = 1

# How alike two wordings of one question must be, by difflib's ratio of their letters. Below it, a
# question under a known id is taken for a new question: better a card learned anew than one question's
# schedule on another's text.
_SIMILAR = 0.5


class LockError(Exception):
    """A lock that can't be used; the message names the line and the way out."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the lock knows of a note.

    Attributes:
        guid: Anki's GUID of the note.
        kind: The kind of note: ``question``.
        document: The document that its question was last seen in.
        id: The id that its question was last seen with.
        question: The words that it was last seen with.
        hash: A hash of its content, from which its ``mod`` knows whether to move.
        mod: The second, since 1970 in UTC, at which its content last changed.
        retired: Whether its question is gone from the documents.
    """

    guid: str
    kind: str
    document: str
    id: str
    question: str
    hash: str
    mod: int
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Lock:
    """The whole lock.

    Attributes:
        rows: The notes.
        note_types: Hash and ``mod`` of each note type's templates and style, by note type id.
    """

    rows: tuple[Row, ...] = ()
    note_types: tuple[tuple[int, str, int], ...] = ()


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
    """Find each card's note, or make a new one.

    1. The same id and the same question: the same note.
    2. The same question under another id, renumbered: the same note.
    3. The same id with a similar question, reworded: the same note.
    4. Otherwise a new note.

    Args:
        cards: The cards, in the order of the documents.
        lock: The lock of the last export; empty for the first.
        note_types: The content of each note type in use, by its id.
        namespace: What parts this deck's GUIDs from other decks', the deck's name.
        now: The second at which new and changed notes changed.
    """
    matched, ambiguous = _match(cards, lock.rows)
    undecided = {id(entry.card) for entry in ambiguous}
    taken = {row.guid for row in lock.rows}
    rows: list[Row] = []
    identified: list[IdentifiedCard] = []
    new = changed = 0
    for card in cards:
        if id(card) in undecided:
            continue
        known = matched.get(id(card))
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
        lock=Lock(tuple(sorted([*rows, *retired], key=_order)), types),
        new=new,
        changed=changed,
        retired=tuple(row for row in retired if row.retired),
        ambiguous=tuple(ambiguous),
    )


def dump(lock: Lock) -> str:
    """The lock as the text of its file."""
    head = {"dlcards-lock": VERSION, "note-types": {str(i): [h, m] for i, h, m in lock.note_types}}
    lines = [head]
    for row in lock.rows:
        entry: dict[str, Any] = asdict(row)
        if not row.retired:
            del entry["retired"]
        lines.append(entry)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def load(text: str, name: str) -> Lock:
    """The lock in the text of its file ``name``.

    Raises:
        LockError: The text is no lock, with the number of the line that says so.
    """
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            raise LockError(
                f"{name}:{number}: a merge conflict; keep every line of both sides that starts with "
                '{"guid", of two with one guid the one with the higher "mod", then export again'
            )
    try:
        head = json.loads(lines[0])
        if head["dlcards-lock"] != VERSION:
            raise LockError(f"{name}:1: made by a newer dlcards; update dlcards")
        types = tuple((int(i), str(h), int(m)) for i, (h, m) in sorted(head["note-types"].items()))
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise LockError(f"{name}:1: is no deck.lock; restore it from the repository's history") from error
    rows = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], start=2):
        try:
            row = Row(**json.loads(line))
            if not all(
                isinstance(v, str) for v in (row.guid, row.kind, row.document, row.id, row.question, row.hash)
            ):
                raise TypeError("a value of the wrong type")
            if not isinstance(row.mod, int) or not isinstance(row.retired, bool):
                raise TypeError("a value of the wrong type")
        except (TypeError, ValueError) as error:
            raise LockError(
                f"{name}:{number}: can't be read ({error}); restore the line from the repository's history"
            ) from error
        if row.guid in seen:
            raise LockError(f"{name}:{number}: the guid of line {seen[row.guid]} again; keep the higher mod")
        seen[row.guid] = number
        rows.append(row)
    return Lock(tuple(rows), types)


def _match(cards: Sequence[Card], rows: Sequence[Row]) -> tuple[dict[int, Row], list[Ambiguous]]:
    """Each card's row by the card's ``id()``, and the cards that more than one row may be."""
    matched: dict[int, Row] = {}
    ambiguous: list[Ambiguous] = []
    used: set[str] = set()

    def settle(card_key: Callable[[Card], object], row_key: Callable[[Row], object]) -> None:
        index: dict[object, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.retired):  # a living note before a retired one
            index[row_key(row)].append(row)
        for card in cards:
            found = [row for row in index[card_key(card)] if row.guid not in used]
            if found and id(card) not in matched:
                matched[id(card)] = found[0]
                used.add(found[0].guid)

    settle(
        lambda card: (card.document, card.id, _letters(card.question)),
        lambda row: (row.document, row.id, _letters(row.question)),
    )
    settle(lambda card: _letters(card.question), lambda row: _letters(row.question))
    by_id: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        by_id[row.document, row.id].append(row)
    for card in cards:
        if id(card) in matched:
            continue
        alike = [row for row in by_id[card.document, card.id] if row.guid not in used]
        alike = [row for row in alike if _alike(row.question, card.question)]
        alike = [row for row in alike if not row.retired] or alike
        if len(alike) == 1:
            matched[id(card)] = alike[0]
            used.add(alike[0].guid)
        elif alike:
            ambiguous.append(Ambiguous(card, tuple(alike)))
    return matched, ambiguous


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


def _same(first: str, second: str) -> bool:
    return _letters(first) == _letters(second)


def _alike(first: str, second: str) -> bool:
    matcher = difflib.SequenceMatcher(None, _letters(first), _letters(second), autojunk=False)
    return matcher.ratio() >= _SIMILAR


def _letters(text: str) -> str:
    """``text`` for comparison: letters and digits only, no letter case."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())


def _order(row: Row) -> tuple[str, list[tuple[int, str]], str, str]:
    parts: Iterable[str] = re.split(r"[-.]", row.id)
    number = [(int(part), "") if part.isdecimal() else (1 << 31, part) for part in parts]
    return row.document, number, row.kind, row.guid
