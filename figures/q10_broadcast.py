"""A shape bug that raises no error: squared error of (N,) against (N, 1), on the diabetes data."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes

from figures.common import BLUE, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "10"
SEEDS = 10

Array = NDArray[np.float64]
PATIENTS, STEPS, RATE = 300, 60, 0.1


def fit(x: Array, y: Array, steps: int) -> tuple[list[float], Array]:
    """Linear regression by gradient descent on mean((p - y)**2), whatever shape p - y takes.

    Returns the loss that the program would print, and the last predictions, which have shape (N, 1).
    """
    w, b = np.zeros((x.shape[1], 1)), 0.0
    losses = []
    for _ in range(steps + 1):
        p = x @ w + b
        difference = p - y
        losses.append(float(np.mean(difference**2)))
        # The gradient of the loss for p: what broadcasting repeated is summed again.
        dp = 2 * difference.sum(axis=1, keepdims=True) / difference.size
        w, b = w - RATE * x.T @ dp, b - RATE * dp.sum()
    return losses, p


def both(seed: int, budget: int = 1) -> tuple[tuple[list[float], Array], tuple[list[float], Array]]:
    """With the right shape and with the wrong one, on 300 of the 442 patients; the variance of y is 1."""
    x, y = load_diabetes(return_X_y=True)
    chosen = np.random.default_rng(seed).permutation(len(y))[:PATIENTS]
    x, y = x[chosen], y[chosen]
    x, y = (x - x.mean(axis=0)) / x.std(axis=0), y / y.std()
    return fit(x, y[:, None], STEPS * budget), fit(x, y, STEPS * budget)


def measure(seed: int, budget: int = 1) -> Numbers:
    """Losses, and how much the predictions differ from each other."""
    (right, good), (wrong, useless) = both(seed, budget)
    return {
        "first loss": wrong[0],
        "last loss, bug": wrong[-1],
        "last loss, right": right[-1],
        "spread, bug": float(useless.std()),
        "spread, right": float(good.std()),
    }


SAYS = (
    Says("first loss", "4.9(4.7~5.2)"),
    Says("first loss", "4.7~5.2", "min"),
    Says("first loss", "5.2)", "max"),
    Says("last loss, bug", "1.00까지"),
    Says("spread, bug", "편차가 0이다"),
    Says("last loss, right", "0.48(0.44~0.51)"),
    Says("last loss, right", "0.44~0.51", "min"),
    Says("last loss, right", "0.51)", "max"),
    Says("spread, right", "0.72(0.70~0.75)"),
    Says("spread, right", "0.70~0.75", "min"),
    Says("spread, right", "0.75)이다", "max"),
)
CONCLUSIONS = (
    Conclusion("the buggy loss falls too", lambda runs: (runs["last loss, bug"] < runs["first loss"]).all()),
    Conclusion(
        "it stops at the variance of y", lambda runs: (np.abs(runs["last loss, bug"] - 1) < 0.005).all()
    ),
    Conclusion("and always predicts the mean", lambda runs: (runs["spread, bug"] < 1e-6).all()),
    Conclusion(
        "without the bug both are better",
        lambda runs: (runs["last loss, right"] < 0.65).all() and (runs["spread, right"] > 0.5).all(),
    ),
)


def draw() -> Figure:
    """The loss of both."""
    (right, _), (wrong, _) = both(0)
    figure, axes = plt.subplots(figsize=(4.5, 3.0))
    axes.axhline(1, color=GREY, ls=":")
    axes.plot(wrong, "--", color=ORANGE, lw=2)
    axes.plot(right, color=BLUE, lw=2)
    axes.text(STEPS - 1, 1.15, "버그: 정답의 분산 1에서 멈춤", color=ORANGE, ha="right")
    axes.text(STEPS - 1, 0.55, "바른 코드", color=BLUE, ha="right")
    axes.set(xlabel="스텝", ylabel="찍히는 손실", xlim=(0, STEPS), ylim=(0, None))
    return figure
