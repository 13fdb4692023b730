"""A fully connected layer on the roofline of a GPU (computed), and its speed by batch on a CPU (measured)."""

from __future__ import annotations

import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped, unused-ignore]

from figures.common import BLUE, GREY, ORANGE, Measured, save

ANSWER = "20"
SLOW = "measures speed, which no two machines have in common"

# NVIDIA, GPU Performance Background User's Guide: A100 with 80 GB, FP16 with FP32 accumulation.
PEAK = 312e12  # operations a second
BANDWIDTH = 2039e9  # bytes a second
WIDTH = 4096
CPU_WIDTH = 2048
ROUNDS = 10
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


def intensity(batch: int, width: int, item: int) -> float:
    """Return the operations per byte of a ``width`` x ``width`` layer when each number is moved once."""
    return 2 * batch * width**2 / (item * (width**2 + 2 * batch * width))


def speeds() -> np.ndarray:
    """Return the operations a second of a layer in float32 on one core of this CPU, by batch.

    Each is the best of many runs, and time while other programs had the core doesn't count.
    """
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(CPU_WIDTH, CPU_WIDTH)).astype(np.float32)
    best = np.full(len(BATCHES), np.inf)
    for _ in range(ROUNDS):
        for place, batch in enumerate(BATCHES):
            x = rng.normal(size=(batch, CPU_WIDTH)).astype(np.float32)
            for _ in range(4):
                began = time.thread_time()
                x @ weights
                best[place] = min(best[place], time.thread_time() - began)
    return np.asarray(2 * np.array(BATCHES) * CPU_WIDTH**2 / best)


def main(path: Path) -> list[Measured]:
    """Draw the roofline with the layer on it, and the measured speeds."""
    ridge = PEAK / BANDWIDTH
    with threadpool_limits(1):
        gigaflops = speeds() / 1e9

    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 6.4), layout="constrained")
    x = np.logspace(-1, 4, 200)
    above.loglog(x, np.minimum(PEAK, BANDWIDTH * x) / 1e12, color=GREY, lw=2)
    shares = {}
    for batch in (1, 32, 512):
        there = intensity(batch, WIDTH, 2)
        reached = min(PEAK, BANDWIDTH * there)
        shares[batch] = 100 * reached / PEAK
        above.plot(there, reached / 1e12, "o", color=BLUE, ms=8)
        point = (there, reached / 1e12)
        left = there < ridge
        above.annotate(
            f"layer, B = {batch}",
            point,
            (-8, 5) if left else (0, -20),
            textcoords="offset points",
            color=BLUE,
            ha="right" if left else "left",
        )
    relu = 1 / 4  # one comparison, two bytes read and two written
    above.plot(relu, BANDWIDTH * relu / 1e12, "s", color=ORANGE, ms=8)
    above.annotate(
        "ReLU", (relu, BANDWIDTH * relu / 1e12), (9, -10), textcoords="offset points", color=ORANGE
    )
    above.axvline(ridge, color=GREY, ls=":")
    above.annotate(f"{ridge:.0f}", (ridge, 0.25), (4, 0), textcoords="offset points", color=GREY)
    above.set(xlabel="operations per byte", ylabel="A100: TFLOPS at most", ylim=(0.2, 700))
    below.semilogx(BATCHES, gigaflops, "o-", color=BLUE)
    below.set(xlabel="batch size", ylabel="one CPU core: GFLOPS", xticks=BATCHES, xticklabels=BATCHES)
    below.set_ylim(bottom=0)
    below.minorticks_off()
    save(figure, path)
    return [
        Measured("operations per byte at the ridge", ridge, "153번", 1),
        Measured("intensity, B = 1", intensity(1, WIDTH, 2), "1.0번", 0.05),
        Measured("intensity, B = 512", intensity(512, WIDTH, 2), "410번", 1),
        Measured("share of the peak, B = 1", shares[1], "0.7%", 0.1),
        Measured("billion operations a second, B = 1", gigaflops[0], "16GFLOPS", 3),
        Measured("billion operations a second, B = 256", gigaflops[-1], "82GFLOPS", 8),
    ]
