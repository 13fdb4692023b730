"""What linting costs: folders of documents, a hook, and a document that grows."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Collection
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks import corpus, peers
from benchmarks.bench import ROOT, Bench, emptied
from benchmarks.measure import Task, Took, measure

NINE = 9
"""That many files are those of :func:`benchmarks.corpus.nine`, 450 KB."""
LARGE = 1_000
"""From that many files on, a peer that no row is held against runs once."""


def files(bench: Bench, number: int, left_out: Collection[str] = ()) -> dict[str, Took]:
    """Lint a folder with nothing known, with nothing changed, with one document changed; and the peers.

    Args:
        bench: The workplace.
        number: How many files.
        left_out: Tasks that would take too long.
    """
    folder, cache = bench.folder / f"files-{number}", bench.folder / f"cache-{number}"
    paths = corpus.nine(folder) if number == NINE else corpus.folder(folder, number)
    lint = "lint --offline ."
    rounds = 1 if number >= LARGE else 1_000
    tasks = [
        Task("floor", peers.FLOOR, folder),
        Task("mistune", [*peers.MISTUNE, "."], folder),
        *peers.linters(folder, cache / "rumdl", rounds),
        bench.dlcards("cold", lint, folder, cache, partial(emptied, cache / "dlcards")),
        bench.dlcards("unchanged", lint, folder, cache),
        bench.dlcards("one changed", lint, folder, cache, _editing(paths[number // 2])),
    ]
    wanted = 1 if number > LARGE else 5 if number > 1 else 11
    tasks = [task for task in tasks if task.name not in left_out]
    try:
        return measure(f"{number} files", tasks, bench.times(wanted))
    finally:
        emptied(folder, cache)


def _editing(path: Path) -> Callable[[], None]:
    """What changes a document, each time in other words."""
    times = count()
    return lambda: corpus.edit(path, next(times))


def growth(bench: Bench) -> dict[str, Took]:
    """Lint one document, and one that is ten times as large: what is linear takes ten times as long."""
    tasks = []
    for name, size in (("170 KB", 170_000), ("1.7 MB", 1_700_000)):
        folder = bench.folder / f"growth-{size}"
        corpus.folder(folder, 1, size)
        cache = folder / "cache"
        tasks += [
            Task(f"mistune, {name}", [*peers.MISTUNE, "."], folder),
            bench.dlcards(f"cold, {name}", "lint --offline .", folder, cache, partial(emptied, cache)),
        ]
    return measure("growth", tasks, bench.times(5))


def hook(bench: Bench) -> dict[str, Took]:
    """The hooks of .pre-commit-hooks.yaml, on one staged document of nine; the rest is unchanged."""
    folder, cache = bench.folder / "hook", bench.folder / "cache-hook"
    paths = corpus.nine(folder)
    hooks_file = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = dict(re.findall(r"^- id: (\S+)\n(?: .*\n)*?  entry: dlcards (.+)$", hooks_file, re.M))
    staged = paths[5].name

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)

    lint = bench.dlcards("lint hook", f"{entries['dlcards-lint']} {staged}", folder, cache)
    export = bench.dlcards("export hook", f"{entries['dlcards-export']} .", folder, cache)
    # Through pre-commit itself: its own cost is that of a hook that does nothing.
    hooks = "".join(
        f"  - {{id: {name}, name: {name}, entry: {entry!r}, language: system, files: md$}}\n"
        for name, entry in (("nothing", "true"), ("lint", " ".join(lint.command[:-1])))
    )
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: local\n  hooks:\n{hooks}", encoding="utf-8"
    )
    (folder / ".gitignore").write_text("build/\n", encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    for first in (bench.dlcards("first", "lint --offline .", folder, cache), export):
        measure("hook, once before", [first], 1)
    git("add", ".")
    git("commit", "-qm", "x")
    edit = _editing(paths[5])

    def stage() -> None:
        edit()
        git("add", ".")

    def through(name: str) -> Task:
        command = [sys.executable, "-m", "pre_commit", "run", name]
        environment = bench.environment(cache) | {"PRE_COMMIT_HOME": str(cache / "pre-commit")}
        return Task(f"pre-commit, {name}", command, folder, environment, stage, frozenset({0, 1}))

    def staging(task: Task) -> Task:
        return Task(task.name, task.command, folder, task.environment, stage, task.exits)

    tasks = [
        Task("floor", peers.FLOOR, folder),
        staging(lint),
        staging(export),
        through("nothing"),
        through("lint"),
    ]
    return measure("hook", tasks, bench.times(7))
