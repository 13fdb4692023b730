"""A lock from an earlier package, for when ``deck.lock`` is lost: the GUIDs live on in every .apkg."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from dlcards.identity.identify import content_hash, old_tag
from dlcards.identity.lock import Lock, Row, order
from dlcards.identity.matching import Key, match
from dlcards.model import CLOZE_FIELDS, QUESTION_FIELDS, InputError, Text, lazy_compile, tag_of

_FIELD_SEPARATOR = "\x1f"
_CLOZE = lazy_compile(r"\{\{c(\d+)::(.*?)\}\}", re.DOTALL)
_LANG = lazy_compile(r'\blang="([A-Za-z0-9-]*)"')
_MAX_DATABASE = 1 << 30  # bytes; a package's database is unpacked on disk


class AdoptError(InputError):
    """A package whose notes can't be adopted; ``message`` says why and what to do."""


def read_package(path: Path, documents: Iterable[str]) -> Lock:
    """The lock that an export would have written with the package at ``path``.

    The package may be one of dlcards, or what Anki exports from a collection that one was imported into,
    with "Support older Anki versions" ticked.

    Args:
        path: The .apkg.
        documents: The names of the documents that its questions may stand in; a note's tag names it.

    Raises:
        AdoptError: There is no such file, it is no package, or no notes of dlcards are in it.
    """
    names = {tag_of(name): name for name in documents}
    names |= {old_tag(name, ""): name for name in names.values()}
    rows = list(_rows(path, names))
    if not rows:
        raise AdoptError(Text(f"{path}: dlcards의 노트가 없다", f"{path}: no notes of dlcards in it"))
    # By the parent's words, too: two documents of one name, or unknown ones, share their ids.
    notes = {(row.id, row.question): row.guid for row, _ in rows if row.kind == "question"}
    linked = [
        row if row.kind == "question" else replace(row, parent=notes.get((row.id, asked), ""))
        for row, asked in rows
    ]
    return Lock(tuple(sorted(linked, key=order)))


def adopt(lock: Lock, package: Lock) -> Lock:
    """``lock`` with the rows of ``package`` whose notes it doesn't know."""
    known = {row.guid for row in lock.rows}
    new = [row for row in package.rows if row.guid not in known]
    keys = [Key(row.kind, row.document, row.id, row.question) for row in new if row.kind == "question"]
    # Learners have the package's notes: a row of ours for the same question gives way.
    given_way = {row.guid for row in match(keys, lock.rows).rows.values()}
    ours = [
        replace(row, retired=True, answer="") if {row.guid, row.parent} & given_way else row
        for row in lock.rows
    ]
    rows = [*ours, *new]
    return Lock(tuple(sorted(rows, key=order)), lock.note_types)


def _rows(path: Path, documents: Mapping[str, str]) -> Iterator[tuple[Row, str]]:
    with tempfile.TemporaryDirectory(prefix="dlcards-") as folder:
        database = Path(folder) / "collection.anki2"
        database.write_bytes(_database(path))
        connection = sqlite3.connect(database)
        try:
            (models,) = connection.execute("SELECT models FROM col").fetchone()
            models = {int(number): model for number, model in json.loads(models).items()}
            fields = {
                number: tuple(field["name"] for field in model["flds"]) for number, model in models.items()
            }
            languages = {number: _language(model) for number, model in models.items()}
            query = "SELECT guid, mid, mod, tags, flds FROM notes ORDER BY id"
            for guid, model, mod, tags, values in connection.execute(query):
                schema = fields.get(model, ())
                note = dict(zip(schema, values.split(_FIELD_SEPARATOR), strict=False))
                row = _row(guid, mod, schema, note, tags.split(), documents)
                if row is not None:
                    yield replace(row, language=languages[model]), _plain(note["Context"])
        except (sqlite3.Error, KeyError, TypeError, ValueError) as error:
            raise AdoptError(_unreadable(path, str(error))) from error
        finally:
            connection.close()


def _language(model: Mapping[str, Any]) -> str:
    """The language of a note type, as a lock's row has it."""
    said = next((found[1] for t in model["tmpls"] if (found := _LANG.search(t["qfmt"]))), "")
    return "" if said == "ko" else said


def _row(
    guid: str,
    mod: int,
    schema: tuple[str, ...],
    note: Mapping[str, str],
    tags: list[str],
    documents: Mapping[str, str],
) -> Row | None:
    """The lock's row of a note; None for a note of another note type."""
    # The longest tag that is one of a document: a README's folder holds other documents.
    known = (
        tag
        for tag in sorted(documents, key=len, reverse=True)
        if any(t == tag or t.startswith(f"{tag}::") for t in tags)
    )
    document = documents.get(next(known, ""), "")
    content = content_hash({name: value for name, value in note.items() if name != "Updated"}, tags)
    if schema == CLOZE_FIELDS:
        found = {
            int(number): _plain(term.partition("::")[0]) for number, term in _CLOZE.findall(note["Text"])
        }
        terms = tuple(found.get(number, "") for number in range(1, max(found, default=0) + 1))
        question = _plain(note["Context"])
        return Row(guid, "cloze", document, note["Id"], question, content, mod, terms=terms)
    if schema != QUESTION_FIELDS:
        return None
    # Follow-ups share the questions' note type; a question has an answer below its summary.
    kind = "question" if note["Answer"] else "follow-up"
    return Row(guid, kind, document, note["Id"], _plain(note["Question"]), content, mod)


def _database(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            names = archive.namelist()
            if "collection.anki21b" in names:
                raise AdoptError(
                    Text(
                        f"{path}: 새 형식의 패키지다. Anki에서 '이전 Anki 버전 지원'을 켜고 내보낸다",
                        f"{path}: a package of the new format; export it from Anki with "
                        '"Support older Anki versions"',
                    )
                )
            name = next(name for name in ("collection.anki21", "collection.anki2") if name in names)
            if archive.getinfo(name).file_size > _MAX_DATABASE:
                raise AdoptError(_unreadable(path, "too large"))
            return archive.read(name)
    except OSError as error:
        raise AdoptError(_unreadable(path, error.strerror or str(error))) from error
    except (zipfile.BadZipFile, StopIteration) as error:
        raise AdoptError(_unreadable(path, "no .apkg")) from error


def _unreadable(path: Path, why: str) -> Text:
    return Text(f"{path}: 패키지를 읽을 수 없다({why})", f"{path}: the package can't be read ({why})")


def _plain(html: str) -> str:
    # Without the word joiners that hold particles to their word.
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).replace("\u2060", "").split())
