"""What a command costs that has nothing to do."""

from __future__ import annotations

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.measure import Task, Took, measure


def startup(bench: Bench) -> dict[str, Took]:
    """``--version``, ``--help`` and ``explain``, beside the imports that none of them can do without."""
    tasks = [
        Task("import typer", peers.TYPER, bench.folder),
        Task("floor", peers.FLOOR, bench.folder),
        *(bench.dlcards(what, what, bench.folder) for what in ("--version", "--help", "explain Q001")),
    ]
    return measure("startup", tasks, bench.times(11))
