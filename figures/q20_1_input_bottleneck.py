"""Where a training step's time goes by the number of workers: PyTorch's DataLoader, simulated."""

from __future__ import annotations

from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, INK, ORANGE, Conclusion, Numbers, Says, paper

ANSWER = "20-1"
SEEDS = 10

Array = NDArray[Any]

READ = 160.0  # milliseconds to read a batch, on average
STEP = 60.0  # milliseconds on the device for one batch
STEPS, WARM_UP = 10_000, 20
WORKERS = (0, 1, 2, 3)
PREFETCH = (1, 2, 4, 8)  # batches that each worker may be ahead; 2 is PyTorch's default
MOST = 4  # workers, where some batches are slow
SLOW_SHARE, SLOW_READ = 0.05, 1110.0  # some of the batches, and how long they take


def steady(rng: np.random.Generator) -> Array:
    """Milliseconds to read each batch: from a half to one and a half of the mean."""
    return rng.uniform(0.5 * READ, 1.5 * READ, STEPS + WARM_UP)


def jerky(rng: np.random.Generator) -> Array:
    """The same on average, but one in twenty takes ten times as long as the others."""
    usual = (READ - SLOW_SHARE * SLOW_READ) / (1 - SLOW_SHARE)
    return np.where(rng.random(STEPS + WARM_UP) < SLOW_SHARE, SLOW_READ, usual)


def waits(reads: Array, workers: int, prefetch: int = 2) -> Array:
    """The milliseconds that each step waits for its batch.

    As in PyTorch, batches go to the workers in turn and are handed out in order; when one is taken, one more
    is asked for.
    """
    if not workers:
        return reads[WARM_UP:]
    now = 0.0
    ready, taken, waited = np.zeros((3, len(reads)))
    for batch, read in enumerate(reads):
        asked = taken[batch - workers * prefetch] if batch >= workers * prefetch else 0.0
        free = ready[batch - workers] if batch >= workers else 0.0
        ready[batch] = max(asked, free) + read
        taken[batch] = max(now, ready[batch])
        waited[batch] = taken[batch] - now
        now = taken[batch] + STEP
    return np.asarray(waited[WARM_UP:])


@cache
def measure(seed: int) -> Numbers:
    """The percentage of time that is computed, by the number of workers and by how far they are ahead."""

    def busy(reads: Array, workers: int, prefetch: int = 2) -> float:
        return 100 * STEP / (STEP + float(waits(reads, workers, prefetch).mean()))

    even, uneven = steady(np.random.default_rng(seed)), jerky(np.random.default_rng(seed))
    by_workers = {f"{n} workers": busy(even, n) for n in WORKERS}
    return by_workers | {f"prefetch {ahead}": busy(uneven, MOST, ahead) for ahead in PREFETCH}


SAYS = (
    Says("0 workers", "27%, 38%, 73%, 100%"),
    Says("1 workers", "38%, 73%, 100%"),
    Says("2 workers", "73%, 100%"),
    Says("3 workers", "100%로"),
    Says("prefetch 2", "70%(시드 10개"),
    Says("prefetch 2", "68~73%", "min"),
    Says("prefetch 2", "73%)", "max"),
    Says("prefetch 8", "97%(96"),
    Says("prefetch 8", "96~98%", "min"),
    Says("prefetch 8", "98%)", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "up to three, each worker helps",
        lambda runs: all(
            (runs[f"{more} workers"] > runs[f"{more - 1} workers"] + 5).all() for more in WORKERS[1:]
        ),
    ),
    Conclusion(
        "by the number of workers, the runs differ by less than a percentage point",
        lambda runs: all(np.ptp(runs[f"{n} workers"]) < 1 for n in WORKERS),
    ),
    Conclusion(
        "the formula is nearly right",
        lambda runs: all(
            abs(np.median(runs[f"{n} workers"]) - 100 * STEP / max(READ / n, STEP)) < 4 for n in WORKERS[1:]
        ),
    ),
    Conclusion("three leave next to no waiting", lambda runs: (runs["3 workers"] > 97).all()),
    Conclusion(
        "being further ahead bridges slow batches",
        lambda runs: (runs["prefetch 8"] > runs["prefetch 2"] + 15).all(),
    ),
)


def draw() -> Figure:
    """Waiting and computing of a step by the number of workers; below, what it helps to be ahead."""
    runs = [measure(seed) for seed in range(SEEDS)]
    figure, (top, bottom) = plt.subplots(2, figsize=(4.5, 6.4), height_ratios=(5, 4))
    rows = np.arange(len(WORKERS))
    shares = np.array([np.median([run[f"{n} workers"] for run in runs]) for n in WORKERS])
    ends = 100 * STEP / shares
    top.barh(rows, STEP, color=BLUE, label="계산")
    top.barh(rows, ends - STEP, left=STEP, color=ORANGE, hatch="//", ec=paper(), label="데이터를 기다림")
    for row, end, share in zip(rows, ends, shares, strict=True):
        top.annotate(f"{share:.0f}%", (end, row), (10, 0), textcoords="offset points", va="center")
    expected = np.array([READ + STEP, *(max(READ / n, STEP) for n in WORKERS[1:])])
    top.plot(expected, rows, "|", color=INK, ms=26, mew=2, label="식")
    top.set(xlabel="한 스텝의 시간(ms), 옆은 계산한 비율", ylabel="워커 수", yticks=rows, yticklabels=WORKERS)
    top.invert_yaxis()
    top.set_xlim(0, 270)
    figure.legend(loc="outside upper center", ncols=3, columnspacing=1, handletextpad=0.4)
    ahead = np.array([[run[f"prefetch {each}"] for each in PREFETCH] for run in runs])
    places = np.arange(len(PREFETCH))
    bottom.fill_between(places, ahead.min(axis=0), ahead.max(axis=0), color=BLUE, alpha=0.25, lw=0)
    bottom.plot(places, np.median(ahead, axis=0), "o-", color=BLUE, lw=2)
    bottom.set(
        title="워커 4개, 가끔 느린 배치가 있을 때",
        xlabel="prefetch_factor",
        ylabel="계산한 비율(%)",
        xticks=places,
        xticklabels=PREFETCH,
        ylim=(0, 105),
    )
    return figure
