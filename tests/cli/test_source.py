"""``dlcards export`` in a clone: cards lead to where the checkout is from, and notes stay what they are."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.command import invoke, run, write
from tests.support.deck_project import question

TEXT = question("1", "하나인가?", "> 핵심: **하나**이다.\n\n[둘](#2)와 [다른 것](b.md)") + question(
    "2", "둘인가?"
)
UPSTREAM, FORK = "https://github.com/up/stream.git", "git@gitlab.com:my/group/fork.git"
ONLY_OPTIONS = ("docs", "-o", "d.json", "--format", "json", "--lang", "en")
SECRETS = ("hunter2", "x-access-token", "ghp_")


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout without an origin, whose deck nobody has yet."""
    folder = tmp_path / "clone"
    write(folder, TEXT, "docs/a.md")
    write(folder, "# 다른 것\n", "docs/b.md")
    write(folder, 'deck = "덱"\n', "dlcards.toml")
    git(folder, "init", "-q", "-b", "main")
    return folder


def export(folder: Path, *options: str, seconds: int = 1_700_000_000) -> str:
    code, said = invoke(folder, "export", *(options or ONLY_OPTIONS), SOURCE_DATE_EPOCH=str(seconds))
    assert code == 0, said
    return said


def sources(folder: Path) -> list[str]:
    return [note["fields"]["Source"] for note in json.loads((folder / "d.json").read_bytes())["notes"]]


def with_origin(folder: Path, address: str) -> None:
    git(folder, "remote", "add", "origin", address)


def test_cards_lead_to_the_origin(clone: Path) -> None:
    export(clone)
    assert sources(clone) == ["", "", ""]
    with_origin(clone, UPSTREAM)
    assert "nothing changed" not in export(clone), "another origin is another deck"
    page = "https://github.com/up/stream/blob/HEAD/docs/a.md"
    assert sources(clone) == [f"{page}#1", f"{page}#1", f"{page}#2"]
    assert "nothing changed" in export(clone)
    git(clone, "remote", "set-url", "origin", FORK)
    export(clone)
    assert sources(clone)[2] == "https://gitlab.com/my/group/fork/-/blob/HEAD/docs/a.md#2"


def test_a_forks_lock_is_that_of_its_upstream_and_no_note_is_newer(clone: Path) -> None:
    """Whatever the origin: the lock is the same to the byte, and so are the notes but for their links."""
    export(clone)
    lock, deck = (clone / "docs/deck.lock").read_bytes(), json.loads((clone / "d.json").read_bytes())
    for seconds, address in enumerate((UPSTREAM, FORK, "/srv/git/x.git"), start=1_800_000_000):
        fork = clone.parent / str(seconds)
        shutil.copytree(clone, fork)
        with_origin(fork, address)
        assert "(0 new, 0 changed, 0 gone)" in export(fork, seconds=seconds)
        assert run(fork, "export", *ONLY_OPTIONS, "--locked").returncode == 0
        assert (fork / "docs/deck.lock").read_bytes() == lock
        now = json.loads((fork / "d.json").read_bytes())
        for note in now["notes"]:
            note["fields"]["Source"] = ""
        assert {**now, "description": ""} == {**deck, "description": ""}


def test_what_is_configured_is_a_part_of_the_note_and_counts_first(clone: Path) -> None:
    with_origin(clone, FORK)
    write(clone, 'deck = "덱"\nrepository = "up/stream"\nbranch = "trunk"\n', "dlcards.toml")
    export(clone)
    assert sources(clone)[2] == "https://github.com/up/stream/blob/trunk/docs/a.md#2"
    lock = (clone / "docs/deck.lock").read_bytes()
    git(clone, "remote", "remove", "origin")
    export(clone)
    assert (clone / "docs/deck.lock").read_bytes() == lock
    assert sources(clone)[2] == "https://github.com/up/stream/blob/trunk/docs/a.md#2"


def test_a_learner_gets_the_link_with_the_next_change(clone: Path) -> None:
    package = ("docs", "-o", "d.apkg", "--lang", "en")
    export(clone, *package)
    shutil.copy(clone / "d.apkg", clone / "old.apkg")
    with_origin(clone, UPSTREAM)
    said = export(clone, *package, "--against", "old.apkg", seconds=1_750_000_000)
    assert "no problems" in said
    assert "0 updated" in said
    write(clone, TEXT.replace("와 [다른 것]", "와 또 [다른 것]"), "docs/a.md")
    said = export(clone, *package, "--against", "old.apkg", seconds=1_750_000_000)
    assert "2 updated, 1 unchanged" in said
    export(clone)
    assert all(source.startswith("https://github.com/up/stream/") for source in sources(clone))


@pytest.mark.parametrize("repository", ["", 'repository = "up/stream"\n'])
def test_a_lock_that_was_lost_comes_back_from_a_package_with_links(clone: Path, repository: str) -> None:
    write(clone, f'deck = "덱"\n{repository}', "dlcards.toml")
    with_origin(clone, UPSTREAM)
    package = ("docs", "-o", "d.apkg", "--lang", "en")
    export(clone, *package)
    shutil.copy(clone / "d.apkg", clone / "old.apkg")
    (clone / "docs/deck.lock").unlink()
    git(clone, "remote", "set-url", "origin", FORK)
    said = export(clone, *package, "--adopt", "old.apkg", seconds=1_800_000_000)
    assert "(0 new, 0 changed, 0 gone)" in said


@pytest.mark.parametrize("format_", ["apkg", "csv", "json"])
@pytest.mark.parametrize(
    "address",
    [
        "https://x-access-token:ghp_hunter2@github.com/up/stream.git",
        "https://hunter2@gitlab.example.com/up/stream",
        "ssh://hunter2@git.example.com/up/stream",
        "https://me:hunter2@git.example.com/up/stream",
        "https://github.com/up/stream?access_token=hunter2",
    ],
)
def test_no_secret_of_the_address_is_said_anywhere(
    clone: Path, tmp_path: Path, address: str, format_: str
) -> None:
    with_origin(clone, address)
    cache = tmp_path / "cache"
    said = ""
    for command in (
        ("export", "docs", "-o", f"d.{format_}", "--format", format_),
        ("preview", "docs", "-o", "page"),
        ("lint", "docs", "--format", "json"),
        ("config",),
        ("doctor",),
    ):
        done = run(clone, *command, XDG_CACHE_HOME=str(cache))
        said += (done.stdout + done.stderr).decode()
    written = [
        file
        for place in (clone, cache)
        for file in place.rglob("*")
        if file.is_file() and ".git" not in file.parts
    ]
    assert clone / f"d.{format_}" in written
    for secret in SECRETS:
        assert secret not in said
        assert [file for file in written if secret.encode() in file.read_bytes()] == []


@pytest.mark.parametrize("state", ["detached", "shallow", "worktree", "folder", "submodule"])
def test_any_kind_of_checkout_knows_its_origin(clone: Path, state: str) -> None:
    with_origin(clone, UPSTREAM)
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "x")
    where, path = clone, "docs/a.md"
    match state:
        case "detached":
            git(clone, "checkout", "-q", "--detach")
        case "shallow":
            where = clone.parent / "shallow"
            git(clone.parent, "clone", "-q", "--depth", "1", f"file://{clone}", str(where))
            git(where, "remote", "set-url", "origin", UPSTREAM)
        case "worktree":
            where = clone.parent / "tree"
            git(clone, "worktree", "add", "-q", str(where))
        case "folder":
            git(clone, "mv", "dlcards.toml", "docs/dlcards.toml")
            where, path = clone / "docs", "a.md"
            (where / "docs").symlink_to(".")
        case "submodule":
            outer = clone.parent / "outer"
            outer.mkdir()
            git(outer, "init", "-q", "-b", "main")
            with_origin(outer, "https://github.com/up/outer")
            git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(clone), "inner")
            where = outer / "inner"
            git(where, "remote", "set-url", "origin", UPSTREAM)
    export(where, path, *ONLY_OPTIONS[1:])
    assert sources(where)[2] == "https://github.com/up/stream/blob/HEAD/docs/a.md#2"


def test_documents_of_a_checkout_inside_another_one_lead_nowhere(clone: Path) -> None:
    outer = clone.parent
    git(outer, "init", "-q", "-b", "main")
    with_origin(outer, "https://github.com/up/outer")
    with_origin(clone, UPSTREAM)
    write(outer, TEXT, "own.md")
    export(outer, "own.md", "clone/docs", *ONLY_OPTIONS[1:])
    assert {source.partition("#")[0] for source in sources(outer)} == {
        "",
        "https://github.com/up/outer/blob/HEAD/own.md",
    }


def test_what_git_ignores_is_not_at_the_origin(clone: Path) -> None:
    with_origin(clone, UPSTREAM)
    write(clone, "docs/a.md\n", ".gitignore")
    export(clone, "docs/a.md", *ONLY_OPTIONS[1:])
    assert sources(clone) == ["", "", ""]


def test_the_preview_leads_to_the_origin(clone: Path) -> None:
    with_origin(clone, FORK)
    assert run(clone, "preview", "docs", "-o", "page").returncode == 0
    page = (clone / "page/index.html").read_text(encoding="utf-8")
    assert '<a href="https://gitlab.com/my/group/fork/-/blob/HEAD/docs/a.md#2">gitlab.com</a>' in page


def test_a_project_may_want_no_repository_named(clone: Path) -> None:
    with_origin(clone, UPSTREAM)
    write(clone, 'deck = "덱"\nrepository = ""\n', "dlcards.toml")
    export(clone)
    assert sources(clone) == ["", "", ""]
    assert "up/stream" not in (clone / "d.json").read_text(encoding="utf-8")
