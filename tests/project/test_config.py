"""Which project file counts, and where its paths start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dlcards.linter.rules import NAMES
from dlcards.model import Config
from dlcards.project.config import load
from tests.support.command import CLEAN, DIRTY, run, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout whose documents, and their project file, lie in a folder below its root."""
    (tmp_path / ".git").mkdir()
    write(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")
    write(
        tmp_path,
        'deck = "덱"\nper-file-ignores = { "*.md" = ["M001"] }\nlock = "state/deck.lock"\n',
        "ko/dlcards.toml",
    )
    write(tmp_path, "# 밖\n", "밖.md")
    return tmp_path


def test_the_nearest_project_file_counts_and_its_paths_start_at_its_folder(folder: Path) -> None:
    (folder / "ko/답").mkdir()
    config = load(folder / "ko/답", NAMES).config
    assert (config.deck, config.home, config.lock) == ("덱", "ko", "ko/state/deck.lock")
    assert config.per_file_ignores == {"ko/*.md": ("M001",)}
    assert (config.in_home(config.from_home("답/a.md")), config.in_home(config.from_home("../밖.md"))) == (
        "답/a.md",
        "../밖.md",
    )
    assert load(folder, NAMES).config == Config()


def test_reports_and_paths_from_the_root_start_at_the_root_of_the_checkout(folder: Path) -> None:
    write(folder, DIRTY + "\n[밖](/밖.md)과 [없음](/ko/a.png)\n", "ko/a.md")
    done = run(folder / "ko", "lint", "a.md", "--format", "json")
    found = [(entry["path"], entry["code"]) for entry in json.loads(done.stdout)["findings"]]
    assert ("ko/a.md", "L002") in found
    assert ("ko/a.md", "M001") not in found, "ignored by the nearer configuration"
    assert b"file=ko/a.md" in run(folder / "ko", "lint", "a.md", "--format", "github").stdout


def test_the_projects_own_files_go_to_the_folder_of_its_project_file(folder: Path) -> None:
    write(folder, CLEAN, "ko/a.md")
    (folder / "ko/state").mkdir()
    done = run(folder, "export", "ko")
    assert done.returncode == 0, done.stderr.decode()
    assert (folder / "ko/build/덱.apkg").exists()
    rows = (folder / "ko/state/deck.lock").read_text(encoding="utf-8").splitlines()[1:]
    assert {json.loads(row)["document"] for row in rows} == {"a.md"}


def test_a_lock_and_a_baseline_know_their_documents_wherever_the_checkout_begins(folder: Path) -> None:
    """As written by a version that took the project file's folder for the root."""
    (folder / ".git").rmdir()
    write(folder, DIRTY.replace("[없다](#어디)", "없다"), "ko/a.md")
    (folder / "ko/state").mkdir()
    run(folder, "export", "ko")
    run(folder, "lint", "ko", "--write-baseline")
    lock = (folder / "ko/state/deck.lock").read_bytes()
    (folder / ".git").mkdir()
    assert run(folder, "export", "ko", "--locked").returncode == 0
    assert run(folder, "lint", "ko").returncode == 0
    assert (folder / "ko/state/deck.lock").read_bytes() == lock


def test_other_configurations_of_a_run_are_named(folder: Path) -> None:
    write(folder, CLEAN, "ko/a.md")
    done = run(folder, "lint", "밖.md", "ko/a.md", "--lang", "en")
    assert b"dlcards: ko/dlcards.toml: not this run's configuration" in done.stderr
    assert run(folder, "lint", "ko/a.md", "ko", "--lang", "en").stderr == b""
