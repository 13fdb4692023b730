"""Decks for other programs than Anki's package import: CSV for its text import, JSON for all else.

Both name pictures as the package does; the files themselves go beside them, flat in one folder.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from dlcards.deck.package.apkg import field_values
from dlcards.deck.package.notetypes import note_type, subdeck
from dlcards.identity.identify import IdentifiedCard
from dlcards.model import CLOZE_FIELDS, QUESTION_FIELDS, json_of

FORMATS = ("apkg", "csv", "json")
_JSON_VERSION = 1
_COLUMNS = ("GUID", "Note type", "Deck", "Tags")


def as_csv(deck: str, cards: Sequence[IdentifiedCard]) -> bytes:
    """A text file for Anki's import (2.1.55 and later), with the headers that make it need no settings.

    Anki takes fields by position, and only of note types that the collection has already.
    https://docs.ankiweb.net/importing/text-files.html#file-headers

    Args:
        deck: The main deck's name, ``::`` between levels.
        cards: The cards with their notes, in the order in which new ones are to be studied.
    """
    out = io.StringIO(newline="")
    # Everything in quotes: else a GUID that begins with "#" would be a comment.
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    fields = ["/".join(dict.fromkeys(filter(None, names))) for names in _fields_by_position()]
    # Names of columns go without quotes; Anki would take these for a part of them.
    out.write("#separator:Comma\n#html:true\n")
    out.write(f"#columns:{','.join((*_COLUMNS, *fields))}\n")
    out.write("#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:4\n")
    for identified in cards:
        card, values = identified.card, field_values(identified)
        kind = note_type(card.kind, identified.language)
        row = [values.get(str(field["name"]), "") for field in kind.fields]
        row += [""] * (len(fields) - len(row))
        name = f"{deck}::{subdeck(card.kind, identified.language)}"
        writer.writerow([identified.guid, kind.name, name, " ".join(card.tags), *row])
    return out.getvalue().encode("utf-8")


def as_json(
    deck: str,
    cards: Sequence[IdentifiedCard],
    language: str,
    pictures: Mapping[str, bytes],
    description: str = "",
) -> bytes:
    """All notes with their note types; docs/export-json.md says what each key means.

    Args:
        deck: The main deck's name, ``::`` between levels.
        cards: The cards with their notes, in the order in which new ones are to be studied.
        language: The language of the deck as a whole.
        pictures: The pictures by the names that the fields use.
        description: What Anki shows of the main deck, as HTML.
    """
    kinds = {kind.id: kind for kind in (note_type(entry.card.kind, entry.language) for entry in cards)}
    content = {
        "version": _JSON_VERSION,
        "deck": deck,
        "description": description,
        "language": language,
        "note_types": [
            {
                "id": kind.id,
                "name": kind.name,
                "cloze": kind.is_cloze,
                "fields": [field["name"] for field in kind.fields],
                "templates": [
                    {"name": template["name"], "front": template["qfmt"], "back": template["afmt"]}
                    for template in kind.templates
                ],
                "css": kind.css,
            }
            for kind in kinds.values()
        ],
        "notes": [_note(deck, identified) for identified in cards],
        "media": [
            {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(pictures.items())
        ],
    }
    return (json_of(content, indent=1) + "\n").encode("utf-8")


def _note(deck: str, identified: IdentifiedCard) -> dict[str, object]:
    card, values = identified.card, field_values(identified)
    kind = note_type(card.kind, identified.language)
    return {
        "guid": identified.guid,
        "kind": card.kind,
        "document": card.document,
        "id": card.id,
        "question": card.question,
        "note_type": kind.id,
        "deck": f"{deck}::{subdeck(card.kind, identified.language)}",
        "tags": list(card.tags),
        "modified": identified.mod,
        "fields": {str(field["name"]): values.get(str(field["name"]), "") for field in kind.fields},
        "terms": list(card.terms),
    }


def _fields_by_position() -> list[tuple[str | None, ...]]:
    """What the fields of all note types are called, first fields first."""
    return list(zip_longest(QUESTION_FIELDS, CLOZE_FIELDS))
