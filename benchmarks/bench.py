"""Which dlcards is measured, and where."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Task

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Bench:
    """A workplace for one run of the benchmarks.

    Attributes:
        source: The tree whose dlcards is measured.
        folder: An empty folder for documents and caches.
        rounds: How often each group runs, if somebody said so.
        quick: Less of everything, for a look.
    """

    source: Path
    folder: Path
    rounds: int | None = None
    quick: bool = False

    def times(self, wanted: int) -> int:
        """How many rounds a group takes that wants so many."""
        return self.rounds or ((wanted + 1) // 4 if self.quick else wanted)

    def environment(self, cache: Path) -> dict[str, str]:
        """What dlcards finds in its environment: its source, and where its cache is."""
        paths = os.pathsep.join([str(self.source / "src"), str(ROOT)])
        return {"PYTHONPATH": paths, "XDG_CACHE_HOME": str(cache)}

    def dlcards(
        self,
        name: str,
        arguments: str,
        folder: Path,
        cache: Path | None = None,
        prepare: Callable[[], object] = lambda: None,
    ) -> Task:
        """A run of dlcards as people start it; findings are no failure."""
        command = [str(Path(sys.executable).with_name("dlcards")), *arguments.split()]
        environment = self.environment(cache or self.folder / "cache")
        return Task(name, command, folder, environment, prepare, frozenset({0, 1}))

    def commit(self) -> str:
        """Which state of the program this is."""

        def git(*arguments: str) -> str:
            command = ["git", "-C", str(self.source), *arguments]
            return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

        changed = git("status", "--porcelain", "--", "src", "pyproject.toml", "requirements")
        return git("rev-parse", "--short", "HEAD") + (" and changes" if changed else "")


def emptied(*folders: Path) -> None:
    """Remove folders, if they are there."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
