"""The real Anki as an oracle: a throwaway collection that imports packages and studies cards."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anki.lang
import pytest
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

from anki.cards import Card  # isort: skip (imported first, it runs into a circle)
from anki.deck_config_pb2 import DeckConfig  # isort: skip
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition as Update  # isort: skip
from anki.scheduler.v3 import CardAnswer, Scheduler  # isort: skip

# Anki's default: a note is updated by a newer one.
IF_NEWER = Update.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER

anki.lang.set_lang("en")  # without it Anki's own messages fail


@dataclass(frozen=True)
class Imported:
    """What Anki said of an import, in numbers of notes."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


class Learner:
    """Someone with a collection of their own."""

    def __init__(self, folder: Path) -> None:
        self.col = Collection(str(folder / "collection.anki2"))
        options = self.col.decks.all_config()[0]
        options["new"]["perDay"] = options["rev"]["perDay"] = 9999  # all in one day
        self.col.decks.update_config(options)

    def import_(self, package: Path) -> Imported:
        options = ImportAnkiPackageOptions(
            merge_notetypes=False,
            update_notes=IF_NEWER,
            update_notetypes=IF_NEWER,
            with_scheduling=False,
            with_deck_configs=False,
        )
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        log = self.col.import_anki_package(request).log
        self.col.models._clear_cache()  # models.get() is stale after an import
        return Imported(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def notes(self) -> dict[str, Any]:
        """The collection's notes by GUID."""
        return {note.guid: note for note in (self.col.get_note(nid) for nid in self.col.find_notes(""))}

    def by_id(self) -> dict[str, Any]:
        """The questions' notes by their id; one that stands twice fails the test."""
        notes = [note for note in self.notes().values() if self.deck(note).endswith("::1 질문")]
        found = {note["Id"]: note for note in notes}
        assert len(found) == len(notes), "two notes with one question id"
        return found

    def deck(self, note: Any) -> str:
        """The deck of a note's first card."""
        return str(self.col.decks.name(note.cards()[0].did))

    def study(self, deck: str, cards: int) -> None:
        """Answer that many cards of a deck, or all there are, with "good", as Anki asks them.

        Anki keeps the time of an answer twice, on the card in seconds and as the number of its log entry in
        milliseconds; the number moves on where it is taken, and then its check finds the two apart. That is
        settled here, so that :meth:`complaints` says only what an import did.
        """
        scheduler = self.col.sched
        assert isinstance(scheduler, Scheduler)
        did = self.col.decks.id_for_name(deck)
        assert did is not None
        self.col.decks.select(did)
        for _ in range(cards):
            queue = scheduler.get_queued_cards(fetch_limit=1).cards
            if not queue:
                break
            card = Card(self.col, backend_card=queue[0].card)
            card.start_timer()
            scheduler.answer_card(
                scheduler.build_answer(card=card, states=queue[0].states, rating=CardAnswer.GOOD)
            )
        self.col.fix_integrity()

    def new_cards(self, deck: str) -> list[Card]:
        """A deck's new cards as Anki asks them, with the options that README names for the document's order."""
        scheduler, options = self.col.sched, self.col.decks.all_config()[0]
        assert isinstance(scheduler, Scheduler)
        options["newGatherPriority"] = DeckConfig.Config.NEW_CARD_GATHER_PRIORITY_LOWEST_POSITION
        options["newSortOrder"] = DeckConfig.Config.NEW_CARD_SORT_ORDER_NO_SORT
        self.col.decks.update_config(options)
        did = self.col.decks.id_for_name(deck)
        assert did is not None
        self.col.decks.select(did)
        queue = scheduler.get_queued_cards(fetch_limit=9999).cards
        return [Card(self.col, backend_card=each.card) for each in queue]

    def schedules(self) -> dict[tuple[str, int], tuple[int, int, int]]:
        """Type, repetitions and due time of each card, by GUID and the card's number in its note."""
        return {
            (guid, card.ord): (card.type, card.reps, card.due if card.reps else 0)
            for guid, note in self.notes().items()
            for card in note.cards()
        }

    def complaints(self) -> list[str]:
        """Everything that Anki finds wrong with the collection."""
        media = self.col.media.check()
        found = [f"missing picture {name}" for name in media.missing]
        found += [f"unused picture {name}" for name in media.unused]
        message, ok = self.col.fix_integrity()
        if not ok:
            found.append(message)
        found += [f"empty card of note {entry.note_id}" for entry in self.col.get_empty_cards().notes]
        for cid in self.col.find_cards(""):
            output = self.col.get_card(cid).render_output()
            found += [
                f"template problem on card {cid}"
                for side in (output.question_text, output.answer_text)
                if "template has a problem" in side or "{{" in side.replace("&#123;", "")
            ]
        return found

    def edit(self, query: str, field: str, change: Callable[[str], str]) -> str:
        """Change a field of the one note that a search finds, as the editor does; its GUID."""
        (nid,) = self.col.find_notes(query)
        note = self.col.get_note(nid)
        before = note[field]
        note[field] = change(before)
        assert note[field] != before, f"nothing to change in {field} of {query}: {before}"
        self.col.update_note(note)
        return str(note.guid)

    def export(self, path: Path, *, legacy: bool) -> None:
        """Write the whole collection as a package, as Anki's export dialog does."""
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy
        )
        self.col.export_anki_package(out_path=str(path), options=options, limit=None)

    def close(self) -> None:
        self.col.close()


def names_in(package: Path) -> list[str]:
    with zipfile.ZipFile(package) as archive:
        return archive.namelist()


@pytest.fixture
def learner(tmp_path: Path) -> Any:
    folder = tmp_path / "learner"
    folder.mkdir()
    someone = Learner(folder)
    yield someone
    someone.close()
