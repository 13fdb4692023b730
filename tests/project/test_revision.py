"""The files of a commit, as git's own commands show them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dlcards.project.disk import LARGEST
from dlcards.project.revision import Revision, commits_of, file_at
from tests.support.learners import git
from tests.support.systems import POSIX

pytestmark = POSIX

FILES = {
    "a.md": "하나\r\n".encode(),
    "b c/그림 둘.png": b"\0\xff\n",
    "b c/[x]*.md": b"x",
    "b c/x.md": b"y",
    "q\"'\t\n.md": b"z",
    "empty": b"",
    "d/e/f.md": b"f",
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("revision")
    git(root, "init", "-q")
    for name, data in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / "link.md").symlink_to("a.md")
    (root / "out").symlink_to("/etc")
    (root / "large").write_bytes(b"0" * (LARGEST + 1))
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "one")
    (root / "a.md").write_bytes(b"two\n")
    (root / "d/e/f.md").unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "two")
    (root / "a.md").write_bytes(b"not committed\n")
    return root


@pytest.fixture
def first(repository: Path) -> Revision:
    return Revision(repository, git(repository, "rev-parse", "HEAD~1").strip())


@pytest.fixture
def second(repository: Path) -> Revision:
    return Revision(repository, git(repository, "rev-parse", "HEAD").strip())


def test_each_file_is_that_of_the_commit(first: Revision, second: Revision) -> None:
    for name, data in FILES.items():
        assert first.read(PurePosixPath(name)) == data
        assert first.exists(PurePosixPath(name))
    assert second.read(PurePosixPath("a.md")) == b"two\n"
    assert second.read(PurePosixPath("d/e/f.md")) is None
    assert not second.exists(PurePosixPath("d/e/f.md"))


def test_folders_are_there(first: Revision, second: Revision) -> None:
    for folder in ("b c", "d", "d/e"):
        assert first.exists(PurePosixPath(folder))
        assert first.read(PurePosixPath(folder)) is None
    assert not second.exists(PurePosixPath("d"))
    assert first.names(PurePosixPath("b c")) == ("[x]*.md", "x.md", "그림 둘.png")
    assert first.names(PurePosixPath("d")) == ()


def test_links_and_large_files_are_not_read(first: Revision) -> None:
    assert first.read(PurePosixPath("link.md")) is None
    assert first.read(PurePosixPath("out/passwd")) is None
    assert first.read(PurePosixPath("large")) is None
    assert not first.leaves(PurePosixPath("out"))


def test_what_differs_in_case_alone(first: Revision) -> None:
    assert first.similar(PurePosixPath("A.MD")) == PurePosixPath("a.md")
    assert first.similar(PurePosixPath("B C/그림 둘.PNG")) == PurePosixPath("b c/그림 둘.png")
    assert first.similar(PurePosixPath("none.md")) is None
    assert not first.exists(PurePosixPath("A.MD"))


def test_the_commits_that_changed_a_file(repository: Path, first: Revision, second: Revision) -> None:
    assert commits_of(repository, PurePosixPath("a.md")) == [second.commit, first.commit]
    assert commits_of(repository, PurePosixPath("b c/x.md")) == [first.commit]
    assert commits_of(repository, PurePosixPath("b c/[x]*.md")) == [first.commit], "a name is no pattern"
    assert commits_of(repository, PurePosixPath("none.md")) == []
    assert file_at(repository, first.commit, PurePosixPath("a.md")) == FILES["a.md"]
    assert file_at(repository, first.commit, PurePosixPath("none.md")) == b""


def test_outside_of_git(tmp_path: Path) -> None:
    assert commits_of(tmp_path, PurePosixPath("a.md")) == []
