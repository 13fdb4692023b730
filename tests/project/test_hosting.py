"""Where the pages of a repository and its files are, by what the checkout says of its origin."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dlcards.model import Config
from dlcards.project.files import Checkout
from dlcards.project.hosting import pages_of, source_of

QUESTIONS = PurePosixPath("문서/a b.md")
WHERE = "%EB%AC%B8%EC%84%9C/a%20b.md#1-%EC%99%9C"


def clone(folder: Path, address: str) -> Path:
    (folder / ".git").mkdir(parents=True)
    (folder / ".git/config").write_text(f'[remote "origin"]\n\turl = {address}\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("address", "home", "file", "issues"),
    [
        ("git@github.com:o/n.git", "https://github.com/o/n", "/blob/HEAD/", "/issues"),
        ("http://www.github.com/o/n", "https://github.com/o/n", "/blob/HEAD/", "/issues"),
        ("https://github.example.com/o/n", "https://github.example.com/o/n", "/blob/HEAD/", "/issues"),
        (
            "ssh://git@altssh.gitlab.com:443/g/s/n.git",
            "https://gitlab.com/g/s/n",
            "/-/blob/HEAD/",
            "/-/issues",
        ),
        (
            "https://gitlab.example.com:8443/g/n",
            "https://gitlab.example.com:8443/g/n",
            "/-/blob/HEAD/",
            "/-/issues",
        ),
        (
            "ssh://git@gitlab.example.com:2222/g/n",
            "https://gitlab.example.com/g/n",
            "/-/blob/HEAD/",
            "/-/issues",
        ),
        ("https://codeberg.org/o/n.git", "https://codeberg.org/o/n", "/src/branch/HEAD/", "/issues"),
        ("git@gitea.example.com:o/n.git", "https://gitea.example.com/o/n", "/src/branch/HEAD/", "/issues"),
        (
            "http://forgejo.example.com:3000/o/n",
            "http://forgejo.example.com:3000/o/n",
            "/src/branch/HEAD/",
            "/issues",
        ),
        ("https://me@bitbucket.org/o/n.git", "https://bitbucket.org/o/n", "/src/HEAD/", ""),
    ],
)
def test_pages(tmp_path: Path, address: str, home: str, file: str, issues: str) -> None:
    pages = pages_of(clone(tmp_path, address), Config())
    assert pages is not None
    assert pages.home == home
    assert pages.of(QUESTIONS, "1-왜") == f"{home}{file}{WHERE}"
    assert pages.issues == (f"{home}{issues}" if issues else "")


@pytest.mark.parametrize(
    "address",
    [
        "https://git.example.com/o/n.git",  # whose addresses of files nobody knows
        "https://gitlab/o/n",
        "git@github-work:o/n.git",  # a name of one's own ssh configuration
        "https://github.com/o",
        "https://github.com/o/n/x",
        "/srv/git/o/n.git",
    ],
)
def test_of_other_origins_nothing_is_known(tmp_path: Path, address: str) -> None:
    assert pages_of(clone(tmp_path, address), Config()) is None


def test_outside_of_git_nothing_is_known(tmp_path: Path) -> None:
    assert pages_of(tmp_path, Config()) is None


def test_what_is_configured_counts_first(tmp_path: Path) -> None:
    config = Config(repository="up/stream", branch="trunk")
    pages = pages_of(clone(tmp_path, "https://gitlab.com/my/fork"), config)
    assert pages == (
        "https://github.com/up/stream",
        "https://github.com/up/stream/blob/trunk",
        "https://github.com/up/stream/issues",
    )


def test_a_file_that_the_repository_has_not_has_no_page(tmp_path: Path) -> None:
    pages = pages_of(clone(tmp_path, "https://github.com/o/n"), Config())
    clone(tmp_path / "inner", "https://github.com/o/inner")
    (tmp_path / "worktree").mkdir()
    (tmp_path / "worktree/.git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    files = Checkout(tmp_path, Config())

    def page(path: str) -> str:
        return source_of(PurePosixPath(path), "", pages, files)

    assert page("docs/a.md") == "https://github.com/o/n/blob/HEAD/docs/a.md"
    assert [page(path) for path in ("inner/a.md", "inner/docs/a.md", "worktree/a.md", "../a.md")] == [""] * 4
    assert source_of(PurePosixPath("a.md"), "", None, files) == ""
