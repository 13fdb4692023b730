"""How near the link checker comes to the ideal.

A server on loopback, in a process of its own, answers each request after 100 ms; 1,000 addresses on 250 names
are asked by 32 workers. The ideal is what the server alone would take, 32 answers at a time: requests / 32 ×
100 ms. With one address a name, nobody has to wait for a turn; "4 a name" shows what politeness costs (4 at a
time and 100 ms between starts in each domain).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import NamedTuple

from benchmarks.bench import Bench
from benchmarks.measure import Took

ADDRESSES, WORKERS, DELAY = 1_000, 32, 0.1


class Case(NamedTuple):
    """A kind of run: its name, the path that is asked for, names, and requests for each address."""

    name: str
    path: str
    names: int
    requests: int = 1


CASES = (
    Case("plain text, 4 a name", "/plain", ADDRESSES // 4),
    Case("plain text, 1 a name", "/plain", ADDRESSES),
    Case("HTML of 20 kB, 4 a name", "/page", ADDRESSES // 4),
    Case("one redirect each, 4 a name", "/redirect", ADDRESSES // 4, 2),
)


def ideal(case: Case) -> float:
    """The seconds that the server alone would take."""
    return ADDRESSES * case.requests / WORKERS * DELAY


def links(bench: Bench) -> dict[str, Took]:
    """What each kind of run takes, each beside its ideal, in a process that has the measured dlcards."""
    command = [sys.executable, "-m", "benchmarks.links_here", str(bench.times(5))]
    environment = os.environ | bench.environment(bench.folder / "cache-links")
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    taken = {f"{case.name}, ideal": Took(0, ideal(case), 0) for case in CASES}
    return taken | {name: Took(**took) for name, took in json.loads(done.stdout).items()}
