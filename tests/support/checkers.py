"""Programs that read workflows of GitHub Actions for mistakes and for what is known to be unsafe."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_OPTIONS = {"zizmor": ("--offline", "--no-progress", "--format", "plain"), "actionlint": ()}
_REQUIREMENTS = {"zizmor": "test", "actionlint": "actionlint"}


def found_by(name: str, folder: Path, *paths: str) -> str:
    """What a checker says of files in a folder; nothing where it finds nothing. Skips where it is not installed."""
    program = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if program is None:
        pytest.skip(f"needs {name}: pip install -r requirements/{_REQUIREMENTS[name]}.txt")
    done = subprocess.run(
        [program, *_OPTIONS[name], *paths], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""
