"""What Anki's editor made of notes, as recorded, comes home into the document that they were made of.

Each scene also as AnkiDroid saves it, which makes a ``<br>`` of every line end of a field that was edited (as its source says;
it was not run).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dlcards.identity.package import package_notes
from tests.support import recorded
from tests.support.command import run
from tests.support.desktop_scenes import SCENES
from tests.support.edits import Edited, edited
from tests.support.recorded import BY_HAND, MEANT, NOTHING, Scene, unnamed
from tests.support.seen import seen

RECORDED = {scene.name: scene for scene in recorded.scenes()}
TEXT = (recorded.PROJECT / "answers.md").read_text(encoding="utf-8")
LOCK = (recorded.PROJECT / "deck.lock").read_bytes()


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The project's package."""
    folder = tmp_path_factory.mktemp("recorded") / "project"
    shutil.copytree(recorded.PROJECT, folder)
    done = run(folder, "export", "--offline", "-o", "deck.apkg", ".")
    assert done.returncode == 0, done.stderr.decode()
    return (folder / "deck.apkg").read_bytes()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, which no git knows."""
    shutil.copytree(recorded.PROJECT, tmp_path / "project")
    return tmp_path / "project"


def write(project: Path, deck: bytes, scene: Scene, *, droid: bool) -> tuple[str, ...]:
    """Lay what the learner had and has beside the project; the arguments of ``dlcards pull``."""
    after = {
        name: text.replace("\n", "<br>") if droid and text != scene.before[name] else text
        for name, text in scene.after.items()
    }
    folder = project.parent
    base = edited(deck, {scene.guid: Edited(scene.before, scene.tags_before)}, folder)
    learner = edited(deck, {scene.guid: Edited(after, scene.tags)}, folder, scene.media)
    (folder / "base.apkg").write_bytes(base)
    (folder / "learner.apkg").write_bytes(learner)
    return "pull", "../learner.apkg", ".", "--base", "../base.apkg", "--lang", "en"


def test_every_scene_was_recorded_and_something_is_expected_of_it() -> None:
    names = [scene.__name__ for scene in SCENES]
    assert names == list(RECORDED)
    assert sorted(names) == sorted([*MEANT, *BY_HAND, *NOTHING])
    assert all(TEXT.count(old) == 1 for old, _ in MEANT.values())
    for name, scene in RECORDED.items():
        assert (scene.after == scene.before) == (name in NOTHING), name


@pytest.mark.parametrize("droid", [False, True], ids=["desktop", "AnkiDroid"])
@pytest.mark.parametrize("name", MEANT)
def test_an_edit_comes_home_and_nothing_else_changes(
    name: str, project: Path, deck: bytes, droid: bool
) -> None:
    scene = RECORDED[name]
    pull = write(project, deck, scene, droid=droid)
    done = run(project, *pull, "--write")
    assert done.returncode == 0, done.stderr.decode()
    old, new = MEANT[name]
    text = (project / "answers.md").read_text(encoding="utf-8")
    pictures = {path.name: path.read_bytes() for path in (project / "images").iterdir()}
    pictures.pop("steps.png")
    assert text == TEXT.replace(old, new.replace("PICTURE", "".join(pictures)))
    assert [*pictures.values()] == [*scene.media.values()]
    assert (project / "deck.lock").read_bytes() == LOCK
    assert sorted(path.name for path in project.iterdir()) == [
        "answers.md",
        "deck.lock",
        "dlcards.toml",
        "images",
    ]

    again = run(project, *pull)
    assert (again.returncode, again.stdout) == (0, b""), again.stderr.decode()

    exported = run(project, "export", "--offline", "-o", "../after.apkg", ".")
    assert exported.returncode == 0, exported.stderr.decode()
    notes = {note.guid: note for note in package_notes(project.parent / "after.apkg")}
    shown = notes[scene.guid].fields
    for field, html in scene.after.items():
        assert seen(unnamed(shown[field])) == seen(unnamed(html)), field


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_what_no_source_makes_is_left_to_a_human_with_its_place(
    name: str, project: Path, deck: bytes
) -> None:
    scene = RECORDED[name]
    done = run(project, *write(project, deck, scene, droid=False), "--write")
    assert done.returncode == 1
    assert (project / "answers.md").read_text(encoding="utf-8") == TEXT
    said = done.stderr.decode()
    assert re.search(rf"^answers\.md:\d+: .*\b{scene.field}: by hand: \w+", said, re.M), said


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_where_no_field_says_something_else_nothing_is_taken(name: str, project: Path, deck: bytes) -> None:
    scene = RECORDED[name]
    done = run(project, *write(project, deck, scene, droid=False), "--write")
    assert (done.returncode, done.stdout) == (0, b"")
    assert (project / "answers.md").read_text(encoding="utf-8") == TEXT
    for tag in set(scene.tags) - set(scene.tags_before):
        assert tag == "leech" or tag in done.stderr.decode()
