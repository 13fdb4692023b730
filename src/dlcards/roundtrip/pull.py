"""Learners' edits, carried into the documents one after the other: a note is taken whole or not at all."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from dlcards.model import Document, Text
from dlcards.project.store import digest_of
from dlcards.roundtrip.base import Versions
from dlcards.roundtrip.canonical import original, pictures
from dlcards.roundtrip.carry import Refused, carry, unsaid
from dlcards.roundtrip.edit import new_tags
from dlcards.roundtrip.held import Held
from dlcards.roundtrip.pictures import NewPictures, NoPictureError
from dlcards.roundtrip.reader import Edit, Present, Reader


class Outcome(enum.Enum):
    """What came of a learner's edit of a note."""

    TAKEN = "taken"
    THERE = "already-there"
    BY_HAND = "by-hand"
    CONFLICT = "conflict"


@dataclass(frozen=True, eq=False)
class Result:
    """What came of an edit.

    Attributes:
        edit: The edit.
        outcome: What came of it.
        field: The field that it failed at; empty where none did.
        reason: Why it was not taken; None where it was.
        others: The edits of other learners that it contradicts.
    """

    edit: Edit
    outcome: Outcome
    field: str = ""
    reason: Text | None = None
    others: tuple[Edit, ...] = ()


class Tagged(NamedTuple):
    """The tags that a learner has given a note."""

    learner: str
    id: str
    document: PurePosixPath
    line: int
    tags: tuple[str, ...]


class Pulled(NamedTuple):
    """What learners' edits came to.

    Attributes:
        results: What came of each edit.
        documents: The documents that change, each with its new text.
        pictures: New files by their paths from the root.
        tagged: Tags that learners have given.
        notes: How many notes were looked at.
        strange: How many of them no lock knows.
    """

    results: tuple[Result, ...]
    documents: tuple[tuple[Document, str], ...]
    pictures: Mapping[PurePosixPath, bytes]
    tagged: tuple[Tagged, ...]
    notes: int
    strange: int


# Tells what an export of changed documents (and new files) has against each edit that was taken.
Proof = Callable[
    [Mapping[PurePosixPath, Document], Mapping[PurePosixPath, bytes], Sequence[Edit]], Text | None
]


def pull(
    learners: Sequence[Held],
    present: Present,
    earlier: Versions,
    proof: Proof,
    only: Collection[str] = (),
) -> Pulled:
    """Carry learners' edits into the documents.

    Args:
        learners: What each learner has.
        present: What the documents make today.
        earlier: Earlier versions of the notes.
        proof: Makes a deck of what the documents would become.
        only: The ids of the questions to look at; all when empty.
    """
    reader = Reader(present, earlier)
    found: list[Edit] = []
    tagged: list[Tagged] = []
    notes = strange = 0
    for held in learners:
        # Anki has each GUID once; a package that somebody has made may say otherwise.
        for note in {note.guid: note for note in held.notes}.values():
            row = present.rows.get(note.guid)
            if row is not None and only and row.id not in only:
                continue
            notes += 1
            if row is None:
                strange += 1
                continue
            if edit := reader.edit(held, note):
                found.append(edit)
            card = present.cards.get(note.guid)
            if tags := new_tags(note, card.card.tags if card else ()):
                path = present.bench.config.from_home(row.document)
                tagged.append(Tagged(held.name, row.id, path, reader.line_of(note.guid), tuple(tags)))
    work = _Work(present, found)
    taken = work.settled(proof)
    return Pulled(
        tuple(work.results[edit] for edit in found),
        tuple(taken.changed(present)),
        taken.shown_pictures(present),
        tuple(tagged),
        notes,
        strange,
    )


class _State(NamedTuple):
    """The documents as they have become so far."""

    documents: dict[PurePosixPath, Document]
    pictures: NewPictures

    def changed(self, present: Present) -> Iterator[tuple[Document, str]]:
        """The documents that have changed, as they were, with their new texts."""
        for document in present.documents.values():
            if self.documents[document.path] is not document:
                yield document, self.documents[document.path].text

    def shown_pictures(self, present: Present) -> dict[PurePosixPath, bytes]:
        """The new pictures that these show."""
        texts = [text for _, text in self.changed(present)]
        return {
            path: data for path, data in self.pictures.files.items() if any(path.name in t for t in texts)
        }


class _Splice(NamedTuple):
    """How one text becomes another: what is kept of its beginning and its end, and what stands between."""

    start: int
    end: int
    text: str

    @classmethod
    def between(cls, before: str, after: str) -> _Splice:
        most = min(len(before), len(after))
        start = next((k for k in range(most) if before[k] != after[k]), most)
        most -= start
        end = next((k for k in range(most) if before[-1 - k] != after[-1 - k]), most)
        return cls(start, end, after[start : len(after) - end])

    def of(self, before: str) -> str:
        return before[: self.start] + self.text + before[len(before) - self.end :]


class _Work:
    """Carries edits until those that are taken contradict neither one another nor an export."""

    def __init__(self, present: Present, found: Sequence[Edit]) -> None:
        self._present = present
        self._found = found
        self._known: dict[tuple[str, Edit], _Splice | Refused | None] = {}
        self.results: dict[Edit, Result] = {}

    def settled(self, proof: Proof) -> _State:
        """Carry the edits and prove the whole; of those where that fails, as many as are proven together."""
        refused: dict[Edit, Result] = {}
        while True:
            state = self._carried([edit for edit in self._found if edit not in refused])
            if self._proven(state, proof, taken := self._taken()) is None:
                self.results |= refused
                return state
            self._provable(taken, [], proof, refused)

    def _provable(
        self, found: Sequence[Edit], proven: Sequence[Edit], proof: Proof, refused: dict[Edit, Result]
    ) -> Sequence[Edit]:
        """Those of some edits that are proven upon others, by halves; ``refused`` learns of the rest."""
        reason = self._proven(self._carried([*proven, *found]), proof, self._taken())
        if reason is None:
            return found
        if len(found) == 1:
            refused[found[0]] = Result(found[0], Outcome.BY_HAND, reason=reason)
            return []
        half = len(found) // 2
        first = self._provable(found[:half], proven, proof, refused)
        return [*first, *self._provable(found[half:], [*proven, *first], proof, refused)]

    def _taken(self) -> list[Edit]:
        return [edit for edit, result in self.results.items() if result.outcome is Outcome.TAKEN]

    def _proven(self, state: _State, proof: Proof, taken: Sequence[Edit]) -> Text | None:
        return proof(state.documents, state.shown_pictures(self._present), taken) if taken else None

    def _carried(self, found: Sequence[Edit]) -> _State:
        """Carry some edits; of learners who contradict one another none is taken, whoever comes first.

        Nor is a note whose derived fields say what no edit of another field brings about.
        """
        against: dict[Edit, set[Edit]] = {}
        dropped: dict[Edit, Result] = {}
        while True:
            self.results = {}
            state = self._fresh()
            for edit in found:
                if edit in dropped:
                    self.results[edit] = dropped[edit]
                    continue
                if edit in against:
                    others = tuple(other for other in found if other in against[edit])
                    self.results[edit] = Result(edit, Outcome.CONFLICT, reason=_LEARNERS, others=others)
                    continue
                result = self.results[edit] = self._try(state, edit)
                # Those that contradict others already are not in the documents to contradict this one.
                rivals = {Outcome.CONFLICT: self._taken(), Outcome.TAKEN: list(against)}
                if contradicted := self._contradicted(edit, rivals.get(result.outcome, [])):
                    for other in contradicted:
                        against.setdefault(edit, set()).add(other)
                        against.setdefault(other, set()).add(edit)
                    break
            else:
                unsaid = {edit: reason for edit in found if (reason := self._unsaid(state, edit))}
                if not unsaid:
                    return state
                dropped |= unsaid

    def _unsaid(self, state: _State, edit: Edit) -> Result | None:
        """Why an edit that was carried is not whole in the documents as all edits have made them."""
        if edit.target is None or self.results[edit].outcome not in (Outcome.TAKEN, Outcome.THERE):
            return None
        refused = unsaid(self._present.bench, state.documents[edit.document], edit.target, edit.fields)
        return Result(edit, Outcome.BY_HAND, refused.field, refused.reason) if refused else None

    def _contradicted(self, edit: Edit, rivals: Sequence[Edit]) -> list[Edit]:
        """Those of some edits that one contradicts."""
        near = [
            other
            for other in rivals
            if other.document == edit.document
            and other.target
            and edit.target
            and other.target.pair == edit.target.pair
        ]
        found = []
        for other in near:
            state = self._fresh()
            self._try(state, other)
            if self._try(state, edit).outcome is Outcome.CONFLICT:
                state = self._fresh()
                if self._try(state, edit).outcome is not Outcome.CONFLICT:
                    found.append(other)
        return found

    def _fresh(self) -> _State:
        documents = {document.path: document for document in self._present.documents.values()}
        return _State(documents, NewPictures(self._present.bench, self._present.checkout))

    def _try(self, state: _State, edit: Edit) -> Result:
        """Carry an edit into the documents of ``state``."""
        if edit.target is None or not edit.fields:
            return Result(edit, Outcome.BY_HAND, reason=self._why_absent(edit))
        if not edit.is_sure:
            return Result(edit, Outcome.BY_HAND, reason=_NOT_SURE)
        document = state.documents[edit.document]
        known = self._present.cards[edit.guid].card.fields
        before = (each.base for each in edit.fields)
        own = {original(name) for html in (*known.values(), *before) for name in pictures(html)}
        try:
            names: dict[str, str] = {}
            addresses: dict[str, str] = {}
            for each in edit.fields:
                more = state.pictures.added(each.learners, own, edit.media, document)
                names |= more[0]
                addresses |= more[1]
        except NoPictureError as error:
            return Result(edit, Outcome.BY_HAND, reason=error.message)
        after = self._after(document, edit, names, addresses)
        if isinstance(after, Refused):
            outcome = Outcome.CONFLICT if after.is_conflict else Outcome.BY_HAND
            return Result(edit, outcome, after.field, after.reason)
        state.documents[edit.document] = after
        return Result(edit, Outcome.THERE if after is document else Outcome.TAKEN)

    def _after(
        self, document: Document, edit: Edit, names: Mapping[str, str], addresses: Mapping[str, str]
    ) -> Document | Refused:
        """What becomes of a document by an edit; what was found before, on the way to others, is known."""
        assert edit.target is not None
        bench, key = self._present.bench, (digest_of(document.text.encode("utf-8", "replace")), edit)
        if key in self._known:
            known = self._known[key]
            if isinstance(known, Refused) or known is None:
                return known or document
            return bench.rebuilt(document, known.of(document.text))
        try:
            after = carry(bench, document, edit.target, edit.fields, names, addresses)
        except Refused as error:
            self._known[key] = error
            return error
        self._known[key] = None if after is document else _Splice.between(document.text, after.text)
        return after

    def _why_absent(self, edit: Edit) -> Text:
        if edit.target is not None:
            return _NO_BASE
        return _RETIRED if self._present.rows[edit.guid].retired else _NO_CARD


_LEARNERS = Text(
    "다른 학습자도 같은 낱말을 다르게 고쳤다", "another learner has changed the same words in another way"
)
_NOT_SURE = Text(
    "무엇을 고쳤는지 알 수 없다: 지금의 dlcards는 그때 내보낸 것과 다른 카드를 만든다. "
    "학습자가 받은 패키지를 준다: --base",
    "what was changed can't be told: this dlcards makes another card of that version than was exported; "
    "give the package that the learner had: --base",
)
_NO_BASE = Text(
    "무엇을 고쳤는지 알 수 없다: 문서와 판이 다른 노트인데 git에 그 판이 없다. "
    "학습자가 받은 패키지를 준다: --base",
    "what was changed can't be told: the note is of another version than the documents, and git does not "
    "have that one; give the package that the learner had: --base",
)
_RETIRED = Text("문서에서 없어진 질문이다", "its question is gone from the documents")
_NO_CARD = Text(
    "지금 문서로는 카드가 되지 않는 질문이다. 무엇이 막는지: dlcards export",
    "the documents make no card of its question now; what stands in the way, dlcards export says",
)
