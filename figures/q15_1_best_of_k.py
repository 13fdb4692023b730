"""How good the best of k models looks that all toss a coin, by the number of models."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "15-1"

EXAMPLES, ROUNDS = 1000, 200
MODELS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10000)


def main(path: Path) -> list[Measured]:
    """Draw the winner's accuracy on the validation set that chose it, and on a test set."""
    rng = np.random.default_rng(0)
    chosen, tested = {}, {}
    for models in MODELS:
        # A model that tosses a coin is right on each example with probability 1/2, on either set.
        validation = rng.binomial(EXAMPLES, 0.5, (ROUNDS, models)) * 100 / EXAMPLES
        test = rng.binomial(EXAMPLES, 0.5, (ROUNDS, models)) * 100 / EXAMPLES
        winner = validation.argmax(axis=1)[:, None]
        chosen[models] = np.take_along_axis(validation, winner, axis=1)
        tested[models] = np.take_along_axis(test, winner, axis=1)

    figure, axes = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    for colour, accuracies, marker in ((ORANGE, chosen, "o"), (BLUE, tested, "s")):
        means = np.array([values.mean() for values in accuracies.values()])
        low, high = np.array([np.percentile(values, (5, 95)) for values in accuracies.values()]).T
        axes.plot(MODELS, means, marker + "-", color=colour)
        axes.fill_between(MODELS, low, high, color=colour, alpha=0.15, lw=0)
    axes.set_xscale("log")
    axes.text(60, 55.6, "winner, on the validation\nset that chose it", color=ORANGE, ha="right")
    axes.text(60, 48.0, "the same winner,\non the test set", color=BLUE, ha="left", va="top")
    axes.set(xlabel="models compared, k", ylabel="accuracy (%)", ylim=(45.5, 58.5))
    save(figure, path)
    return [
        Measured("best of 10 on the validation set", chosen[10].mean(), "52.4%", 0.4),
        Measured("best of 1,000 on the validation set", chosen[1000].mean(), "55.1%", 0.4),
        Measured("best of 10,000 on the validation set", chosen[10000].mean(), "56.0%", 0.4),
        Measured("best of 10,000 on the test set", tested[10000].mean(), "49.8%", 0.4),
    ]
