"""Our hooks as README tells to use them, in a scratch repository beside a clone of ours, with the real pre-commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT
from tests.support.command import CLEAN, run, write
from tests.support.documents import md
from tests.support.installed import FOLDER, install


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
    return folder


def sample(page: str) -> str:
    """The configuration of pre-commit that a page shows first."""
    text = (ROOT / page).read_text(encoding="utf-8")
    (found, *_) = re.findall(r"```yaml\n(repos:.*?)```", text, re.S)
    return str(found)


def pre_commit(scratch: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = str((scratch.parent / "dlcards").resolve().parent / "cache")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=scratch,
        env={**os.environ, "PRE_COMMIT_HOME": home, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def run_hook(scratch: Path, hook: str) -> subprocess.CompletedProcess[str]:
    """What ``pre-commit`` says of a hook on all files; it installs the hooks' environment only once."""
    return pre_commit(scratch, "run", hook, "--all-files")


@pytest.fixture
def scratch(tmp_path: Path, hook_repository: Path) -> Path:
    """Someone's repository with one question, not answered yet, and README's hooks, pinned as it says."""
    folder = tmp_path / "scratch"
    (folder / "answers").mkdir(parents=True)
    (tmp_path / "dlcards").symlink_to(hook_repository)
    git(folder, "init", "-q")
    config = folder / ".pre-commit-config.yaml"
    config.write_text(sample("README.md"), encoding="utf-8")
    pinned = pre_commit(folder, "autoupdate", "--bleeding-edge")
    assert pinned.returncode == 0, pinned.stdout + pinned.stderr
    (repository,) = yaml.safe_load(config.read_text(encoding="utf-8"))["repos"]
    assert re.fullmatch(r"[0-9a-f]{40}", repository["rev"])
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


def test_all_pages_show_the_same_sample() -> None:
    """In each language, as it is run here."""
    samples = [
        yaml.safe_load(sample(page)) for page in ("README.md", "README.en.md", "docs/ci.md", "docs/ci.en.md")
    ]
    assert samples[0] == samples[1] == samples[2]


pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hooks")]  # one environment for all of them


def test_the_hook_stops_a_commit_that_hurts_a_reader(scratch: Path) -> None:
    done = run_hook(scratch, "dlcards-lint")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "answers/a.md:3:1: error Q001 missing-answer: #1 has no answer" in done.stdout
    answer(scratch, "답이다.")
    done = run_hook(scratch, "dlcards-lint")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_the_hook_keeps_the_lock_up_to_date(scratch: Path) -> None:
    (scratch / ".gitignore").write_text("build/\n", encoding="utf-8")
    answer(scratch, "답이다.")
    for words in ("", "고친 답이다."):
        if words:
            answer(scratch, words)
        done = run_hook(scratch, "dlcards-export")
        assert done.returncode == 1, done.stdout + done.stderr
        assert "commit it with the answers: git add answers/deck.lock" in done.stdout, "also a new one"
        git(scratch, "add", "answers/deck.lock")
        done = run_hook(scratch, "dlcards-export")
        assert done.returncode == 0, done.stdout + done.stderr


def test_one_commit_holds_the_answer_and_the_lock(hook_repository: Path, scratch: Path) -> None:
    """As CONTRIBUTING tells: commit, add the lock, commit again; also with ``commit -a``."""
    (scratch / ".gitignore").write_text("build/\n", encoding="utf-8")
    answer(scratch, "답이다.")
    run_hook(scratch, "dlcards-export")  # writes the configuration and installs
    assert pre_commit(scratch, "install").returncode == 0

    def commit(*options: str) -> tuple[int, str]:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
        done = subprocess.run(
            ["git", *identity, "commit", "-m", "x", *options],
            cwd=scratch,
            env={**os.environ, "PRE_COMMIT_HOME": str(hook_repository.parent / "cache"), "LC_ALL": "C.UTF-8"},
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


def on_the_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a ``dlcards`` on the way of programs, as where it is installed."""
    program = folder / "programs/dlcards"
    write(folder, f'#!/bin/sh\nexec "{sys.executable}" -m dlcards "$@"\n', "programs/dlcards").chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    for name, value in {"NAME": "x", "EMAIL": "x@example.com"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)


def test_what_init_writes_works_before_there_is_a_tag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a fresh clone, with a dlcards that was installed from a folder."""
    on_the_way(tmp_path, monkeypatch)
    install(monkeypatch, FOLDER)
    write(tmp_path, CLEAN, "project/a.md")
    git(tmp_path / "project", "init", "-q")
    run(tmp_path / "project", "init", "--yes")
    git(tmp_path / "project", "add", ".")
    git(tmp_path / "project", "commit", "-qm", "x")
    git(tmp_path, "clone", "-q", "project", "clone")
    clone = tmp_path / "clone"
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    assert pre_commit(clone, "install").returncode == 0
    for text, code, said in ((CLEAN.replace("답이다.", ""), 1, "Q001"), (CLEAN + "\n", 0, "Passed")):
        write(clone, text)
        done = subprocess.run(
            ["git", "commit", "-am", "x"], cwd=clone, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert said in done.stdout + done.stderr


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("is_ignored", "typed_in"), [(False, "."), (True, "."), (False, "내 답"), (False, "b/c")]
)
def test_what_it_says_to_type_puts_the_lock_into_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, is_ignored: bool, typed_in: str
) -> None:
    """The first commit of a repository, with the lock in a folder that has a blank in its name."""
    on_the_way(tmp_path, monkeypatch)
    folder = tmp_path / "project"
    write(folder, CLEAN, "내 답/a.md")
    write(folder, "build/\n" + "*.lock\n" * is_ignored, ".gitignore")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    write(
        folder,
        f"#!/bin/sh\nexec dlcards export --offline --staged --lang {language} '내 답'\n",
        ".git/hooks/pre-commit",
    )
    (folder / ".git/hooks/pre-commit").chmod(0o755)
    (folder / "b/c").mkdir(parents=True)
    commit = ["git", "commit", "-m", "x"]
    done = subprocess.run(commit, cwd=folder / typed_in, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    command, *_ = re.findall(r"git add (?:--force )?(?:'.*?'|[^\s,]*)", done.stderr)
    assert ("--force" in command) is is_ignored
    subprocess.run(command, shell=True, cwd=folder / typed_in, check=True)
    done = subprocess.run(commit, cwd=folder / typed_in, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
