"""What learners have changed of which notes, and where those stand in the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from dlcards.deck.package.apkg import month_of
from dlcards.identity.identify import IdentifiedCard
from dlcards.identity.lock import Row
from dlcards.identity.package import PackageNote
from dlcards.model import Document, Kind, Text
from dlcards.project.files import Checkout
from dlcards.roundtrip.base import Version, Versions, is_exact, is_exported, nearest
from dlcards.roundtrip.canonical import canonical
from dlcards.roundtrip.carry import Target
from dlcards.roundtrip.edit import FieldEdit, edits, filled
from dlcards.roundtrip.held import Held
from dlcards.roundtrip.merge import first_change
from dlcards.roundtrip.places import place_of
from dlcards.roundtrip.trial import Rendering, Workbench
from dlcards.roundtrip.written import Style, written


class Present(NamedTuple):
    """What the documents make today.

    Attributes:
        bench: What it takes to make cards.
        checkout: The project's files.
        documents: The documents, by what the lock calls them.
        cards: The notes, by their GUIDs.
        rows: The lock's rows, as it would be written, by their GUIDs.
        exported: The lock's rows as they are: what the last export made.
    """

    bench: Workbench
    checkout: Checkout
    documents: Mapping[str, Document]
    cards: Mapping[str, IdentifiedCard]
    rows: Mapping[str, Row]
    exported: Mapping[str, Row] = MappingProxyType({})

    def version(self, guid: str) -> Version | None:
        """A note as the documents make it today; None for one that they do not make."""
        found = self.cards.get(guid)
        if found is None:
            return None
        source = found.card.fields.get("Source") or found.source
        return Version(
            {**found.card.fields, "Source": source}, found.mod, month_of(found.mod), self.exported.get(guid)
        )


@dataclass(frozen=True, eq=False)
class Edit:
    """What a learner has changed of a note.

    Attributes:
        learner: Whose it is: the name of what they hold.
        guid: The note's GUID.
        kind: Its kind.
        id: Its question's id.
        question: Its words.
        document: Its document's path from the root.
        line: The line, from 1, in which its question stands, or what was changed; 0 where that is not known.
        fields: The fields that say something else than before.
        target: The note among those of its document; None for one that the documents do not make.
        media: Gives the bytes of a picture that the learner has.
        is_sure: Whether that version is to the letter what was exported.
    """

    learner: str
    guid: str
    kind: Kind
    id: str
    question: str
    document: PurePosixPath
    line: int
    fields: tuple[FieldEdit, ...]
    target: Target | None
    media: Callable[[str], bytes | None]
    is_sure: bool = True


class Reader:
    """Finds what learners have changed.

    Args:
        present: What the documents make today.
        earlier: Earlier versions of the notes.
    """

    def __init__(self, present: Present, earlier: Versions) -> None:
        self._present = present
        self._earlier = earlier
        self._renderings: dict[tuple[str, int], Rendering | Text] = {}

    def edit(self, held: Held, note: PackageNote) -> Edit | None:
        """What a learner has changed of a note; None for nothing."""
        present = self._present.version(note.guid)
        is_same = present is not None and not edits(note, present)
        # An older note that says what the documents say is an edit that they have already.
        if present and is_same and note.mod >= present.mod:
            return None
        row = self._present.rows[note.guid]
        found = self._present.cards.get(note.guid)
        if is_exported(note, self._earlier.hashes(note.guid), found.card.tags if found else ()):
            return None
        versions = [version for version in (present, *self._earlier.of(note.guid)) if version]
        base = nearest(note, versions)
        changed = edits(note, base) if base else []
        if not changed and (base or is_same):
            return None
        made = Edit(
            held.name,
            note.guid,
            _kind(row.kind),
            row.id,
            row.question,
            self._present.bench.config.from_home(row.document),
            0,
            tuple(changed),
            None,
            held.media,
            base is None or is_exact(note, base),
        )
        return self._located(made, found)

    def line_of(self, guid: str) -> int:
        """The line of a note's question; 0 where the documents have none."""
        found = self._present.cards.get(guid)
        if found is None:
            return 0
        document = self._present.documents[found.card.document]
        pair = document.pairs[_pair_of(document, found)]
        return document.position(pair.place.start)[0]

    def _located(self, edit: Edit, found: IdentifiedCard | None) -> Edit:
        if found is None:
            return edit
        document = self._present.documents[found.card.document]
        pair = _pair_of(document, found)
        rendering = self._rendering(document, pair)
        if isinstance(rendering, Text):
            return edit
        of_kind = [card for card in rendering.cards if card.kind == found.card.kind]
        same = [card.question == found.card.question and card.answer == found.card.answer for card in of_kind]
        number = same.index(True) if True in same else 0
        target = Target(edit.kind, number, pair, self._terms.get(edit.guid, ()))
        return replace(edit, target=target, line=_line(document, rendering, target, edit.fields))

    @cached_property
    def _terms(self) -> Mapping[str, tuple[str, ...]]:
        """The terms of the blanks of clozes, and of the questions that they belong to, by their GUIDs."""
        rows = [row for row in self._present.rows.values() if row.kind == "cloze" and not row.retired]
        return {guid: row.terms for row in rows for guid in (row.parent, row.guid)}

    def _rendering(self, document: Document, pair: int) -> Rendering | Text:
        key = document.name, pair
        if key not in self._renderings:
            self._renderings[key] = self._present.bench.render(document, pair)
        return self._renderings[key]


def _kind(name: str) -> Kind:
    return "cloze" if name == "cloze" else "follow-up" if name == "follow-up" else "question"


def _pair_of(document: Document, found: IdentifiedCard) -> int:
    return next(k for k, pair in enumerate(document.pairs) if pair.span.start == found.card.order)


def _line(document: Document, rendering: Rendering, target: Target, fields: Sequence[FieldEdit]) -> int:
    """The line of the first change; that of the question where it stands in no passage."""
    for each in fields:
        passage = rendering.passages.get(place_of(target.kind, target.number, each.field))
        if passage is None:
            continue
        style = Style.of(passage.text)
        before, after = (
            written(canonical(filled(html, each.field)), style) for html in (each.base, each.learners)
        )
        lines = passage.text.count("\n", 0, first_change(before, passage.text, after))
        return document.position(passage.span.start)[0] + lines
    return document.position(document.pairs[target.pair].place.start)[0]
