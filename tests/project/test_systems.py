"""What Linux, macOS and Windows tell apart; what is theirs alone is played here."""

from __future__ import annotations

import errno
import ntpath
import os
import posixpath
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.cli.language import settle, spoken
from dlcards.project.disk import read_regular
from dlcards.project.systems import (
    command_line,
    common_folder,
    file_name_of,
    installing,
    is_locked,
    replace,
    seen_from,
)
from tests.support.command import CLEAN, run, start, write


@pytest.mark.parametrize(
    ("system", "path", "start", "seen"),
    [
        (posixpath, "/a/b/c.md", "/a", "b/c.md"),
        (posixpath, "/a/b.md", "/a/c", "../b.md"),
        (posixpath, "/a/b\\c.md", "/a", "b\\c.md"),  # a name with a backslash in it
        (ntpath, "C:\\a\\b\\c.md", "C:\\a", "b/c.md"),
        (ntpath, "C:\\a\\b.md", "C:\\a\\c", "../b.md"),
        (ntpath, "c:\\A\\b.md", "C:\\a", "b.md"),
        (ntpath, "D:\\b\\c.md", "C:\\a", "D:/b/c.md"),
        (ntpath, "\\\\server\\share\\c.md", "C:\\a", "//server/share/c.md"),
    ],
)
def test_paths_are_seen_alike(system: ModuleType, path: str, start: str, seen: str) -> None:
    assert seen_from(path, start, system) == seen


def test_folders_of_two_drives_have_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert common_folder([Path("/a/b"), Path("/a/c/d")]) == Path("/a")
    monkeypatch.setattr("os.path.commonpath", lambda paths: ntpath.commonpath(["C:\\a", "D:\\a"]))
    assert common_folder([Path("/a/b"), Path("/a/c/d")]) == Path("/a/b")


def test_a_command_is_quoted_for_the_shell_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("git", "add", "my answers/deck.lock")
    assert command_line(*words) == "git add 'my answers/deck.lock'"
    monkeypatch.setattr(os, "name", "nt")
    assert command_line(*words) == 'git add "my answers/deck.lock"'


def test_an_extra_is_installed_for_the_program_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("my venv", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pip").touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.executable", str(tmp_path / "my venv/python"))
    monkeypatch.setenv("PATH", str(tmp_path / "my venv"))
    assert installing("lsp") == 'pip install "dlcards[lsp]"'
    monkeypatch.setenv("PATH", str(tmp_path / "other"))
    assert installing("lsp") == "'my venv/python' -m pip install \"dlcards[lsp]\""
    monkeypatch.setenv("PATH", "")
    assert installing("lsp") == "'my venv/python' -m pip install \"dlcards[lsp]\""


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("딥러닝 면접", "딥러닝 면접"),
        ("v1.2 (a & b)", "v1.2 (a & b)"),
        ("console", "console"),
        ("What is it?", "What is it-"),
        ("Q&A: a/b\\c", "Q&A- a-b-c"),
        ("etc.", "etc-"),
        ("CON", "-CON"),
        ("nul.a", "-nul.a"),
        ("com1", "-com1"),
    ],
)
def test_a_title_makes_a_name_that_all_systems_take(title: str, name: str) -> None:
    assert file_name_of(title) == name


@given(st.text(min_size=1))
def test_whatever_the_title_windows_takes_its_name(title: str) -> None:
    name = file_name_of(title)
    assert not PureWindowsPath(name).is_reserved()
    assert PureWindowsPath(name).parts == (name,) or name in (".", "..")
    assert not set(name) & set('<>:"/\\|?*')
    assert not name.endswith((".", " "))
    assert file_name_of(name) == name


class _Refusing:
    """``os.replace`` of Windows while another program has the file open for so many tries."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.real = os.replace

    def __call__(self, source: Path, target: Path) -> None:
        if self.left:
            self.left -= 1
            raise PermissionError(13, "Access is denied")
        self.real(source, target)


def test_windows_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    for system, times, ends in (("nt", 2, True), ("nt", 9, False), ("posix", 1, False)):
        new.write_text("new")
        old.write_text("old")
        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", _Refusing(times))
            patched.setattr(os, "name", system)
            if ends:
                replace(new, old)
            else:
                with pytest.raises(PermissionError):
                    replace(new, old)
        assert old.read_text() == ("new" if ends else "old")
    assert len(waited) == 2 + 4


def test_locks_of_windows_are_asked_for_on_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int, int]] = []
    errors: list[OSError] = []

    def locking(number: int, mode: int, size: int) -> None:
        asked.append((os.lseek(number, 0, os.SEEK_CUR), mode, size))
        if errors:
            raise errors.pop()

    windows = ModuleType("msvcrt")
    vars(windows).update(locking=locking, LK_NBLCK=2, LK_UNLCK=0)
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setattr(sys, "platform", "win32")
    with write(tmp_path, CLEAN).open("rb") as file:
        file.read(3)
        assert not is_locked(file, 1000, 5)
        assert asked == [(1000, 2, 5), (1000, 0, 5)]
        errors.append(PermissionError(errno.EACCES, "Permission denied"))
        assert is_locked(file, 1000, 5)
        errors.append(OSError(errno.ENOLCK, "no locks there"))
        assert not is_locked(file, 1000, 5), "what can't be told is no lock"
        assert file.tell() == 3


def test_a_file_is_read_without_what_pipes_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, CLEAN)
    monkeypatch.delattr(os, "O_NONBLOCK", raising=False)
    assert read_regular(path) == CLEAN.encode()


@pytest.mark.parametrize(
    ("variable", "told", "language"),
    [
        ("", "Korean_Korea", "ko"),
        ("", "English_United States", "en"),
        ("", "Konkani_India", "en"),
        ("ko_KR.UTF-8", "", "ko"),
        ("ko", "", "ko"),
        ("kok_IN", "Korean_Korea", "en"),
        ("C.UTF-8", "Korean_Korea", "en"),
        ("", None, "en"),
    ],
)
def test_the_language_is_the_systems(
    monkeypatch: pytest.MonkeyPatch, variable: str, told: str | None, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv("LANG", variable)
    monkeypatch.setattr("locale.getlocale", lambda: (told, "cp949"))
    settle([])
    assert spoken() == language


class _Entry:
    """An entry of a folder on a Mac whose Finder has made it."""

    def __init__(self, entry: os.DirEntry[str]) -> None:
        self._entry = entry
        self.name = unicodedata.normalize("NFD", entry.name)
        self.path = unicodedata.normalize("NFD", entry.path)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)


class _Mac:
    """The file system of a Mac: it tells decomposed names, and finds files by composed ones, too."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        real_scandir, real_realpath = os.scandir, os.path.realpath
        mac = self

        class Scandir(Iterator[_Entry]):
            def __init__(self, folder: str | Path | int) -> None:
                mac.told += 1
                composed = folder if isinstance(folder, int) else unicodedata.normalize("NFC", str(folder))
                self._entries: Any = real_scandir(composed)

            def __enter__(self) -> Scandir:
                return self

            def __iter__(self) -> Scandir:
                return self

            def __next__(self) -> _Entry:
                return _Entry(next(self._entries))

            def __exit__(self, *error: object) -> None:
                self._entries.close()

        def realpath(path: str | Path) -> str:
            return unicodedata.normalize("NFD", str(real_realpath(path)))

        self.told = 0
        patched.setattr("sys.platform", "darwin")
        patched.setattr(os, "scandir", Scandir)
        patched.setattr(os.path, "realpath", realpath)


def _said(folder: Path) -> Iterator[bytes]:
    for arguments in (
        ("lint", "--no-cache", "."),
        ("lint", "--no-cache", "--select", "I006", "문서"),
        ("export", "--no-cache", "--output", "덱.apkg", "."),
        ("export", "--no-cache", "--locked", "--output", "덱.apkg", "문서/답.md"),
    ):
        done = run(folder, *arguments, SOURCE_DATE_EPOCH="1700000000")
        yield f"{int(done.returncode)} ".encode() + done.stdout + done.stderr


def test_names_that_a_mac_decomposes_are_those_of_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[list[bytes]] = []
    for system in ("linux", "mac"):
        folder = tmp_path / system / "저장소"
        text = CLEAN.replace("답이다.", "![그림](그림.svg) [둘](#1) [밖](../밖.md) 답이다.")
        write(folder, text, "문서/답.md")
        write(folder, "# 밖\n", "밖.md")
        write(folder, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "문서/그림.svg")
        write(folder, "## #1\n\n#### 하나인가?\n", "뺀것/답.md")
        write(folder, 'exclude = ["뺀것/"]\nimage-width = 5\n', "dlcards.toml")
        with monkeypatch.context() as patched:
            mac = _Mac(patched) if system == "mac" else None
            said.append(list(_said(folder)))
            assert mac is None or mac.told
        said[-1] += [next(folder.rglob(name)).read_bytes() for name in ("deck.lock", "덱.apkg")]
    assert said[0] == said[1]
    assert [each[:2] for each in said[0][:4]] == [b"0 "] * 4


LINE_ENDS: dict[str, Callable[[bytes], bytes]] = {
    "LF": lambda data: data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
}


def test_a_checkout_with_other_line_ends_is_the_same_deck(tmp_path: Path) -> None:
    """As git makes it on Windows (``core.autocrlf``): documents, drawings, configuration, lock, baseline."""
    body = "> 핵심: **답**이다.\n\n답이다. ![그린 것](a.svg)\n\n```python\nx = 1\n\ny = 2\n```\n\n| a |\n|---|\n| b |\n"
    text = CLEAN.replace("답이다.", body)
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"\n width="9" height="9"/>\n'
    made: dict[str, list[bytes]] = {}
    for name, ended in LINE_ENDS.items():
        folder = tmp_path / name
        write(folder, ended(text.encode()), "a.md")
        write(folder, ended(drawing), "a.svg")
        write(folder, ended('deck = "덱"\nlanguage = "ko"\n'.encode()), "dlcards.toml")
        run(folder, "export", SOURCE_DATE_EPOCH="1700000000")
        lock = folder / "deck.lock"
        made[name] = [lock.read_bytes(), (folder / "build/덱.apkg").read_bytes()]
        lock.write_bytes(ended(lock.read_bytes()))
        assert run(folder, "export", "--locked", "--no-cache").returncode == 0
        assert run(folder, "lint", "--write-baseline").returncode == 0
        baseline = folder / "dlcards-baseline.json"
        baseline.write_bytes(ended(baseline.read_bytes()))
        assert run(folder, "lint").returncode == 0
        # A lock that has to be written keeps its line ends, so that git shows only what has changed.
        write(folder, ended(text.replace("x = 1", "x = 3").encode()), "a.md")
        assert run(folder, "export", SOURCE_DATE_EPOCH="1700000001").returncode == 0
        made[name].append(lock.read_bytes())
    assert made["LF"][:2] == made["CRLF"][:2]
    assert made["CRLF"][2] == LINE_ENDS["CRLF"](made["LF"][2]) != made["LF"][2]


_PLAYED = """
import os, signal, sys
from pathlib import Path
with open({log!r}, "a") as log:
    log.write(" ".join(sys.orig_argv) + "\\n")
if {system!r} == "mac":
    sys.platform = "darwin"
else:
    for module, names in ((os, {lacking!r}), (signal, ("SIGKILL", "SIGALRM", "SIGUSR1"))):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    os.supports_dir_fd.clear()
    os.supports_fd.clear()
"""
_LACKING = (
    *(
        "fork",
        "forkpty",
        "mkfifo",
        "mknod",
        "chown",
        "fchown",
        "fchmod",
        "getuid",
        "geteuid",
        "setuid",
        "killpg",
    ),
    *("O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "sched_getaffinity", "sysconf", "statvfs"),
)


_COMMANDS = (
    ("lint", "."),
    ("export", "."),
    ("lint", "--fix", "."),
    ("lint", "없다.md"),
    ("없는명령",),
    ("export", "--locked", "--format", "json", "."),
    ("init", "--yes"),
    ("toc", "--write", "d00.md"),
    ("stats", "."),
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("system", "documents", "commands"), [("mac", 66, 2), ("windows", 3, len(_COMMANDS))]
)
def test_without_what_is_of_linux_alone_it_says_and_makes_the_same(
    tmp_path: Path, system: str, documents: int, commands: int
) -> None:
    """A Mac starts processes anew; Windows has no descriptors of folders, and its terminals have code pages."""
    log = tmp_path / "log"
    made = []
    for played in (False, True):
        place = tmp_path / f"played {played}"
        for number in range(documents):
            text = CLEAN.replace("#1", f"#{number + 1}").replace("하나", f"{number}번째")
            write(place / "저장소", text.replace("답이", "[x](#9999) 답이"), f"d{number:02}.md")
        site = _PLAYED.format(log=str(log), system=system, lacking=_LACKING) if played else ""
        write(place, site, "site/sitecustomize.py")
        environment = {
            "PYTHONPATH": os.pathsep.join([str(place / "site"), os.environ.get("PYTHONPATH", "")]),
            "PYTHONIOENCODING": "cp949:strict" if played else "utf-8",
            "XDG_CACHE_HOME": str(place / "caches"),
            "SOURCE_DATE_EPOCH": "1700000000",
            "LC_ALL": "ko_KR.UTF-8",
        }
        said: list[object] = []
        for arguments in _COMMANDS[:commands]:
            done = start(place / "저장소", *arguments, **environment)
            assert b"Traceback" not in done.stderr, done.stderr.decode()
            said.append((arguments, done.returncode, done.stdout, done.stderr))
        files = sorted(path for path in (place / "저장소").rglob("*") if path.is_file())
        made.append([*said, *((path.name, path.read_bytes()) for path in files)])
    for one, other in zip(*made, strict=True):
        assert one == other
    if system == "mac" and (os.cpu_count() or 1) > 1:
        assert "multiprocessing.spawn" in log.read_text(), "many documents are read by several processes"
