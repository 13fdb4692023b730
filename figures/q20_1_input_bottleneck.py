"""Where a training step's time goes by the number of DataLoader workers; reading and computing are sleeps."""

from __future__ import annotations

import time
import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "20-1"
SLOW = "sleeps for 15 s in place of reading and computing"

READ = 0.008  # seconds for one example
STEP = 0.060  # seconds on the device for one batch
BATCH = 20
STEPS = 16
WARM_UP = 4  # batches until workers have started and the queue is as full as it gets
WORKERS = (0, 1, 2, 4)


class Slow(Dataset[int]):
    """Examples that take a while to read."""

    def __len__(self) -> int:
        return BATCH * (STEPS + WARM_UP)

    def __getitem__(self, index: int) -> int:
        time.sleep(READ)
        return index


def times(workers: int) -> tuple[float, float]:
    """Return the mean milliseconds a step waits for its batch, and computes."""
    waited, computed = [], []
    batches = iter(DataLoader(Slow(), batch_size=BATCH, num_workers=workers))
    for _ in range(STEPS + WARM_UP):
        began = time.perf_counter()
        next(batches)
        ready = time.perf_counter()
        time.sleep(STEP)
        waited.append(ready - began)
        computed.append(time.perf_counter() - ready)
    return 1000 * float(np.mean(waited[WARM_UP:])), 1000 * float(np.mean(computed[WARM_UP:]))


def main(path: Path) -> list[Measured]:
    """Draw waiting and computing of a step, stacked, for each number of workers."""
    torch.set_num_threads(1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # more workers than cores; these only sleep
        waited, computed = np.array([times(workers) for workers in WORKERS]).T
    busy = 100 * computed / (waited + computed)

    figure, axes = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    rows = np.arange(len(WORKERS))
    axes.barh(rows, waited, color=ORANGE, label="waits for data")
    axes.barh(rows, computed, left=waited, color=BLUE, label="computes (slept)")
    for row, (end, share) in enumerate(zip(waited + computed, busy, strict=True)):
        axes.annotate(f"busy {share:.0f}%", (end, row), (6, 0), textcoords="offset points", va="center")
    expected = 1000 * np.array([READ * BATCH + STEP, *(max(READ * BATCH / n, STEP) for n in WORKERS[1:])])
    axes.plot(expected, rows, "|", color="black", ms=30, mew=2)
    axes.set(xlabel="milliseconds per step", ylabel="num_workers", yticks=rows, yticklabels=WORKERS)
    axes.invert_yaxis()
    axes.set_xlim(0, 285)
    axes.legend(loc="lower right")
    save(figure, path)
    return [
        Measured(f"busy with {workers} workers", share, says, 4)
        for workers, share, says in zip(WORKERS, busy, ("26%", "35%", "71%", "97%"), strict=True)
    ]
