"""The command as its users run it, in a folder of documents."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import traceback
from pathlib import Path

from typer.testing import CliRunner

from dlcards.cli import app
from tests.support.documents import md

CLEAN = md("""
    ## #1

    #### 하나인가?

    답이다.

    #### References

    - [출처](https://example.com)
""")
DIRTY = CLEAN.replace("답이다.", "가나 **과적합(overfitting)**은 [없다](#어디).")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A command in a folder; ``lint`` without the network.

    In this process, since starting one takes longer than what it is started for; :func:`start` starts one.
    """
    runner = CliRunner(env={"LC_ALL": "C.UTF-8", **environment})
    with contextlib.chdir(folder):
        done = runner.invoke(app, _offline(arguments))
    said = done.stderr_bytes or b""
    if done.exc_info and not isinstance(done.exception, SystemExit | None):
        said += "".join(traceback.format_exception(*done.exc_info)).encode()
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout_bytes, said)


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """As :func:`run`, in a process of its own."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    command = [sys.executable, "-m", "dlcards", *_offline(arguments)]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)


def _offline(arguments: tuple[str, ...]) -> list[str]:
    return ["lint", "--offline", *arguments[1:]] if arguments[:1] == ("lint",) else list(arguments)


def write(folder: Path, text: str | bytes, name: str = "a.md") -> Path:
    """A file in a folder, whose own folders are made."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def invoke(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """The exit code of a command in a folder and all that it says; its caches are the folder's own.

    In this process: a new one takes longer than what it is started for.
    """
    runner = CliRunner(env={"XDG_CACHE_HOME": str(folder / ".cache"), **environment})
    with contextlib.chdir(folder):
        done = runner.invoke(app, [arguments[0], "--lang", "en", *arguments[1:]], catch_exceptions=False)
    return done.exit_code, done.output
