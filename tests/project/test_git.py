"""What the real git writes is understood."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from dlcards.project.git import checkout, origin, remote_of


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "protocol.file.allow=always")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "trunk", "here")
    git(tmp_path / "here", "commit", "-q", "--allow-empty", "-m", "x")
    return tmp_path / "here"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/owner/name.git", "owner/name"),
        ("https://token@github.com/owner/na.me", "owner/na.me"),
        ("git@github.com:owner/name.git", "owner/name"),
        ("ssh://git@github.com/owner/name", "owner/name"),
        ("git://github.com/owner/name/", "owner/name"),
        ("ssh://git@ssh.github.com:443/owner/name.git", "owner/name"),
        ("ssh://git@github.com:22/owner/name.git", "owner/name"),
        ("https://www.GitHub.com/owner/name", "owner/name"),
        ("https://github.com.evil.example/owner/name", ""),
        ("https://gitlab.com/owner/name.git", ""),
        ("/somewhere/else", ""),
    ],
)
def test_origin(repository: Path, url: str, name: str) -> None:
    git(repository, "remote", "add", "origin", url)
    assert checkout(repository) == (name, "")


def test_origin_is_the_address_that_git_fetches_from(repository: Path) -> None:
    git(repository, "remote", "add", "upstream", "https://github.com/other/name")
    assert origin(repository) is None, "of several remotes only origin is where a checkout is from"
    git(repository, "remote", "add", "origin", "https://github.com/owner/name")
    git(repository, "remote", "set-url", "--add", "origin", "https://gitlab.com/mirror/name")
    git(repository, "remote", "set-url", "--push", "origin", "git@codeberg.org:owner/name.git")
    assert origin(repository) == ("https://github.com", "github.com", "owner/name")


def test_a_mirror_of_ones_own_is_not_where_a_checkout_is_from(repository: Path) -> None:
    git(repository, "remote", "add", "origin", "https://github.com/owner/name")
    git(repository, "config", "url.https://me:secret@mirror.example.com/.insteadOf", "https://github.com/")
    assert origin(repository) == ("https://github.com", "github.com", "owner/name")


def test_an_abbreviation_is_what_git_takes_it_for(repository: Path) -> None:
    git(repository, "remote", "add", "origin", "gh:owner/name")
    assert origin(repository) == ("https://gh", "gh", "owner/name")
    git(repository, "config", "url.https://me:secret@github.com/.insteadOf", "gh:")
    assert origin(repository) == ("https://github.com", "github.com", "owner/name")
    assert checkout(repository)[0] == "owner/name"


def test_a_submodule_is_a_checkout_of_its_own(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "outer")
    git(tmp_path / "outer", "remote", "add", "origin", "https://github.com/owner/outer")
    git(tmp_path / "outer", "submodule", "--quiet", "add", str(repository), "inner")
    git(tmp_path / "outer/inner", "remote", "set-url", "origin", "https://github.com/owner/inner")
    assert checkout(tmp_path / "outer/inner")[0] == "owner/inner"
    assert checkout(tmp_path / "outer")[0] == "owner/outer"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "name",
        "/srv/git/owner/name.git",
        "file:///srv/git/owner/name.git",
        "../name",
        "https://github.com/owner/name?token=secret",
        "https://github.com/owner/na me",
        "https://github.com/../name",
        "https://github.com/owner/..git",
        "https://github.com/owner/<b>",
        "https://github.com/owner/\u202ename",
        "javascript://github.com/owner/name",
        "ext::sh -c 'touch pwned'",
        "git@github.com:owner/name.git\nhttps://e.vil/owner/name",
    ],
)
def test_no_address_of_a_repository_at_a_host(address: str) -> None:
    assert remote_of(address) is None


@pytest.mark.parametrize(
    "userinfo", ["secret@", "me:secret@", "me@example.com:secret@", "x-access-token:secret@"]
)
def test_no_user_and_no_password_is_kept(userinfo: str) -> None:
    remote = remote_of(f"https://{userinfo}git.example.com:8443/owner/name.git")
    assert remote == ("https://git.example.com:8443", "git.example.com", "owner/name")


def test_the_branch_that_a_clone_says_is_the_default_one(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(repository), "there")
    assert checkout(tmp_path / "there") == ("", "trunk")
    git(repository, "branch", "-m", "master")
    assert checkout(repository) == ("", "master")
    git(repository, "pack-refs", "--all")
    assert checkout(repository) == ("", "master")
    git(repository, "branch", "main")
    assert checkout(repository) == ("", "")


def test_a_worktree_is_of_the_same_repository(repository: Path, tmp_path: Path) -> None:
    git(repository, "remote", "add", "origin", "git@github.com:owner/name.git")
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert checkout(tmp_path / "tree")[0] == "owner/name"


@pytest.mark.parametrize(
    "content",
    [
        b'[user]\n\tname = \xc7\xd1\n[remote "origin"]\n\turl = git@github.com:o/n.git\n',
        b'\xef\xbb\xbf[REMOTE "origin"]\n\tURL = "https://github.com/o/n" # mine\n',
        b'[remote "up"]\n\turl = https://github.com/x/y\n[remote "origin"] url = https://github.com/o/n ; mine\n',
    ],
)
def test_a_configuration_as_git_reads_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_bytes(content)
    assert checkout(tmp_path)[0] == "o/n"


@pytest.mark.parametrize("content", [b"\xff", b"[remote", b'[remote "origin"]\n\turl\n', b""])
def test_a_damaged_configuration_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_bytes(content)
    assert checkout(tmp_path) == ("", "")
    assert checkout(tmp_path / "nowhere") == ("", "")
