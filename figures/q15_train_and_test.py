"""What accuracy on the training set hides, and how far a test set's accuracy may be trusted, on digits."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

from figures.common import BLUE, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "15"
SEEDS = 20

TRAINED_ON = 200
TEST_SIZES = (50, 100, 200, 400, 800)

Labels = NDArray[np.int64]
Accuracies = NDArray[np.float64]


def nearest(x: Accuracies, y: Labels) -> KNeighborsClassifier:
    """A model that stores the training set."""
    return KNeighborsClassifier(1, algorithm="brute").fit(x, y)


def accuracies(shuffled: bool, rng: np.random.Generator) -> tuple[float, float]:
    """Accuracy in percent on 1,200 pictures that are stored, and on the other 597."""
    x, y = load_digits(return_X_y=True)
    if shuffled:
        y = rng.permutation(y)
    order = rng.permutation(len(x))
    train, test = order[:1200], order[1200:]
    model = nearest(x[train], y[train])
    return 100 * model.score(x[train], y[train]), 100 * model.score(x[test], y[test])


@cache
def by_size(seed: int) -> dict[int, Accuracies]:
    """Accuracies in percent of one model of 200 pictures on disjoint test sets of each size."""
    x, y = load_digits(return_X_y=True)
    order = np.random.default_rng([seed, 1]).permutation(len(x))
    train, rest = order[:TRAINED_ON], order[TRAINED_ON:]
    right = nearest(x[train], y[train]).predict(x[rest]) == y[rest]
    sets = {size: len(right) // size for size in TEST_SIZES}
    return {size: 100 * right[: n * size].reshape(n, size).mean(axis=1) for size, n in sets.items()}


def standard_error(percent: float, examples: int) -> float:
    """That of an accuracy, in percent."""
    return float(np.sqrt(percent * (100 - percent) / examples))


@cache
def measure(seed: int) -> Numbers:
    """One division of the pictures."""
    rng = np.random.default_rng([seed, 0])
    right, shuffled = accuracies(False, rng), accuracies(True, rng)
    fifty = by_size(seed)[50]
    return {
        "train, right labels": right[0],
        "test, right labels": right[1],
        "train, shuffled labels": shuffled[0],
        "test, shuffled labels": shuffled[1],
        "lowest on 50": float(fifty.min()),
        "highest on 50": float(fifty.max()),
        "standard deviation on 50": float(fifty.std(ddof=1)),
        "standard error by the formula, 50": standard_error(float(fifty.mean()), 50),
    }


SAYS = (
    Says("test, right labels", "98.5%(98.0"),
    Says("test, right labels", "98.0~99.7%", "min"),
    Says("test, right labels", "99.7%)", "max"),
    Says("test, shuffled labels", "9.5%(7.4"),
    Says("test, shuffled labels", "7.4~11.6%", "min"),
    Says("test, shuffled labels", "11.6%)", "max"),
    Says("lowest on 50", "80%에서", "min"),
    Says("highest on 50", "100%까지", "max"),
    Says("standard deviation on 50", "중앙값 3.1%p"),
    Says("standard deviation on 50", "2.0~4.8%p", "min"),
    Says("standard deviation on 50", "4.8%p)", "max"),
    Says("standard error by the formula, 50", "3.2%p"),
)
CONCLUSIONS = (
    Conclusion(
        "what is stored is answered, whatever its label",
        lambda runs: (
            (runs["train, shuffled labels"] == 100).all() and (runs["train, right labels"] == 100).all()
        ),
    ),
    Conclusion("with right labels it has learned", lambda runs: (runs["test, right labels"] > 96).all()),
    Conclusion(
        "with shuffled labels nothing", lambda runs: abs(np.median(runs["test, shuffled labels"]) - 10) < 3
    ),
    Conclusion(
        "the spread is that of the formula",
        lambda runs: (
            0.7
            < np.median(runs["standard deviation on 50"] / runs["standard error by the formula, 50"])
            < 1.4
        ),
    ),
)


def draw() -> Figure:
    """Accuracies of 1-NN with right and with shuffled labels, above the spread over test sets."""
    runs = [measure(seed) for seed in range(SEEDS)]
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5.8))
    for shift, name, colour, hatch in ((-0.2, "train", ORANGE, "//"), (0.2, "test", BLUE, "")):
        for place, labels in enumerate(("right", "shuffled")):
            height = float(np.median([run[f"{name}, {labels} labels"] for run in runs]))
            above.bar(place + shift, height, width=0.36, color=colour, hatch=hatch)
            above.text(place + shift, height + 2, f"{name}\n{round(height, 1):g}%", ha="center")
    above.set_xticks(range(2), ["라벨 그대로", "라벨을 섞음"])
    above.set(ylabel="정확도(%)", ylim=(0, 135), yticks=(0, 50, 100), xlim=(-0.6, 1.6), title="1-최근접 이웃")
    above.grid(axis="x", visible=False)
    rng = np.random.default_rng(0)
    for size in TEST_SIZES:
        values = np.concatenate([by_size(seed)[size] for seed in range(SEEDS)])
        below.plot(size * rng.uniform(0.96, 1.04, len(values)), values, ".", ms=4, color=BLUE, alpha=0.35)
    middle = float(np.mean([by_size(seed)[50].mean() for seed in range(SEEDS)]))
    sizes = np.geomspace(44, 900, 50)
    for sign in (-2, 2):
        band = [middle + sign * standard_error(middle, size) for size in sizes]
        below.plot(sizes, band, color=INK, lw=1.2, ls="--")
    below.set_xscale("log")
    below.set_xticks(TEST_SIZES, [str(size) for size in TEST_SIZES])
    below.minorticks_off()
    below.set(xlabel="test 세트의 사진 수 n", ylabel="test 정확도(%)", ylim=(78, 101))
    below.text(890, 80, r"파선: $p\pm2\sqrt{p(1-p)/n}$", ha="right")
    return figure
