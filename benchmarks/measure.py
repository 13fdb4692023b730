"""Processes in turn, and what each of them took."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_LAUNCH = Path(__file__).with_name("launch.py")
_MIB = 1 << (20 if sys.platform == "darwin" else 10)  # ru_maxrss counts KiB, on macOS bytes


@dataclass(frozen=True)
class Took:
    """What something took, in the median of its runs.

    Attributes:
        cpu: Seconds of processors, in the program and in the system, its children's included.
        wall: Seconds on the clock.
        memory: The largest resident set of one of its processes, in MiB; 0 where it was not asked for.
        runs: How many runs there were.
    """

    cpu: float
    wall: float
    memory: float
    runs: int = 1


@dataclass(frozen=True)
class Task:
    """A process that is measured.

    Attributes:
        name: What it is called, unique in its group.
        command: Its arguments; standard output is dropped.
        folder: Where it runs.
        environment: What it finds in the environment besides ours.
        prepare: What is done before, unmeasured.
        exits: The exit codes of a run that did its work.
        rounds: The most rounds that it takes part in.
        peer: Whether it is another program, whose failure is said and ends nothing.
    """

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], object] = lambda: None
    exits: frozenset[int] = frozenset({0})
    rounds: int = 1_000
    peer: bool = False


class Failed(Exception):
    """A measured process did not do its work."""


def run(task: Task) -> Took:
    """Run a task once.

    Raises:
        Failed: It ended with another code than it should, or could not be started.
    """
    task.prepare()
    # Where no bytecode may be written, an editable install compiles at every start.
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_LAUNCH), *task.command],
        cwd=task.folder,
        env={**ours, **task.environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Failed(f"{task.name} could not be started:\n{done.stderr}")
    cpu, wall, memory, code = done.stdout.split()
    if int(code) not in task.exits:
        raise Failed(f"{task.name} ended with {code}:\n{done.stderr[-2_000:]}")
    return Took(float(cpu), float(wall), int(memory) / _MIB)


def median(runs: Sequence[Took]) -> Took:
    """The median of each figure."""
    cpu, wall, memory = (
        statistics.median(getattr(one, name) for one in runs) for name in ("cpu", "wall", "memory")
    )
    return Took(cpu, wall, memory, len(runs))


def measure(group: str, tasks: Iterable[Task], rounds: int) -> dict[str, Took]:
    """Run the tasks one after the other, as often as asked, and say on standard error what each took.

    What one needs of the one before (a cache that is full) so stands in every round, and a machine that is
    slow for a while is so for all of them.
    """
    taken: dict[str, list[Took]] = {}
    failed: set[str] = set()
    for number in range(rounds):
        for task in tasks:
            if number < task.rounds and task.name not in failed:
                try:
                    took = run(task)
                except Failed as error:
                    if not task.peer:
                        raise
                    print(f"benchmarks: not measured: {error}", file=sys.stderr)
                    failed.add(task.name)
                    continue
                taken.setdefault(task.name, []).append(took)
                print(
                    f"{group} {number + 1}/{rounds} {task.name}: "
                    f"cpu {took.cpu:.3f} wall {took.wall:.3f} s {took.memory:.0f} MiB",
                    file=sys.stderr,
                )
    return {name: median(runs) for name, runs in taken.items()}
