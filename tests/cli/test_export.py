"""``dlcards export``: which lock it takes, what it refuses to overwrite, and what it says."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dlcards.cli import app
from dlcards.identity import lock as locks
from dlcards.model import KINDS
from tests.cli.test_lint import write
from tests.support.deck_project import png, question

ONE, TWO = question("1", "하나인가?"), question("1", "다른 것은?")


def run(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """The exit code of a command in a folder and all that it says; its caches are the folder's own."""
    # In this process: a new one takes longer than what it is started for.
    runner = CliRunner(env={"XDG_CACHE_HOME": str(folder / ".cache"), **environment})
    with contextlib.chdir(folder):
        done = runner.invoke(app, [arguments[0], "--lang", "en", *arguments[1:]], catch_exceptions=False)
    return done.exit_code, done.output


def export(folder: Path, *options: str, code: int = 0, **environment: str) -> str:
    """All that an export says."""
    exit_code, said = run(folder, "export", *options, **environment)
    assert exit_code == code, said
    return said


def config(folder: Path, text: str = 'deck = "덱"\n') -> None:
    write(folder, text, "dlcards.toml")


def guids(path: Path) -> list[str]:
    return [row.guid for row in locks.load(path.read_text(encoding="utf-8"), str(path)).rows]


def test_a_lock_below_the_documents_is_not_doubled(tmp_path: Path) -> None:
    config(tmp_path)
    write(tmp_path, ONE, "답/깊은 학습/a.md")
    export(tmp_path, ".")
    old = tmp_path / "답/깊은 학습/deck.lock"
    before = old.read_bytes()
    write(tmp_path, TWO, "답/다른 것/b.md")
    said = export(tmp_path, ".", code=2)
    assert "there is no 답/deck.lock, but 답/깊은 학습/deck.lock below it" in said
    assert "--lock '답/깊은 학습/deck.lock'" in said
    assert "답/깊은 학습/deck.lock" in export(tmp_path, ".", "--locked", "--lang", "ko", code=2)
    assert run(tmp_path, "preview", ".")[0] == 0, "a view doubles nothing"
    assert (old.read_bytes(), (tmp_path / "답/deck.lock").exists()) == (before, False)
    # The ways out that it names.
    assert "(0 new, 0 changed, 0 gone)" in export(tmp_path, "답/깊은 학습")
    first = guids(old)
    assert "(1 new, 0 changed, 0 gone)" in export(tmp_path, ".", "--lock", "답/깊은 학습/deck.lock")
    assert set(first) < set(guids(old))
    assert run(tmp_path, "preview", ".", "--lock", "답/깊은 학습/deck.lock")[0] == 0
    # Whoever names a new one wants a new deck.
    assert "(2 new," in export(tmp_path, ".", "--lock", "new.lock", "-o", "new.apkg")


def test_the_nearest_lock_upwards_is_taken_up_to_the_root(tmp_path: Path) -> None:
    root = tmp_path / "project"
    config(root)
    write(root, ONE, "답/a.md")
    write(root, TWO, "답/안/b.md")
    export(root, "답")
    write(tmp_path, (root / "답/deck.lock").read_bytes(), "deck.lock")
    assert "(0 new," in export(root, "답/안"), "the lock of 답 knows it"
    assert not (root / "답/안/deck.lock").exists()
    (root / "답/deck.lock").unlink()
    (root / "build/덱.apkg").unlink()
    assert "(2 new," in export(root, "답"), "a lock above the project is another's"


def test_the_configured_lock_is_taken(tmp_path: Path) -> None:
    config(tmp_path, 'deck = "덱"\nlock = "my.lock"\n')
    write(tmp_path, ONE, "답/a.md")
    export(tmp_path)
    assert guids(tmp_path / "my.lock")
    assert not (tmp_path / "답/deck.lock").exists()
    write(tmp_path, TWO, "b.md")
    assert "(1 new, 0 changed, 0 gone)" in export(tmp_path)
    write(tmp_path, "{", "my.lock")
    assert "my.lock:1: is no deck.lock" in run(tmp_path, "preview")[1]


def test_a_lock_that_appears_nearer_is_seen(tmp_path: Path) -> None:
    config(tmp_path)
    write(tmp_path, ONE, "답/a.md")
    export(tmp_path)
    (tmp_path / "답/deck.lock").rename(tmp_path / "deck.lock")
    export(tmp_path)
    assert "nothing changed" in export(tmp_path)
    write(tmp_path, (tmp_path / "deck.lock").read_bytes(), "답/deck.lock")
    assert "nothing changed" not in export(tmp_path)


def test_no_source_is_overwritten(tmp_path: Path) -> None:
    write(tmp_path, ONE, "a/a.md")
    write(tmp_path, b"\xff", "a/b.md")
    (tmp_path / "link.apkg").symlink_to(tmp_path / "a/a.md")
    (tmp_path / "a/folder").mkdir()
    for target, said in [
        ("a/a.md", "a/a.md is a document of this run"),
        ("a/b.md", "a/b.md is a document of this run"),
        ("link.apkg", "link.apkg is a document of this run"),
        ("a/folder", "a/folder is a folder"),
        ("a/deck.lock", "a/deck.lock is the lock"),
        ("my.lock", "my.lock is the lock"),
    ]:
        options = ("--lock", "my.lock") if target == "my.lock" else ()
        assert said in export(tmp_path, "a", "-o", target, *options, code=2)
    assert (tmp_path / "a/a.md").read_text(encoding="utf-8") == ONE
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["a.md", "b.md", "folder"]
    assert "문서라 덮어쓰지 않는다" in export(tmp_path, "a", "-o", "a/a.md", "--lang", "ko", code=2)


def test_the_lock_is_written_before_the_package(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    (tmp_path / "덱.media").write_text("in the way")
    write(tmp_path, ONE.replace("답이다", "![](p.png)"))
    write(tmp_path, png(), "p.png")
    said = export(tmp_path, "-o", "덱.csv", "--format", "csv", code=2)
    assert "덱.media: cannot be written: " in said
    assert "쓸 수 없다: " in export(tmp_path, "-o", "덱.csv", "--format", "csv", "--lang", "ko", code=2)
    assert guids(tmp_path / "deck.lock")
    assert not (tmp_path / "덱.csv").exists()
    # No lock, no package: the lock can't be written where its folder is not there.
    said = export(tmp_path, "--lock", "no/such.lock", "-o", "x.apkg", code=2)
    assert "no/such.lock: cannot be written: No such file or directory" in said
    assert ".tmp" not in said
    assert not (tmp_path / "x.apkg").exists()


def test_a_missing_lock_may_be_another_decks_package(tmp_path: Path) -> None:
    config(tmp_path)
    write(tmp_path, ONE, "a/a.md")
    write(tmp_path, TWO, "b/b.md")
    export(tmp_path, "a")
    said = export(tmp_path, "b", code=2)
    assert "If build/덱.apkg is another deck's, give this one another name: --deck or -o" in said
    assert "다른 덱의 것이면" in export(tmp_path, "b", "--lang", "ko", code=2)
    assert "(1 new," in export(tmp_path, "b", "--deck", "둘째")


def test_another_language_is_another_note_type(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    config(tmp_path)
    assert "note types" not in export(tmp_path)
    config(tmp_path, 'deck = "덱"\nlanguage = "en"\n')
    said = export(tmp_path)
    assert "other note types than before (the configuration's language = 'en')" in said
    assert "learners' cards will no longer be updated" in said
    (tmp_path / "deck.lock").unlink()
    assert "note types" not in export(tmp_path, "-o", "new.apkg", "--lock", "new.lock")


def test_pictures_that_are_gone_are_written_again_and_others_files_stay(tmp_path: Path) -> None:
    write(tmp_path, ONE.replace("답이다", "![](p.png) 답이다"))
    write(tmp_path, png(), "p.png")
    options = ("-o", "d.json", "--format", "json")
    export(tmp_path, *options)
    assert "nothing changed" in export(tmp_path, *options)
    (picture,) = (tmp_path / "d.media").iterdir()
    picture.unlink()
    assert "nothing changed" not in export(tmp_path, *options)
    assert picture.exists()
    mine = [
        "dlcards-mine.txt",
        f"dlcards-{'0' * 24}.txt",
        f"dlcards-{'0' * 23}.png",
        f"dlcards-{'A' * 24}.png",
    ]
    ours = [f"dlcards-{'0' * 24}.png", f"dlcards-{'0' * 24}-800.webp"]
    for name in (*mine, *ours):
        write(tmp_path / "d.media", "x", name)
    write(tmp_path, ONE.replace("답이다", "![](p.png) 고친 답이다"))
    export(tmp_path, *options)
    assert {path.name for path in (tmp_path / "d.media").iterdir()} == {picture.name, *mine}


@pytest.mark.parametrize("name", [" ", "::", "덱\n둘", "덱::", "::덱", "덱:: ::둘", "덱\t", "덱\u2028"])
def test_a_deck_has_a_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, ONE)
    said = export(tmp_path, "--deck", name, code=2)
    assert "deck's name" in said
    assert "give another one by --deck" in said
    assert "덱 이름에" in export(tmp_path, "--deck", name, "--lang", "ko", code=2)
    assert not (tmp_path / "deck.lock").exists()


@pytest.mark.parametrize("letters", [78, 82, 300])
def test_a_file_name_has_a_longest_length(tmp_path: Path, letters: int) -> None:
    write(tmp_path, ONE)
    name = "가" * letters
    if letters == 78:
        export(tmp_path, "--deck", name)
        return
    assert f"too long ({3 * letters + 5} bytes); give a shorter one: -o" in export(
        tmp_path, "--deck", name, code=2
    )
    assert not (tmp_path / "deck.lock").exists()
    export(tmp_path, "--deck", name, "-o", "d.apkg")
    assert "이름이 너무 길다" in export(tmp_path, "-o", f"{name}/d.apkg", "--lang", "ko", code=2)


@pytest.mark.parametrize("epoch", ["x", "-1", "253402300800", "9" * 5000])
def test_a_time_that_is_none(tmp_path: Path, epoch: str) -> None:
    write(tmp_path, ONE)
    said = export(tmp_path, code=2, SOURCE_DATE_EPOCH=epoch)
    assert "SOURCE_DATE_EPOCH must be a number of seconds since 1970" in said
    export(tmp_path)
    assert "초이고" in export(tmp_path, "--lang", "ko", code=2, SOURCE_DATE_EPOCH=epoch)


@pytest.mark.parametrize("epoch", ["0", "253402300799"])
def test_the_first_and_the_last_second(tmp_path: Path, epoch: str) -> None:
    write(tmp_path, ONE)
    export(tmp_path, SOURCE_DATE_EPOCH=epoch)
    rows = (tmp_path / "deck.lock").read_text(encoding="utf-8").splitlines()[1:]
    assert {json.loads(row)["mod"] for row in rows} == {int(epoch)}


def test_an_unknown_format_is_said_in_korean(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    assert "모르는 형식이다: 'cvs' (아는 것: apkg, csv, json)" in export(
        tmp_path, "--format", "cvs", "--lang", "ko", code=2
    )


def test_a_preview_says_that_its_lock_is_damaged(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    write(tmp_path, "{", "deck.lock")
    code, said = run(tmp_path, "preview")
    assert (code, "deck.lock:1: is no deck.lock" in said) == (2, True)
    assert (tmp_path / "build/preview/index.html").exists()
    page = tmp_path / "build/preview/index.html"
    page.unlink()
    page.mkdir()
    said = run(tmp_path, "preview")[1]
    assert "build/preview/index.html: cannot be written: " in said
    assert ".tmp" not in said


def test_a_mail_address_keeps_no_question_out(tmp_path: Path) -> None:
    write(tmp_path, ONE.replace("답이다", "<a@b.c>에 묻는다. <https://a.b>"))
    assert "packed 1 of 1 questions" in export(tmp_path)


HEAD = '{"dlcards-lock": 1, "note-types": {}}'
ROW = {"guid": "g", "kind": "question", "document": "a.md", "id": "1", "question": "?", "hash": "h", "mod": 1}


def row(**changes: object) -> str:
    return json.dumps({key: value for key, value in {**ROW, **changes}.items() if value is not ...})


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEAD, row(), HEAD], ":3: a second first line; delete it"),
        ([HEAD, row(), HEAD.replace("1", "2")], ":3: a second first line; delete it"),
        ([HEAD, "||||||| base", row()], ":2: a merge conflict"),
        (['{"dlcards-lock": "x", "note-types": {}}'], ":1: is no deck.lock"),
        (['{"dlcards-lock": true, "note-types": {}}'], ":1: is no deck.lock"),
        (['{"dlcards-lock": 0, "note-types": {}}'], ":1: is no deck.lock"),
        (['{"dlcards-lock": 1, "note-types": []}'], ":1: is no deck.lock"),
        (['["dlcards-lock"]'], ":1: is no deck.lock"),
        (['{"dlcards-lock": 2}'], ":1: made by a newer dlcards"),
        ([HEAD, row(kind="fold")], ":2: can't be read (unknown \"kind\" 'fold');"),
        ([HEAD, row(), "{"], ":3: can't be read (not a JSON object);"),
        ([HEAD, "[" * 100_000], ":2: can't be read (not a JSON object);"),
        ([HEAD, row(hash=...)], ':2: can\'t be read (no "hash");'),
        ([HEAD, row(colour="red")], ':2: can\'t be read (unknown key "colour");'),
        ([HEAD, row(id=1)], ":2: can't be read (a value that should be text);"),
        ([HEAD, row(terms="x")], ':2: can\'t be read ("terms" must be a list);'),
        ([HEAD, row(mod="1")], ':2: can\'t be read ("mod" must be a number'),
        ([HEAD, row(), row()], ':3: the "guid" of line 2 again'),
    ],
)
def test_what_is_wrong_with_a_lock_is_said_in_our_words(lines: list[str], said: str) -> None:
    with pytest.raises(locks.LockError) as caught:
        locks.load("\n".join(lines) + "\n", "deck.lock")
    message = caught.value.message
    assert message.en.startswith(f"deck.lock{said}")
    assert re.search("[가-힣]", message.ko)
    assert not re.search(r"__init__|char \d|argument", message.en + message.ko)


def test_a_lock_knows_all_kinds() -> None:
    text = "\n".join([HEAD, *(row(guid=kind, kind=kind) for kind in KINDS)])
    assert [known.kind for known in locks.load(text, "deck.lock").rows] == list(KINDS)
