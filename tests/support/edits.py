"""Packages as a learner would export them after editing notes of ours."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.packages import entries, packed, with_connection


class Edited(NamedTuple):
    """What is other in a note than it was.

    Attributes:
        fields: The HTML of fields by their names.
        tags: All its tags; None for those that it had.
    """

    fields: Mapping[str, str]
    tags: Sequence[str] | None = None


def edited(
    package: bytes, notes: Mapping[str, Edited], folder: Path, media: Mapping[str, bytes] | None = None
) -> bytes:
    """A package after edits: the notes by their GUIDs, and files that came into the collection's media."""

    def edit(connection: sqlite3.Connection) -> None:
        (models,) = connection.execute("SELECT models FROM col").fetchone()
        names = {
            int(mid): [field["name"] for field in model["flds"]] for mid, model in json.loads(models).items()
        }
        rows = connection.execute("SELECT id, guid, mid, flds, tags FROM notes").fetchall()
        for nid, guid, mid, flds, tags in rows:
            if guid not in notes:
                continue
            texts = {**dict(zip(names[mid], flds.split("\x1f"), strict=True)), **notes[guid].fields}
            if notes[guid].tags is not None:
                tags = f" {' '.join(notes[guid].tags or ())} "
            values = ("\x1f".join(texts[name] for name in names[mid]), tags, nid)
            connection.execute("UPDATE notes SET flds = ?, tags = ?, mod = mod + 1000 WHERE id = ?", values)

    files = entries(with_connection(edit)(package, folder))
    listed = json.loads(files["media"])
    for name, data in (media or {}).items():
        number = str(len(listed))
        listed[number] = name
        files[number] = data
    return packed({**files, "media": json.dumps(listed).encode()})
