"""Two ways for a test set to leak where there is nothing to learn: chosen features and duplicates."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

from figures.common import BLUE, GREEN, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "15-2"
SEEDS = 20

EXAMPLES, FEATURES, KEPT, FOLDS, FRESH = 100, 5000, 20, 5, 1000
SHARES = (0, 10, 20, 30, 40, 50)  # percent of the test set

Array = NDArray[np.float64]
Rows = NDArray[np.int64]


def choose(x: Array, y: Array) -> Rows:
    """The features that go best with the labels, which are -1 and 1."""
    best: Rows = np.argsort(np.abs(y @ x))[-KEPT:]
    return best


def hits(x: Array, y: Array, x_test: Array, y_test: Array, columns: Rows) -> Array:
    """Where the sign of a sum of features, weighted by their products with the labels, is right."""
    right: Array = np.sign(x_test[:, columns] @ (y @ x[:, columns])) == y_test
    return right


def chosen_features(rng: np.random.Generator) -> Numbers:
    """Accuracies in percent on random labels."""
    x, y = rng.normal(size=(EXAMPLES, FEATURES)), rng.permutation(np.repeat([-1.0, 1.0], EXAMPLES // 2))
    everywhere = choose(x, y)
    leaked, clean = [], []
    for test in np.arange(EXAMPLES).reshape(FOLDS, -1):
        train = np.setdiff1d(np.arange(EXAMPLES), test)
        leaked.append(hits(x[train], y[train], x[test], y[test], everywhere))
        clean.append(hits(x[train], y[train], x[test], y[test], choose(x[train], y[train])))
    # Fresh rows need only the chosen features.
    x_fresh, y_fresh = rng.normal(size=(FRESH, KEPT)), rng.choice([-1.0, 1.0], FRESH)
    fresh = hits(x[:, everywhere], y, x_fresh, y_fresh, np.arange(KEPT))
    return {
        "chosen on all rows, cross-validated": 100 * float(np.mean(leaked)),
        "chosen in each fold, cross-validated": 100 * float(np.mean(clean)),
        "chosen on all rows, fresh rows": 100 * float(fresh.mean()),
    }


def duplicates(share: int, rng: np.random.Generator) -> float:
    """The accuracy in percent of 1-NN on shuffled labels when that much of the test set is copied."""
    x, y = load_digits(return_X_y=True)
    y, order = rng.permutation(y), rng.permutation(len(x))
    train, test = order[:1200], order[1200:].copy()
    copies = round(share * len(test) / 100)
    test[:copies] = rng.choice(train, copies, replace=False)
    model = KNeighborsClassifier(1, algorithm="brute").fit(x[train], y[train])
    return 100 * float(model.score(x[test], y[test]))


@cache
def measure(seed: int) -> Numbers:
    """One data set for each way."""
    rng = np.random.default_rng(seed)
    copied = {f"{share} % duplicates": duplicates(share, rng) for share in SHARES}
    return chosen_features(rng) | copied


SAYS = (
    Says("chosen on all rows, cross-validated", "중앙값 90%"),
    Says("chosen on all rows, cross-validated", "86~95%", "min"),
    Says("chosen on all rows, cross-validated", "95%)가", "max"),
    Says("chosen in each fold, cross-validated", "50.5%"),
    Says("chosen in each fold, cross-validated", "39~61%", "min"),
    Says("chosen in each fold, cross-validated", "61%)이고", "max"),
    Says("chosen on all rows, fresh rows", "50%(47"),
    Says("chosen on all rows, fresh rows", "47~54%", "min"),
    Says("chosen on all rows, fresh rows", "54%)였다. 아래", "max"),
    Says("0 % duplicates", "10%(8~12%)"),
    Says("0 % duplicates", "8~12%", "min"),
    Says("0 % duplicates", "12%), 30%", "max"),
    Says("30 % duplicates", "37%(35~39%)"),
    Says("30 % duplicates", "35~39%", "min"),
    Says("30 % duplicates", "39%)였", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "chosen before the split, noise is told apart",
        lambda runs: (runs["chosen on all rows, cross-validated"] > 75).all(),
    ),
    Conclusion(
        "chosen in each fold, it is not",
        lambda runs: abs(np.median(runs["chosen in each fold, cross-validated"]) - 50) < 15,
    ),
    Conclusion(
        "nor are fresh rows by what was chosen on all",
        lambda runs: abs(np.median(runs["chosen on all rows, fresh rows"]) - 50) < 3,
    ),
    Conclusion(
        "duplicates add what they are",
        lambda runs: all(
            abs(np.median(runs[f"{share} % duplicates"]) - share - (100 - share) / 10) < 3 for share in SHARES
        ),
    ),
)


def draw() -> Figure:
    """The accuracies of chosen features, a dot a data set, above accuracy by share of duplicates."""
    runs = [measure(seed) for seed in range(SEEDS)]
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 6.2))
    ways = (
        ("chosen on all rows, cross-validated", ORANGE, "o"),
        ("chosen in each fold, cross-validated", BLUE, "s"),
        ("chosen on all rows, fresh rows", GREEN, "^"),
    )
    jitter = np.random.default_rng(0).uniform(-0.12, 0.12, SEEDS)
    for place, (name, colour, marker) in enumerate(ways):
        values = [run[name] for run in runs]
        middle = float(np.median(values))
        above.plot(place + jitter, values, marker, ms=4, color=colour, alpha=0.6)
        above.plot([place - 0.22, place + 0.22], [middle] * 2, color=INK, lw=1.5)
        above.text(place + 0.24, middle + 1, f"{middle:.3g}%")
    above.axhline(50, color=INK, lw=1, ls=":")
    above.set_xticks(range(3), ["나누기 전에\n고름", "겹마다\n고름", "새 데이터"])
    above.set(title="특징 고르기(라벨은 무작위)", ylabel="정확도(%)", xlim=(-0.4, 2.6), ylim=(20, 102))
    above.grid(axis="x", visible=False)
    copied = np.array([[run[f"{share} % duplicates"] for share in SHARES] for run in runs])
    below.plot(SHARES, np.median(copied, axis=0), "o-", color=ORANGE)
    below.fill_between(SHARES, copied.min(axis=0), copied.max(axis=0), color=ORANGE, alpha=0.2, lw=0)
    below.axhline(10, color=INK, lw=1, ls=":")
    below.text(50, 3, "찍는 수준", ha="right")
    below.set(
        title="중복(라벨을 섞은 digits)",
        xlabel="test 가운데 train에서 복사한 비율(%)",
        ylabel="정확도(%)",
        ylim=(0, 62),
    )
    return figure
