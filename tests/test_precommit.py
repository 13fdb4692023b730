"""The hook, in a scratch repository, with the real pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import md

ROOT = Path(__file__).parent.parent


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def hook_repository(tmp_path: Path) -> Path:
    """This project as it is on disk, committed, since pre-commit clones what it installs."""
    folder = tmp_path / "dlcards"
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
    return folder


def test_the_hook_stops_a_commit_that_hurts_a_reader(hook_repository: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    (scratch / "answers").mkdir(parents=True)
    git(scratch, "init", "-q")
    document = scratch / "answers" / "a.md"
    document.write_text(
        md("""
        ## #1

        #### 하나인가?

        #### References

        - [출처](https://example.com)
    """)
    )
    git(scratch, "add", ".")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache"), "LC_ALL": "C.UTF-8"}

    def run_hook() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(hook_repository), "dlcards-lint"]
        return subprocess.run(
            [*command, "--all-files"],
            cwd=scratch,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run_hook()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "answers/a.md:3:1: error Q001 missing-answer: #1 has no answer" in done.stdout
    document.write_text(document.read_text().replace("#### References", "답이다.\n\n#### References"))
    git(scratch, "add", ".")
    done = run_hook()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
