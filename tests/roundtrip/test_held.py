"""What a learner holds, in every form that the real Anki has for it, and in forms that nobody should trust."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcards.identity.package import Limits, PackageError, PackageNote, package_notes
from dlcards.roundtrip.held import held
from tests.deck.cards.test_make import RELU
from tests.support.anki_collection import Learner
from tests.support.command import invoke, write
from tests.support.packages import bomb, changed, entries, new_form, packed, protected, squeezed
from tests.support.pictures import PNG

PASTED = "paste-0123.jpg"
FORMS = ("old.apkg", "new.apkg", "old.colpkg", "new.colpkg", "collection.anki2")


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of what a learner holds who has mended a note, in each form."""
    folder = tmp_path_factory.mktemp("forms")
    write(folder, PNG, "a.png")
    write(folder, RELU.replace("기울기가 0이다.", "기울기가 0이다.\n\n![뜻](a.png)"))
    code, said = invoke(folder, "export", "a.md", "-o", "deck.apkg")
    assert code == 0, said
    learner = Learner(folder)
    learner.import_(folder / "deck.apkg")
    learner.col.media.write_data(PASTED, b"pasted")
    note = learner.by_id()["12-3"]
    note["Question"] = f'ReLU의 <b>문제점</b>은?<img src="{PASTED}">'
    note.add_tag("mine")
    learner.col.update_note(note)
    for form, is_old in (("old", True), ("new", False)):
        learner.export(folder / f"{form}.apkg", legacy=is_old)
        learner.col.export_collection_package(
            str(folder / f"{form}.colpkg"), include_media=True, legacy=is_old
        )
        learner.col.reopen()
    learner.close()
    return folder


def read(path: Path) -> dict[str, PackageNote]:
    with held(path) as found:
        return {note.guid: note for note in found.notes}


@pytest.mark.parametrize("name", FORMS)
def test_notes_and_media_are_the_same_in_every_form(name: str, forms: Path) -> None:
    listed = sorted(os.listdir(forms))
    with held(forms / name) as found:
        notes = {note.guid: note for note in found.notes}
        pasted = found.media(PASTED)
        kept = {file: found.media(file) for file in os.listdir(forms / "collection.media")}
        assert [found.media(other) for other in ("none.png", "", "0", "../deck.apkg", ".", "media")] == [
            None
        ] * 6
    assert found.name == str(forms / name)
    (mended,) = (note for note in notes.values() if "mine" in note.tags)
    assert mended.fields["Question"] == f'ReLU의 <b>문제점</b>은?<img src="{PASTED}">'
    assert (len(notes), pasted) == (4, b"pasted")
    assert sorted(kept.values(), key=str) == sorted([PNG, b"pasted"], key=str)
    made = {note.guid: note for note in package_notes(forms / "deck.apkg")}
    assert made.keys() == notes.keys()
    others = made.keys() - {mended.guid}
    assert [notes[guid] for guid in others] == [made[guid] for guid in others]
    assert sorted(os.listdir(forms)) == listed, "nothing is made beside it"


def test_the_language_of_note_types_is_read_from_each_form(tmp_path: Path) -> None:
    write(
        tmp_path, "## #1\n\n#### What is it?\n\n> Summary: It is **this**.\n\nAn answer in English words.\n"
    )
    code, said = invoke(tmp_path, "export", "a.md", "-o", "deck.apkg")
    assert code == 0, said
    learner = Learner(tmp_path)
    learner.import_(tmp_path / "deck.apkg")
    learner.export(tmp_path / "new.apkg", legacy=False)
    learner.close()
    for name in ("deck.apkg", "new.apkg", "collection.anki2"):
        assert {note.language for note in read(tmp_path / name).values()} == {"en"}


@pytest.mark.parametrize("inner", [FORMS[0], FORMS[1], FORMS[3]])
def test_a_package_in_a_zip_is_found(inner: str, forms: Path, tmp_path: Path) -> None:
    package = (forms / inner).read_bytes()
    (tmp_path / "renamed.zip").write_bytes(package)
    name = f"폴더/덱.{inner[-6:].lstrip('.').upper()}"
    more = {"__MACOSX/폴더/._덱.apkg": b"x", "읽어 주세요.txt": b"y", name: package}
    (tmp_path / "packed.zip").write_bytes(packed(more))
    expected = read(forms / inner)
    for path in (tmp_path / "renamed.zip", tmp_path / "packed.zip"):
        assert read(path) == expected
        with held(path) as found:
            assert found.media(PASTED) == b"pasted"


@pytest.mark.slow
def test_a_collection_that_anki_has_open_is_left_alone(forms: Path, tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes((forms / "collection.anki2").read_bytes())
    before = read(path)
    program = (
        "import sys, anki.lang; anki.lang.set_lang('en')\n"
        "from anki.collection import Collection\n"
        "col = Collection(sys.argv[1])\n"
        "print('up', flush=True)\n"
        "for line in sys.stdin:\n"
        "    col.tags.bulk_add(col.find_notes(''), line.strip())\n"
        "    print('up', flush=True)\n"
    )
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as anki:
        assert anki.stdin is not None
        assert anki.stdout is not None
        # While nothing is written, only a lock tells; then something stands beside it.
        for tag in ("first", "second"):
            assert anki.stdout.readline() == "up\n"
            with pytest.raises(PackageError, match="--ankiconnect"):
                read(path)
            anki.stdin.write(f"{tag}\n")
            anki.stdin.flush()
        assert anki.stdout.readline() == "up\n"
        anki.kill()
    # Without the process no lock is left, but what it had written still stands beside the collection.
    with pytest.raises(PackageError, match="close Anki"):
        read(path)
    for end in ("-wal", "-shm"):
        (tmp_path / f"collection.anki2{end}").unlink(missing_ok=True)
    assert read(path) == before


def test_a_collection_that_changes_while_it_is_read_is_none(
    forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes((forms / "collection.anki2").read_bytes())

    def meanwhile(*_: object) -> bool:
        with path.open("ab") as file:
            file.write(bytes(4096))
        return False

    monkeypatch.setattr("dlcards.roundtrip.held.is_locked", meanwhile)
    with pytest.raises(PackageError, match="has it open"):
        read(path)


def test_a_journal_beside_a_collection_says_that_it_is_open(forms: Path, tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes((forms / "collection.anki2").read_bytes())
    for end in ("-wal", "-journal"):
        beside = tmp_path / f"collection.anki2{end}"
        beside.write_bytes(b"x")
        with pytest.raises(PackageError, match="has it open"):
            read(path)
        beside.write_bytes(b"")
        assert len(read(path)) == 4


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links")
def test_media_that_lead_elsewhere_are_not_read(forms: Path, tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes((forms / "collection.anki2").read_bytes())
    write(tmp_path, b"secret", "secret.png")
    media = tmp_path / "collection.media"
    write(media, b"own", "own.png")
    (media / "out.png").symlink_to(tmp_path / "secret.png")
    (media / "zero.png").symlink_to("/dev/zero")
    (media / "sub.png").mkdir()
    write(media, b"below", "sub.png/x.png")
    with held(path) as found:
        assert found.media("own.png") == b"own"
        names = ("out.png", "zero.png", "sub.png", "sub.png/x.png", "../secret.png", "a\0", "..", "x" * 300)
        assert [found.media(name) for name in names] == [None] * 8


def database(forms: Path) -> bytes:
    return (forms / "collection.anki2").read_bytes()


VIEW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"
SPOILT: Mapping[str, tuple[str, ...]] = {
    "no fields": ("DROP TABLE fields",),
    "no templates": ("DROP TABLE templates",),
    "no notes": ("DROP TABLE notes",),
    "no col": ("DROP TABLE col",),
    "a view of fields": (
        "DROP TABLE fields",
        f"CREATE VIEW fields AS {VIEW.format('i AS ntid, i AS ord, 1 AS name')}",
    ),
    "a view of templates": (
        "DROP TABLE templates",
        f"CREATE VIEW templates AS {VIEW.format('i AS ntid, i AS ord, x AS config')}",
    ),
    "fields of other columns": ("ALTER TABLE fields RENAME COLUMN name TO word",),
    "templates of other columns": ("ALTER TABLE templates RENAME COLUMN config TO word",),
    "no version": ("ALTER TABLE col RENAME COLUMN ver TO old",),
    "an older version": ("UPDATE col SET ver = 11",),
    "a version of text": ("UPDATE col SET ver = 'x'",),
    "flds of a blob": ("UPDATE notes SET flds = x'ff'",),
    "flds of too few": ("UPDATE notes SET flds = 'a'",),
    "mod of text": ("UPDATE notes SET mod = 'x'",),
    "a huge value": ("UPDATE templates SET config = zeroblob(20000000)",),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_collection_is_refused_in_each_form(name: str, forms: Path, tmp_path: Path) -> None:
    spoilt = changed(database(forms), tmp_path, *SPOILT[name])
    (tmp_path / "collection.anki2").write_bytes(spoilt)
    (tmp_path / "new.apkg").write_bytes(new_form(spoilt))
    (tmp_path / "in.zip").write_bytes(packed({"new.apkg": new_form(spoilt)}))
    for path, said in (
        ("collection.anki2", "the collection can't be read"),
        ("new.apkg", "the package can't be read"),
        ("in.zip", "the package can't be read"),
    ):
        with pytest.raises(PackageError, match=said) as error:
            read(tmp_path / path)
        assert str(tmp_path / path) in error.value.message.ko


HARMLESS: Mapping[str, tuple[str, ...]] = {
    "as it is": (),
    "templates of text": ("UPDATE templates SET config = 'x'",),
    "templates of no message": ("UPDATE templates SET config = x'ffffffffff'",),
    "templates without fronts": ("UPDATE templates SET config = x''",),
    "another note type": (
        "INSERT INTO fields VALUES (7, 0, 'Front', x'')",
        "INSERT INTO fields VALUES (8, 0, x'00', x'')",
        "INSERT INTO fields VALUES (9, 0, zeroblob(100000), x'')",
    ),
    "a note type of many fields": (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000) "
        "INSERT INTO fields SELECT 7, i, i, x'' FROM n",
    ),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END",),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_concerns_no_note_of_ours_does_no_harm(name: str, forms: Path, tmp_path: Path) -> None:
    spoilt = changed(database(forms), tmp_path, *HARMLESS[name])
    (tmp_path / "collection.anki2").write_bytes(spoilt)
    (tmp_path / "new.apkg").write_bytes(new_form(spoilt))
    expected = read(forms / "collection.anki2")
    for path in ("collection.anki2", "new.apkg"):
        assert read(tmp_path / path) == expected


def test_a_note_type_with_a_field_more_is_none_of_ours(forms: Path, tmp_path: Path) -> None:
    more = "INSERT INTO fields SELECT DISTINCT ntid, 99, 'Mine', x'' FROM fields"
    (tmp_path / "collection.anki2").write_bytes(changed(database(forms), tmp_path, more))
    assert read(tmp_path / "collection.anki2") == {}


ENDLESS = b"\x28\xb5\x2f\xfd\xa4\x00\x00\x00\x80" + b"\x02\x00\x01\x00" * 1000


def test_new_packages_that_can_not_be_are_refused(forms: Path, tmp_path: Path) -> None:
    good = entries((forms / "new.apkg").read_bytes())
    inner = good["collection.anki21b"]
    cases = {
        "no zstd": {**good, "collection.anki21b": b"nothing"},
        "the old form's bytes": {**good, "collection.anki21b": database(forms)},
        "cut short": {**good, "collection.anki21b": inner[: len(inner) // 2]},
        "no end": {**good, "collection.anki21b": inner[:-1]},
        "empty": {**good, "collection.anki21b": b""},
        "something behind": {**good, "collection.anki21b": inner + b"more"},
        "endless": {**good, "collection.anki21b": ENDLESS},
        "text": {**good, "collection.anki21b": squeezed(b"nothing\n" * 4096)},
        "a bomb": {**good, "collection.anki21b": squeezed(bytes(64 << 20))},
    }
    path = tmp_path / "new.apkg"
    for name, files in cases.items():
        path.write_bytes(packed(files, zipfile.ZIP_STORED))
        with pytest.raises(PackageError, match="the package can't be read"):
            pytest.fail(f"{name}: {len(read(path))} notes")
    path.write_bytes(packed(good))
    assert len(read(path)) == 4


def test_what_is_unpacked_is_bounded(forms: Path, tmp_path: Path) -> None:
    path = tmp_path / "held"
    small = Limits(database=1 << 20)
    bombs = {
        "zstd": new_form(bytes(4 << 20)),
        "zstd in zip": packed({"collection.anki21b": squeezed(bytes(4 << 20))}),
        "a package in a zip": bomb("deck.apkg", 4 << 20)(packed({}), tmp_path),
        "sqlite": database(forms) + bytes(4 << 20),
    }
    for name, data in bombs.items():
        path.write_bytes(data)
        with pytest.raises(PackageError, match="too large"), held(path, small):
            pytest.fail(name)


def test_media_are_bounded_and_damage_to_them_is_no_end(forms: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.apkg"
    media = {"a.png": PNG, "large.png": bytes(65 << 20), "../up.png": b"up"}
    path.write_bytes(new_form(database(forms), media))
    with held(path) as found:
        assert found.media("a.png") == PNG
        assert found.media("large.png") is None
    good = entries(new_form(database(forms), {"a.png": PNG}))
    for name in ("0", "media"):
        path.write_bytes(packed({**good, name: b"no zstd"}))
        with held(path) as found:
            assert (found.media("a.png"), len(found.notes)) == (None, 4)
    path.write_bytes(packed({name: data for name, data in good.items() if name != "0"}))
    with held(path) as found:
        assert (found.media("a.png"), len(found.notes)) == (None, 4), "listed, and not there"
    for listing in (b"\xff" * 30, b"\x0a\x02\x0a\x09", b"{}", b"\x08\x01\x0a\x00"):
        path.write_bytes(new_form(database(forms), {"a.png": PNG}, listing))
        with held(path) as found:
            assert (found.media("a.png"), len(found.notes)) == (None, 4)


def test_archives_that_hold_no_one_package_are_refused(forms: Path, tmp_path: Path) -> None:
    package = (forms / "old.apkg").read_bytes()
    path = tmp_path / "held.zip"
    for data in (
        packed({}),
        packed({"a.txt": b"x"}),
        packed({"a.apkg": package, "b.apkg": package}),
        packed({"a.apkg": b"nothing"}),
        packed({"a.apkg": packed({"b.apkg": package})}),
        protected(packed({"a.apkg": package}), tmp_path),
        b"",
        b"nothing",
        b"SQLite format 3\0",
        database(forms)[:5000],
    ):
        path.write_bytes(data)
        with pytest.raises(PackageError, match=r"held\.zip: the (package|collection) can't be read"):
            read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("pipe", "folder", "zero", "loop", "none", "a" * 300, "nul\0"):
        with pytest.raises(PackageError, match="can't be read"):
            read(tmp_path / name)


def test_an_error_of_the_block_stays_what_it_is(forms: Path) -> None:
    for name in FORMS:
        with pytest.raises(ValueError, match="mine"), held(forms / name):
            raise ValueError("mine")


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_read_or_refused(data: st.DataObject, forms: Path, tmp_path: Path) -> None:
    name = data.draw(st.sampled_from(["new.apkg", "collection.anki2"]))
    good = (forms / name).read_bytes()
    if name == "new.apkg" and data.draw(st.booleans()):
        good = new_form(database(forms), {"a.png": PNG})
    spoilt = bytearray(good)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        piece = data.draw(st.binary(min_size=1, max_size=8))
        spoilt[at : at + len(piece)] = piece
    path = tmp_path / "held"
    path.write_bytes(spoilt)
    with contextlib.suppress(PackageError), held(path) as found:
        assert all(isinstance(found.media(file), bytes | None) for file in ("a.png", PASTED))
