"""What accuracy on the training set hides, and how far a test set's accuracy may be trusted, on digits."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "15"

SPLITS, TRAINED_ON = 20, 200
TEST_SIZES = (50, 100, 200, 400, 800)

Labels = NDArray[np.int64]


def main(path: Path) -> list[Measured]:
    """Draw accuracies of 1-NN with right and with shuffled labels, above the spread over test sets."""
    x, y = load_digits(return_X_y=True)
    rng = np.random.default_rng(0)

    def accuracies(labels: Labels) -> tuple[float, float]:
        order = rng.permutation(len(x))
        train, test = order[:1200], order[1200:]
        model = KNeighborsClassifier(1, algorithm="brute").fit(x[train], labels[train])
        return 100 * model.score(x[train], labels[train]), 100 * model.score(x[test], labels[test])

    right = np.mean([accuracies(y) for _ in range(SPLITS)], axis=0)
    shuffled = np.mean([accuracies(rng.permutation(y)) for _ in range(SPLITS)], axis=0)

    spreads: dict[int, list[float]] = {size: [] for size in TEST_SIZES}
    means = []
    for _ in range(SPLITS):
        order = rng.permutation(len(x))
        train, rest = order[:TRAINED_ON], order[TRAINED_ON:]
        hits = KNeighborsClassifier(1, algorithm="brute").fit(x[train], y[train]).predict(x[rest]) == y[rest]
        means.append(hits.mean())
        for size in TEST_SIZES:
            sets = len(hits) // size
            spreads[size] += list(hits[: sets * size].reshape(sets, size).mean(axis=1))
    p = float(np.mean(means))

    figure, (above, below) = plt.subplots(2, figsize=(6.4, 5.6), layout="constrained")
    places = np.arange(2)
    for shift, name, colour in ((0, "train", ORANGE), (1, "test", BLUE)):
        heights = [right[shift], shuffled[shift]]
        above.bar(places + 0.36 * (shift - 0.5), heights, width=0.34, color=colour)
        for place, height in zip(places, heights, strict=True):
            above.text(place + 0.36 * (shift - 0.5), height + 2, f"{name} {height:.0f}%", ha="center")
    above.set_xticks(places, ["right labels", "shuffled labels"])
    above.set(ylabel="accuracy of 1-NN (%)", ylim=(0, 115), xlim=(-0.6, 1.6))
    above.grid(axis="x", visible=False)
    for size, values in spreads.items():
        jitter = rng.uniform(0.96, 1.04, len(values))
        below.plot(size * jitter, 100 * np.array(values), ".", ms=4, color=BLUE, alpha=0.35)
    sizes = np.geomspace(44, 900, 50)
    band = 2 * np.sqrt(p * (1 - p) / sizes)
    for sign in (-1, 1):
        below.plot(sizes, 100 * (p + sign * band), color="black", lw=1.2, ls="--")
    below.set_xscale("log")
    below.set_xticks(TEST_SIZES, [str(size) for size in TEST_SIZES])
    below.minorticks_off()
    below.set(xlabel="pictures in the test set, n", ylabel="test accuracy (%)", ylim=(78, 101))
    below.text(890, 98.6, r"$\pm 2\sqrt{p(1-p)/n}$", ha="right")
    save(figure, path)
    return [
        Measured("accuracy on the training set, shuffled labels", shuffled[0], "100%", 0.1),
        Measured("accuracy on the test set, right labels", right[1], "98.8%", 0.6),
        Measured("accuracy on the test set, shuffled labels", shuffled[1], "9.7%", 1),
        Measured("lowest accuracy on 50 pictures", 100 * min(spreads[50]), "82%", 2.5),
        Measured("highest accuracy on 50 pictures", 100 * max(spreads[50]), "100%까지", 1),
        Measured("standard deviation over sets of 50", 100 * float(np.std(spreads[50])), "3.3%p", 0.5),
        Measured("standard error by the formula, 50", 100 * float(np.sqrt(p * (1 - p) / 50)), "3.1%p", 0.2),
    ]
