"""A lock in trouble: lost, damaged, in conflict; and the way out, through a package that learners have."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from dlcards.identity import lock as locks
from dlcards.identity.lock import anki_search
from tests.deck.cards.test_make import RELU
from tests.support.anki_collection import Imported, Learner, learner
from tests.support.command import run
from tests.support.deck_project import question

__all__ = ["learner"]

FIRST = RELU + "\n---\n\n" + question("1", "활성화 함수란 무엇인가요?")
# Reworded, and under other numbers: nothing but the lock knows these cards again.
SECOND = FIRST.replace("#12-3", "#7").replace("ReLU의 문제점은?", "ReLU의 문제는?")


def export(folder: Path, text: str, *options: str, day: int = 1) -> tuple[int, str]:
    """``dlcards export`` of a document on a day; its exit code and everything that it says."""
    (folder / "a.md").write_text(text, encoding="utf-8")
    environment = {"SOURCE_DATE_EPOCH": str(1_700_000_000 + day * 86_400)}
    done = run(folder, "export", "a.md", "-o", "덱.apkg", "--lang", "en", *options, **environment)
    return done.returncode, (done.stdout + done.stderr).decode()


def test_a_lost_lock_is_not_forgotten_in_silence(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    export(tmp_path, SECOND, day=2)
    package = (tmp_path / "덱.apkg").read_bytes()
    (tmp_path / "deck.lock").unlink()
    code, said = export(tmp_path, SECOND, day=3)
    assert code == 2
    assert "deck.lock is missing" in said
    assert "dlcards export --adopt" in said
    assert (tmp_path / "덱.apkg").read_bytes() == package
    assert not (tmp_path / "deck.lock").exists()


def test_a_lock_is_rebuilt_from_a_package(tmp_path: Path, learner: Learner) -> None:
    export(tmp_path, FIRST)
    export(tmp_path, SECOND, day=2)
    old = locks.load((tmp_path / "deck.lock").read_text(encoding="utf-8"), "deck.lock")
    (tmp_path / "deck.lock").unlink()
    (tmp_path / "덱.apkg").rename(tmp_path / "old.apkg")
    code, said = export(tmp_path, SECOND, "--adopt", "old.apkg", day=30)
    assert (code, "0 new, 0 changed, 0 gone" in said) == (0, True), said
    new = locks.load((tmp_path / "deck.lock").read_text(encoding="utf-8"), "deck.lock")
    assert new.rows == old.rows
    assert learner.import_(tmp_path / "old.apkg") == Imported(5, 0, 0, 0)
    assert learner.import_(tmp_path / "덱.apkg") == Imported(0, 0, 5, 0)


def test_an_older_package_brings_what_a_lock_has_lost(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    (tmp_path / "덱.apkg").rename(tmp_path / "old.apkg")
    path = tmp_path / "deck.lock"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"follow-up"' not in line), encoding="utf-8")
    code, said = export(tmp_path, SECOND, "--adopt", "old.apkg", day=2)
    assert (code, ", 0 gone" in said and "(0 new" in said) == (0, True), said


def test_a_learners_own_export_can_be_adopted(tmp_path: Path, learner: Learner) -> None:
    export(tmp_path, FIRST)
    learner.import_(tmp_path / "덱.apkg")
    old = locks.load((tmp_path / "deck.lock").read_text(encoding="utf-8"), "deck.lock")
    for legacy, name in ((True, "legacy.apkg"), (False, "new.apkg")):
        learner.export(tmp_path / name, legacy=legacy)
    for name in ("legacy.apkg", "new.apkg"):
        (tmp_path / "deck.lock").unlink()
        (tmp_path / "덱.apkg").unlink()
        code, said = export(tmp_path, FIRST, "--adopt", name, day=2)
        assert (code, "(0 new, 0 changed, 0 gone)" in said) == (0, True), said
        new = locks.load((tmp_path / "deck.lock").read_text(encoding="utf-8"), "deck.lock")
        assert [row.guid for row in new.rows] == [row.guid for row in old.rows]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no-such.apkg: the package can't be read (No such file or directory)"),
        (b"nothing", "no-such.apkg: the package can't be read (no .apkg, or a damaged one: "),
        ({"x": b""}, "no-such.apkg: the package can't be read (no .apkg: it holds no collection); give an"),
        ({"collection.anki2": b"nothing"}, "no-such.apkg: the package can't be read ("),
    ],
)
def test_what_is_no_package_is_named(
    tmp_path: Path, content: bytes | dict[str, bytes] | None, message: str
) -> None:
    if isinstance(content, dict):
        with zipfile.ZipFile(tmp_path / "no-such.apkg", "w") as archive:
            for name, data in content.items():
                archive.writestr(name, data)
    elif content is not None:
        (tmp_path / "no-such.apkg").write_bytes(content)
    code, said = export(tmp_path, FIRST, "--adopt", "no-such.apkg")
    assert (code, message in said) == (2, True), said
    assert not (tmp_path / "deck.lock").exists()


def test_a_merge_conflict_is_settled_by_keeping_lines(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    base = (tmp_path / "deck.lock").read_text(encoding="utf-8")
    ours_text = FIRST + "\n---\n\n" + question("2", "우리 쪽의 새 질문은?")
    theirs_text = FIRST.replace("음수 쪽의 기울기가", "음수 쪽에서 기울기가")
    export(tmp_path, ours_text, day=2)
    ours = (tmp_path / "deck.lock").read_text(encoding="utf-8")
    (tmp_path / "deck.lock").write_text(base, encoding="utf-8")
    export(tmp_path, theirs_text, day=3)
    theirs = (tmp_path / "deck.lock").read_text(encoding="utf-8")
    head, *rest = ours.splitlines(keepends=True)
    conflict = [
        head,
        "<<<<<<< ours\n",
        *rest,
        "=======\n",
        *theirs.splitlines(keepends=True)[1:],
        ">>>>>>> theirs\n",
    ]
    (tmp_path / "deck.lock").write_text("".join(conflict), encoding="utf-8")
    both = ours_text.replace("음수 쪽의 기울기가", "음수 쪽에서 기울기가")
    code, said = export(tmp_path, both, day=4)
    assert (code, "deck.lock:2: a merge conflict" in said) == (2, True), said
    # What the message says to do:
    rows: dict[str, str] = {}
    for line in conflict[1:]:
        if line.startswith("{"):
            entry = json.loads(line)
            if entry["guid"] not in rows or json.loads(rows[entry["guid"]])["mod"] < entry["mod"]:
                rows[entry["guid"]] = line
    (tmp_path / "deck.lock").write_text(head + "".join(rows.values()), encoding="utf-8")
    code, said = export(tmp_path, both, day=5)
    assert (code, "(0 new, 0 changed, 0 gone)" in said) == (0, True), said


def test_a_truncated_lock_is_no_empty_lock(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    (tmp_path / "deck.lock").write_text("", encoding="utf-8")
    code, said = export(tmp_path, FIRST, day=2)
    assert (code, "deck.lock:1: is no deck.lock" in said) == (2, True), said


def test_what_is_gone_is_said_with_a_search_that_finds_it(tmp_path: Path, learner: Learner) -> None:
    export(tmp_path, FIRST)
    learner.import_(tmp_path / "덱.apkg")
    rows = locks.load((tmp_path / "deck.lock").read_text(encoding="utf-8"), "deck.lock").rows
    found = {row.guid: learner.col.find_notes(anki_search(row)) for row in rows if row.kind != "question"}
    assert {guid: len(notes) for guid, notes in found.items()} == dict.fromkeys(found, 1)
    assert all(learner.col.get_note(notes[0]).guid == guid for guid, notes in found.items())
    (whole,) = (row for row in rows if (row.kind, row.id) == ("question", "12-3"))
    assert len(learner.col.find_notes(anki_search(whole))) == 4
    gone = RELU.replace("- 대책은?", "- 그러면 어떤 대책들이 남나?") + "\n"
    code, said = export(tmp_path, gone, day=2)
    assert code == 0
    assert '#1 활성화 함수란 무엇인가요?: "Id:1"' in said
    assert said.count("Anki's search") == 1
    code, said = export(tmp_path, gone, day=3)
    assert "Anki's search" not in said, "said once, when it happens"


def test_documents_of_one_name_are_told_apart_by_their_questions(tmp_path: Path) -> None:
    for folder, topic in (("a", "배치 정규화"), ("b", "드롭아웃")):
        (tmp_path / folder).mkdir()
        text = RELU.replace("12-3", "1").replace("ReLU의 문제점은?", f"{topic}의 문제점은 무엇인가?")
        (tmp_path / folder / "README.md").write_text(text, encoding="utf-8")
    assert run(tmp_path, "export", "a", "b", "-o", "old.apkg").returncode == 0
    (tmp_path / "deck.lock").unlink()
    done = run(tmp_path, "export", "a", "b", "-o", "덱.apkg", "--adopt", "old.apkg", "--lang", "en")
    assert "(0 new, 0 changed, 0 gone)" in done.stdout.decode(), done.stdout.decode()


def test_cards_that_a_learner_moved_are_what_they_were(tmp_path: Path, learner: Learner) -> None:
    export(tmp_path, FIRST)
    learner.import_(tmp_path / "덱.apkg")
    own = learner.col.decks.id("내 덱")
    assert own is not None
    learner.col.set_deck(learner.col.find_cards(""), own)
    learner.export(tmp_path / "old.apkg", legacy=True)
    (tmp_path / "deck.lock").unlink()
    code, said = export(tmp_path, FIRST, "--adopt", "old.apkg", day=2)
    assert (code, "(0 new, 0 changed, 0 gone)" in said) == (0, True), said


def test_a_lock_that_was_rebuilt_wrongly_gives_way(tmp_path: Path, learner: Learner) -> None:
    export(tmp_path, FIRST)
    export(tmp_path, SECOND, day=2)
    (tmp_path / "덱.apkg").rename(tmp_path / "old.apkg")
    (tmp_path / "deck.lock").unlink()
    export(tmp_path, SECOND, day=3)  # without the package at hand: other notes than learners have
    learner.import_(tmp_path / "old.apkg")
    code, said = export(tmp_path, SECOND, "--adopt", "old.apkg", day=4)
    assert code == 0, said
    learner.import_(tmp_path / "덱.apkg")
    assert len(learner.notes()) == 5, "no question twice"
