"""The notes of a collection of Anki from elsewhere: of nothing but what is said here.

Anybody may have made it. How long SQLite works and how much it hands out are bounded; only tables are asked,
no views; every value is of its type, or the collection is refused.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from dlcards.identity import LAST_SECOND
from dlcards.identity.limits import Limits, Refused
from dlcards.identity.wire import WireError, fields
from dlcards.model import CLOZE_FIELDS, QUESTION_FIELDS, lazy_compile

_FIELD_SEPARATOR = "\x1f"
_LANG = lazy_compile(r'\blang="([A-Za-z0-9-]*)"')
_NUMBER = lazy_compile(r"[0-9]{1,18}")
# Since this version of a collection's form note types stand in tables of their own.
_WITH_TABLES = 15
_FRONT = 1  # the number of a template's front in what Anki keeps of it
_LONGEST_NAME = max(map(len, (*CLOZE_FIELDS, *QUESTION_FIELDS)))
_STEPS = 10_000  # of SQLite's machine between two looks at what is left


class PackageNote(NamedTuple):
    """A note of dlcards in a package or a collection.

    Attributes:
        guid: Anki's GUID of it.
        mod: The second at which it last changed.
        tags: Its tags.
        fields: Its fields, by name.
        is_cloze: Whether it is a cloze.
        language: The language of its note type, as a lock's row has it.
        id: Anki's number of it in this collection.
    """

    guid: str
    mod: int
    tags: list[str]
    fields: Mapping[str, str]
    is_cloze: bool
    language: str
    id: int = 0


class _NoteType(NamedTuple):
    names: tuple[str, ...]
    language: str


def collection_notes(database: Path, limits: Limits) -> list[PackageNote]:
    """The notes of dlcards in the collection at ``database``, in the order of their making.

    Args:
        database: A file that nobody else writes to, of any form that Anki has had since 2.0.
        limits: How much of it is read.

    Raises:
        Refused: It is damaged, none of Anki's, or larger than ``limits``.
    """
    with _connection(database, limits) as connection:
        return list(_notes(connection, limits))


def check_tables(database: Path, limits: Limits) -> None:
    """Look that what Anki will ask a collection for are tables.

    Raises:
        Refused: They are not, or it is damaged.
    """
    with _connection(database, limits) as connection:
        for table in ("col", "notes", "cards", "revlog", "graves"):
            _require_table(connection, table, limits)


@contextmanager
def _connection(database: Path, limits: Limits) -> Iterator[sqlite3.Connection]:
    """A database in which nothing runs but what is asked."""
    try:
        address = f"{database.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.value)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            yield connection
    except (sqlite3.Error, ValueError, OverflowError) as error:  # ValueError: a name that is no UTF-8
        why = " ".join(str(error).split())[:200]
        raise Refused(f"데이터베이스가 망가졌다: {why}", f"its database is damaged: {why}") from error


def _notes(connection: sqlite3.Connection, limits: Limits) -> Iterator[PackageNote]:
    for table in ("col", "notes"):
        _require_table(connection, table, limits)
    version, models = next(_rows(connection, "SELECT ver, models FROM col LIMIT 1", limits), (0, None))
    if isinstance(version, int) and version >= _WITH_TABLES:
        kinds = _tabled_types(connection, limits)
    else:
        kinds = _note_types(models)
    if not kinds:
        return
    numbers = ", ".join(map(str, kinds))
    query = f"SELECT id, mid, guid, mod, tags, flds FROM notes WHERE mid IN ({numbers}) ORDER BY id"
    size = 0
    for count, (number, mid, *values) in enumerate(_rows(connection, query, limits), start=1):
        note = _note(number, kinds[mid], values)
        # Pages of a damaged database may lead to one another, and the same rows come again and again.
        size += sum(map(len, (note.guid, *note.tags, *note.fields.values())))
        if count > limits.notes or size > limits.database:
            raise Refused("노트가 너무 많다", "too many notes in it")
        yield note


def _note(key: Any, kind: _NoteType, values: list[Any]) -> PackageNote:
    """A note with what its row holds, each value of its type."""
    number = f"{key!r:.40}"
    guid, mod, tags, held = values
    for column, value in (("guid", guid), ("tags", tags), ("flds", held)):
        if not isinstance(value, str):
            raise Refused(f"노트 {number}의 {column}가 글이 아니다", f"{column} of note {number} is no text")
    if not guid or not isinstance(key, int) or not isinstance(mod, int) or not 0 <= mod <= LAST_SECOND:
        raise Refused(f"노트 {number}의 guid나 mod가 이상하다", f"guid or mod of note {number} can't be")
    parts = held.split(_FIELD_SEPARATOR, len(kind.names))
    if len(parts) < len(kind.names):
        raise Refused(f"노트 {number}의 필드가 모자라다", f"note {number} has not all its fields")
    named = dict(zip(kind.names, parts, strict=False))
    return PackageNote(guid, mod, tags.split(), named, kind.names == CLOZE_FIELDS, kind.language, key)


def _require_table(connection: sqlite3.Connection, name: str, limits: Limits) -> None:
    """Refuse a collection in which a name is no table of rows: views and virtual tables are programs."""
    query = f"SELECT rootpage FROM sqlite_master WHERE name = '{name}' AND type = 'table'"
    (page,) = next(_rows(connection, query, limits), (0,))
    if not isinstance(page, int) or page <= 0:
        raise Refused(f"{name} 표가 없다", f"no table {name} in its database")


def _rows(connection: sqlite3.Connection, query: str, limits: Limits) -> Iterator[tuple[Any, ...]]:
    left = limits.steps // _STEPS

    def is_too_long() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(is_too_long, _STEPS)
    yield from connection.execute(query)


def _tabled_types(connection: sqlite3.Connection, limits: Limits) -> dict[int, _NoteType]:
    """The note types of dlcards, by number, from the tables of the newer form."""
    for table in ("fields", "templates"):
        _require_table(connection, table, limits)
    names = defaultdict[int, list[str]](list)
    # Not sorted by SQLite: the names are compared by a collation that only Anki has.
    rows = _rows(connection, "SELECT ntid, ord, name FROM fields ORDER BY ntid, ord", limits)
    for count, (number, _, name) in enumerate(rows):
        if count > limits.notes:
            raise Refused("노트 유형이 너무 많다", "too many note types in it")
        if isinstance(number, int) and len(names[number]) <= len(QUESTION_FIELDS) + len(CLOZE_FIELDS):
            names[number].append(name if isinstance(name, str) and len(name) <= _LONGEST_NAME else "")
    ours = {
        number: tuple(found)
        for number, found in names.items()
        if tuple(found) in (CLOZE_FIELDS, QUESTION_FIELDS)
    }
    if not ours:
        return {}
    fronts = defaultdict[int, list[str]](list)
    numbers = ", ".join(map(str, ours))
    query = f"SELECT ntid, config FROM templates WHERE ntid IN ({numbers}) ORDER BY ntid, ord"
    for count, (number, config) in enumerate(_rows(connection, query, limits)):
        if count > limits.notes:
            raise Refused("노트 유형이 너무 많다", "too many note types in it")
        fronts[number].append(_front(config))
    return {number: _NoteType(found, _language(fronts[number])) for number, found in ours.items()}


def _front(config: Any) -> str:
    """The front of a template in what Anki keeps of it."""
    try:
        found = dict(fields(config)) if isinstance(config, bytes) else {}
    except WireError:
        return ""
    front = found.get(_FRONT)
    return front.decode("utf-8", "replace") if isinstance(front, bytes) else ""


def _note_types(models: Any) -> dict[int, _NoteType]:
    """The note types of dlcards, by number, in what the older form keeps of all of them."""
    try:
        models = json.loads(models) if isinstance(models, str) else None
    except (ValueError, RecursionError):  # numbers of thousands of digits, or nested thousands deep
        models = None
    if not isinstance(models, dict):
        raise Refused("노트 유형을 읽을 수 없다", "its note types can't be read")
    return {
        int(number): _NoteType(names, _language(_fronts(model)))
        for number, model in models.items()
        if _NUMBER.fullmatch(number) and (names := _field_names(model)) in (CLOZE_FIELDS, QUESTION_FIELDS)
    }


def _field_names(model: Any) -> tuple[Any, ...]:
    """The names of a note type's fields; none of one that is not as Anki's are, which is none of ours."""
    listed = model.get("flds") if isinstance(model, dict) else None
    if not isinstance(listed, list) or not all(isinstance(field, dict) for field in listed):
        return ()
    return tuple(field.get("name") for field in listed)


def _fronts(model: Mapping[str, Any]) -> Iterator[str]:
    """The fronts of a note type's templates."""
    templates = model.get("tmpls")
    for template in templates if isinstance(templates, list) else ():
        front = template.get("qfmt") if isinstance(template, dict) else None
        if isinstance(front, str):
            yield front


def _language(fronts: Iterator[str] | list[str]) -> str:
    """The language of a note type, as a lock's row has it."""
    for front in fronts:
        if found := _LANG.search(front):
            return "" if found[1] == "ko" else found[1]
    return ""
