"""``--adopt`` of packages that nobody should trust: a message that names the file, and no lock."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcards.identity import lock as locks
from dlcards.identity.adopt import adopt, read_package
from dlcards.identity.package import Limits, PackageError, package_notes
from tests.deck.cards.test_make import RELU
from tests.support.command import invoke, write
from tests.support.packages import (
    COLLECTION,
    Spoil,
    bomb,
    claiming,
    doubled,
    entries,
    packed,
    protected,
    with_archive,
    with_bytes,
    with_connection,
    with_files,
    with_models,
    with_notes,
    with_sql,
)

OURS = "flds[0].name"
RECURSIVE = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
COLUMNS = "i AS id, 'g' || i AS guid, {mid} AS mid, 1 AS mod, '' AS tags, '' AS flds FROM n"
BIG = 10**30


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A package of ours."""
    folder = tmp_path_factory.mktemp("good")
    write(folder, RELU)
    code, said = invoke(folder, "export", "a.md", "-o", "old.apkg")
    assert code == 0, said
    return (folder / "old.apkg").read_bytes()


def first(models: dict[str, dict[str, object]]) -> dict[str, object]:
    return next(iter(models.values()))


def in_each(key: str, value: object) -> Spoil:
    """Another value under a key of each note type."""
    return with_models(lambda models: [model.update({key: value}) for model in models.values()] and None)


def view(name: str, query: str) -> Spoil:
    return with_sql(f"DROP TABLE {name}", f"CREATE VIEW {name} AS {query}")


def no_text(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE notes SET flds = CAST(x'ff1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1fc3' AS TEXT)")


def looping(data: bytes) -> bytes:
    """A database whose pages lead to one another: each interior page's children are itself."""
    size = int.from_bytes(data[16:18], "big")
    pages = bytearray(data)
    for start in range(size, len(pages), size):
        if pages[start] == 13:
            pages[start] = 5
            pages[start + 8 : start + 12] = (start // size + 1).to_bytes(4, "big")
    return bytes(pages)


REFUSED: dict[str, Spoil] = {
    # The archive.
    "empty": with_archive(lambda data: b""),
    "text": with_archive(lambda data: b"# no package\n"),
    "half": with_archive(lambda data: data[: len(data) // 2]),
    "no end": with_archive(lambda data: data[:-22]),
    "only an end": with_archive(lambda data: data[-22:]),
    "a list of files beyond its end": with_archive(lambda data: data[:-6] + b"\xff\xff\xff\x7f" + data[-2:]),
    "a list of files of gigabytes": with_archive(lambda data: data[:-10] + b"\xff\xff\xff\xfe" + data[-6:]),
    "another password": protected,
    "no collection": with_archive(lambda data: packed({"media": b"{}"})),
    "no file at all": with_archive(lambda data: packed({})),
    "a collection elsewhere": with_archive(lambda data: packed({"x/collection.anki2": b""})),
    "a collection in a folder": with_archive(lambda data: packed({"collection.anki2/x": b""})),
    "two collections of one name": doubled(COLLECTION),
    "a collection that is empty": with_files(collection_anki2=b""),
    "a collection that is text": with_files(collection_anki2=b"nothing\n" * 4096),
    "a newer collection that is text": with_files(collection_anki21=b"nothing\n" * 4096),
    "a new collection that is no zstd": with_files(collection_anki21b=b"nothing"),
    "a new collection of zstd that is cut": with_files(collection_anki21b=b"\x28\xb5\x2f\xfd\x04\x00"),
    "a new collection that is a bomb": with_files(
        collection_anki21b=b"\x28\xb5\x2f\xfd\xa4\x00\x00\x00\x80" + b"\x02\x00\x01\x00" * 1000
    ),
    "a bomb": claiming(1 << 31),
    "a bomb that looks small": claiming(1 << 10),
    "damaged data": lambda package, folder: (lambda d: d[:200] + bytes(64) + d[264:])(
        packed(entries(package))
    ),
    "a wrong checksum": with_archive(lambda data: data.replace(b"SQLite format 3", b"SQLite format 4", 1)),
    "an unknown method": with_archive(
        lambda data: data.replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00"
        )
    ),
    "lzma": lambda package, folder: (lambda d: d[:80] + b"\xff" * 100 + d[180:])(
        packed(entries(package), zipfile.ZIP_LZMA)
    ),
    "bzip2": lambda package, folder: (lambda d: d[:80] + b"\xff" * 100 + d[180:])(
        packed(entries(package), zipfile.ZIP_BZIP2)
    ),
    # The database.
    "half of a database": with_bytes(lambda data: data[: len(data) // 2]),
    "a database of zeros": with_bytes(lambda data: data[:100] + bytes(len(data) - 100)),
    "a damaged schema": with_bytes(lambda data: data.replace(b"CREATE TABLE notes", b"CREATE TABEL notes")),
    "pages that lead to themselves": with_bytes(looping),
    "no notes table": with_sql("DROP TABLE notes"),
    "no col table": with_sql("DROP TABLE col"),
    "no col row": with_sql("DELETE FROM col"),
    "no flds column": with_sql("ALTER TABLE notes RENAME COLUMN flds TO fields"),
    "no mid column": with_sql("ALTER TABLE notes RENAME COLUMN mid TO kind"),
    "no models column": with_sql("ALTER TABLE col RENAME COLUMN models TO kinds"),
    "no notes": with_sql("DELETE FROM notes"),
    "a view of notes": with_sql(
        "ALTER TABLE notes RENAME TO other", "CREATE VIEW notes AS SELECT * FROM other"
    ),
    "a recursive view of notes": view("notes", f"{RECURSIVE} {COLUMNS.format(mid=1)}"),
    "a recursive view of col": view("col", f"{RECURSIVE} max(i) AS models FROM n"),
    "a view of a huge value": view("col", "SELECT hex(zeroblob(10000000)) AS models"),
    "a table made by a view": with_sql(
        "UPDATE sqlite_master SET type = 'view', rootpage = 0, sql = 'CREATE VIEW notes AS SELECT 1' "
        "WHERE name = 'notes'",
        writable=True,
    ),
    "notes from the root page of another table": with_sql(
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'col') "
        "WHERE name = 'notes'",
        writable=True,
    ),
    "a virtual table": with_sql(
        "DROP TABLE notes", "CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, mod, tags, flds)"
    ),
    "a computed column": with_sql(
        "DROP TABLE notes",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, mid, mod, tags, guid, "
        "flds AS (hex(zeroblob(10000000))))",
        "INSERT INTO notes (id, mid, mod, tags, guid) SELECT 1, key, 1, '', 'g' FROM col, json_each(models) LIMIT 1",
    ),
    # What it holds: the note types.
    "models of null": with_models(lambda models: "null"),
    "models of a blob": with_models(lambda models: b"{}"),
    "models of a number": with_models(lambda models: 7),
    "models of a list": with_models(lambda models: "[]"),
    "models of text": with_models(lambda models: '"models"'),
    "models cut short": with_models(lambda models: '{"1": {"flds": ['),
    "models nested deep": with_models(lambda models: "[" * 100_000),
    "models with a number of digits": with_models(lambda models: '{"1": ' + "9" * 5000 + "}"),
    "models of other keys": with_models(lambda models: {"x" + key: model for key, model in models.items()}),
    "models with a key of digits": with_models(lambda models: {"9" * 5000: first(models)}),
    "models that are null": with_models(lambda models: dict.fromkeys(models, None) or "{}"),
    "models that are lists": with_models(lambda models: {key: [] for key in models}),
    "fields of null": in_each("flds", None),
    "fields of an object": in_each("flds", {"name": "Id"}),
    "fields of numbers": in_each("flds", [1, 2, 3]),
    "fields without names": in_each("flds", [{}, {}]),
    "fields named by lists": in_each("flds", [{"name": []}]),
    "a language of markup": in_each("tmpls", [{"qfmt": '<div lang="-x">'}]),
    "a language without end": in_each("tmpls", [{"qfmt": f'<div lang="{"a" * 10_000}">'}]),
    # And the notes.
    "flds of null": with_sql(
        "ALTER TABLE notes RENAME COLUMN flds TO old", "ALTER TABLE notes ADD COLUMN flds"
    ),
    "flds of a number": with_sql(
        "ALTER TABLE notes RENAME COLUMN flds TO old", "ALTER TABLE notes ADD COLUMN flds DEFAULT 7"
    ),
    "flds of a blob": with_notes(flds=b"\x1f" * 30),
    "flds of nothing": with_notes(flds=""),
    "flds of too few": with_notes(flds="a\x1fb"),
    "flds that are no UTF-8": with_connection(no_text),
    "flds of surrogates": with_sql(
        "UPDATE notes SET flds = CAST(x'eda0801f1f1f1f1f1f1f1f1f1f1f1f1f1f1f' AS TEXT)"
    ),
    "flds of megabytes": with_sql("UPDATE notes SET flds = CAST(zeroblob(20000000) AS TEXT)"),
    "guid of a blob": with_notes(guid=b"x"),
    "guid of nothing": with_notes(guid=""),
    "guids twice": with_notes(guid="same"),
    "tags of a blob": with_notes(tags=b"x"),
    "mod of text": with_notes(mod="tomorrow"),
    "mod of a fraction": with_notes(mod=1.5),
    "mod of infinity": with_notes(mod=float("inf")),
    "mod of a blob": with_notes(mod=b"1"),
    "mod before 1970": with_notes(mod=-1),
    "mod after all years": with_notes(mod=1 << 62),
    "mod of thirty digits": with_notes(mod=str(BIG)),
    "mid of text": with_notes(mid="x"),
    "mid of a blob": with_notes(mid=b"x"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_package_that_can_not_be_is_refused_with_its_name(name: str, good: bytes, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile's, of a name that is there twice
        (tmp_path / "old.apkg").write_bytes(REFUSED[name](good, tmp_path))
    write(tmp_path, RELU)
    code, said = invoke(tmp_path, "export", "a.md", "-o", "new.apkg", "--adopt", "old.apkg")
    assert (code, said.count("\n"), said.startswith("dlcards: old.apkg: ")) == (2, 1, True), said
    assert "give an" in said
    assert not (tmp_path / "deck.lock").exists()
    assert not (tmp_path / "new.apkg").exists()


HARMLESS: dict[str, Spoil] = {
    "as it is": with_archive(lambda data: data),
    "compressed": lambda package, folder: packed(entries(package)),
    "with a comment before": with_archive(lambda data: b"#!/bin/sh\n" + data),
    "a media map of the wrong type": with_files(media=b"[1, 2]"),
    "a media map that is none": with_files(media=b"\xff\xfe"),
    "decks and configuration of wrong types": with_sql(
        "UPDATE col SET decks = 'null', conf = x'ff', dconf = 7"
    ),
    "a trigger": with_sql("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END"),
    "a view beside": with_sql(f"CREATE VIEW other AS {RECURSIVE} max(i) FROM n"),
    "a note type of nobody": with_models(lambda models: {**models, "7": {"flds": 7}, "x": None}),
    "no cards and no reviews": with_sql("DROP TABLE cards", "DROP TABLE revlog"),
    "sfld of a blob": with_notes(sfld=b"\xff", csum="x", flags="y", data=b"z"),
    "a note of another type without text": with_sql(
        "INSERT INTO notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data) "
        "VALUES (1, x'00', 1, 'x', 0, 0, x'ff', 0, 0, 0, '')"
    ),
    "a blank of three billion": with_sql(
        "UPDATE notes SET flds = replace(flds, '{{c1::', '{{c3000000000::')"
    ),
    "a blank of thousands of digits": with_sql(
        f"UPDATE notes SET flds = replace(flds, '{{{{c1::', '{{{{c{'9' * 5000}::')"
    ),
    "blanks that never end": with_connection(
        lambda c: c.execute("UPDATE notes SET flds = replace(flds, '{{c1::', ?)", ("{{c1::" * 300_000,))
    ),
    "tags that never end": with_connection(
        lambda c: c.execute("UPDATE notes SET flds = flds || ?", ("<" * 1_000_000,))
    ),
    "a character of thousands of digits": with_sql(f"UPDATE notes SET flds = flds || '&#{'9' * 5000};'"),
    "a question's number of thousands of digits": with_sql(f"UPDATE notes SET flds = '{'9' * 5000}' || flds"),
    "NUL and what does not print": with_connection(
        lambda c: c.execute("UPDATE notes SET flds = replace(flds, '?', ?)", ("?\x00\x1b[31m\u202e",))
    ),
    "a million tags": with_connection(
        lambda c: c.execute("UPDATE notes SET tags = ?", ("dlcards::a::b dlcards" + "::a" * 1_000_000,))
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_concerns_no_note_of_ours_does_no_harm(name: str, good: bytes, tmp_path: Path) -> None:
    (tmp_path / "old.apkg").write_bytes(HARMLESS[name](good, tmp_path))
    write(tmp_path, RELU)
    code, said = invoke(tmp_path, "export", "a.md", "-o", "new.apkg", "--adopt", "old.apkg")
    assert code == 0, said
    old = {note.guid for note in package_notes(tmp_path / "old.apkg")}
    rows = locks.load((tmp_path / "deck.lock").read_text(encoding="utf-8"), "deck.lock").rows
    assert old <= {row.guid for row in rows}, "no note is lost"


@pytest.mark.parametrize("name", [name for name in REFUSED if not name.startswith(("no notes", "guids"))])
def test_a_file_at_the_place_of_the_deck_stops_nothing(name: str, good: bytes, tmp_path: Path) -> None:
    # Without a lock an export looks whether the package that it replaces holds notes of learners.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        (tmp_path / "new.apkg").write_bytes(REFUSED[name](good, tmp_path))
    write(tmp_path, RELU)
    code, said = invoke(tmp_path, "export", "a.md", "-o", "new.apkg")
    assert code == 0, said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.apkg")
    (tmp_path / "folder.apkg").mkdir()
    (tmp_path / "zero.apkg").symlink_to("/dev/zero")
    (tmp_path / "loop.apkg").symlink_to("loop.apkg")
    for name in ("pipe.apkg", "folder.apkg", "zero.apkg", "loop.apkg", "a" * 300):
        with pytest.raises(PackageError, match="can't be read"):
            read_package(tmp_path / name, ["a.md"])


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(database=10_000), "too large"),
        (Limits(notes=2), "too many notes"),
        (Limits(value=2_000), "its database is damaged"),
    ],
)
def test_more_than_is_looked_at_is_refused(limits: Limits, said: str, good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "old.apkg"
    path.write_bytes(good)
    assert len(package_notes(path)) == 4
    with pytest.raises(PackageError, match=said):
        package_notes(path, limits)


def test_a_query_that_works_for_long_is_ended(good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "old.apkg"
    copy = "INSERT INTO notes SELECT ?, 'g' || ?, mid, 1, 0, tags, flds, 0, 0, 0, '' FROM notes LIMIT 1"
    more = with_connection(lambda connection: connection.executemany(copy, [(n, n) for n in range(5_000)]))
    path.write_bytes(more(good, tmp_path))
    assert len(package_notes(path)) == 5_004
    with pytest.raises(PackageError, match="its database is damaged"):
        package_notes(path, Limits(steps=20_000))


def test_a_bomb_is_not_unpacked(good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "old.apkg"
    path.write_bytes(bomb(COLLECTION, 4 << 20)(good, tmp_path))
    with pytest.raises(PackageError, match="too large"):
        package_notes(path, Limits(database=1 << 20))


def test_a_list_of_too_many_files_is_not_read(good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "old.apkg"
    path.write_bytes(packed({**entries(good), **{"x" * 200 + str(n): b"" for n in range(6_000)}}, 0))
    assert len(package_notes(path)) == 4
    with pytest.raises(PackageError, match="too many files"):
        package_notes(path, Limits(listing=1 << 10))


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_package_with_any_bytes_is_read_or_refused(
    data: st.DataObject, good: bytes, tmp_path: Path
) -> None:
    spoiled = bytearray(data.draw(st.sampled_from([good, packed(entries(good))])))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(spoiled) - 1))
        piece = data.draw(st.binary(min_size=1, max_size=8))
        spoiled[at : at + len(piece)] = piece
    path = tmp_path / "old.apkg"
    path.write_bytes(spoiled)
    with contextlib.suppress(PackageError):
        lock = read_package(path, ["a.md"])
        assert locks.load(locks.dump(lock), "deck.lock") == lock


@pytest.mark.parametrize(
    "name",
    [
        "half",
        "a bomb",
        "another password",
        "a recursive view of notes",
        "half of a database",
        "no notes table",
        "a new collection that is no zstd",
        "a new collection of zstd that is cut",
        "a new collection that is a bomb",
    ],
)
def test_anki_is_given_no_package_that_is_refused(name: str, good: bytes, tmp_path: Path) -> None:
    (tmp_path / "old.apkg").write_bytes(REFUSED[name](good, tmp_path))
    write(tmp_path, RELU)
    code, said = invoke(tmp_path, "export", "a.md", "-o", "new.apkg", "--against", "old.apkg")
    assert (code, said.startswith("dlcards: old.apkg: ")) == (2, True), said
    assert not (tmp_path / "new.apkg").exists()


@pytest.mark.parametrize(
    "name", [name for name in REFUSED if name.startswith(("models", "flds", "mod", "guid", "a new"))]
)
def test_what_anki_makes_of_a_damaged_package_is_no_traceback(name: str, good: bytes, tmp_path: Path) -> None:
    (tmp_path / "old.apkg").write_bytes(REFUSED[name](good, tmp_path))
    write(tmp_path, RELU)
    code, said = invoke(tmp_path, "export", "a.md", "-o", "new.apkg", "--against", "old.apkg")
    assert code in (0, 1, 2), said


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("{{c1::가}} {{c2::나}}", ("가", "나")),
        ("{{c2::나::힌트}}와 {{c1::<b>가</b> &amp; 다}}", ("가 & 다", "나")),
        ("{{c3::다}}", ("", "", "다")),
        ("{{c1::{{c2::나}}}}", ("{{c2",)),
        ("}} {{c1::가}} }}", ("가",)),
        ("{{c1::가", ()),
        ("{{c500::가}}", ("",) * 499 + ("가",)),
        ("{{c501::가}} {{c1::나}}", ("나",)),
        ("글이다", ()),
    ],
)
def test_the_blanks_of_a_package_keep_their_numbers(
    text: str, terms: tuple[str, ...], good: bytes, tmp_path: Path
) -> None:
    def with_text(connection: sqlite3.Connection) -> None:
        query = "SELECT id, flds FROM notes WHERE flds LIKE '%{{c1::%'"
        ((number, fields),) = connection.execute(query).fetchall()
        before = next(field for field in fields.split("\x1f") if "{{c1::" in field)
        connection.execute("UPDATE notes SET flds = ? WHERE id = ?", (fields.replace(before, text), number))

    path = tmp_path / "old.apkg"
    path.write_bytes(with_connection(with_text)(good, tmp_path))
    rows = read_package(path, ["a.md"]).rows
    (cloze,) = (row for row in rows if row.kind == "cloze")
    (asked,) = (row for row in rows if row.kind == "question")
    assert (cloze.terms, cloze.parent, cloze.document) == (terms, asked.guid, "a.md")


def test_what_is_just_within_the_limits_is_read(good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "old.apkg"
    path.write_bytes(good)
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(COLLECTION)
        whole = sum(each.file_size for each in archive.infolist())
    limits = Limits(whole=whole, database=entry.file_size, notes=4)
    assert package_notes(path, limits) == package_notes(path)
    for less in (
        limits._replace(whole=whole - 1),
        limits._replace(database=entry.file_size - 1),
        limits._replace(notes=3),
    ):
        with pytest.raises(PackageError, match=r"too large|too many notes"):
            package_notes(path, less)


def test_a_row_of_ours_for_a_question_of_the_package_gives_way_with_what_hangs_on_it() -> None:
    def row(guid: str, kind: str, parent: str = "", words: str = "배치 정규화란 무엇인가요?") -> locks.Row:
        return locks.Row(guid, kind, "a.md", "1", words, "h", 1, parent=parent, answer="0" * 12)

    ours = [row("q", "question"), row("c", "cloze", "q"), row("f", "follow-up", "q", "언제 쓰나요?")]
    other = row("o", "question", words="드롭아웃이란 무엇인가요?")
    theirs = [row("Q", "question"), row("F", "follow-up", "Q", "언제 쓰나요?")]
    lock, package = locks.Lock((*ours, other), ((1, "x", 2),)), locks.Lock(tuple(theirs))
    came = adopt(lock, package)
    assert {row.guid for row in came.rows if row.retired} == {"q", "c", "f"}
    assert {row.guid for row in came.rows} == {"q", "c", "f", "o", "Q", "F"}
    assert {row.guid for row in came.rows if row.answer} == {"o", "Q", "F"}
    assert came.note_types == lock.note_types
    assert set(adopt(lock, lock).rows) == set(adopt(lock, locks.Lock()).rows) == set(lock.rows)
    # A follow-up of the package whose words a row of ours has is no reason for that row to give way.
    assert not any(row.retired for row in adopt(lock, locks.Lock(tuple(theirs[1:]))).rows)
