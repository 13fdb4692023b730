"""What the batch size does to the steps and the time until a network learns Fashion-MNIST to 83%."""

from __future__ import annotations

import math
import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from examples.mlp_numpy import Array, Labels, accuracy, backward, forward, initialize, load

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "17-2"
SLOW = "trains on Fashion-MNIST with seven batch sizes and several learning rates"

RATES = {
    1: (0.0025, 0.005, 0.01),
    4: (0.02, 0.04, 0.08),
    16: (0.08, 0.16, 0.32),
    64: (0.08, 0.16, 0.32),
    256: (0.16, 0.32, 0.64),
    1024: (0.16, 0.32, 0.64),
    4096: (0.16, 0.32, 0.64),
}
TRAINED_ON, TESTED_ON, TARGET = 20_000, 2_000, 0.83
LONGEST = {batch: max(120_000, 300 * batch) // batch for batch in RATES}  # steps


def learn(batch: int, rate: float, x: Array, y: Labels, x_test: Array, y_test: Labels) -> tuple[float, float]:
    """Return the steps and the processor's seconds until the target, or infinity if it isn't reached.

    Looking whether it is takes no part in the seconds; it is done whenever the steps have grown by 4%.
    """
    rng = np.random.default_rng(0)
    parameters = initialize((784, 64, 10), rng)
    step, look, spent = 0, 1, 0.0
    while step < LONGEST[batch]:
        began = time.process_time()
        while step < look:
            rows = rng.integers(0, len(x), batch)
            h, p = forward(x[rows], parameters)
            gradients = backward(x[rows], y[rows], h, p, parameters[2])
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= rate * gradient
            step += 1
        spent += time.process_time() - began
        if accuracy(parameters, x_test, y_test) >= TARGET:
            return step, spent
        look = math.ceil(1.04 * look)
    return math.inf, math.inf


def main(path: Path) -> list[Measured]:
    """Draw steps and seconds by batch size, each at the (lowest) rate of its fewest steps."""
    x, y = load("train")
    x_test, y_test = load("t10k")
    x, y, x_test, y_test = x[:TRAINED_ON], y[:TRAINED_ON], x_test[:TESTED_ON], y_test[:TESTED_ON]
    best: dict[int, tuple[float, float, float]] = {}
    for batch, rates in RATES.items():
        runs = [(*learn(batch, rate, x, y, x_test, y_test), rate) for rate in rates]
        best[batch] = min(runs, key=lambda run: (run[0], run[2]))
    batches = list(best)
    steps, seconds, _ = zip(*best.values(), strict=True)

    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 5.8), sharex=True, layout="constrained")
    above.loglog(batches, steps, "o-", color=BLUE, label="steps to 83%")
    above.loglog(batches, steps[1] * 4 / np.array(batches), ":", color=GREEN, label="∝ 1/batch")
    above.set(ylabel="steps", ylim=(min(steps) / 2, 2 * max(steps)))
    above.legend()
    below.loglog(batches, seconds, "s-", color=ORANGE)
    below.set(xlabel="batch size", ylabel="processor seconds to 83%")
    below.set_xticks(batches, [str(batch) for batch in batches])
    below.set_yticks([0.3, 1, 3, 10], ["0.3", "1", "3", "10"])
    below.minorticks_off()
    save(figure, path)
    return [
        Measured("steps, 1", steps[0], "14,975걸음", 4000),
        Measured("steps, 4", steps[1], "2,764걸음", 800),
        Measured("steps, 64", steps[3], "363걸음", 60),
        Measured("steps, 4096", steps[6], "189걸음", 30),
        Measured("best rate, 1", best[1][2], "0.005였고", 0),
        Measured("best rate, 4", best[4][2], "0.04,", 0),
        Measured("best rate, 16", best[16][2], "0.16으로", 0),
        Measured("best rate, 4096", best[4096][2], "0.32에서", 0),
        Measured("seconds of 1 over those of 64", seconds[0] / seconds[3], "20배", 15),
        Measured("seconds of 4096 over those of 64", seconds[6] / seconds[3], "20배", 15),
    ]
