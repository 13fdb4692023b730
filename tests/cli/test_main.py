"""What all commands have in common: the version, files that can't be read, a terminal of any locale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import CLEAN, DIRTY, run, start, write

pytestmark = pytest.mark.slow


def test_version() -> None:
    assert start(Path.cwd(), "--version").stdout == b"0.1.0\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "딥러닝이란?".encode("cp949"),
            "a.md:1: is not UTF-8; it looks like CP949; convert it: iconv -f CP949 -t UTF-8",
        ),
        ("글\n딥러닝".encode("utf-16"), "a.md:1: is not UTF-8; it looks like UTF-16; save it as UTF-8"),
        ("첫 줄\n둘째 줄\n".encode() + b"\xff\x00", "a.md:3: is not UTF-8; it looks like a binary file"),
        (b"ok\n\xc3\x28", "a.md:2: is not UTF-8; save it as UTF-8"),
    ],
)
@pytest.mark.parametrize("command", ["lint", "export"])
def test_an_unreadable_file_is_named_and_the_others_are_still_read(
    tmp_path: Path, data: bytes, message: str, command: str
) -> None:
    write(tmp_path, data)
    write(tmp_path, CLEAN, "b.md")
    done = run(tmp_path, command, "a.md", "b.md", "--lang", "en")
    assert done.returncode == 2
    assert f"dlcards: {message}\n" == done.stderr.decode()
    assert b"1" in done.stdout


def test_korean_comes_out_whatever_the_locale(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    done = start(tmp_path, "lint", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "과적합" in done.stdout.decode()
    assert "질문 1" in start(tmp_path, "lint", LC_ALL="ko_KR.UTF-8").stdout.decode()


def _loaded(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command loads."""
    code = (
        "import sys\n"
        "from dlcards.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    print(*sys.modules, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    environment.pop("COVERAGE_PROCESS_START", None)  # what measures coverage loads modules of its own
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return set(done.stderr.decode().splitlines()[-1].split())


def test_a_command_loads_what_it_needs(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    assert not _loaded(tmp_path, "--version") & {"dlcards.model", "rich", "mistune"}
    assert not _loaded(tmp_path, "--help") & {"dlcards.model", "dlcards.cli.lint", "mistune"}
    page = _loaded(tmp_path, "explain", "Q001")
    assert "dlcards.linter.rules.questions.missing_answer" in page
    assert not page & {"dlcards.linter.rules.questions.duplicate_id", "dlcards.linter.engine"}
    lint = ("lint", "--offline", "a.md")
    lint_loads = _loaded(tmp_path, *lint)
    assert "dlcards.linter.engine" in lint_loads
    again = _loaded(tmp_path, *lint)
    assert not {
        name for name in again if name.startswith(("dlcards.document", "dlcards.markdown", "mistune"))
    }
    assert not (lint_loads & {"pygls", "lsprotocol"})
    assert not again & {"dlcards.linter.engine", "rich", "requests", "multiprocessing", "dlcards.deck"}
