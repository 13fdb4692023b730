"""How much accuracy hangs on the learning rate, how little on weight decay, and what finds them (digits)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "7"
SEEDS = 10

Array = NDArray[np.float32]
Points = NDArray[np.float64]
LOW, HIGH = np.array([-3.0, -6.0]), np.array([1.0, -1.0])  # log10 of learning rate and weight decay
SIDE, GRIDS, DRAWN, BINS = 3, 10, 100, 8
HIDDEN, BATCH, EPOCHS = 32, 50, 5
TRAIN, VALIDATION, TEST = slice(0, 800), slice(800, 1200), slice(1200, None)


@dataclass(frozen=True)
class Scores:
    """The accuracy in percent of each setting, on validation and on test pictures."""

    validation: Points
    test: Points


def learn(points: Points, seed: int, epochs: int) -> Scores:
    """Train a network for each pair of exponents, each with its own initial weights.

    Every array has the networks along its first axis.
    """
    pictures, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(digits))
    x, y = (pictures[order] / 16).astype(np.float32), digits[order]
    rate, decay = (10 ** points.T[:, :, None, None]).astype(np.float32)
    count = len(points)
    w1 = rng.normal(0, np.sqrt(2 / 64), (count, 64, HIDDEN)).astype(np.float32)
    w2 = rng.normal(0, np.sqrt(2 / HIDDEN), (count, HIDDEN, 10)).astype(np.float32)
    b1 = np.zeros((count, 1, HIDDEN), np.float32)
    b2 = np.zeros((count, 1, 10), np.float32)
    targets = np.eye(10, dtype=np.float32)[y]
    with np.errstate(all="ignore"):  # some rates are meant to be too large
        for _ in range(epochs):
            for batch in rng.permutation(TRAIN.stop).reshape(-1, BATCH):
                h = np.maximum(x[batch] @ w1 + b1, 0)
                z = h @ w2 + b2
                p = np.exp(z - z.max(axis=2, keepdims=True))
                dz = (p / p.sum(axis=2, keepdims=True) - targets[batch]) / np.float32(BATCH)
                dh = (dz @ w2.swapaxes(1, 2)) * (h > 0)
                w2 -= rate * (h.swapaxes(1, 2) @ dz + decay * w2)
                w1 -= rate * (x[batch].T @ dh + decay * w1)
                b2 -= rate * dz.sum(axis=1, keepdims=True)
                b1 -= rate * dh.sum(axis=1, keepdims=True)
        z = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    right = np.nan_to_num(z).argmax(axis=2) == y
    return Scores(*(100 * right[:, part].mean(axis=1) for part in (VALIDATION, TEST)))


def grid(shift: Points) -> Points:
    """A grid of 3 by 3 whose points stand anywhere in their cells, but all at the same place in them."""
    first, second = ((np.arange(SIDE) + s) / SIDE for s in shift)
    points: Points = LOW + (HIGH - LOW) * np.stack(np.meshgrid(first, second), axis=-1).reshape(-1, 2)
    return points


def expected(tries: int, scores: Scores) -> float:
    """The mean test accuracy of the best on validation, over all choices of so many settings."""
    order = scores.validation.argsort(kind="stable")
    count = len(order)
    chances = np.array([math.comb(rank, tries - 1) for rank in range(count)]) / math.comb(count, tries)
    return float(chances @ scores.test[order])


def explained(exponents: Points, scores: Points) -> float:
    """The part in percent of the variance of the scores that is between bins of the exponents."""
    ranks = exponents.argsort().argsort() * BINS // len(exponents)
    means = np.array([scores[ranks == number].mean() for number in range(BINS)])
    return 100 * float(((means[ranks] - scores.mean()) ** 2).mean() / scores.var())


@cache
def searched(seed: int, budget: int = 1) -> tuple[Points, Scores]:
    """All settings: drawn log-uniformly, then on grids, then with rates drawn uniformly; and their scores."""
    rng = np.random.default_rng(seed)
    drawn = rng.uniform(LOW, HIGH, (DRAWN, 2))
    grids = np.concatenate([grid(shift) for shift in rng.uniform(size=(GRIDS, 2))])
    uniform = rng.uniform(LOW, HIGH, (DRAWN, 2))
    uniform[:, 0] = np.log10(rng.uniform(10 ** LOW[0], 10 ** HIGH[0], DRAWN))
    points = np.concatenate([drawn, grids, uniform])
    return points, learn(points, seed, budget * EPOCHS)


def measure(seed: int, budget: int = 1) -> Numbers:
    """The mean test accuracy in percent of what each search chooses on validation pictures."""
    points, scores = searched(seed, budget)
    drawn, uniform = (
        Scores(scores.validation[s], scores.test[s]) for s in (slice(DRAWN), slice(-DRAWN, None))
    )
    on_grids = slice(DRAWN, -DRAWN)
    chosen = scores.validation[on_grids].reshape(GRIDS, -1).argmax(axis=1)
    return {
        "9 at random": expected(SIDE**2, drawn),
        "27 at random": expected(SIDE**3, drawn),
        "9 with uniform rates": expected(SIDE**2, uniform),
        # One more axis that changes nothing makes 27 points of a grid, with the scores of the 9.
        "grid": float(scores.test[on_grids].reshape(GRIDS, -1)[np.arange(GRIDS), chosen].mean()),
        "explained by the rate": explained(points[:DRAWN, 0], drawn.test),
        "explained by the decay": explained(points[:DRAWN, 1], drawn.test),
    }


SAYS = (
    Says("explained by the rate", "분산의 85%를"),
    Says("explained by the decay", "구간은 7%를"),
    Says("9 at random", "중앙값 90%("),
    Says("9 at random", "83~92%)", "min"),
    Says("9 at random", "92%)", "max"),
    Says("grid", "격자가 89%("),
    Says("grid", "83~93%)", "min"),
    Says("grid", "93%)로", "max"),
    Says("27 at random", "무작위는 93%("),
    Says("27 at random", "86~94%)", "min"),
    Says("27 at random", "94%)가", "max"),
    Says("9 with uniform rates", "아홉 번에 65%("),
    Says("9 with uniform rates", "45~80%)", "min"),
    Says("9 with uniform rates", "80%)로", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "with two axes a grid is about as good",
        lambda runs: abs(np.median(runs["9 at random"] - runs["grid"])) < 4,
    ),
    Conclusion(
        "a third that changes nothing leaves the grid behind",
        lambda runs: np.median(runs["27 at random"] - runs["grid"]) > 0,
    ),
    Conclusion(
        "uniform rates are far behind",
        lambda runs: np.median(runs["9 at random"] - runs["9 with uniform rates"]) > 10,
    ),
    Conclusion(
        "the rate explains most, the decay little",
        lambda runs: (
            runs["explained by the rate"].min() > 60 and np.median(runs["explained by the decay"]) < 20
        ),
    ),
)


def draw() -> Figure:
    """The test accuracy of what is drawn at random against each of the two, for one run."""
    points, scores = searched(0)
    figure, panels = plt.subplots(2, figsize=(4.5, 5.4), sharey=True)
    for axis, (axes, name) in enumerate(zip(panels, ("학습률", "가중치 감쇠"), strict=True)):
        axes.semilogx(
            10 ** points[:DRAWN, axis], scores.test[:DRAWN], "o", color=BLUE, ms=5, alpha=0.6, mew=0
        )
        for place in grid(np.array([0.5, 0.5]))[[0, 4, 8], axis]:
            axes.axvline(10**place, color=ORANGE, ls="--", lw=1.5)
        axes.set(xlabel=name, ylabel="test 정확도(%)")
    panels[0].set_xticks((0.001, 0.01, 0.1, 1, 10), ("0.001", "0.01", "0.1", "1", "10"))
    exponents = range(-6, 0)
    panels[1].set_xticks([10.0**e for e in exponents], [f"$10^{{{e}}}$" for e in exponents])
    return figure
