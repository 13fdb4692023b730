"""Starts the programs that drive desktop Anki, in an interpreter that has it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, desktop


def interpreter() -> str:
    """A Python that has desktop Anki, or a skip that says how to get one."""
    if importlib.util.find_spec("PyQt6") and importlib.util.find_spec("aqt"):
        return sys.executable
    named = os.environ.get("DLCARDS_AQT_PYTHON", "")
    if not named:
        pytest.skip("needs desktop Anki: make desktop, or DLCARDS_AQT_PYTHON=a Python with aqt[qt6]")
    return str(ROOT / named)


def drive(module: str, seconds: float, *arguments: Path) -> None:
    """Run a module of ``tests.support`` in it; what it lacks skips the test, what fails there fails here."""
    command = [interpreter(), "-m", f"tests.support.{module}", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=seconds + 60, check=False
    )
    if done.returncode == desktop.MISSING:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
