"""The notes of an .apkg that comes from elsewhere: read within limits, and of nothing but what is said here.

Anybody may have made the package. What is unpacked, how long SQLite works and how much it hands out are
bounded; only tables are asked, no views; every value is of its type, or the package is refused.
"""

from __future__ import annotations

import io
import json
import lzma
import sqlite3
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from dlcards.identity import LAST_SECOND
from dlcards.model import CLOZE_FIELDS, QUESTION_FIELDS, InputError, Text, lazy_compile, system_reason

_FIELD_SEPARATOR = "\x1f"
_LANG = lazy_compile(r'\blang="([A-Za-z0-9-]*)"')
_NUMBER = lazy_compile(r"[0-9]{1,18}")
# Newest first, as Anki looks for them. Beside one of the new form an old one only says that it is new.
_COLLECTIONS = ("collection.anki21", "collection.anki2")
_NEW_COLLECTION = "collection.anki21b"
_TABLES = ("col", "notes", "cards", "revlog", "graves")
_NEW_FORM = Text(
    "새 형식의 패키지다. Anki에서 '이전 Anki 버전 지원'을 켜고 내보낸다",
    'a package of the new format; export it from Anki with "Support older Anki versions"',
)
_CHUNK = 1 << 20
_STEPS = 10_000  # of SQLite's machine between two looks at what is left
# What zipfile raises of files that are no archive, or a damaged one.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    OverflowError,
    struct.error,
    OSError,
)


class PackageError(InputError):
    """A package whose notes can't be had; ``message`` says why and what to do."""


class Limits(NamedTuple):
    """How much of a package is read.

    Attributes:
        listing: Bytes of the archive's list of files.
        whole: Bytes of all its files, unpacked.
        database: Bytes of the unpacked database.
        value: Bytes of any value in it: a note's fields, all note types.
        notes: How many notes.
        steps: How many steps SQLite's machine makes for one query; some ten a note.
    """

    listing: int = 8 << 20
    whole: int = 8 << 30
    database: int = 1 << 30
    value: int = 16 << 20
    notes: int = 500_000
    steps: int = 50_000_000


class PackageNote(NamedTuple):
    """A note of dlcards in a package.

    Attributes:
        guid: Anki's GUID of it.
        mod: The second at which it last changed.
        tags: Its tags.
        fields: Its fields, by name.
        is_cloze: Whether it is a cloze.
        language: The language of its note type, as a lock's row has it.
    """

    guid: str
    mod: int
    tags: list[str]
    fields: Mapping[str, str]
    is_cloze: bool
    language: str


class _NoteType(NamedTuple):
    names: tuple[str, ...]
    language: str


class _Refused(Exception):
    """Why a package is refused, in both languages, for whoever knows its name."""

    def __init__(self, ko: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(ko, en)


def package_notes(path: Path, limits: Limits | None = None) -> list[PackageNote]:
    """The notes of dlcards in the package at ``path``, in the order of their making.

    Raises:
        PackageError: There is no such file, it is no package, it is damaged, or larger than ``limits``.
    """
    limits = limits or Limits()
    with _collection(path, limits) as connection:
        if connection is None:
            raise PackageError(_unreadable(path, _NEW_FORM))
        return list(_notes(connection, limits))


def check_package(path: Path, limits: Limits | None = None) -> None:
    """Look whether the package at ``path`` may be given to Anki, which reads it without such limits.

    A collection of the new form is not unpacked here, and left to Anki.

    Raises:
        PackageError: There is no such file, it is no package, it is damaged, or larger than ``limits``.
    """
    limits = limits or Limits()
    with _collection(path, limits) as connection:
        for table in _TABLES if connection else ():
            assert connection is not None
            _require_table(connection, table, limits)


@contextmanager
def _collection(path: Path, limits: Limits) -> Iterator[sqlite3.Connection | None]:
    """The database in a package, in which nothing runs but what is asked; None for one of the new form."""
    try:
        with tempfile.TemporaryDirectory(prefix="dlcards-") as folder:
            database = Path(folder) / "collection.anki2"
            if not _unpack(path, database, limits):
                yield None
                return
            address = f"{database.as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(address, uri=True)) as connection:
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA cell_size_check = ON")
                connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.value)
                connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
                yield connection
    except _Refused as error:
        raise PackageError(_unreadable(path, error.text)) from error
    except (sqlite3.Error, ValueError, OverflowError) as error:  # ValueError: a name that is no UTF-8
        why = " ".join(str(error).split())[:200]
        said = Text(f"데이터베이스가 망가졌다: {why}", f"its database is damaged: {why}")
        raise PackageError(_unreadable(path, said)) from error


def _unreadable(path: Path, why: Text) -> Text:
    return Text(
        f"{path}: 패키지를 읽을 수 없다({why.ko}). Anki나 dlcards가 내보낸 .apkg를 준다",
        f"{path}: the package can't be read ({why.en}); give an .apkg that Anki or dlcards has exported",
    )


def _unpack(path: Path, target: Path, limits: Limits) -> bool:
    """Write the collection in a package to a file; False for one of the new form."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _Refused("보통 파일이 아니다", "no regular file")
        file = path.open("rb")
    except (OSError, ValueError) as error:  # not there, or a name that can't be
        raise _Refused(*system_reason(error)) from error
    with file, _Sparing(file, max(limits.listing, _CHUNK)) as sparing:
        try:
            with zipfile.ZipFile(sparing) as archive:
                return _unpack_collection(archive, target, limits)
        except _DAMAGED as error:
            why = " ".join(str(error).split())[:200]
            ko, en = f".apkg가 아니거나 망가졌다: {why}", f"no .apkg, or a damaged one: {why}"
            raise _Refused(ko, en) from error


class _Sparing(io.RawIOBase):
    """A file that hands out no more than so much at once: an archive's list of files is read in one piece."""

    def __init__(self, file: io.BufferedReader, most: int) -> None:
        self._file = file
        self._most = most

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise _Refused("파일이 너무 많이 들어 있다", "too many files in it")
        return self._file.read(self._most if size < 0 else size)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def _unpack_collection(archive: zipfile.ZipFile, target: Path, limits: Limits) -> bool:
    names = archive.namelist()
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise _Refused("암호가 걸려 있다", "it is protected by a password")
    if sum(entry.file_size for entry in archive.infolist()) > limits.whole:
        raise _Refused("너무 크다", "too large")
    if _NEW_COLLECTION in names:
        return False
    name = next((name for name in _COLLECTIONS if name in names), None)
    if name is None:
        raise _Refused("컬렉션이 없다", "no .apkg: it holds no collection")
    if names.count(name) > 1:
        raise _Refused(f"{name}이 둘이다", f"it holds {name} twice")
    entry = archive.getinfo(name)
    if entry.file_size > limits.database:
        raise _Refused("너무 크다", "too large")
    with archive.open(entry) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            file.write(chunk)
    return True


def _notes(connection: sqlite3.Connection, limits: Limits) -> Iterator[PackageNote]:
    for table in ("col", "notes"):
        _require_table(connection, table, limits)
    kinds = _note_types(next(_rows(connection, "SELECT models FROM col LIMIT 1", limits), ()))
    if not kinds:
        return
    numbers = ", ".join(map(str, kinds))
    query = f"SELECT id, mid, guid, mod, tags, flds FROM notes WHERE mid IN ({numbers}) ORDER BY id"
    size = 0
    for count, (number, mid, *values) in enumerate(_rows(connection, query, limits), start=1):
        note = _note(f"{number!r:.40}", kinds[mid], values)
        # Pages of a damaged database may lead to one another, and the same rows come again and again.
        size += sum(map(len, (note.guid, *note.tags, *note.fields.values())))
        if count > limits.notes or size > limits.database:
            raise _Refused("노트가 너무 많다", "too many notes in it")
        yield note


def _note(number: str, kind: _NoteType, values: list[Any]) -> PackageNote:
    """A note with what its row holds, each value of its type."""
    guid, mod, tags, fields = values
    for column, value in (("guid", guid), ("tags", tags), ("flds", fields)):
        if not isinstance(value, str):
            raise _Refused(f"노트 {number}의 {column}가 글이 아니다", f"{column} of note {number} is no text")
    if not guid or not isinstance(mod, int) or not 0 <= mod <= LAST_SECOND:
        raise _Refused(f"노트 {number}의 guid나 mod가 이상하다", f"guid or mod of note {number} can't be")
    parts = fields.split(_FIELD_SEPARATOR, len(kind.names))
    if len(parts) < len(kind.names):
        raise _Refused(f"노트 {number}의 필드가 모자라다", f"note {number} has not all its fields")
    named = dict(zip(kind.names, parts, strict=False))
    return PackageNote(guid, mod, tags.split(), named, kind.names == CLOZE_FIELDS, kind.language)


def _require_table(connection: sqlite3.Connection, name: str, limits: Limits) -> None:
    """Refuse a package in which a name is no table of rows: views and virtual tables are programs."""
    query = f"SELECT rootpage FROM sqlite_master WHERE name = '{name}' AND type = 'table'"
    (page,) = next(_rows(connection, query, limits), (0,))
    if not isinstance(page, int) or page <= 0:
        raise _Refused(f"{name} 표가 없다", f"no table {name} in its database")


def _rows(connection: sqlite3.Connection, query: str, limits: Limits) -> Iterator[tuple[Any, ...]]:
    left = limits.steps // _STEPS

    def is_too_long() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(is_too_long, _STEPS)
    yield from connection.execute(query)


def _note_types(row: tuple[Any, ...]) -> dict[int, _NoteType]:
    """Those of dlcards, by number, in what Anki keeps of all note types."""
    try:
        models = json.loads(row[0]) if row and isinstance(row[0], str) else None
    except (ValueError, RecursionError):  # numbers of thousands of digits, or nested thousands deep
        models = None
    if not isinstance(models, dict):
        raise _Refused("노트 유형을 읽을 수 없다", "its note types can't be read")
    return {
        int(number): _NoteType(names, _language(model))
        for number, model in models.items()
        if _NUMBER.fullmatch(number) and (names := _field_names(model)) in (CLOZE_FIELDS, QUESTION_FIELDS)
    }


def _field_names(model: Any) -> tuple[Any, ...]:
    """The names of a note type's fields; none of one that is not as Anki's are, which is none of ours."""
    fields = model.get("flds") if isinstance(model, dict) else None
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        return ()
    return tuple(field.get("name") for field in fields)


def _language(model: Mapping[str, Any]) -> str:
    """The language of a note type, as a lock's row has it."""
    templates = model.get("tmpls")
    for template in templates if isinstance(templates, list) else ():
        front = template.get("qfmt") if isinstance(template, dict) else None
        if isinstance(front, str) and (found := _LANG.search(front)):
            return "" if found[1] == "ko" else found[1]
    return ""
