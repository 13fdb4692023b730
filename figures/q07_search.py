"""How much the validation accuracy on digits hangs on the learning rate, and how little on weight decay."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "7"
SLOW = "trains 8100 networks"

Array = NDArray[np.float32]
Points = NDArray[np.float64]
LOW, HIGH = np.array([-3.0, -6.0]), np.array([1.0, -1.0])  # log10 of learning rate and weight decay
SIDE = 3  # of a grid
SEARCHES, SHOWN, AT_ONCE = 300, 400, 900
HIDDEN, TRAINED_ON, BATCH, EPOCHS = 32, 800, 50, 5


def accuracies(points: Points) -> Points:
    """The validation accuracy in percent for each pair of exponents; every network learns from one seed."""
    return np.concatenate([learn(points[i : i + AT_ONCE]) for i in range(0, len(points), AT_ONCE)])


def learn(points: Points) -> Points:
    """The same for so few that all networks learn at once: every array has them along its first axis."""
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


def best_of(tries: int, scores: Points) -> float:
    """The mean over searches of the best score that each finds."""
    return float(scores.reshape(-1, tries).max(axis=1).mean())


def main(path: Path) -> list[Measured]:
    """Draw the accuracy against each of the two."""
    rng = np.random.default_rng(0)
    points = rng.uniform(LOW, HIGH, (SEARCHES * SIDE**2, 2))
    scores = accuracies(points)
    on_grids = accuracies(np.concatenate([grid(shift) for shift in rng.uniform(size=(SEARCHES, 2))]))
    linear = rng.uniform(LOW, HIGH, points.shape)
    linear[:, 0] = np.log10(rng.uniform(10 ** LOW[0], 10 ** HIGH[0], len(linear)))

    figure, panels = plt.subplots(2, 1, figsize=(6.4, 6), sharey=True, layout="constrained")
    for axis, (axes, name) in enumerate(zip(panels, ("learning rate", "weight decay"), strict=True)):
        axes.semilogx(10 ** points[:SHOWN, axis], scores[:SHOWN], "o", color=BLUE, ms=4, alpha=0.5, mew=0)
        for place in grid(np.array([0.5, 0.5]))[[0, 4, 8], axis]:
            axes.axvline(10**place, color=ORANGE, ls="--", lw=1.5)
        axes.set(xlabel=name, ylabel="validation accuracy (%)")
    save(figure, path)
    return [
        Measured("best of 9 drawn at random", best_of(9, scores), "무작위가 91%", 1.0),
        # One more axis that changes nothing makes 27 points of the grid, with the scores of the 9.
        Measured("best of a grid of 9", best_of(9, on_grids), "격자가 90%", 1.0),
        Measured("best of 27 drawn at random", best_of(27, scores), "무작위는 94%", 1.0),
        Measured("best of 9, learning rates uniform", best_of(9, accuracies(linear)), "69%로", 4),
        Measured("all 400", float(scores[:SHOWN].max()), "94.8%", 1),
    ]
