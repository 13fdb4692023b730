"""Two ways for a test set to leak where there is nothing to learn: chosen features and duplicates."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "15-2"

EXAMPLES, FEATURES, KEPT, FOLDS, FRESH = 100, 5000, 20, 5, 1000
ROUNDS = 20
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)

Array = NDArray[np.float64]
Rows = NDArray[np.int64]


def choose(x: Array, y: Array) -> Rows:
    """Return the features that go best with the labels, which are -1 and 1."""
    best: Rows = np.argsort(np.abs(y @ x))[-KEPT:]
    return best


def hits(x: Array, y: Array, x_test: Array, y_test: Array, columns: Rows) -> Array:
    """Return where the sign of a sum of features, weighted by their products with the labels, is right."""
    right: Array = np.sign(x_test[:, columns] @ (y @ x[:, columns])) == y_test
    return right


def chosen_features(rng: np.random.Generator) -> tuple[float, float, float]:
    """Return accuracies in percent on random labels: chosen on all rows, chosen in each fold, fresh rows."""
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
    return 100 * float(np.mean(leaked)), 100 * float(np.mean(clean)), 100 * float(fresh.mean())


def duplicates(share: float, rng: np.random.Generator) -> float:
    """Return the accuracy in percent of 1-NN on shuffled labels when that share of the test set is copied."""
    x, y = load_digits(return_X_y=True)
    y, order = rng.permutation(y), rng.permutation(len(x))
    train, test = order[:1200], order[1200:].copy()
    copies = round(share * len(test))
    test[:copies] = rng.choice(train, copies, replace=False)
    model = KNeighborsClassifier(1, algorithm="brute").fit(x[train], y[train])
    return 100 * float(model.score(x[test], y[test]))


def main(path: Path) -> list[Measured]:
    """Draw the accuracies of chosen features, a dot a repetition, above accuracy by share of duplicates."""
    rng = np.random.default_rng(0)
    leaked, clean, fresh = np.array([chosen_features(rng) for _ in range(ROUNDS)]).T
    by_share = [float(np.mean([duplicates(share, rng) for _ in range(5)])) for share in SHARES]

    figure, (above, below) = plt.subplots(2, figsize=(6.4, 6.0), layout="constrained")
    for place, (values, colour) in enumerate(((leaked, ORANGE), (clean, BLUE), (fresh, GREEN))):
        above.plot(place + rng.uniform(-0.12, 0.12, ROUNDS), values, ".", color=colour, alpha=0.6)
        above.plot([place - 0.22, place + 0.22], [values.mean()] * 2, color="black", lw=1.5)
        above.text(place + 0.25, values.mean() + 1, f"{values.mean():.0f}%", va="bottom")
    above.axhline(50, color="black", lw=1, ls=":")
    above.set_xticks(range(3), ["chosen before\nthe split, CV", "chosen in\neach fold, CV", "new data"])
    above.set(ylabel="accuracy (%),\nrandom labels", xlim=(-0.4, 2.5), ylim=(20, 102))
    above.grid(axis="x", visible=False)
    below.plot([100 * share for share in SHARES], by_share, "o-", color=ORANGE)
    below.axhline(10, color="black", lw=1, ls=":")
    below.text(50, 12, "chance", ha="right")
    below.set(
        xlabel="copies from the training set (% of test set)",
        ylabel="accuracy (%),\nshuffled labels",
        ylim=(0, 62),
    )
    save(figure, path)
    return [
        Measured("chosen on all rows, cross-validated", float(leaked.mean()), "90%", 2),
        Measured("chosen in each fold, cross-validated", float(clean.mean()), "50%이고", 5),
        Measured("chosen on all rows, fresh rows", float(fresh.mean()), "50%였다", 1.5),
        Measured("30% duplicates", by_share[SHARES.index(0.3)], "37%", 2),
        Measured("no duplicates", by_share[0], "10%", 1.5),
    ]
