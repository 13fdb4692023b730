"""A learner with the real Anki and a collection of their own, for a rehearsal.

The only module that imports ``anki``, which is no requirement of ours but the extra ``dlcards[anki]``:
import this one only where a rehearsal is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import anki.lang
from anki.buildinfo import version as anki_version
from anki.collection import Collection, ImportAnkiPackageRequest

from dlcards.model import lazy_compile

from anki.errors import AnkiException, TemplateError  # isort: skip (imported first, it runs into a circle)
from anki.notes import Note, NoteId  # isort: skip
from anki.utils import strip_html, strip_html_media  # isort: skip

__all__ = ["DeckCount", "Imported", "Learner", "LearnerError", "Note", "anki_version", "new_learner"]

# The field that a card asks with, by which a learner knows it: of questions and of clozes.
_ASKING = ("Question", "Text")
_CLOZE = lazy_compile(r"\{\{c\d+::(.*?)(?:::[^{}]*?)?\}\}", re.DOTALL)


class LearnerError(Exception):
    """What Anki can't do, in its own words: a line of plain text in the language asked for."""


class DeckCount(NamedTuple):
    """How many notes and cards a deck has."""

    name: str
    notes: int
    cards: int


class Imported(NamedTuple):
    """What Anki did with the notes of a package, by their numbers.

    Attributes:
        new: Notes that it added.
        updated: Notes that it replaced.
        unchanged: Notes that it left, as the package's are not newer.
        conflicting: Notes that it refused, as their note types differ; numbers of the package's notes.
    """

    new: tuple[int, ...]
    updated: tuple[int, ...]
    unchanged: tuple[int, ...]
    conflicting: tuple[int, ...]


@contextmanager
def new_learner(folder: Path, language: str) -> Iterator[Learner]:
    """Someone whose collection is empty.

    Args:
        folder: Where to put the collection; must not exist.
        language: The language of Anki's messages.
    """
    anki.lang.set_lang(language)
    folder.mkdir()
    col = Collection(str(folder / "collection.anki2"))
    try:
        yield Learner(col)
    finally:
        col.close()


class Learner:
    """A collection, and what its owner can do with it."""

    def __init__(self, col: Collection) -> None:
        self._col = col

    def import_(self, package: Path) -> Imported:
        """Import a package with Anki's default options.

        Raises:
            LearnerError: Anki can't.
        """
        options = self._col._backend.get_import_anki_package_presets()
        request = ImportAnkiPackageRequest(package_path=str(package.absolute()), options=options)
        try:
            log = self._col.import_anki_package(request).log
        except AnkiException as error:
            raise LearnerError(_plain(str(error))) from error
        self._col.models._clear_cache()  # stale after an import
        kinds = (log.new, log.updated, log.duplicate, log.conflicting)
        return Imported(*(tuple(note.id.nid for note in notes) for notes in kinds))

    def note(self, number: int) -> Note:
        """The note with Anki's number of it."""
        return self._col.get_note(NoteId(number))

    def notes(self) -> dict[str, Note]:
        """The notes by GUID, in the order of their making."""
        return {note.guid: note for note in map(self._col.get_note, sorted(self._col.find_notes("")))}

    def find(self, search: str) -> set[int]:
        """The numbers of the notes that a search finds."""
        return set(self._col.find_notes(search))

    def places(self) -> dict[tuple[str, int], str]:
        """The deck of each card, by its note's GUID and its template's or term's number."""
        return {
            (note.guid, card.ord): self._col.decks.name(card.did)
            for note in self.notes().values()
            for card in note.cards()
        }

    def decks(self) -> tuple[DeckCount, ...]:
        """The decks with cards in them, by name."""
        cards = self.places()
        notes = {(guid, deck) for (guid, _), deck in cards.items()}
        counts = Counter(deck for _, deck in notes)
        return tuple(
            DeckCount(deck, counts[deck], number) for deck, number in sorted(Counter(cards.values()).items())
        )

    def missing_media(self) -> dict[str, str]:
        """The pictures that notes or templates show and the collection has not, each with a note's GUID."""
        media = self._col.media
        missing = dict.fromkeys(media.check().missing, "")
        for note in self.notes().values():
            for name in media.files_in_str(note.mid, " ".join(note.fields)):
                if name in missing:
                    missing[name] = missing[name] or note.guid
        return missing

    def media(self) -> set[str]:
        """The names of the pictures in the collection."""
        return {path.name for path in Path(self._col.media.dir()).iterdir()}

    def damage(self) -> str:
        """What Anki's integrity check finds; empty for a sound collection."""
        said, ok = self._col.fix_integrity()
        return "" if ok else _plain(said)

    def empty_notes(self) -> list[int]:
        """The notes that Anki's "Empty Cards" lists."""
        return [entry.note_id for entry in self._col.get_empty_cards().notes]

    def shows_what_it_asks(self, note: Note) -> bool:
        """Whether the front of each card of a note holds its question, or its blank.

        Raises:
            LearnerError: Anki can't fill the template.
        """
        asked = strip_html_media(note[asking_field(note)]).strip()
        for card in note.cards():
            try:
                self._col._backend.render_existing_card(card_id=card.id, browser=False, partial_render=True)
            except TemplateError as error:
                raise LearnerError(_plain(str(error))) from error
            front = card.render_output().question_text
            shown = 'class="cloze"' in front if "Text" in note else asked in strip_html_media(front)
            if not asked or not shown:
                return False
        return True


def asking_field(note: Note) -> str:
    """The name of the field that a note asks with; the first one of a note type that is not ours."""
    return next((name for name in _ASKING if name in note), note.keys()[0])


def question_id(note: Note) -> str:
    """The id of a note's question; empty for a note that is not ours."""
    return note["Id"] if "Id" in note else ""  # noqa: SIM401 (Anki's notes have no get)


def words(note: Note) -> str:
    """What a note asks, without markup."""
    return _said(_CLOZE.sub(r"\1", note[asking_field(note)]))


def asked(note: Note) -> tuple[str, str, str]:
    """What makes two notes ask the same: note type, words, and the words of the question above."""
    above = _said(note["Context"]) if "Context" in note else ""
    return note_type(note), words(note), re.sub(r"^#\S+ ", "", above)


def _said(html: str) -> str:
    # Without the word joiners that hold particles to their word.
    return " ".join(strip_html(html).replace("\u2060", "").split())


def note_type(note: Note) -> str:
    """The name of a note's type."""
    kind = note.note_type()
    assert kind is not None
    return str(kind["name"])


def _plain(said: str) -> str:
    """A message of Anki's in one line, without markup and without its links to the manual."""
    text = re.sub(r"<a .*?</a>", "", anki.lang.without_unicode_isolation(said))
    return " ".join(strip_html(text.replace("<br>", " ")).split())
