"""What the last export was made of and what it said, so that one that would change nothing is not made.

Kept in the folder of caches; whoever deletes it loses nothing but time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import dlcards
from dlcards.model import LANGUAGES, Text
from dlcards.project.disk import read_regular, write_whole
from dlcards.project.watch import Watch


class Last(NamedTuple):
    """The last export.

    Attributes:
        said: What it said.
        code: Its exit code.
        lock: Where its lock stands.
    """

    said: Text
    code: int
    lock: Path


class Memory:
    """The last export with the same paths and options.

    Args:
        folder: The folder of caches.
        watch: Watches the documents; what else the export reads is added to it.
        call: The paths and options, which, with the documents found, make one export another one's equal.
    """

    def __init__(self, folder: Path, watch: Watch, call: Sequence[object]) -> None:
        self._watch = watch
        self._program = _states_below(str(Path(dlcards.__file__).parent))
        said = json.dumps([dlcards.__version__, Path.cwd(), call, watch.documents], default=str)
        self._path = folder / "exports" / f"{hashlib.sha256(said.encode()).hexdigest()[:24]}.json"

    def recall(self) -> Last | None:
        """The last export; None where something has changed since."""
        try:
            entry = json.loads(read_regular(self._path))
            if entry["program"] == self._program and self._watch.is_as(entry["files"]):
                said = Text(*(str(entry["said"][language]) for language in LANGUAGES))
                return Last(said, int(entry["code"]), Path(entry["lock"]))
        except (OSError, AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError):
            pass  # not there, or written by another version: as good as nothing
        return None

    def keep(self, last: Last, written: Sequence[Path]) -> None:
        """Remember an export by what it read and wrote; without a word where that can't be written."""
        for path in (last.lock, *written):
            self._watch.renew(path)
        words = {language: last.said.in_(language) for language in LANGUAGES}
        lock = str(last.lock.absolute())
        files = self._watch.states()
        entry = {"program": self._program, "files": files, "said": words, "code": last.code, "lock": lock}
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(entry).encode())


def _states_below(folder: str) -> str:
    """A hash of what the files below a folder are, by their times and sizes; what Python compiles aside."""
    found = []
    left = [folder]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir() and entry.name != "__pycache__":
                    left.append(entry.path)
                elif entry.is_file():
                    state = entry.stat()
                    found.append((entry.path, state.st_mtime_ns, state.st_size, state.st_ino))
    return hashlib.sha256(repr(sorted(found)).encode("utf-8", "surrogatepass")).hexdigest()
