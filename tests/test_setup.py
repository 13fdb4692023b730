"""What make says and does while it sets up: quiet steps, virtual environments that were moved."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh")


def _sh(folder: Path, script: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    command = ["sh", str(ROOT / "tools" / script), *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("locale", "said"), [("C.UTF-8", "in English\n"), ("ko_KR.UTF-8", "한국어로\n")])
def test_a_step_says_what_it_does_and_nothing_else(tmp_path: Path, locale: str, said: str) -> None:
    noise = "echo WARNING: much; echo more >&2"
    done = _sh(tmp_path, "step.sh", "x", "한국어로", "in English", "sh", "-c", noise, LC_ALL=locale)
    assert (done.returncode, done.stdout) == (0, said)
    assert "WARNING" not in done.stderr
    assert (tmp_path / "build" / "setup-x.log").read_text() == "WARNING: much\nmore\n"


def test_a_step_that_fails_shows_what_was_said_and_where_all_of_it_is(tmp_path: Path) -> None:
    done = _sh(tmp_path, "step.sh", "x", "", "in English", "sh", "-c", "echo no such package; exit 3")
    assert done.returncode == 3
    assert "no such package\n" in done.stderr
    assert "build/setup-x.log" in done.stderr


def _venv(folder: Path, name: str) -> Path:
    """What pip leaves of the folder that it was installed in."""
    programs = folder / name / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (programs / "pip").write_text(f"#!{programs}/python3\nimport pip\n")
    return programs


def test_a_virtual_environment_that_was_moved_or_copied_is_noticed(tmp_path: Path) -> None:
    old, new, copy = tmp_path / "old", tmp_path / "new place", tmp_path / "copy"
    _venv(old, ".venv")
    # A path with a blank can't stand in the first line.
    programs = _venv(old, ".venv-lowest")
    (programs / "pip").write_text(f"#!/bin/sh\n'''exec' \"{programs}/python3\" \"$0\" \"$@\"\n' '''\n")
    assert _sh(old, "moved.sh", ".venv", ".venv-lowest", ".venv-none").stdout == ""
    shutil.copytree(old, copy, symlinks=True)
    assert _sh(copy, "moved.sh", ".venv", ".venv-lowest").stdout == ".venv\n.venv-lowest\n"
    old.rename(new)
    assert _sh(new, "moved.sh", ".venv", ".venv-lowest").stdout == ".venv\n.venv-lowest\n"


def test_a_link_to_another_place_is_left_alone(tmp_path: Path) -> None:
    _venv(tmp_path / "one", ".venv")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / ".venv").symlink_to(tmp_path / "one" / ".venv")
    assert _sh(tmp_path / "two", "moved.sh", ".venv").stdout == ""


def test_a_virtual_environment_whose_python_is_gone_is_noticed(tmp_path: Path) -> None:
    programs = _venv(tmp_path, ".venv")
    (programs / "python").unlink()
    (programs / "python").symlink_to(tmp_path / "python3.9")
    assert _sh(tmp_path, "moved.sh", ".venv").stdout == ".venv\n"
