"""The rehearsal in the real Anki: what it finds, what it says, and what it leaves unwritten."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from dlcards.deck.anki.learner import DeckCount
from dlcards.deck.anki.verify import PackageError, Verified, verify
from dlcards.document.build import build
from dlcards.identity.lock import Lock
from dlcards.model import Config
from dlcards.reports.verify import verification
from tests.support.anki_collection import Learner
from tests.support.command import run, write
from tests.support.deck_project import Project, png, question
from tests.support.documents import md

DECK = Config(deck="시험 덱", repository="owner/name")


def full(number: str, words: str, summary: str = "", answer: str = "답이다.") -> str:
    """A question with everything that cards are made of."""
    return md(f"""
        ## #{number}

        #### {words}

        > 핵심: {summary or f"{number}의 **층**은 **함수**다."}

        {answer}

        #### 꼬리질문

        - {number}은 왜?
          - 그래서.

        #### References

        - [출처](https://a.b)

        ---

    """)


def rehearse(package: Path, against: Path | None = None, language: str = "en") -> Verified:
    return verify(package.read_bytes(), [], language, against)


def said(verified: Verified) -> list[str]:
    return [finding.message.en for finding in verified.findings]


def broken(package: Path, target: Path, *statements: str, without: str = "", extra: str = "") -> Path:
    """A copy of a package with its database changed, and a picture taken out or put in."""
    with zipfile.ZipFile(package) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    database = target.with_suffix(".db")
    database.write_bytes(entries["collection.anki2"])
    connection = sqlite3.connect(database)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    entries["collection.anki2"] = database.read_bytes()
    if without:
        entries["media"] = b"{}"
        del entries[without]
    if extra:
        entries["media"] = entries["media"].replace(b"{", f'{{"9": "{extra}", '.encode())
        entries["9"] = png()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return target


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path, DECK)
    (tmp_path / "answers/a.png").write_bytes(png())
    return made


PICTURE = full("1", "하나인가? $x<y$", answer="![그림](a.png)") + full("2", "둘인가?")


def test_a_sound_deck(project: Project) -> None:
    result, package = project.export(PICTURE)
    guids = [entry.guid for entry in result.identified.cards]
    verified = verify(package.read_bytes(), guids, "ko")
    assert verified.findings == ()
    assert verified.update is None
    assert verified.decks == (
        DeckCount("시험 덱::1 질문", 2, 2),
        DeckCount("시험 덱::2 빈칸", 2, 4),
        DeckCount("시험 덱::3 꼬리질문", 2, 2),
    )
    twice = verify(package.read_bytes(), [*guids, guids[0]], "ko")
    assert [(f.guid, f.message.en) for f in twice.findings] == [(guids[0], "Anki did not take the note")]


@pytest.mark.parametrize(
    ("breaks", "finding"),
    [
        (lambda p, t: broken(p, t, without="0"), "the picture is not in the package: dlcards-"),
        (lambda p, t: broken(p, t, extra="b.png"), "no card uses the picture: b.png"),
        (
            lambda p, t: broken(
                p,
                t,
                "UPDATE notes SET flds = replace(flds, '둘인가?', '') WHERE id = (SELECT nid FROM cards c "
                "JOIN notes n ON n.id = c.nid WHERE flds LIKE '2' || char(31) || '둘인가?' || char(31) || '%')",
            ),
            "a card with nothing on its front",
        ),
        (
            lambda p, t: broken(
                p, t, "UPDATE notes SET flds = replace(replace(flds, '{{c1', '{{d1'), '{{c2', '{{d2')"
            ),
            "a card with nothing on its front",
        ),
        (
            lambda p, t: broken(p, t, "UPDATE col SET models = replace(models, '{{Question}}', '{{Frage}}')"),
            "a problem in a template: dlcards 질문: Front template has a problem: "
            "Found '{{Frage}}', but there is no field called 'Frage'",
        ),
        (
            lambda p, t: broken(
                p, t, "UPDATE col SET models = replace(models, '{{Question}}', '{{Context}}')"
            ),
            "a card with nothing on its front",
        ),
        (lambda p, t: broken(p, t, "DROP TABLE notes"), "Anki can't import the package: "),
    ],
    ids=[
        "missing picture",
        "unused picture",
        "empty question",
        "no blank",
        "unknown field",
        "no field",
        "no notes",
    ],
)
def test_a_broken_package(
    project: Project, tmp_path: Path, breaks: Callable[[Path, Path], Path], finding: str
) -> None:
    _, package = project.export(PICTURE)
    found = said(rehearse(breaks(package, tmp_path / "broken.apkg")))
    assert found
    assert all(message.startswith(finding) for message in found), found


def test_what_a_learner_sees(project: Project, tmp_path: Path) -> None:
    first = (
        full("1", "하나인가?")
        + full("2", "둘인가?")
        + full("3", "셋인가?")
        + full("4", "넷인가?", "**층**은 **함수**다.")
    )
    _, package = project.export(first)
    old = package.rename(tmp_path / "old.apkg")
    second = (
        full("1", "하나인가?", answer="고친 답이다.")
        + full("2", "처음 보는 물음은 무엇을 묻는가?", "**다른** 말.")  # under the number of the one removed
        + full("4", "넷인가?", "**층**은 함수다.")
        + question("5", "다섯인가?")
    )
    result, package = project.export(second, days=3)
    verified = rehearse(package, old)
    assert verified.findings == ()
    update = verified.update
    assert update is not None
    learner = Learner(tmp_path)
    try:
        learner.import_(old)
        imported = learner.import_(package)
        assert (len(update.new), len(update.updated), update.unchanged) == (
            imported.new,
            imported.updated,
            imported.duplicate,
        )
        found = {old.search: set(learner.col.find_notes(old.search)) for old in update.orphaned}
        gone = set.union(*found.values())
        assert len(gone) == len(update.orphaned)
        packed = {entry.guid for entry in result.identified.cards}
        assert gone == {note.id for guid, note in learner.notes().items() if guid not in packed}
        (emptied,) = update.emptied
        (number,) = learner.col.find_notes(emptied.search)
        assert [entry.note_id for entry in learner.col.get_empty_cards().notes] == [number]
    finally:
        learner.close()
    by_words = {(old.id, old.words): old.search for old in update.orphaned}
    assert by_words["3", "셋인가?"] == '"deck:시험 덱" "Id:3"', "all of #3 is gone"
    assert by_words["2", "둘인가?"] == '"deck:시험 덱" "Id:2" "Question:둘인가?*"', "another #2 is there"
    assert emptied.words == "층은 함수다."


def test_a_note_that_is_not_newer(project: Project, tmp_path: Path) -> None:
    _, package = project.export(PICTURE)
    old = package.rename(tmp_path / "old.apkg")
    project.lock = Lock()  # lost, and the clock is the same
    _, package = project.export(PICTURE.replace("답이다.", "고친 답이다."), days=0)
    found = said(rehearse(package, old))
    assert len(found) == 2, "the question and its cloze, which shows the answer"
    assert all(message.startswith("has changed but is not newer") for message in found)


def test_a_note_that_has_become_another(project: Project, tmp_path: Path) -> None:
    _, package = project.export(PICTURE)
    old = package.rename(tmp_path / "old.apkg")
    other = Project(tmp_path, replace(DECK, deck="다른 덱"))  # new GUIDs
    _, package = other.export(PICTURE)
    verified = rehearse(package, old)
    assert verified.update is not None
    assert len(verified.update.orphaned) == 6
    assert len(verified.findings) == 6
    assert all("so a learner gets it twice" in message for message in said(verified))


def test_a_note_type_that_has_become_another(project: Project, tmp_path: Path) -> None:
    result, package = project.export(PICTURE)
    field = '{"name": "Extra3", "ord": 0, "sticky": false, "rtl": false, "font": "", "size": 20}'
    old = broken(
        package,
        tmp_path / "old.apkg",
        f"""UPDATE col SET models = replace(models, '"flds": [', '"flds": [{field}, ')""",
        "UPDATE notes SET flds = char(31) || flds",
    )
    verified = rehearse(package, old)
    assert said(verified) == ["is not updated: its note type differs from the earlier deck's"] * 6
    assert {finding.guid for finding in verified.findings} == {e.guid for e in result.identified.cards}


def test_cards_that_stay_where_they_were(project: Project, tmp_path: Path) -> None:
    _, package = project.export(PICTURE)
    old = broken(package, tmp_path / "old.apkg", "UPDATE col SET decks = replace(decks, '::1 ', '::')")
    update = rehearse(package, old).update
    assert update is not None
    assert update.left_behind == 2


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_an_earlier_package_that_is_none(project: Project, tmp_path: Path, data: bytes) -> None:
    _, package = project.export(PICTURE)
    old = tmp_path / "old.apkg"
    old.write_bytes(data)
    with pytest.raises(PackageError, match=r"old.apkg: cannot be imported as a package of Anki: ."):
        rehearse(package, old)


def test_the_command_says_what_it_found(tmp_path: Path) -> None:
    write(tmp_path, PICTURE)
    write(tmp_path, png(), "a.png")
    done = run(tmp_path, "export", "--verify", "-o", "덱.apkg", "--lang", "ko")
    assert (done.returncode, done.stderr) == (0, b"")
    head, *decks, written = done.stdout.decode().splitlines()
    assert re.fullmatch(r"검사\(Anki [0-9.]+\): 노트 6개, 카드 8장. 문제 없음", head)
    assert decks == [
        "  a::1 질문: 노트 2개, 카드 2장",
        "  a::2 빈칸: 노트 2개, 카드 4장",
        "  a::3 꼬리질문: 노트 2개, 카드 2장",
    ]
    assert written.startswith("덱.apkg: ")
    (tmp_path / "덱.apkg").rename(tmp_path / "old.apkg")
    write(tmp_path, full("1", "하나인가? $x<y$", "**층**은 함수다."))
    done = run(tmp_path, "export", "--against", "old.apkg", "-o", "덱.apkg", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode()
    assert (
        md("""
        For a learner of old.apkg: 0 notes new, 2 updated, 1 unchanged, 3 gone from the deck, 1 with empty cards
          Gone, but they stay; Anki's search finds what to delete:
            #2 둘인가? (3 notes): "deck:a" "Id:2"
          With empty cards, which Tools → Empty Cards in Anki deletes:
            #1 층은 함수다.: "deck:a" "Id:1" "Text:*"
    """)
        in lines
    )


def test_what_a_learner_exports_in_the_newer_form_is_an_earlier_package(tmp_path: Path) -> None:
    write(tmp_path, full("1", "하나인가?"))
    assert run(tmp_path, "export", "-o", "first.apkg").returncode == 0
    learner = Learner(tmp_path)
    learner.import_(tmp_path / "first.apkg")
    learner.export(tmp_path / "old.apkg", legacy=False)
    learner.close()
    done = run(tmp_path, "export", "--against", "old.apkg", "-o", "덱.apkg", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "For a learner of old.apkg: 0 notes new, 0 updated, 3 unchanged, 0 gone" in done.stdout.decode()


def test_a_package_that_harms_is_not_written(tmp_path: Path) -> None:
    write(tmp_path, full("1", "하나인가?"))
    now = {"SOURCE_DATE_EPOCH": "1800000000"}
    assert run(tmp_path, "export", "-o", "old.apkg", **now).returncode == 0
    (tmp_path / "deck.lock").unlink()
    write(tmp_path, full("1", "하나인가?", answer="고친 답이다."))
    done = run(tmp_path, "export", "--against", "old.apkg", "-o", "덱.apkg", "--lang", "en", **now)
    assert done.returncode == 1
    assert done.stderr.decode() == "dlcards: the check found problems; nothing was written\n"
    assert "2 problems:\n  a.md:3: #1: has changed but is not newer" in done.stdout.decode()
    assert not (tmp_path / "덱.apkg").exists()
    assert not (tmp_path / "deck.lock").exists()


def test_a_finding_names_its_question(project: Project, tmp_path: Path) -> None:
    result, package = project.export(PICTURE)
    bad = broken(package, tmp_path / "b.apkg", "UPDATE notes SET flds = replace(flds, '1은 왜?', '')")
    document = build(PurePosixPath("answers/a.md"), PICTURE, DECK)
    cards = result.identified.cards
    verified = verify(bad.read_bytes(), [card.guid for card in cards], "ko")
    out = verification(verified, cards, [document], None, "ko")
    assert "문제 1개:\n  answers/a.md:3: #1 꼬리질문: 카드의 앞면이 비어 있다\n" in out


def test_what_must_be_there_is_asked_for_at_once(tmp_path: Path) -> None:
    write(tmp_path, full("1", "하나인가?"))
    done = run(tmp_path, "export", "--against", "없다.apkg", "--lang", "en")
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "dlcards: 없다.apkg: does not exist; give an earlier .apkg\n",
    )
    hidden = "import sys; sys.modules['anki'] = None; from dlcards.cli import main; main()"
    command = [sys.executable, "-c", hidden, "export", "--verify", "--lang", "en"]
    bare = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert bare.returncode == 2
    assert 'pip install "dlcards[anki]"' in bare.stderr.decode()
    assert not (tmp_path / "deck.lock").exists()


def test_anki_is_imported_only_when_asked_for(tmp_path: Path) -> None:
    write(tmp_path, full("1", "하나인가?"))
    check = (
        "import sys; from dlcards.cli import app; app(['export', '-o', 'a.apkg'], standalone_mode=False);"
        "sys.exit(any(name.split('.')[0] == 'anki' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", check], cwd=tmp_path, check=False).returncode == 0
