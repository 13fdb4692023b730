"""A shape bug that raises no error: squared error of (N,) against (N, 1), on the diabetes data."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes

from figures.common import BLUE, GREY, ORANGE, Measured, save

ANSWER = "10"

Array = NDArray[np.float64]
STEPS, RATE = 60, 0.1


def fit(x: Array, y: Array) -> tuple[list[float], Array]:
    """Linear regression by gradient descent on mean((p - y)**2), whatever shape p - y takes.

    Returns the loss that the program would print, and the last predictions, which have shape (N, 1).
    """
    w, b = np.zeros((x.shape[1], 1)), 0.0
    losses = []
    for _ in range(STEPS):
        p = x @ w + b
        difference = p - y
        losses.append(float(np.mean(difference**2)))
        # The gradient of the loss for p: what broadcasting repeated is summed again.
        dp = 2 * difference.sum(axis=1, keepdims=True) / difference.size
        w, b = w - RATE * x.T @ dp, b - RATE * dp.sum()
    return losses, x @ w + b


def main(path: Path) -> list[Measured]:
    """Draw the loss of both."""
    x, target = load_diabetes(return_X_y=True)
    x, y = (x - x.mean(axis=0)) / x.std(axis=0), target / target.std()  # so that the variance of y is 1
    right, good = fit(x, y[:, None])
    wrong, useless = fit(x, y)
    figure, axes = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    axes.axhline(1, color=GREY, ls=":")
    axes.text(STEPS, 1.05, "variance of y", color=GREY, ha="right")
    axes.plot(wrong, "--", color=ORANGE, lw=2, label="y of shape (N,): bug")
    axes.plot(right, color=BLUE, lw=2, label="y of shape (N, 1)")
    axes.set(xlabel="step", ylabel="printed loss", ylim=(0, None))
    axes.legend()
    save(figure, path)
    return [
        Measured("first loss", wrong[0], "4.9에서", 0.05),
        Measured("last loss, bug", wrong[-1], "1.00에서", 0.005),
        Measured("last loss, right", right[-1], "0.49까지", 0.005),
        Measured("spread of the predictions, bug", float(useless.std()), "편차가 0이다", 1e-6),
        Measured("spread of the predictions, right", float(good.std()), "0.72이다", 0.01),
    ]
