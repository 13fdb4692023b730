"""What the commands touch: nothing outside, and nothing that was saved while they ran."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dlcards.cli import fixing
from dlcards.linter import fixes
from tests.support.command import CLEAN, DIRTY, run, start, write
from tests.support.deck_project import png

pytestmark = pytest.mark.skipif(os.name == "nt", reason="symbolic links take a privilege on Windows")

WITH_PICTURE = CLEAN.replace("답이다.", "답이다.\n\n![그림 하나](p.png)")


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A repository beside a folder that is none of its business."""
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    write(tmp_path, b"precious", "outside/file")
    return tmp_path


def state(folder: Path) -> dict[str, bytes]:
    """What stands in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", [("lint", "--fix"), ("toc", "--write")])
@pytest.mark.parametrize("saved", [DIRTY.replace("하나", "둘"), None])
def test_what_an_editor_saves_while_fixes_are_made_stays(
    tmp_path: Path, command: tuple[str, ...], saved: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, DIRTY, "a.md")
    other = write(tmp_path, DIRTY, "b.md")
    mended = fixes.fix

    def meanwhile(where: object, text: str, context: object) -> object:
        if str(where) == "a.md":
            path.unlink() if saved is None else path.write_text(saved, encoding="utf-8")
        return mended(where, text, context)  # type: ignore[arg-type]

    monkeypatch.setattr(fixing, "fix", meanwhile)
    monkeypatch.setattr("dlcards.cli.toc.fix", meanwhile)
    done = run(tmp_path, *command, "--lang", "en", ".")
    assert done.returncode == 2
    assert b"a.md: cannot be written: another program has changed it" in done.stderr
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == saved
    assert other.read_text(encoding="utf-8") != DIRTY, "the others are mended all the same"


def test_a_lock_and_a_baseline_that_others_write_meanwhile_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, CLEAN)
    assert run(tmp_path, "export", ".").returncode == 0
    lock = tmp_path / "deck.lock"
    committed = lock.read_bytes()
    write(tmp_path, CLEAN + "\n" + CLEAN.replace("#1", "#2").replace("하나인가", "둘은 무엇인가"))

    def pull(*_: object) -> str:
        lock.write_bytes(committed + b"\n")
        return ""

    monkeypatch.setattr("dlcards.cli.exporting.reworded", pull)
    done = run(tmp_path, "export", ".", "--lang", "en")
    assert (done.returncode, lock.read_bytes()) == (2, committed + b"\n")
    assert b"deck.lock: cannot be written: another program has changed it" in done.stderr
    base = write(tmp_path, b"{}", "dlcards-baseline.json")
    monkeypatch.setattr("dlcards.linter.baseline.dump", lambda findings: base.write_text("theirs") and "ours")
    done = run(tmp_path, "lint", "--write-baseline", ".", "--lang", "en")
    assert (done.returncode, base.read_text()) == (2, "theirs")
    assert b"dlcards-baseline.json: cannot be written: another program" in done.stderr


def test_two_exports_with_one_lock_lose_no_row(tmp_path: Path) -> None:
    question = CLEAN.replace("하나인가?", "{}번째는 무엇이며 왜 쓰는가?")
    for name in "ab":
        numbered = (question.replace("#1", f"#{n}").format(f"{name}{n}") for n in range(1, 9))
        write(tmp_path, "\n".join(numbered), f"{name}.md")
    write(tmp_path, b"", "dlcards.toml")
    for _ in range(3):
        (tmp_path / "deck.lock").unlink(missing_ok=True)
        with ThreadPoolExecutor(2) as both:
            done = list(
                both.map(
                    lambda name: start(
                        tmp_path, "export", f"{name}.md", "-o", f"{name}.apkg", "--no-cache", "--lang", "en"
                    ),
                    "ab",
                )
            )
        assert [each.returncode for each in done] == [0, 0], [each.stderr for each in done]
        rows = (tmp_path / "deck.lock").read_text(encoding="utf-8")
        assert all(f"{name}.md" in rows for name in "ab")
        again = run(tmp_path, "export", ".", "--locked", "--lang", "en")
        assert b"(16 new" not in again.stdout


LEADS_OUT: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "the package": (lambda r: _link(r / "build/a.apkg", "file"), ("export", ".")),
    "its folder": (lambda r: _link(r / "build", ""), ("export", ".")),
    "the lock": (lambda r: _link(r / "deck.lock", "deck.lock"), ("export", ".")),
    "a configured lock": (lambda r: _config(r, 'lock = "../outside/deck.lock"'), ("export", ".")),
    "a configured lock of git's": (lambda r: _config(r, 'lock = ".git/deck.lock"'), ("export", ".")),
    "a configured lock at the root of the disk": (
        lambda r: _config(r, f'lock = "{r.parent}/outside/deck.lock"'),
        ("export", "."),
    ),
    "a glossary": (lambda r: _config(r, 'glossary = "../outside/file"'), ("lint", ".")),
    "a document to compare with": (lambda r: _config(r, 'compare-with = ["../outside/file"]'), ("lint", ".")),
    "the configuration": (lambda r: _link(r / "dlcards.toml", "file"), ("lint", ".")),
    "the preview": (lambda r: _link(r / "build/preview", ""), ("preview", ".")),
    "a file of the preview": (lambda r: _preview(r, "index.html"), ("preview", ".")),
    "a folder of the preview": (lambda r: _link(r / "build/preview/mathjax", ""), ("preview", ".")),
    "the list of the preview": (
        lambda r: _link(r / "build/preview/.dlcards-preview", "file"),
        ("preview", "."),
    ),
    "the baseline": (lambda r: _link(r / "dlcards-baseline.json", "file"), ("lint", "--write-baseline", ".")),
    "a baseline that is read": (lambda r: _link(r / "dlcards-baseline.json", "file"), ("lint", ".")),
    "a document": (lambda r: _link(r / "link.md", "dirty.md"), ("lint", "--fix", ".")),
    "a document's contents": (lambda r: _link(r / "link.md", "dirty.md"), ("toc", "--write", ".")),
    "the folder of pictures": (lambda r: _link(r / "build/a.media", ""), ("export", "--format", "csv", ".")),
}


def _link(place: Path, to: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(place.parents[len(place.relative_to(_repo(place)).parts)] / "outside" / to)


def _preview(repo: Path, name: str) -> None:
    """A preview whose file has become a link."""
    write(repo, name, "build/preview/.dlcards-preview")
    _link(repo / "build/preview" / name, "file")


def _repo(place: Path) -> Path:
    return next(folder for folder in place.parents if folder.name == "repo")


def _config(repo: Path, line: str) -> None:
    write(repo, line, "dlcards.toml")


@pytest.mark.parametrize("what", LEADS_OUT)
def test_what_leads_out_of_the_repository_is_left_alone(world: Path, what: str) -> None:
    write(world, DIRTY, "outside/dirty.md")
    repo = world / "repo"
    write(repo, WITH_PICTURE)
    write(repo, png(), "p.png")
    arrange, command = LEADS_OUT[what]
    arrange(repo)
    before = state(world / "outside"), state(repo / ".git")
    done = run(repo, *command, "--lang", "en")
    assert (state(world / "outside"), state(repo / ".git")) == before
    assert done.returncode == 2
    assert b"out of the repository" in done.stderr or b"it is git's own" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_preview_deletes_nothing_outside(world: Path) -> None:
    repo = world / "repo"
    write(repo, WITH_PICTURE)
    write(repo, png(), "p.png")
    run(repo, "preview", ".")
    (repo / "build/preview/away").symlink_to(world / "outside")
    with (repo / "build/preview/.dlcards-preview").open("a") as listing:
        listing.write(f"\naway/file\n../../../outside/file\n{world}/outside/file\n")
    assert run(repo, "preview", ".").returncode == 0
    assert state(world / "outside") == {"file": b"precious"}


PICTURES = {
    "a path": "../outside/p.png",
    "a percent-encoded path": "%2e%2e/outside/p.png",
    "a path from within a folder": "docs/../../outside/p.png",
    "a link to the picture": "link.png",
    "a link to its folder": "folder/p.png",
    "a link whose form of Unicode differs": "\u1100\u1161.png",
    "an address of the repository's own": "https://github.com/o/n/blob/main/../../outside/p.png",
    "the same, raw": "https://raw.githubusercontent.com/o/n/main/%2e%2e/%2e%2e/outside/p.png",
}


@pytest.mark.parametrize(
    "form", ["![그림 하나]({})", '<img src="{}" alt="그림 하나">', "![그림 하나][p]\n\n[p]: {}"]
)
@pytest.mark.parametrize("name", PICTURES)
def test_no_picture_from_outside_is_packed(world: Path, name: str, form: str) -> None:
    repo = world / "repo"
    secret = png(shade=77)
    write(world, secret, "outside/p.png")
    write(repo, b"", "docs/a")
    (repo / "link.png").symlink_to(world / "outside/p.png")
    (repo / "가.png").symlink_to(world / "outside/p.png")
    (repo / "folder").symlink_to(world / "outside")
    write(repo, 'repository = "o/n"\nbranch = "main"\n', "dlcards.toml")
    other = CLEAN.replace("#1", "#2").replace("하나인가", "둘은 무엇인가")
    write(repo, CLEAN.replace("답이다.", "답이다.\n\n" + form.format(PICTURES[name])) + "\n" + other)
    found = run(repo, "lint", ".").stdout
    assert b"I001" in found or b"L002" in found or PICTURES[name].startswith("https:")
    run(repo, "export", "--offline", ".")
    with zipfile.ZipFile(repo / "build/a.apkg") as package:
        assert secret not in [package.read(entry) for entry in package.namelist()]
        assert json.loads(package.read("media")) == {}


def test_what_the_command_line_names_is_meant(world: Path) -> None:
    """Links that are named lead anywhere."""
    repo = world / "repo"
    write(repo, WITH_PICTURE)
    write(repo, png(), "p.png")
    dirty = write(world, DIRTY, "outside/dirty.md")
    (repo / "link.md").symlink_to(dirty)
    run(repo, "lint", "--fix", "link.md")
    assert dirty.read_text(encoding="utf-8") != DIRTY
    for name in ("x.apkg", "x.csv", "x.lock", "x.json"):
        (repo / name).symlink_to(world / "outside" / name)
    assert run(repo, "export", "a.md", "-o", "x.apkg", "--lock", "x.lock").returncode == 0
    assert run(repo, "export", "a.md", "-o", "x.csv", "--format", "csv", "--lock", "x.lock").returncode == 0
    assert run(repo, "lint", "--write-baseline", "--baseline", "x.json", "a.md").returncode == 0
    assert {"x.apkg", "x.csv", "x.lock", "x.json"} <= set(state(world / "outside"))
    assert run(repo, "preview", "a.md", "-o", "../outside/page", "--lock", "x.lock").returncode == 0


DEVICES: dict[str, tuple[str, tuple[str, ...], int]] = {
    "a document": ("docs/b.md", ("lint", "."), 2),
    "a document that is named": ("b.md", ("lint", "b.md"), 2),
    "a picture": ("p.png", ("lint", "."), 1),
    "a picture of a card": ("p.png", ("export", ".", "--no-cache"), 1),
    "the lock": ("deck.lock", ("export", "."), 2),
    "the baseline": ("dlcards-baseline.json", ("lint", "."), 2),
    "a package to write": ("build/a.apkg", ("export", "."), 2),
    "the state of links": ("s.json", ("links", "--state", "s.json", "."), 2),
    "the cache of links": ("c.json", ("links", "--cache", "c.json", "."), 0),
    "the list of a preview": ("build/preview/.dlcards-preview", ("preview", "."), 2),
    "a configuration": ("dlcards.toml", ("lint", "."), 2),
    "a glossary": ("g.toml", ("lint", "--select", "K005", "--no-cache", "."), 2),
}


@pytest.mark.parametrize("device", ["pipe", "endless"])
@pytest.mark.parametrize("what", DEVICES)
def test_a_device_hangs_nothing(tmp_path: Path, what: str, device: str) -> None:
    name, command, code = DEVICES[what]
    text = WITH_PICTURE if name == "p.png" else CLEAN
    write(tmp_path, text.replace("https://example.com", "a.md"))
    write(tmp_path, b"", ".git/HEAD")
    if what == "a glossary":
        write(tmp_path, 'glossary = "g.toml"', "dlcards.toml")
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path) if device == "pipe" else path.symlink_to("/dev/zero")
    command_line = [sys.executable, "-m", "dlcards", command[0], "--lang", "en", *command[1:]]
    offline = ["--offline"] if command[0] in ("lint", "export") else []
    done = subprocess.run(
        [*command_line, *offline],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=600,
    )
    assert done.returncode == code, done
    assert b"Traceback" not in done.stderr
    if code == 2:
        assert b"pipe" in done.stderr or b"device" in done.stderr or b"out of the rep" in done.stderr, done


@pytest.fixture
def cached(world: Path) -> Path:
    """A repository with a cache in it, whose folders lead out."""
    repo = world / "repo"
    write(repo, CLEAN)
    for number in range(200):
        write(world, b"precious", f"outside/{number:040}")
    for kind in ("lint", "cards"):
        (repo / ".cache/dlcards" / kind).mkdir(parents=True)
        for number in range(256):
            (repo / ".cache/dlcards" / kind / f"{number:02x}").symlink_to(world / "outside")
    return repo


@pytest.mark.parametrize("command", ["lint", "export", "preview"])
def test_a_cache_that_leads_out_is_none(cached: Path, command: str) -> None:
    before = state(cached.parent / "outside")
    assert run(cached, command, ".", XDG_CACHE_HOME=str(cached / ".cache")).returncode == 0
    assert state(cached.parent / "outside") == before


@pytest.mark.parametrize("command", ["lint", "export", "preview"])
def test_pipes_in_the_cache_hang_nothing(tmp_path: Path, command: str) -> None:
    write(tmp_path, CLEAN)
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "LC_ALL": "C.UTF-8"}
    first = run(tmp_path, command, ".", "--lang", "en", **environment)
    for path in [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]:
        path.unlink()
        os.mkfifo(path)
    (tmp_path / "deck.lock").unlink(missing_ok=True)
    shutil.rmtree(tmp_path / "build", ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "dlcards", command, ".", "--lang", "en", *_offline(command)],
        cwd=tmp_path,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert (done.returncode, done.stdout) == (first.returncode or 0, first.stdout)


def _offline(command: str) -> list[str]:
    return ["--offline"] if command != "preview" else []


@pytest.mark.parametrize(
    "name", [".gitignore", ".git/config", ".git/HEAD", ".git/index", ".git/info/exclude"]
)
@pytest.mark.parametrize("command", ["lint", "export"])
def test_pipes_for_git_hang_nothing(tmp_path: Path, command: str, name: str) -> None:
    write(tmp_path, CLEAN)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    done = subprocess.run(
        [sys.executable, "-m", "dlcards", command, ".", "--offline"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done


def test_git_runs_no_program_of_the_checkout(tmp_path: Path) -> None:
    """Neither a monitor nor a fetch of what the checkout says it lacks."""
    write(tmp_path, CLEAN)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for call in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run([*git, *call], check=True)
    tree = subprocess.run([*git, "rev-parse", "HEAD^{tree}"], check=True, capture_output=True, text=True)
    name = tree.stdout.strip()
    (tmp_path / ".git/objects" / name[:2] / name[2:]).unlink()
    settings = {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": "./nope",
        "remote.origin.uploadpack": f"sh -c 'touch {tmp_path}/pwned'",
        "core.fsmonitor": f"touch {tmp_path}/pwned",
    }
    for key, value in settings.items():
        subprocess.run([*git, "config", key, value], check=True)
    run(tmp_path, "export", ".")
    run(tmp_path, "lint", ".")
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    "listed", ["a\0b", "..", "mydir", ".", "/", "", "\udcff", "../../../outside/file", "index.html/x"]
)
def test_the_list_of_a_preview_may_be_anybodys(world: Path, listed: str) -> None:
    repo = world / "repo"
    write(repo, CLEAN)
    write(repo, b"mine", "build/preview/mydir/mine")
    run(repo, "preview", ".")
    manifest = repo / "build/preview/.dlcards-preview"
    manifest.write_bytes(manifest.read_bytes() + b"\n" + listed.encode("utf-8", "surrogateescape") + b"\n")
    for _ in range(2):
        done = run(repo, "preview", ".", "--lang", "en")
        assert done.returncode == 0, done.stderr
    assert state(world / "outside") == {"file": b"precious"}
    assert (repo / "build/preview/mydir/mine").read_bytes() == b"mine"


def test_without_a_home_there_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    write(tmp_path, CLEAN)
    for command in ("lint", "export", "export", "preview"):
        assert run(tmp_path, command, ".").returncode == 0


def test_a_lock_that_another_program_has_changed_is_never_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, CLEAN)
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert run(tmp_path, "export", ".", **environment).returncode == 0
    lock = tmp_path / "deck.lock"
    (tmp_path / "build/a.apkg").unlink()

    def pull(*_: object) -> str:
        lock.write_bytes(lock.read_bytes() + b"\n")
        return ""

    with monkeypatch.context() as patch:
        patch.setattr("dlcards.cli.exporting.reworded", pull)
        done = run(tmp_path, "export", ".", "--lang", "en", **environment)
    assert done.returncode == 2
    assert b"another program has changed it" in done.stderr
    assert not (tmp_path / "build/a.apkg").exists()


def test_a_link_that_a_hook_names_is_named_by_nobody(world: Path) -> None:
    dirty = write(world, DIRTY, "outside/dirty.md")
    repo = world / "repo"
    write(repo, CLEAN)
    (repo / "link.md").symlink_to(dirty)
    done = run(repo, "lint", "--fix", "--force-exclude", "a.md", "link.md", "--lang", "en")
    assert done.returncode == 2
    assert b"link.md: cannot be read: it leads out of the repository" in done.stderr
    assert dirty.read_text(encoding="utf-8") == DIRTY
