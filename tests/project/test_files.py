"""Which documents are found in folders and read from disk, and what is said of those that can't be."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from dlcards.model import Config
from dlcards.project.disk import Reach
from dlcards.project.exclusion import Exclusion
from dlcards.project.files import Checkout, find_documents, read_text
from tests.support.command import CLEAN, run, write
from tests.support.systems import POSIX


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may read everything; for a moment be nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@POSIX
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, CLEAN)
    path.chmod(0)
    with as_an_ordinary_user():
        text = read_text(path, Reach.of(path))
    assert str(text) == f"{path}: cannot be read: Permission denied"


@POSIX
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    closed = tmp_path / "zu"
    write(closed, CLEAN)
    closed.chmod(0)
    try:
        with as_an_ordinary_user():
            found = list(find_documents([closed], Exclusion(closed, ())))
    finally:
        closed.chmod(0o755)
    assert [str(entry) for entry in found] == [f"{closed}: cannot be read: Permission denied"]


def test_a_loop_of_links_and_a_file_named_twice_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, CLEAN, "x/a.md")
    (tmp_path / "x/loop").symlink_to(tmp_path / "x", target_is_directory=True)
    (tmp_path / "x/self.md").symlink_to(tmp_path / "x/self.md")
    found = list(find_documents([tmp_path, path, tmp_path / "x"], Exclusion(tmp_path, ())))
    assert [entry for entry in found if isinstance(entry, Path) and entry.name == "a.md"] == [path]
    done = run(tmp_path, "lint", "x/a.md", "x/a.md", "--lang", "en")
    assert done.stdout.startswith(b"questions 1 ")


def test_what_git_ignores_and_what_is_merely_untracked(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for name in (".gitignore", "build/a.md", "new.md", "tracked.log", "other.log"):
        write(tmp_path, "build/\n*.log\n" if name == ".gitignore" else "x\n", name)
    subprocess.run(["git", "add", "-f", "tracked.log"], cwd=tmp_path, check=True)
    files = Checkout(tmp_path, Config())
    names = ("build", "build/a.md", "new.md", "tracked.log", "other.log")
    assert [name for name in names if files.ignored(PurePosixPath(name))] == [
        "build",
        "build/a.md",
        "other.log",
    ]
