"""Earlier runs and other processes make a run quicker, and change nothing that it says."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.command import CLEAN, DIRTY, run, write

_NAMES = ("a.md", "b.md", "sub/c.md", "sub/A.md", "What is a lock.md", "How is it freed.md", "Why wait.md")
_PICTURES = ("images/x.png", "images/X.png", "images/old.png", "sub/images/x.png")
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def _native(*questions: str) -> str:
    return "".join(f"## #{n}\n\n#### {q}\n\n답이다. 길게 쓴 답이다.\n\n" for n, q in enumerate(questions, 1))


_TEXTS = (
    CLEAN,
    DIRTY,
    _native("과적합이란?", "층이란?", "과적합이란?"),
    _native("층이란 무엇인가요?", "과적합이란?") + "[위](a.md#2) [없는 곳](b.md#없다) [절](sub/c.md#1)\n",
    _native("그림?") + "![둘](images/x.png) ![셋](images/X.png) [글](sub/A.md#1) [글](B.md)\n",
    "# Lock\n\nIt lets one in.\n",
    "# 면접\n\n" + "".join(f"- [질문 {n}?](a.md#{n})\n" for n in range(1, 6)),
    _native(*(f"질문 {n}은 무엇인가요?" for n in range(6))),
    "<!-- dlcards: ignore Q007, L001 -- 두 번 묻는다 -->\n\n" + _native("과적합이란?", "과적합이란?"),
    "<!-- dlcards: ignore M001 -->\n\n글\n\n" + DIRTY,
    "\ufeff" + CLEAN.replace("\n", "\r\n"),
    "",
)
_CONFIGS = (
    "",
    'select = ["Q015", "T007", "L009", "K"]\n',
    'ignore = ["Q007"]\n[tool.dlcards.severity]\nL001 = "note"\n',
    '[tool.dlcards.per-file-ignores]\n"sub/*" = ["Q"]\n',
    'layouts = { "*.md" = "heading" }\n',
)
_LOCK = (
    '{"dlcards-lock": 1, "note-types": {}}\n'
    '{"guid": "a", "kind": "question", "document": "a.md", "id": "1", "question": "과적합이란?", "hash": "", "mod": 1}\n'
    '{"guid": "b", "kind": "question", "document": "a.md", "id": "7", "question": "사라진 것은?", "hash": "", "mod": 1}\n'
)

Edit = Callable[[Path], object]


def _write(name: str, data: str | bytes) -> Edit:
    return lambda folder: write(folder, data, name)


def _remove(name: str) -> Edit:
    return lambda folder: (folder / name).unlink(missing_ok=True)


def _move(name: str, to: str) -> Edit:
    def move(folder: Path) -> None:
        if (folder / name).exists():
            (folder / to).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(folder / to)

    return move


_FILES = (*_NAMES, *_PICTURES)
_EDITS = st.one_of(
    st.builds(_write, st.sampled_from(_NAMES), st.sampled_from(_TEXTS)),
    st.builds(_write, st.sampled_from(_PICTURES), st.sampled_from([_PNG, _PNG + b"1", b"", b"<html>"])),
    st.builds(_remove, st.sampled_from(_FILES)),
    st.builds(_move, st.sampled_from(_FILES), st.sampled_from(_FILES)),
    st.builds(lambda text: _write("pyproject.toml", "[tool.dlcards]\n" + text), st.sampled_from(_CONFIGS)),
    st.builds(_write, st.just("deck.lock"), st.sampled_from([_LOCK, _LOCK.replace("a.md", "b.md"), "x"])),
    st.builds(_write, st.just(".gitignore"), st.sampled_from(["", "images/\n", "sub/\n"])),
)


@settings(max_examples=settings().max_examples // 5)
@given(st.lists(st.lists(_EDITS, min_size=1, max_size=3), min_size=1, max_size=6), st.booleans())
def test_a_run_says_the_same_with_what_earlier_ones_have_kept(edits: list[list[Edit]], whole: bool) -> None:
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as cache:
        folder = Path(name)
        (folder / ".git").mkdir()
        subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
        for texts in (_TEXTS[2:5], _TEXTS[7:8]):
            for path, text in zip(_NAMES, texts, strict=False):
                write(folder, text, path)
        paths = ["."] if whole else ["a.md", "sub"]
        for step in edits:
            for edit in step:
                edit(folder)
            for form in ("json", "text"):
                command = ["lint", *paths, "--format", form]
                kept = run(folder, *command, XDG_CACHE_HOME=cache)
                anew = run(folder, *command, "--no-cache", XDG_CACHE_HOME=cache)
                assert (kept.returncode, kept.stdout, kept.stderr) == (
                    anew.returncode,
                    anew.stdout,
                    anew.stderr,
                )


def _project(folder: Path, count: int) -> None:
    for number in range(count):
        write(folder, _TEXTS[number % 5].replace("과적합", f"과적합{number % 7}"), f"{number:03}.md")


def _kept(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def test_baseline_and_comments_hold_with_what_was_kept(tmp_path: Path) -> None:
    folder, cache = tmp_path / "project", str(tmp_path / "cache")
    _project(folder, 6)
    found = run(folder, "lint", XDG_CACHE_HOME=cache)
    assert found.returncode == 1
    run(folder, "lint", "--write-baseline", XDG_CACHE_HOME=cache)
    accepted = run(folder, "lint", XDG_CACHE_HOME=cache)
    assert accepted.returncode == 0
    assert accepted.stdout == run(folder, "lint", "--no-cache", XDG_CACHE_HOME=cache).stdout
    write(folder, "<!-- dlcards: ignore Q007 -->\n\n" + (folder / "002.md").read_text("utf-8"), "002.md")
    again = run(folder, "lint", XDG_CACHE_HOME=cache)
    assert again.stdout == run(folder, "lint", "--no-cache", XDG_CACHE_HOME=cache).stdout


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "folder", "swapped"])
def test_what_is_damaged_is_not_there(tmp_path: Path, damage: str) -> None:
    folder, cache = tmp_path / "project", tmp_path / "cache"
    _project(folder, 6)
    found = run(folder, "lint", XDG_CACHE_HOME=str(cache))
    kept = _kept(cache)
    assert len(kept) == 8, "a record a document, what they say together, and what was printed"
    others = [path.read_bytes() for path in kept]
    chance = random.Random(1)
    for path, other in zip(kept, [*others[1:], others[0]], strict=True):
        data = bytearray(path.read_bytes())
        if damage == "cut":
            path.write_bytes(data[: chance.randrange(len(data))])
        elif damage == "flipped":
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
        elif damage == "empty":
            path.write_bytes(b"")
        elif damage == "swapped":
            path.write_bytes(other)
        else:
            path.unlink()
            path.mkdir()
    assert run(folder, "lint", XDG_CACHE_HOME=str(cache)).stdout == found.stdout


def test_a_cache_that_can_not_be_written_does_no_harm(tmp_path: Path) -> None:
    folder, cache = tmp_path / "project", write(tmp_path, "a file", "cache")
    _project(folder, 3)
    found = run(folder, "lint", XDG_CACHE_HOME=str(cache))
    assert (found.returncode, found.stderr) == (1, b"")
    assert found.stdout == run(folder, "lint", "--no-cache").stdout
    assert cache.read_text() == "a file"


def test_without_a_cache_nothing_is_kept(tmp_path: Path) -> None:
    _project(tmp_path / "project", 3)
    run(tmp_path / "project", "lint", "--no-cache", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


def _started(folder: Path, *arguments: str, cores: int | None, **environment: str) -> list[bytes]:
    """What a process on some cores says: one on a single core starts no others."""
    command = [sys.executable, "-m", "dlcards", "lint", "--offline", "--no-cache", "--lang", "en", *arguments]
    available = sorted(os.sched_getaffinity(0))[:cores]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        preexec_fn=lambda: os.sched_setaffinity(0, available),
    )
    return [done.stdout, done.stderr, str(done.returncode).encode()]


needs_cores = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="a single core, or none that can be chosen",
)


@pytest.mark.slow
@needs_cores
def test_several_processes_say_what_one_says(tmp_path: Path) -> None:
    _project(tmp_path, 40)
    write(tmp_path, b"\xff\xfe", "broken.md")
    for form in ("json", "text", "sarif"):
        alone = _started(tmp_path, "--format", form, cores=1)
        assert _started(tmp_path, "--format", form, cores=None) == alone
        assert alone[2] == b"2", "a file that can't be read is told, and the others are linted"


@pytest.mark.slow
@needs_cores
def test_a_bug_in_another_process_keeps_its_traceback(tmp_path: Path) -> None:
    _project(tmp_path, 40)
    code = (
        "import sys\n"
        "from dlcards.linter import engine\n"
        "def broken(document, context):\n"
        "    raise ZeroDivisionError('a bug in a rule')\n"
        "engine.RULES = (engine.RULES[0]._replace(check=broken), *engine.RULES[1:])\n"
        "from dlcards.cli import main\n"
        "sys.argv = ['dlcards', 'lint', '--offline', '--no-cache']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"in broken" in done.stderr
    assert b"ZeroDivisionError: a bug in a rule" in done.stderr


@pytest.mark.slow
@needs_cores
def test_what_a_killed_process_has_not_done_is_done_all_the_same(tmp_path: Path) -> None:
    _project(tmp_path, 40)
    code = (
        "import os, signal, sys\n"
        "from dlcards.linter import pool\n"
        "work, parent = pool._work, os.getpid()\n"
        "def killed(task):\n"
        "    if str(task.document.path).endswith('33.md'):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return work(task)\n"
        "killed.__qualname__ = '_work'; killed.__module__ = pool.__name__\n"
        "pool._work = killed\n"
        "from dlcards.cli import main\n"
        "sys.argv = ['dlcards', 'lint', '--offline', '--no-cache', '--format', 'json']\n"
        "main()\n"
    )
    whole = subprocess.run(
        [sys.executable, "-m", "dlcards", "lint", "--offline", "--no-cache", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (whole.returncode, whole.stdout, whole.stderr)


@pytest.mark.slow
@needs_cores
def test_control_c_ends_all_processes_without_a_traceback(tmp_path: Path) -> None:
    _project(tmp_path, 2000)
    command = [sys.executable, "-m", "dlcards", "lint", "--offline", "--no-cache"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    until = time.monotonic() + 300
    while len(children.read_text().split()) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    others = children.read_text().split()
    assert len(others) >= 2
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=300)
    assert b"Traceback" not in said
    assert process.returncode != 0
    assert not any(Path(f"/proc/{other}").exists() for other in others)


def test_cores_are_counted_where_they_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    from dlcards.linter import pool

    assert pool._processors() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert pool._processors() == 1


def test_git_is_there() -> None:
    assert shutil.which("git"), "the law of earlier runs needs git for what it ignores"
