"""The .apkg: genanki's database, made the same to the byte everywhere, in a plain zip."""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import genanki

from dlcards.deck.package.notetypes import NoteType, note_type, subdeck
from dlcards.identity.identify import IdentifiedCard

_PAGE_HEADER = {0x0D: 8, 0x0A: 8, 0x05: 12, 0x02: 12}  # b-tree page types and their headers' lengths


class _Model(genanki.Model):  # type: ignore[misc]
    """A note type with a ``mod`` of its own; genanki stamps all note types of a package alike."""

    def __init__(self, kind: NoteType, mod: int) -> None:
        super().__init__(
            kind.id,
            kind.name,
            fields=[dict(field) for field in kind.fields],  # genanki writes into them
            templates=[dict(template) for template in kind.templates],
            css=kind.css,
            model_type=genanki.Model.CLOZE if kind.is_cloze else genanki.Model.FRONT_BACK,
        )
        self.mod = mod

    def to_json(self, timestamp: float, deck_id: int) -> Any:
        return super().to_json(self.mod, deck_id)


class _Note(genanki.Note):  # type: ignore[misc]
    """A note with a ``mod`` of its own; genanki stamps all notes of a package alike."""

    mod = 0

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Any) -> None:
        super().write_to_db(cursor, self.mod, deck_id, id_gen)

    def _check_invalid_html_tags_in_fields(self) -> None:
        # Not needed, the fields come from a sanitizer; and its expression takes quadratic time on
        # text with "<" and no ">" (genanki 0.13.1).
        pass


def make_package(
    deck: str,
    cards: Sequence[IdentifiedCard],
    note_type_mods: Mapping[int, int],
    media: Mapping[str, bytes],
    description: str = "",
) -> bytes:
    """The bytes of the package: the same for the same input, on any machine, at any time.

    Args:
        deck: The main deck's name, ``::`` between levels.
        cards: The cards with their notes, in the order in which new ones are to be studied.
        note_type_mods: The second at which each note type last changed, by its id.
        media: The pictures by name.
        description: What Anki shows of the main deck, as HTML; empty for nothing.
    """
    decks: dict[str, genanki.Deck] = {}
    # Every learner has a deck of this name from the beginning: what it says is theirs.
    if description and deck.casefold() != "default":
        decks[deck] = genanki.Deck(_deck_id(deck), deck, description)
    models: dict[int, Any] = {}
    for due, identified in enumerate(cards, start=1):
        card = identified.card
        kind = note_type(card.kind, identified.language)
        if kind.id not in models:
            models[kind.id] = _Model(kind, note_type_mods[kind.id])
        name = f"{deck}::{subdeck(card.kind, identified.language)}"
        if name not in decks:
            decks[name] = genanki.Deck(_deck_id(name), name)
        values = field_values(identified)
        note = _Note(
            model=models[kind.id],
            fields=[values.get(str(field["name"]), "") for field in kind.fields],
            tags=list(card.tags),
            guid=identified.guid,
            due=due,
        )
        note.mod = identified.mod
        decks[name].add_note(note)
    first = min((identified.mod for identified in cards), default=0)
    database = _database(genanki.Package(list(decks.values())), first)
    return _zip(database, media)


def field_values(identified: IdentifiedCard) -> dict[str, str]:
    """The fields of a card's note by name, with the month in which it last changed, and its source."""
    fields = identified.card.fields
    source = fields.get("Source") or identified.source
    return {**fields, "Source": source, "Updated": month_of(identified.mod)}


def month_of(mod: int) -> str:
    """The month of a second since 1970, as cards show it: ``2026-11``, in UTC."""
    return datetime.fromtimestamp(mod, UTC).strftime("%Y-%m")


def _deck_id(name: str) -> int:
    # Anki finds decks by name; the id must only be the same each time, and no other deck's.
    return 1_700_000_000_000 + zlib.crc32(name.encode())


def _database(package: Any, first: int) -> bytes:
    """Genanki's SQLite database, without the traces of machine, time and SQLite's version."""
    with tempfile.TemporaryDirectory(prefix="dlcards-") as folder:
        path = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA secure_delete = ON")
            package.write_to_db(connection.cursor(), first, itertools.count(max(first, 1) * 1000))
            # genanki writes a note type once for each deck, under one key that JSON then holds twice.
            (models,) = connection.execute("SELECT models FROM col").fetchone()
            connection.execute("UPDATE col SET models = ?", (json.dumps(json.loads(models)),))
            connection.commit()
            connection.execute("VACUUM")
        finally:
            connection.close()
        return _without_residue(path.read_bytes())


def _without_residue(data: bytes) -> bytes:
    """Zero what SQLite leaves undefined: its version's number and the gaps inside b-tree pages.

    Offsets are those of https://www.sqlite.org/fileformat2.html.
    """
    image = bytearray(data)
    (size,) = struct.unpack_from(">H", image, 16)
    size = 65536 if size == 1 else size
    image[96:100] = bytes(4)  # SQLITE_VERSION_NUMBER of the writer
    for page in range(0, len(image), size):
        header = page + (100 if page == 0 else 0)
        length = _PAGE_HEADER.get(image[header])
        if length is None:
            continue  # an overflow page: its rest is zeroed by secure_delete
        (cells,) = struct.unpack_from(">H", image, header + 3)
        (content,) = struct.unpack_from(">H", image, header + 5)
        start, end = header + length + 2 * cells, page + (content or 65536)
        image[start:end] = bytes(end - start)
    return bytes(image)


def _zip(database: bytes, media: Mapping[str, bytes]) -> bytes:
    names = sorted(media)
    index = json.dumps({str(number): name for number, name in enumerate(names)})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, "collection.anki2", database)
        _add(archive, "media", index.encode())
        for number, name in enumerate(names):
            _add(archive, str(number), media[name])
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    # The earliest time that a zip can hold, Unix, and plain permissions: not this machine's.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system = 3
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
