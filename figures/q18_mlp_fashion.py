"""Accuracy per epoch and first-layer weights of ``examples/mlp_numpy.py`` on Fashion-MNIST."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from examples.mlp_numpy import EPOCHS, RATE, Array, accuracy, initialize, load, train_epoch

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "18"
SLOW = "trains on all of Fashion-MNIST"


def run(rate: Callable[[int], float]) -> tuple[list[float], list[Array], Array]:
    """Train as the program does, but with any learning rate per epoch.

    Returns the test accuracy in percent after each epoch, the parameters, and the first layer's weights
    as they were before training.
    """
    x, y = load("train")
    x_test, y_test = load("t10k")
    rng = np.random.default_rng(0)
    parameters = initialize((784, 128, 10), rng)
    before = parameters[0].copy()
    scores = []
    for epoch in range(EPOCHS):
        train_epoch(parameters, x, y, rng, rate(epoch))
        scores.append(100 * accuracy(parameters, x_test, y_test))
    return scores, parameters, before


def main(path: Path) -> list[Measured]:
    """Draw both training runs over what the program's first layer learned."""
    falling, parameters, before = run(lambda epoch: RATE * (1 - epoch / EPOCHS))
    constant, _, _ = run(lambda epoch: RATE)

    figure = plt.figure(figsize=(6.4, 5.2), layout="constrained")
    grid = figure.add_gridspec(2, 1, height_ratios=(3, 2))
    axes = figure.add_subfigure(grid[0]).subplots()
    epochs = range(1, EPOCHS + 1)
    axes.plot(epochs, constant, "s--", color=ORANGE, label=f"learning rate {RATE}")
    axes.plot(epochs, falling, "o-", color=BLUE, label=f"learning rate falls from {RATE} to {RATE / EPOCHS}")
    axes.set(xlabel="epoch", ylabel="test accuracy (%)", xticks=epochs, ylim=(78, 89))
    axes.legend(loc="lower left")

    change = parameters[0] - before
    most_changed = np.argsort(-np.linalg.norm(change, axis=0))[:8]
    below = figure.add_subfigure(grid[1])
    below.suptitle("8 hidden units: weights (top), weights − initial weights (bottom)", fontsize=11)
    rows = zip(below.subplots(2, 8), (parameters[0], change), strict=True)
    for units, weights in rows:
        for axis, unit in zip(units, most_changed, strict=True):
            axis.imshow(weights[:, unit].reshape(28, 28), cmap="RdBu", vmin=-0.3, vmax=0.3)
            axis.axis("off")
    save(figure, path)
    return [
        Measured("test accuracy, falling rate", falling[-1], "87.4%", 1),
        Measured("lowest test accuracy, constant rate", min(constant), "80%", 3),
        Measured("parameters", sum(parameter.size for parameter in parameters), "101,770개", 0),
    ]
