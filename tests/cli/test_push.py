"""``dlcards push`` into a running Anki: what survives, what is named, what is refused, what is waited for."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dlcards.cli import pushing
from dlcards.identity.package import package_notes
from tests.deck.cards.test_make import RELU
from tests.support.anki_collection import Learner
from tests.support.ankiconnect import RunningAnki, closed_port, running_anki
from tests.support.command import invoke, run, write

ANSWER = "음수 쪽의 기울기가 0이다."
OTHER = "\n## #13\n\n#### 드롭아웃이란 무엇인가?\n\n뉴런을 무작위로 끄는 것이다.\n"


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[RunningAnki]:
    (tmp_path / "learner").mkdir()
    learner = Learner(tmp_path / "learner")
    with running_anki(learner) as running:
        yield running
    learner.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write(folder, RELU)
    return folder


def push(anki: RunningAnki, project: Path, *words: str, day: int = 0) -> tuple[int, str]:
    """The command, on a day since the deck was begun, in a past that no learner's edit is older than."""
    stamp = {"SOURCE_DATE_EPOCH": str(1_700_000_000 + day * 86_400)}
    return invoke(project, "push", ".", "--ankiconnect", anki.url, *words, **stamp)


def edit(anki: RunningAnki, field: str, value: str, *, day: float | None = None) -> None:
    """An edit of the question's note by its learner, today or on a day since the deck was begun."""
    note = anki.learner.by_id()["12-3"]
    note[field] = value
    anki.learner.col.update_note(note)
    if day is not None:
        mod = 1_700_000_000 + int(day * 86_400)
        anki.col.db.execute("update notes set mod = ? where id = ?", mod, note.id)


def test_what_anki_gets_is_the_deck_and_said_in_numbers(anki: RunningAnki, project: Path) -> None:
    code, said = push(anki, project)
    assert (code, said.splitlines()[1:]) == (0, ["Anki: 4 notes new, 0 updated, 0 unchanged"])
    assert (project / "deck.lock").exists()
    (package,) = (project / "build").glob("*.apkg")
    assert {note.guid for note in package_notes(package)} == anki.learner.notes().keys()
    code, said = push(anki, project, day=1)
    assert (code, said.splitlines()[1:]) == (0, ["Anki: 0 notes new, 0 updated, 4 unchanged"])
    write(project, RELU.replace(ANSWER, "고친 답이다.") + OTHER)
    code, said = push(anki, project, day=2)
    assert (code, said.splitlines()[1:]) == (0, ["Anki: 1 note new, 2 updated, 2 unchanged"])
    assert "고친 답이다." in anki.learner.by_id()["12-3"]["Answer"]


def test_progress_moved_cards_tags_and_options_survive(anki: RunningAnki, project: Path) -> None:
    push(anki, project)
    learner = anki.learner
    deck = learner.deck(learner.by_id()["12-3"]).partition("::")[0]
    learner.study(f"{deck}::1 질문", 1)
    own = learner.col.decks.id("내 덱")
    assert own is not None
    guids = {note.guid: note for note in learner.notes().values()}
    (cloze,) = (note for note in guids.values() if "Text" in note)
    learner.col.set_deck([card.id for card in cloze.cards()[:2]], own)
    learner.col.tags.bulk_add([note.id for note in guids.values()], "mine a::b")
    anki.col.db.execute("update notes set mod = 1700000001")  # on the deck's first day
    config = learner.col.decks.config_dict_for_deck_id(own)
    schedules = learner.schedules()
    assert any(reps for _, reps, _ in schedules.values())
    write(project, RELU.replace(ANSWER, "고친 답이다."))
    code, said = push(anki, project, day=1)
    assert (code, said.splitlines()[1:]) == (0, ["Anki: 0 notes new, 2 updated, 2 unchanged"])
    assert learner.schedules() == schedules
    assert learner.deck(learner.col.get_note(cloze.id)) == "내 덱"
    assert all({"mine", "a::b"} <= set(note.tags) for note in learner.notes().values())
    assert learner.col.decks.config_dict_for_deck_id(own) == config
    assert learner.complaints() == []


@pytest.mark.parametrize(("language", "head"), [("en", "Edited in Anki, and"), ("ko", "Anki에서 고쳤고")])
def test_what_is_kept_as_edited_is_named_with_its_place(
    anki: RunningAnki, project: Path, language: str, head: str
) -> None:
    push(anki, project)
    edit(anki, "Question", "ReLU의 <b>문제점</b>은?")
    code, said = push(anki, project, "--lang", language, day=1)
    assert code == 0
    assert head in said
    assert "  a.md:3: #12-3 (Question)\n" in said
    assert f"dlcards pull --ankiconnect={anki.url} .\n" in said
    counts = {
        "en": "3 unchanged, 1 kept as edited in Anki",
        "ko": "그대로 3개, Anki에서 고쳐 그대로 둔 것 1개",
    }
    assert counts[language] in said
    assert anki.learner.by_id()["12-3"]["Question"] == "ReLU의 <b>문제점</b>은?"


def test_what_was_only_touched_is_no_edit(anki: RunningAnki, project: Path) -> None:
    push(anki, project)
    anki.learner.col.tags.bulk_add(anki.learner.col.find_notes(""), "mine")  # today
    write(project, RELU.replace(ANSWER, "고친 답이다."))
    code, said = push(anki, project, day=1)
    assert (code, "2 unchanged, 2 not updated" in said, "pull" in said) == (0, True, False), said
    assert "touched in Anki" in said
    assert "  a.md:3: #12-3 (Answer)\n" in said


def test_no_edit_is_overwritten_unasked(anki: RunningAnki, project: Path) -> None:
    push(anki, project)
    edit(anki, "Question", "고친 질문은?", day=1)
    before = (project / "deck.lock").read_bytes()
    write(project, RELU.replace(ANSWER, "고친 답이다."))
    for _ in range(2):
        code, said = push(anki, project, day=2)
        assert code == 1
        assert "  a.md:3: #12-3 (Question, Answer)\n" in said
        assert "nothing was written" in said
        assert (project / "deck.lock").read_bytes() == before
        assert anki.learner.by_id()["12-3"]["Question"] == "고친 질문은?"
    code, said = push(anki, project, "--overwrite", day=2)
    assert (code, "2 updated" in said) == (0, True), said
    assert anki.learner.by_id()["12-3"]["Question"] == "ReLU의 문제점은?"


def test_an_older_deck_is_no_edit_where_git_knows_its_lock(anki: RunningAnki, project: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run([*git, "init", "-q"], cwd=project, check=True)
    push(anki, project)
    for day, words in enumerate(("하나", "둘", "셋"), start=1):
        subprocess.run([*git, "add", "deck.lock", "a.md"], cwd=project, check=True)
        subprocess.run([*git, "commit", "-qm", "x"], cwd=project, check=True)
        write(project, RELU.replace(ANSWER, f"고친 답 {words}이다."))
        stamp = {"SOURCE_DATE_EPOCH": str(1_700_000_000 + day * 86_400)}
        assert invoke(project, "export", ".", **stamp)[0] == 0
    code, said = push(anki, project, day=4)
    assert (code, "2 updated" in said) == (0, True), said
    edit(anki, "Answer", "내 답이다.", day=5)
    write(project, RELU)
    assert push(anki, project, day=6)[0] == 1


def test_edits_that_the_documents_have_too_are_no_loss(anki: RunningAnki, project: Path) -> None:
    push(anki, project)
    edit(anki, "Question", "ReLU의 약점은?", day=1)
    write(project, RELU.replace("문제점", "약점"))
    code, said = push(anki, project, day=2)
    assert (code, "kept as edited" in said) == (0, False), said


def test_notes_of_another_note_type_are_said_not_to_be_taken(anki: RunningAnki, project: Path) -> None:
    push(anki, project)
    models = anki.learner.col.models
    for kind in models.all():
        if [field["name"] for field in kind["flds"]][:1] == ["Id"]:
            models.add_field(kind, models.new_field("내 메모"))
            models.update_dict(kind)
    code, said = push(anki, project, day=1)
    assert (code, "4 not taken" in said, "Not taken by Anki" in said) == (0, True, True), said


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda anki: setattr(anki, "has_profile", False), "no profile is open"),
        (lambda anki: setattr(anki, "key", "x"), "ANKICONNECT_KEY"),
        (lambda anki: setattr(anki, "version", 5), "too old"),
        (lambda anki: setattr(anki, "raw", b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"), "not an answer"),
        (lambda anki: setattr(anki, "url", closed_port()), "open Anki"),
    ],
)
def test_nothing_is_written_for_an_anki_that_is_not_there(
    anki: RunningAnki, project: Path, spoil: Callable[[RunningAnki], None], message: str
) -> None:
    spoil(anki)
    code, said = push(anki, project)
    assert (code, said.startswith("dlcards: http://127.0.0.1:"), message in said) == (2, True, True), said
    assert {path.name for path in project.iterdir()} - {".cache"} == {"a.md"}


def test_the_key_of_the_environment_is_used(anki: RunningAnki, project: Path) -> None:
    anki.key = "secret"
    code, said = invoke(project, "push", ".", "--ankiconnect", anki.url, ANKICONNECT_KEY="secret")
    assert (code, "4 notes new" in said) == (0, True), said


def test_what_export_refuses_is_not_pushed(anki: RunningAnki, project: Path) -> None:
    code, said = push(anki, project, "--locked")
    assert (code, "stale" in said, anki.learner.notes()) == (1, True, {}), said
    write(project, RELU + "\n## #13\n\n#### 답이 없는가?\n")
    code, said = push(anki, project, "--strict")
    assert (code, "Left out:" in said, len(anki.learner.notes())) == (1, True, 4), said
    for words in (["none.md"], ["a.md", "-o", "a.md"], ["a.md", "--tag", "a b"]):
        done = run(project, "push", *words, "--ankiconnect", anki.url)
        assert done.returncode == 2, done


def test_options_are_those_of_an_export(anki: RunningAnki, project: Path) -> None:
    words = [
        "--deck",
        "내 덱",
        "--tag",
        "x",
        "--no-cloze",
        "--no-follow-ups",
        "-o",
        "out/d.apkg",
        "--no-cache",
    ]
    code, said = push(anki, project, *words)
    assert (code, "1 note new" in said) == (0, True), said
    (note,) = anki.learner.notes().values()
    assert ("x" in note.tags, anki.learner.deck(note)) == (True, "내 덱::1 질문")
    assert (project / "out" / "d.apkg").exists()


def test_an_address_that_is_none_is_refused(project: Path) -> None:
    code, said = invoke(project, "push", ".", "--ankiconnect", "8765")
    assert (code, "no address of AnkiConnect: 8765" in said) == (2, True)


class Clock:
    """What the watching command waits by: each wait lets the next step of a story happen."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self.steps = [*steps]

    def sleep(self, seconds: float) -> None:
        if not self.steps:
            raise KeyboardInterrupt
        self.steps.pop(0)()

    def strftime(self, form: str) -> str:
        return "12:34:56"


def watch(
    anki: RunningAnki, project: Path, monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]
) -> tuple[int, str]:
    monkeypatch.setattr(pushing, "time", Clock(*steps))
    return push(anki, project, "--watch")


def test_each_save_that_changes_the_deck_is_pushed(
    anki: RunningAnki, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports: list[int] = []

    def save(text: str) -> Callable[[], object]:
        def step() -> None:
            imports.append(anki.asked.count("importPackage"))
            write(project, text)

        return step

    second = RELU.replace(ANSWER, "고친 답이다.")
    blank = second + "\n<!-- 카드에는 없다 -->\n"
    code, said = watch(
        anki, project, monkeypatch, save(second), save(blank), save(blank + OTHER), save(blank)
    )
    assert code == 0
    assert imports == [1, 2, 2, 3]
    assert said.count("Anki: ") == 4, said
    assert "12:34:56 Anki: 4 notes new, 0 updated, 0 unchanged\n" in said
    assert "고친 답이다." in anki.learner.by_id()["12-3"]["Answer"]


def test_an_anki_that_is_not_there_is_waited_for_and_said_once(
    anki: RunningAnki, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anki.has_profile = False
    before: list[bool] = []

    def look() -> None:
        before.append((project / "deck.lock").exists())

    def open_profile() -> None:
        look()
        anki.has_profile = True

    def close_again() -> None:
        look()
        anki.has_profile = False
        write(project, RELU.replace(ANSWER, "고친 답이다."))

    code, said = watch(
        anki, project, monkeypatch, look, look, open_profile, close_again, look, open_profile, look
    )
    assert code == 0
    assert before == [False, False, False, True, True, True, True]
    assert said.count("no profile is open in Anki; open one there (waiting)") == 2, "once for each time"
    assert "고친 답이다." in anki.learner.by_id()["12-3"]["Answer"]


def test_mistakes_in_between_end_no_watch(
    anki: RunningAnki, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit_there() -> None:
        edit(anki, "Question", "고친 질문은?", day=-1)
        write(project, RELU.replace(ANSWER, "고친 답이다."))

    code, said = watch(
        anki,
        project,
        monkeypatch,
        lambda: write(project, "# 질문이 없다\n"),
        lambda: write(project, "## #1\n\n#### 답이 없는가?\n"),
        edit_there,
        lambda: edit(anki, "Question", "ReLU의 문제점은?", day=-1),
        lambda: write(project, RELU.replace(ANSWER, "또 고친 답이다.")),
        lambda: None,
    )
    assert code == 0
    assert "no questions" in said
    assert "would be lost" in said
    assert "또 고친 답이다." in anki.learner.by_id()["12-3"]["Answer"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no signals")
def test_ctrl_c_ends_a_watch_without_a_word(anki: RunningAnki, project: Path) -> None:
    command = [sys.executable, "-m", "dlcards", "push", "--watch", "--lang", "en", "--ankiconnect", anki.url]
    with subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        ends = threading.Timer(60, process.kill)
        ends.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "Anki: 4 notes new" in line:
                    process.send_signal(signal.SIGINT)
                    break
            _, errors = process.communicate(timeout=60)
        finally:
            ends.cancel()
    assert (process.returncode, re.sub(r"\s", "", errors)) == (0, "")


def test_what_pull_has_taken_is_pushed_without_a_question(anki: RunningAnki, project: Path) -> None:
    """Anki's editor writes other HTML than a card's, which says the same."""
    assert push(anki, project)[0] == 0
    note = anki.learner.by_id()["12-3"]
    edit(anki, "Answer", note["Answer"].replace("기울기", "<b>기울기</b>", 1))
    code, said = invoke(project, "pull", "--ankiconnect", anki.url, "--write")
    assert code == 0, said
    assert "**기울기**" in (project / "a.md").read_text(encoding="utf-8")
    code, said = invoke(project, "push", ".", "--ankiconnect", anki.url)
    assert code == 0, said
    assert "would be lost" not in said
    assert "기울기" in anki.learner.by_id()["12-3"]["Answer"]
