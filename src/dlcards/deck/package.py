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
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import genanki

from dlcards.deck.identity import IdentifiedCard
from dlcards.deck.notetypes import NoteType

_PAGE_HEADER = {0x0D: 8, 0x0A: 8, 0x05: 12, 0x02: 12}  # b-tree page types and their headers' lengths


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
    note_type: NoteType,
    note_type_mod: int,
    media: dict[str, bytes],
) -> bytes:
    """The bytes of the package: the same for the same input, on any machine, at any time.

    Args:
        deck: The main deck's name, ``::`` between levels.
        cards: The cards with their notes, in the order in which new ones are to be studied.
        note_type: Their note type.
        note_type_mod: The second at which the note type last changed.
        media: The pictures by name.
    """
    model = genanki.Model(
        note_type.id,
        note_type.name,
        fields=list(note_type.fields),
        templates=list(note_type.templates),
        css=note_type.css,
    )
    name = f"{deck}::{note_type.subdeck}"
    # Anki finds decks by name; the id must only be the same each time, and no other deck's.
    subdeck = genanki.Deck(1_700_000_000_000 + zlib.crc32(name.encode()), name)
    for due, identified in enumerate(cards, start=1):
        card = identified.card
        updated = datetime.fromtimestamp(identified.mod, UTC).strftime("%Y-%m")
        values = {**card.fields, "Updated": updated}
        note = _Note(
            model=model,
            fields=[values.get(str(field["name"]), "") for field in note_type.fields],
            tags=list(card.tags),
            guid=identified.guid,
            due=due,
        )
        note.mod = identified.mod
        subdeck.add_note(note)
    first = min((identified.mod for identified in cards), default=note_type_mod)
    database = _database(genanki.Package([subdeck]), note_type_mod, first * 1000)
    return _zip(database, media)


def _database(package: Any, timestamp: int, first_id: int) -> bytes:
    """Genanki's SQLite database, without the traces of machine, time and SQLite's version."""
    with tempfile.TemporaryDirectory(prefix="dlcards-") as folder:
        path = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA secure_delete = ON")
            package.write_to_db(connection.cursor(), timestamp, itertools.count(first_id))
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


def _zip(database: bytes, media: dict[str, bytes]) -> bytes:
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
