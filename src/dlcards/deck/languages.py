"""Which language's note type each note has: the one that learners have it by, whatever a document says now.

Anki updates a note only by one of the same note type, and note types differ by language (their templates
hold words). So a note keeps the language that it was first exported in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dlcards.deck.package.notetypes import note_type
from dlcards.identity.lock import Lock, Row
from dlcards.model import KINDS, Config


def with_languages(lock: Lock, languages: Iterable[str]) -> Lock:
    """The lock with the language of each row's note type, also one from before rows held it.

    Such a lock's deck had one language at a time: that of the note types which changed last.

    Args:
        lock: The lock of the last export.
        languages: The languages that the deck may have had.
    """
    if any(row.language for row in lock.rows):
        return lock
    dates = {number: mod for number, _, mod in lock.note_types}
    ids = {note_type(kind, language).id: language for language in ("ko", *languages) for kind in KINDS}
    known = [
        (mod, language == "ko", language) for number, language in ids.items() if (mod := dates.get(number))
    ]
    _, is_korean, language = max(known, default=(0, True, "ko"))
    return lock if is_korean else replace(lock, rows=tuple(replace(r, language=language) for r in lock.rows))


def switched(lock: Lock, config: Config) -> Lock:
    """The lock of a deck that nobody has yet: its notes take the language that is configured now, if any."""

    def row_in(row: Row) -> Row:
        configured = config.language_for(config.from_home(row.document))
        return replace(row, language="" if configured == "ko" else configured) if configured else row

    return replace(lock, rows=tuple(map(row_in, lock.rows)))
