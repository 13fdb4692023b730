"""An export that would change nothing is not made again; one that would, is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import run
from tests.support.deck_project import png, question

DECK = question("1", "하나인가?", "![그래프](images/a.png) 답이다.") + question("2", "둘인가?", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a.png").write_bytes(png())
    (tmp_path / "a.md").write_text(DECK, encoding="utf-8")
    (tmp_path / "dlcards.toml").write_text('deck = "덱"\n', encoding="utf-8")
    assert export(tmp_path)[0] == 0
    return tmp_path


def export(folder: Path, *options: str) -> tuple[int, str]:
    # In a project of one's own, with caches of its own.
    done = run(folder, "export", "--lang", "en", *options, ".", XDG_CACHE_HOME=str(folder / "cache"))
    assert done.stderr == b"", done.stderr.decode()
    return done.returncode, done.stdout.decode()


def test_nothing_changed(folder: Path) -> None:
    before = (folder / "build/덱.apkg").stat().st_mtime_ns
    code, said = export(folder)
    assert code == 0
    assert "a.md:15: Q001 #2 has no answer" in said, "what is left out is said every time"
    assert "build/덱.apkg: nothing changed; packed 1 of 2 questions" in said
    assert (folder / "build/덱.apkg").stat().st_mtime_ns == before
    assert "바뀐 것이 없다" in export(folder, "--lang", "ko")[1]


@pytest.mark.parametrize("command", ["export", "preview"])
def test_no_cache_reads_and_keeps_nothing(folder: Path, command: str) -> None:
    done = run(folder, command, "--no-cache", "--lang", "en", XDG_CACHE_HOME=str(folder / "other"))
    assert done.returncode == 0
    # What keeps two exports apart stands there, too, and holds nothing.
    assert not [path for path in (folder / "other").rglob("*") if path.is_file() and path.stat().st_size]
    assert "nothing changed" not in export(folder, "--no-cache")[1]


def _memory(folder: Path) -> Path:
    (path,) = (folder / "cache/dlcards/exports").iterdir()
    return path


def _touch(path: Path) -> None:
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "a.md").write_text(DECK.replace("답이다", "고친 답이다"), encoding="utf-8"),
        lambda f: _touch(f / "a.md"),
        lambda f: (f / "images/a.png").write_bytes(png(shade=9)),
        lambda f: (f / "b.md").write_text(question("1", "셋인가?"), encoding="utf-8"),
        lambda f: (f / "dlcards.toml").write_text('deck = "덱"\nbranch = "dev"\n', encoding="utf-8"),
        lambda f: (f / "build/덱.apkg").unlink(),
        lambda f: (f / "build/덱.apkg").write_bytes(b"damaged"),
        lambda f: _memory(f).write_text('{"files": []}', encoding="utf-8"),
        lambda f: _memory(f).write_bytes(b"\xff"),
    ],
    ids=["answer", "touched", "picture", "document", "configuration", "gone", "damaged", "other", "no json"],
)
def test_something_changed(folder: Path, change: Callable[[Path], object]) -> None:
    change(folder)
    code, said = export(folder)
    assert code == 0
    assert "nothing changed" not in said
    assert (folder / "build/덱.apkg").stat().st_size > 1000
    assert "nothing changed" in export(folder)[1]


def test_other_options_are_another_export(folder: Path) -> None:
    assert "nothing changed" not in export(folder, "--no-cloze")[1]
    assert "nothing changed" not in export(folder)[1], "the package on disk was the one without blanks"
    assert export(folder, "--strict")[0] == 1
    code, said = export(folder, "--strict")
    assert (code, "nothing changed" in said) == (1, True)


def test_a_lock_that_is_gone_is_missed(folder: Path) -> None:
    (folder / "deck.lock").unlink()
    assert "(1 new, 0 changed, 0 gone)" in export(folder)[1]
