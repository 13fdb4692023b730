"""How much the validation accuracy on digits hangs on the learning rate, and how little on weight decay."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "7"
SLOW = "trains 843 networks"

Array = NDArray[np.float32]
Points = NDArray[np.float64]
LOW, HIGH = np.array([-3.0, -6.0]), np.array([1.0, -1.0])  # log10 of learning rate and weight decay
RANDOM, LINEAR, GRIDS, SIDE = 400, 200, 27, 3
HIDDEN, TRAINED_ON, BATCH, EPOCHS = 32, 800, 50, 5


def accuracies(points: Points) -> Points:
    """The validation accuracy in percent for each pair of exponents; every network learns from one seed.

    All networks learn at once: every array has them along its first axis.
    """
    pictures, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(digits))
    x, y = (pictures[order] / 16).astype(np.float32), digits[order]
    validation = slice(TRAINED_ON, None)
    rate, decay = (10 ** points.T[:, :, None, None]).astype(np.float32)
    w1 = np.repeat(rng.normal(0, np.sqrt(2 / 64), (1, 64, HIDDEN)), len(points), 0).astype(np.float32)
    w2 = np.repeat(rng.normal(0, np.sqrt(2 / HIDDEN), (1, HIDDEN, 10)), len(points), 0).astype(np.float32)
    b1 = np.zeros((len(points), 1, HIDDEN), np.float32)
    b2 = np.zeros((len(points), 1, 10), np.float32)
    with np.errstate(all="ignore"):  # some rates are meant to be too large
        for _ in range(EPOCHS):
            for batch in rng.permutation(TRAINED_ON).reshape(-1, BATCH):
                h = np.maximum(x[batch] @ w1 + b1, 0)
                z = h @ w2 + b2
                p = np.exp(z - z.max(axis=2, keepdims=True))
                dz = (p / p.sum(axis=2, keepdims=True) - np.eye(10, dtype=np.float32)[y[batch]]) / BATCH
                dh = (dz @ w2.swapaxes(1, 2)) * (h > 0)
                w2 -= rate * (h.swapaxes(1, 2) @ dz + decay * w2)
                w1 -= rate * (x[batch].T @ dh + decay * w1)
                b2 -= rate * dz.sum(axis=1, keepdims=True)
                b1 -= rate * dh.sum(axis=1, keepdims=True)
        z = np.maximum(x[validation] @ w1 + b1, 0) @ w2 + b2
    found: Points = 100 * np.mean(np.nan_to_num(z).argmax(axis=2) == y[validation], axis=1)
    return found


def grid(shift: Points) -> Points:
    """A grid of 3 by 3 whose points stand anywhere in their cells, but all at the same place in them."""
    first, second = ((np.arange(SIDE) + s) / SIDE for s in shift)
    points: Points = LOW + (HIGH - LOW) * np.stack(np.meshgrid(first, second), axis=-1).reshape(-1, 2)
    return points


def best_of(scores: Points, tries: int) -> float:
    """The mean of the best score among so many, over draws of them from all."""
    rng = np.random.default_rng(0)
    return float(np.mean([rng.choice(scores, tries, replace=False).max() for _ in range(4000)]))


def main(path: Path) -> list[Measured]:
    """Draw the accuracy against each of the two."""
    rng = np.random.default_rng(0)
    points = rng.uniform(LOW, HIGH, (RANDOM, 2))
    scores = accuracies(points)
    shifted = np.concatenate([grid(shift) for shift in rng.uniform(size=(GRIDS, 2))])
    of_grids = accuracies(shifted).reshape(GRIDS, -1).max(axis=1)
    linear = rng.uniform(LOW, HIGH, (LINEAR, 2))
    linear[:, 0] = np.log10(rng.uniform(10 ** LOW[0], 10 ** HIGH[0], LINEAR))

    figure, panels = plt.subplots(2, 1, figsize=(6.4, 6), sharey=True, layout="constrained")
    for axis, (axes, name) in enumerate(zip(panels, ("learning rate", "weight decay"), strict=True)):
        axes.semilogx(10 ** points[:, axis], scores, "o", color=BLUE, ms=4, alpha=0.5, mew=0)
        for place in grid(np.array([0.5, 0.5]))[[0, 4, 8], axis]:
            axes.axvline(10**place, color=ORANGE, ls="--", lw=1.5)
        axes.set(xlabel=name, ylabel="validation accuracy (%)")
    save(figure, path)
    tries = SIDE**2
    return [
        Measured("best of 9 drawn at random", best_of(scores, tries), "무작위가 92.0%", 1.0),
        Measured("best of a grid of 9", float(of_grids.mean()), "격자가 90.5%", 1.5),
        Measured("best of 9, learning rates uniform", best_of(accuracies(linear), tries), "77%로", 5),
        Measured("all 400", float(scores.max()), "94.8%", 1),
    ]
