"""``dlcards export``: which lock it takes, what it refuses to overwrite, and what it says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from dlcards.identity import lock as locks
from tests.support.command import CLEAN, invoke, run, write
from tests.support.deck_project import png, question

ONE, TWO = question("1", "하나인가?"), question("1", "다른 것은?")


def export(folder: Path, *options: str, code: int = 0, **environment: str) -> str:
    """All that an export says."""
    exit_code, said = invoke(folder, "export", *options, **environment)
    assert exit_code == code, said
    return said


def config(folder: Path, text: str = 'deck = "덱"\n') -> None:
    write(folder, text, "dlcards.toml")


def commit(folder: Path) -> None:
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "-m", "a"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)


def guids(path: Path) -> list[str]:
    return [row.guid for row in locks.load(path.read_text(encoding="utf-8"), str(path)).rows]


def test_export_writes_whole_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path, CLEAN + "\n" + CLEAN.replace("#1", "#2").replace("답이다.", ""))
    done = run(tmp_path, "export", "a.md", "-o", "덱.apkg", "--lang", "ko")
    assert done.returncode == 0
    assert done.stdout.decode() == (
        "담지 않은 것:\n  a.md:13: Q001 #2: 답이 없다\n"
        "덱.apkg: 질문 2개 가운데 1개를 담았다. 카드 1장(질문 1, 빈칸 0, 꼬리질문 0), 그림 0개, "
        "노트 1개(새것 1, 바뀐 것 0, 사라진 것 0)\n"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "deck.lock", "덱.apkg"]
    assert run(tmp_path, "export", "a.md", "-o", "덱.apkg", "--strict").returncode == 1
    write(tmp_path, CLEAN.replace("답이다.", ""))
    before = (tmp_path / "덱.apkg").read_bytes(), (tmp_path / "deck.lock").read_bytes()
    done = run(tmp_path, "export", "a.md", "-o", "덱.apkg")
    assert done.returncode == 1
    assert b"no card could be made; nothing was written" in done.stderr
    assert ((tmp_path / "덱.apkg").read_bytes(), (tmp_path / "deck.lock").read_bytes()) == before
    (tmp_path / "file").write_text("")
    write(tmp_path, CLEAN)
    done = run(tmp_path, "export", "a.md", "-o", "file/x.apkg")
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr


def test_a_stale_lock_fails_where_it_must_not_change(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    assert run(tmp_path, "export", "--locked").returncode == 1
    assert not (tmp_path / "deck.lock").exists()
    assert run(tmp_path, "export").returncode == 0
    lock = (tmp_path / "deck.lock").read_bytes()
    assert run(tmp_path, "export", "--locked").returncode == 0
    write(tmp_path, CLEAN.replace("답이다", "고친 답이다"))
    done = run(tmp_path, "export", "--locked")
    assert (done.returncode, (tmp_path / "deck.lock").read_bytes()) == (1, lock)
    assert b"deck.lock is stale" in done.stderr
    write(tmp_path, b"<<<<<<< HEAD\n", "deck.lock")
    done = run(tmp_path, "export")
    assert done.returncode == 2
    assert b"deck.lock:1: a merge conflict" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["export", "leer"], "no markdown file in leer"),
        (["export", "ohne.md"], "no questions in ohne.md"),
    ],
)
def test_bad_usage_is_2_and_says_what_to_do(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "leer").mkdir()
    write(tmp_path, "글\n", "ohne.md")
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


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
    assert invoke(tmp_path, "preview", ".")[0] == 0, "a view doubles nothing"
    assert (old.read_bytes(), (tmp_path / "답/deck.lock").exists()) == (before, False)
    # The ways out that it names.
    assert "(0 new, 0 changed, 0 gone)" in export(tmp_path, "답/깊은 학습")
    first = guids(old)
    assert "(1 new, 0 changed, 0 gone)" in export(tmp_path, ".", "--lock", "답/깊은 학습/deck.lock")
    assert set(first) < set(guids(old))
    assert invoke(tmp_path, "preview", ".", "--lock", "답/깊은 학습/deck.lock")[0] == 0
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
    assert "my.lock:1: is no deck.lock" in invoke(tmp_path, "preview")[1]


def test_a_lock_that_appears_nearer_is_seen(tmp_path: Path) -> None:
    config(tmp_path)
    write(tmp_path, ONE, "답/a.md")
    export(tmp_path)
    (tmp_path / "답/deck.lock").rename(tmp_path / "deck.lock")
    export(tmp_path)
    assert "nothing changed" in export(tmp_path)
    write(tmp_path, (tmp_path / "deck.lock").read_bytes(), "답/deck.lock")
    assert "nothing changed" not in export(tmp_path)


def test_git_ignores_the_folder_that_is_made(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    config(tmp_path)
    commit(tmp_path)

    def untracked() -> list[str]:
        done = subprocess.run(
            ["git", "status", "--short", "build", "deck.lock"], cwd=tmp_path, check=True, capture_output=True
        )
        return done.stdout.decode().split()

    export(tmp_path)
    assert (tmp_path / "build/덱.apkg").exists()
    assert untracked() == ["??", "deck.lock"]
    # A folder that was there is left as it is.
    (tmp_path / "build/.gitignore").unlink()
    export(tmp_path, "--no-cache")
    assert untracked() == ["??", "build/", "??", "deck.lock"]


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
    assert "no/such.lock: cannot be written: there is no folder no; make it first" in said
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


def test_a_list_of_questions_without_answers_is_told_in_a_line(tmp_path: Path) -> None:
    config(tmp_path)
    write(tmp_path, ONE, "a.md")
    write(tmp_path, "# 질문\n\n" + "".join(f"- {n}번은 무엇인가요?\n" for n in range(1, 9)), "b.md")
    said = export(tmp_path, "--lang", "en")
    assert "  b.md: 8 questions without answers\n" in said
    assert "Q001" not in said


def languages(path: Path) -> set[str]:
    return {row.language for row in locks.load(path.read_text(encoding="utf-8"), str(path)).rows}


def test_a_trial_takes_the_language_that_is_configured_afterwards(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    config(tmp_path)
    assert "note types" not in export(tmp_path)
    before = guids(tmp_path / "deck.lock")
    config(tmp_path, 'deck = "덱"\nlanguage = "en"\n')
    said = export(tmp_path)
    assert "now of the note types of the configured language: 1 note. deck.lock is not committed yet" in said
    assert "(0 new, 0 changed, 0 gone)" in said
    assert (guids(tmp_path / "deck.lock"), languages(tmp_path / "deck.lock")) == (before, {"en"})
    assert "note types" not in export(tmp_path, "--verify")


def test_a_committed_lock_keeps_the_note_types_until_it_is_deleted(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    config(tmp_path)
    export(tmp_path)
    commit(tmp_path)
    config(tmp_path, 'deck = "덱"\nlanguage = "en"\n')
    said = export(tmp_path)
    assert "still of the note types of the first export's language (ko)" in said
    assert "delete deck.lock and build/덱.apkg and export again" in said
    assert languages(tmp_path / "deck.lock") == {""}
    (tmp_path / "deck.lock").unlink()
    # Notes of the package that learners may have are not forgotten in silence.
    assert "would orphan 1 note of " in export(tmp_path, code=2)
    (tmp_path / "build" / "덱.apkg").unlink()
    assert "note types" not in export(tmp_path)
    assert languages(tmp_path / "deck.lock") == {"en"}


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
    assert "모르는 형식: 'cvs'. 혹시 csv인가? (아는 것: apkg, csv, json)" in export(
        tmp_path, "--format", "cvs", "--lang", "ko", code=2
    )


def test_a_mail_address_keeps_no_question_out(tmp_path: Path) -> None:
    write(tmp_path, ONE.replace("답이다", "<a@b.c>에 묻는다. <https://a.b>"))
    assert "packed 1 of 1 question:" in export(tmp_path)


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("deep.md", "deep"),
        ("README.md", "checkout"),
        ("networks/README.md", "networks"),
        ("docs/Index.md", "docs"),
    ],
)
def test_a_deck_is_called_by_what_its_document_is_about(tmp_path: Path, document: str, name: str) -> None:
    folder = tmp_path / "checkout"
    (folder / document).parent.mkdir(parents=True)
    (folder / "dlcards.toml").touch()
    write(folder, CLEAN, name=document)
    assert run(folder, "export", document).returncode == 0
    assert [path.name for path in (folder / "build").glob("*.apkg")] == [f"{name}.apkg"]


@pytest.mark.parametrize(
    ("target", "format_", "better"),
    [("foo.txt", "apkg", "foo.apkg"), ("foo", "apkg", "foo.apkg"), ("foo.apkg", "json", "foo.json")],
)
def test_a_file_that_anki_would_not_open_is_not_written(
    tmp_path: Path, target: str, format_: str, better: str
) -> None:
    write(tmp_path, CLEAN)
    done = run(tmp_path, "export", "-o", target, "--format", format_, "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.decode().strip().endswith(f"say -o {better}")
    assert not (tmp_path / target).exists()
    assert not (tmp_path / "deck.lock").exists()
