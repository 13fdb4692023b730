"""The hook, in a scratch repository, with the real pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT
from tests.support.documents import md


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as it is on disk, committed, since pre-commit clones what it installs."""
    folder = tmp_path_factory.mktemp("hooks") / "dlcards"
    folder.mkdir()
    for name in ("src", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "x")
    git(folder, "tag", "v1")
    return folder


def run_hook(repository: Path, scratch: Path, hook: str) -> subprocess.CompletedProcess[str]:
    """What ``pre-commit`` says of a hook on all files; it installs the hooks' environment only once."""
    config = (
        f"repos: [{{repo: '{repository}', rev: v1, hooks: [{{id: dlcards-lint}}, {{id: dlcards-export}}]}}]"
    )
    (scratch / ".pre-commit-config.yaml").write_text(config + "\n", encoding="utf-8")
    git(scratch, "add", ".pre-commit-config.yaml")
    home = str(repository.parent / "cache")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", hook, "--all-files"],
        cwd=scratch,
        env={**os.environ, "PRE_COMMIT_HOME": home, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Someone's repository with one question, not answered yet."""
    folder = tmp_path / "scratch"
    (folder / "answers").mkdir(parents=True)
    git(folder, "init", "-q")
    (folder / "answers" / "a.md").write_text(
        md("""
        ## #1

        #### 하나인가?

        #### References

        - [출처](https://example.com)
    """),
        encoding="utf-8",
    )
    # What the configuration excludes is excluded in a hook, too, which names each file.
    (folder / "drafts").mkdir()
    (folder / "drafts" / "b.md").write_text("## #1\n\n#### 하나인가?\n", encoding="utf-8")
    (folder / "dlcards.toml").write_text('exclude = ["drafts/"]\n', encoding="utf-8")
    git(folder, "add", ".")
    return folder


def answer(scratch: Path, words: str) -> None:
    """Put an answer to the question and stage it."""
    path = scratch / "answers" / "a.md"
    before, _, after = path.read_text(encoding="utf-8").partition("인가?\n\n")
    references = after[after.index("#### References") :]
    path.write_text(f"{before}인가?\n\n{words}\n\n{references}", encoding="utf-8")
    git(scratch, "add", ".")


pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hooks")]  # one environment for all of them


def test_the_hook_stops_a_commit_that_hurts_a_reader(hook_repository: Path, scratch: Path) -> None:
    done = run_hook(hook_repository, scratch, "dlcards-lint")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "answers/a.md:3:1: error Q001 missing-answer: #1 has no answer" in done.stdout
    answer(scratch, "답이다.")
    done = run_hook(hook_repository, scratch, "dlcards-lint")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_the_hook_keeps_the_lock_up_to_date(hook_repository: Path, scratch: Path) -> None:
    (scratch / ".gitignore").write_text("build/\n", encoding="utf-8")
    answer(scratch, "답이다.")
    for words in ("", "고친 답이다."):
        if words:
            answer(scratch, words)
        done = run_hook(hook_repository, scratch, "dlcards-export")
        assert done.returncode == 1, done.stdout + done.stderr
        assert "commit it with the answers: git add answers/deck.lock" in done.stdout, "also a new one"
        git(scratch, "add", "answers/deck.lock")
        done = run_hook(hook_repository, scratch, "dlcards-export")
        assert done.returncode == 0, done.stdout + done.stderr


def test_one_commit_holds_the_answer_and_the_lock(hook_repository: Path, scratch: Path) -> None:
    """As CONTRIBUTING tells: commit, add the lock, commit again; also with ``commit -a``."""
    (scratch / ".gitignore").write_text("build/\n", encoding="utf-8")
    answer(scratch, "답이다.")
    run_hook(hook_repository, scratch, "dlcards-export")  # writes the configuration and installs
    home = {"PRE_COMMIT_HOME": str(hook_repository.parent / "cache"), "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=scratch, check=True, capture_output=True
    )

    def commit(*options: str) -> tuple[int, str]:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
        done = subprocess.run(
            ["git", *identity, "commit", "-m", "x", *options],
            cwd=scratch,
            env={**os.environ, **home},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    code, said = commit()
    assert code == 1, said
    git(scratch, "add", "answers/deck.lock")
    code, said = commit()
    assert code == 0, said
    answer(scratch, "고친 답이다.")
    git(scratch, "reset", "-q")
    code, said = commit("-a")
    assert code == 1, said
    code, said = commit("-a")
    assert code == 0, said
    listed = subprocess.run(
        ["git", "show", "--stat", "--format="], cwd=scratch, check=True, capture_output=True, text=True
    )
    assert "answers/a.md" in listed.stdout
    assert "answers/deck.lock" in listed.stdout
