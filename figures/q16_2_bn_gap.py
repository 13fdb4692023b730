"""What inference with the batch's own statistics costs a network with batch normalization, on digits."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, ORANGE, Conclusion, Numbers, Says
from figures.normed import Array, Labels, Networks, digits

ANSWER = "16-2"
SEEDS = 10

SIZES, GAIN, RATE = (64, 64, 64, 64, 10), 2.0, 0.1
TRAINED_ON, EPOCHS, BATCH = 1200, 20, 64
INFERENCE_BATCHES = (2, 4, 8, 16, 32, 64, 128)


def by_batches(network: Networks, x: Array, y: Labels, order: NDArray[np.int64], batch: int) -> float:
    """Accuracy in training mode over the full batches of ``order``, in percent."""
    batches = order[: len(order) // batch * batch].reshape(-1, batch)
    return float(np.mean([network.accuracy(x[rows], y[rows], training=True)[0] for rows in batches]))


@cache
def measure(seed: int, budget: int = 1) -> Numbers:
    """Accuracies in percent: by running statistics, and by those of batches, shuffled or sorted by class.

    Batches in training mode also move the running statistics; what is left of them after one pass of sorted
    pairs is measured last.
    """
    rng = np.random.default_rng(seed)
    train, (x, y) = digits(rng, TRAINED_ON)
    network = Networks(SIZES, GAIN, "batch", (RATE,), rng)
    network.train(*train, budget * EPOCHS, BATCH, rng)
    numbers = {"running": float(network.accuracy(x, y)[0])}
    by_class = np.argsort(y, kind="stable")
    for batch in INFERENCE_BATCHES:
        numbers[f"shuffled {batch}"] = by_batches(deepcopy(network), x, y, rng.permutation(len(x)), batch)
        careless = deepcopy(network)
        numbers[f"sorted {batch}"] = by_batches(careless, x, y, by_class, batch)
        if batch == INFERENCE_BATCHES[0]:
            numbers["running after a careless pass"] = float(careless.accuracy(x, y)[0])
    return numbers


SAYS = (
    Says("sorted 16", "14%(13"),
    Says("sorted 16", "13~16%)이다.", "min"),
    Says("sorted 16", "16%)이다.", "max"),
    Says("shuffled 16", "92%(90"),
    Says("shuffled 16", "90~94%)", "min"),
    Says("shuffled 16", "94%)", "max"),
    Says("shuffled 2", "40%(38"),
    Says("shuffled 2", "38~43%)", "min"),
    Says("shuffled 2", "43%)", "max"),
    Says("running", "97.5%(96"),
    Says("running", "96~98%)이지만", "min"),
    Says("running", "98%)이지만", "max"),
    Says("running after a careless pass", "78%(72"),
    Says("running after a careless pass", "72~86%", "min"),
    Says("running after a careless pass", "86%)에 그쳤다", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "pairs lose 40 points of the running statistics",
        lambda runs: (runs["shuffled 2"] < runs["running"] - 40).all(),
    ),
    Conclusion("sorted batches of 16 are near chance", lambda runs: (runs["sorted 16"] < 30).all()),
    Conclusion(
        "large shuffled batches come near the running statistics",
        lambda runs: np.median(runs["shuffled 128"]) > np.median(runs["running"]) - 3,
    ),
    Conclusion(
        "a careless pass spoils the running statistics",
        lambda runs: (runs["running after a careless pass"] < runs["running"] - 5).all(),
    ),
)


def draw() -> Figure:
    """The medians by batch size: running statistics, shuffled batches, batches sorted by class."""
    runs = [measure(seed) for seed in range(SEEDS)]
    figure, axes = plt.subplots(figsize=(4.5, 3.4))
    running = float(np.median([run["running"] for run in runs]))
    axes.axhline(running, color=BLUE, ls="--", lw=2)
    axes.text(2, running + 1, "이동평균: eval()", color=BLUE, va="bottom")
    for kind, colour, style in (("shuffled", GREEN, "o-"), ("sorted", ORANGE, "s-")):
        values = np.array([[run[f"{kind} {batch}"] for batch in INFERENCE_BATCHES] for run in runs])
        axes.fill_between(
            INFERENCE_BATCHES, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.2, lw=0
        )
        axes.plot(INFERENCE_BATCHES, np.median(values, axis=0), style, color=colour)
    axes.text(6, 62, "배치 통계,\n섞은 배치", color=GREEN, va="center")
    axes.text(6, 36, "배치 통계,\n클래스순 배치", color=ORANGE, va="center")
    axes.set_xscale("log", base=2)
    axes.set(xlabel="추론 배치의 크기", ylabel="test 정확도(%)", ylim=(0, 112))
    axes.set_xticks(INFERENCE_BATCHES, [str(batch) for batch in INFERENCE_BATCHES])
    return figure
