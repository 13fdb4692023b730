"""``dlcards doctor``: what a project has, and what to type for the rest."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.command import CLEAN, run, write
from tests.support.installed import FOLDER, install


def lines(folder: Path) -> tuple[int, list[str]]:
    done = run(folder, "doctor", "--lang", "en")
    assert done.stderr == b""
    return done.returncode, done.stdout.decode().splitlines()


def test_what_is_missing_is_named_with_what_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, None)
    write(tmp_path, CLEAN)
    code, said = lines(tmp_path)
    assert code == 1
    assert [line for line in said if line.startswith("✗")] == [
        "✗ configuration → dlcards init",
        "✗ deck.lock (learners' history) → dlcards export",
        "✗ hook → dlcards init",
        "✗ CI workflow → dlcards init",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("origin", [None, FOLDER])
def test_what_it_says_to_type_makes_it_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None
) -> None:
    install(monkeypatch, origin)
    write(tmp_path, CLEAN)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    commit = ["git", *identity, "commit", "-q", "--no-verify", "-m", "x"]
    subprocess.run([*commit, "--allow-empty"], cwd=tmp_path, check=True)
    typed = []
    for _ in range(9):
        code, said = lines(tmp_path)
        missing = [line for line in said if line.startswith("✗")]
        if not missing:
            break
        command = missing[0].partition("→ ")[2].partition(": ")
        typed.append(command[2] or command[0])
        name, *arguments = typed[-1].split()
        if name == "dlcards":
            run(tmp_path, *arguments, *(["--yes"] if arguments == ["init"] else []))
        elif name == "git":
            subprocess.run([name, *arguments], cwd=tmp_path, check=True)
            subprocess.run(commit, cwd=tmp_path, check=True)
        else:
            hook = tmp_path / ".git/hooks/pre-commit"
            hook.parent.mkdir(exist_ok=True)
            hook.touch()

    assert code == 0, said
    assert typed == ["dlcards init", "dlcards export", "git add deck.lock", "pre-commit install"]


def test_a_project_without_questions_is_told_what_nearly_fits(tmp_path: Path) -> None:
    write(tmp_path, "# Notes\n\nNothing is asked.\n")
    code, said = lines(tmp_path)
    assert code == 1
    assert "✗ questions → dlcards stats --why" in said


def test_what_git_ignores_is_said_only_of_a_repository(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    assert "- git repository" in lines(tmp_path)[1]
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    name = "build/, where decks go, ignored by git"
    assert f"✓ {name}: not there yet; it will be" in lines(tmp_path)[1]
    (tmp_path / "build").mkdir()
    assert f"✗ {name} → add to .gitignore: build/" in lines(tmp_path)[1]
    write(tmp_path, "build/\n", ".gitignore")
    assert f"✓ {name}: yes" in lines(tmp_path)[1]


def test_what_init_would_not_write_is_not_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, None)
    write(tmp_path, "# Notes\n\nNothing is asked.\n")
    write(tmp_path, "repos: []\n", ".pre-commit-config.yaml")
    _, said = lines(tmp_path)
    assert "- configuration" in said
    assert "✗ hook → add the hook by hand; see pre-commit in README" in said
    write(tmp_path, CLEAN)
    _, said = lines(tmp_path)
    assert "✗ configuration → dlcards init" in said
