"""Which note each card is: the lock's answer, and a new note where it has none."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

import genanki

from dlcards.identity import LAST_SECOND
from dlcards.identity.evidence import same_words, similar_terms
from dlcards.identity.key import Key, depths
from dlcards.identity.lock import Lock, Row, order
from dlcards.identity.matching import match
from dlcards.model import KINDS, Card, Kind, Text, bytes_of, counted, name_of

_BLANKS = 500  # of which Anki makes cards of their own


class IdentifiedCard(NamedTuple):
    """A card that knows which note it is.

    Attributes:
        card: The card.
        guid: Anki's GUID of the note.
        mod: The second at which its content last changed.
        language: The language of its note type: the one that it was first exported in.
        source: The page that shows its question, as far as the checkout tells. Unlike what the card's own
            fields say of it, no part of what it holds: a fork's is another one, and its notes are the same.
    """

    card: Card
    guid: str
    mod: int
    language: str
    source: str = ""


class Ambiguous(NamedTuple):
    """A card that may be a note of the lock or another one, and must not be guessed.

    Attributes:
        card: The card.
        candidates: The notes that it may be.
        waiting: How many cards that are derived from it wait with it.
    """

    card: Card
    candidates: tuple[Row, ...]
    waiting: int = 0

    @property
    def message(self) -> Text:
        """What is not known and how to say it."""
        guids = ", ".join(row.guid for row in self.candidates)
        ko = f" 딸린 카드 {self.waiting}장도 기다린다" if self.waiting else ""
        en = f" {counted(self.waiting, 'card')} derived from it must wait, too" if self.waiting else ""
        return Text(
            f"deck.lock의 노트({guids})인지 새 질문인지 알 수 없다. 그 노트면 그 줄의 "
            f'"question"을 이 말로 바꾸고 "answer"를 지운다. 새 질문이면 그 줄에 "retired": true를 '
            f"적는다.{ko}",
            f"may be a note of deck.lock ({guids}) or a new question. If it is the note, write these words "
            f'into that line\'s "question" and delete its "answer"; if it is new, write "retired": true into '
            f"the line.{en}",
        )


class Identified(NamedTuple):
    """What identification came to.

    Attributes:
        cards: The cards with their notes, in the order given.
        lock: The lock as it must be written, but for the note types (:func:`with_note_types`).
        new: How many notes are new.
        changed: How many notes have new content.
        retired: The notes whose question is gone, newly or from before.
        ambiguous: Cards that may be either of several notes.
        reworded: Cards taken for a note with other words, for whoever knows better.
    """

    cards: tuple[IdentifiedCard, ...]
    lock: Lock
    new: int
    changed: int
    retired: tuple[Row, ...]
    ambiguous: tuple[Ambiguous, ...]
    reworded: tuple[tuple[Row, Card], ...]


def identify(
    cards: Sequence[Card],
    lock: Lock,
    namespace: str,
    now: int,
    kinds: Collection[Kind] = KINDS,
    absent: Sequence[Key] = (),
    unread: Collection[str] = (),
) -> Identified:
    """Find each card's note by :func:`dlcards.identity.lock.match`, or make a new one.

    Questions are decided first. A cloze is the cloze of its question's note; follow-ups are looked for
    among those of their question's note. So they go wherever their question goes.

    Args:
        cards: The cards, in the order of the documents, a question before what is derived from it.
        lock: The lock of the last export; empty for the first.
        namespace: What parts this deck's GUIDs from other decks', the deck's name.
        now: The second at which new and changed notes changed.
        kinds: The kinds of cards that were made; rows of other kinds stay as they are.
        absent: Questions of the documents that no card was made of this time; their rows stay as they are.
        unread: Documents that were not looked at; their rows stay as they are.
    """
    work = _Work(lock, namespace, now, unread)
    held = work.settle_questions([card for card in cards if card.kind == "question"], absent)
    # What is derived from a question that can't be decided on waits with it.
    derived = [card for card in cards if card.kind != "question" and (card.document, card.id) in work.guids]
    waiting = Counter((card.document, card.id) for card in cards if card.kind != "question")
    work.settle_follow_ups([card for card in derived if card.kind == "follow-up"])
    clozes = {row.parent: row for row in lock.rows if row.kind == "cloze"}
    for card in derived:
        if card.kind == "cloze":
            parent = work.guids[card.document, card.id]
            work.take(card, clozes.get(parent), parent)

    used = {row.guid for row in work.rows.values()}
    held |= {row.guid for entry in work.ambiguous for row in entry.candidates}
    gone = [row for row in lock.rows if row.guid not in used]
    kept = {
        row.guid
        for row in gone
        if row.guid in held
        or (row.parent in held and row.kind != "question")
        or row.kind not in kinds
        or row.document in unread
    }
    retired = [row if row.guid in kept else replace(row, retired=True) for row in gone]
    living = (replace(row, after=work.after.get(row.guid, "")) for row in work.rows.values())
    rows = sorted([*living, *retired], key=order)
    return Identified(
        cards=tuple(
            IdentifiedCard(numbered(card, row.terms), row.guid, row.mod, row.language or "ko")
            for card in cards
            if (row := work.rows.get(card))
        ),
        lock=replace(lock, rows=tuple(rows)),
        new=work.new,
        changed=work.changed,
        retired=tuple(row for row in retired if row.retired),
        ambiguous=tuple(
            entry._replace(waiting=waiting[entry.card.document, entry.card.id])
            if entry.card.kind == "question"
            else entry
            for entry in work.ambiguous
        ),
        reworded=tuple(work.reworded),
    )


def question_key(card: Card) -> Key:
    """What the question of a card is known again by."""
    return Key(
        "question",
        card.document,
        card.id,
        card.question,
        above=card.above,
        topic=card.topic,
        answer=card.answer,
        order=card.order,
    )


class _Work:
    """The rows that cards have been given so far."""

    def __init__(self, lock: Lock, namespace: str, now: int, unread: Collection[str]) -> None:
        self.rows: dict[Card, Row] = {}
        self.guids: dict[tuple[str, str], str] = {}  # of questions' notes, by document and id
        self.reworded: list[tuple[Row, Card]] = []
        self.ambiguous: list[Ambiguous] = []
        self.new = self.changed = 0
        self._lock = lock
        self._namespace = namespace
        self._now = now
        self.after: dict[str, str] = {}  # the question's note before each, in its document
        # A document that was not looked at still has its questions.
        self._candidates = [row for row in lock.rows if row.document not in unread]
        self._taken = {row.guid for row in lock.rows}

    def settle_questions(self, cards: Sequence[Card], absent: Sequence[Key]) -> set[str]:
        """Give each question the row that it matches; the GUIDs of those that absent questions hold."""
        keys = list(map(question_key, cards))
        found = match([*keys, *absent], self._candidates)
        held = set()
        for number, key in enumerate(absent, start=len(keys)):
            if row := found.rows.get(number):
                self.guids[key.document, key.id] = row.guid
                held.add(row.guid)
            held |= {row.guid for row in found.ambiguous.get(number, ())}
        # A sub-question's row names its question's note, which must have one by then.
        depth = depths([*keys, *absent])
        for number, card in sorted(enumerate(cards), key=lambda each: (depth[each[0]], each[1].order)):
            if number in found.ambiguous:
                self.ambiguous.append(Ambiguous(card, found.ambiguous[number]))
                continue
            known = found.rows.get(number)
            # Under a question that is not decided on, it stays where it was.
            parent = self.guids.get((card.document, card.above), known.parent if known else "")
            self.take(card, known, parent if card.above else "")
            self.guids[card.document, card.id] = self.rows[card].guid
        before: dict[str, str] = {}
        for key in sorted([*keys, *absent], key=lambda key: key.order):
            if guid := self.guids.get((key.document, key.id)):
                self.after[guid] = before.get(key.document, "")
                before[key.document] = guid
        return held

    def settle_follow_ups(self, cards: Sequence[Card]) -> None:
        """Give each follow-up the row that it matches; their questions have theirs."""
        parents = [self.guids[card.document, card.id] for card in cards]
        keys = [
            Key("follow-up", card.document, card.id, card.question, parent, answer=card.answer)
            for card, parent in zip(cards, parents, strict=True)
        ]
        found = match(keys, self._candidates)
        for number, (card, parent) in enumerate(zip(cards, parents, strict=True)):
            if number in found.ambiguous:
                self.ambiguous.append(Ambiguous(card, found.ambiguous[number]))
            else:
                self.take(card, found.rows.get(number), parent)

    def take(self, card: Card, known: Row | None, parent: str) -> None:
        """Give a card a known row, or a new one, brought up to date."""
        terms = number_terms(card.terms, known.terms if known else ())
        language = known.language if known else "" if card.language == "ko" else card.language
        is_cloze = card.kind == "cloze"
        row = Row(
            "",
            card.kind,
            card.document,
            card.id,
            card.question,
            "",
            0,
            terms=terms,
            language=language,
            answer="" if is_cloze else card.answer,
            topic="" if is_cloze else card.topic,
        )
        self.rows[card] = row
        fields = numbered(card, terms).fields
        content = content_hash(fields, card.tags)
        if known is None:
            self.new += 1
            guid, mod = self._new_guid(card, parent), self._now
        else:
            # Nor has what an earlier dlcards hashed with a tag of its own.
            tag = old_tag(card.document, card.id)
            moved = known.hash != content and known.hash != content_hash(fields, card.tags, tag)
            self.changed += moved
            if not is_cloze and not same_words(known.question, card.question):
                self.reworded.append((known, card))
            guid, mod = known.guid, _later(known.mod, self._now) if moved else known.mod
        self.rows[card] = replace(row, guid=guid, hash=content, mod=mod, parent=parent)

    def _new_guid(self, card: Card, parent: str) -> str:
        # From the words alone, so that a fresh clone without a lock comes to the same notes.
        document = bytes_of(card.document).decode("utf-8", "backslashreplace")
        place = (document, card.id) if card.kind == "question" else (parent,)
        count = 0
        while True:
            words = (card.kind, *place, card.question, count)
            guid = str(genanki.guid_for("dlcards", self._namespace, *words))
            if guid not in self._taken:
                self._taken.add(guid)
                return guid
            count += 1


def _later(mod: int, now: int) -> int:
    """The second of a change, later than that of the change before, as far as there are seconds."""
    return min(max(now, mod + 1), LAST_SECOND)


def numbered(card: Card, terms: Sequence[str]) -> Card:
    """A cloze with the blanks' numbers that its row has for its terms; other cards as they are."""
    if card.kind != "cloze":
        return card
    numbers = {term: number for number, term in enumerate(number_terms(card.terms, terms), start=1)}

    def renumber(match: re.Match[str]) -> str:
        return f"{{{{c{numbers[card.terms[int(match[1]) - 1]]}::"

    fields = {**card.fields, "Text": re.sub(r"\{\{c(\d+)::", renumber, card.fields["Text"])}
    return replace(card, fields=fields)


def number_terms(terms: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The terms by the numbers of their blanks: blank 1, blank 2, ….

    A known term keeps its number, and so its card and schedule; so does one that was only reworded. Any
    other one takes the next number: its card is new, and that of a term that is gone stays empty. A number
    is never given to another term, so that a term that comes back finds its card.
    """
    numbered = list(known)
    there, before = set(terms), set(known)
    # Anki has no card of its own for a blank beyond these, whose number would be worth keeping.
    gone = [number for number, term in enumerate(known[:_BLANKS]) if term not in there]
    for term in terms:
        if term in before:
            continue
        like = next((number for number in gone if similar_terms(known[number], term)), None)
        if like is None:
            numbered.append(term)
        else:
            gone.remove(like)
            numbered[like] = term
    return tuple(numbered)


def content_hash(fields: Mapping[str, str], tags: Iterable[str], *more: str) -> str:
    """A hash of what a note holds, by which a change is known. Empty fields and our own tags do not count.

    A note is not updated for a heading above it that was renamed: Anki would replace what a learner has
    written on it.
    """
    counted = sorted([*(tag for tag in tags if not tag.startswith("dlcards::")), *more])
    content = json.dumps([sorted((n, v) for n, v in fields.items() if v), counted], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def old_tag(document: str, number: str) -> str:
    """The tag that notes had before they had those of :func:`dlcards.model.tag_of`."""
    stem = "_".join(name_of(PurePosixPath(document).stem).split())
    return f"dlcards::{stem}::{number.partition('-')[0]}" if number else f"dlcards::{stem}"


def with_note_types(lock: Lock, note_types: Mapping[int, str], now: int) -> Lock:
    """The lock with the note types in use, each dated by when its content last changed.

    Args:
        lock: The lock.
        note_types: The content of each note type in use, by its id.
        now: The second at which new and changed ones changed.
    """
    known = {number: (content, mod) for number, content, mod in lock.note_types}
    for number, content in note_types.items():
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        old = known.get(number)
        if old is None or old[0] != digest:
            known[number] = (digest, _later(old[1], now) if old else now)
    return replace(lock, note_types=tuple((number, *known[number]) for number in sorted(known)))
