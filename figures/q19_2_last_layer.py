"""The last layer of a network with two features on sklearn's digits, and softmax at three temperatures."""

from __future__ import annotations

import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "19-2"
SLOW = "trains a network for 250 epochs"

TEMPERATURES = (0.5, 1, 4)
Array = NDArray[np.float64]


def softmax(z: Array) -> Array:
    """Return the probabilities of each row of logits."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def features(network: MLPClassifier, x: Array) -> Array:
    """Return what enters the last layer."""
    for weights, bias in zip(network.coefs_[:-1], network.intercepts_[:-1], strict=True):
        x = np.tanh(x @ weights + bias)
    return x


def main(path: Path) -> list[Measured]:
    """Draw the regions that the last layer cuts out of its two features, and one test digit's softmax."""
    pixels, digits = load_digits(return_X_y=True)
    x, x_test, y, y_test = pixels[:1300] / 16, pixels[1300:] / 16, digits[:1300], digits[1300:]
    network = MLPClassifier(
        (64, 2), activation="tanh", alpha=1e-3, learning_rate_init=0.01, max_iter=250, random_state=1
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it still improves, and need not
        network.fit(x, y)
    weights, bias = network.coefs_[-1], network.intercepts_[-1]
    h = features(network, x_test)
    logits = h @ weights + bias
    right = logits.argmax(axis=1) == y_test

    figure, (above, below) = plt.subplots(
        2, 1, figsize=(6.4, 6.8), height_ratios=(5, 3), layout="constrained"
    )
    side = np.linspace(-1.08, 1.08, 500)
    grid = np.stack(np.meshgrid(side, side), axis=-1)
    palette = plt.get_cmap("tab10")
    pale = ListedColormap([tuple(0.35 * np.array(palette(k)[:3]) + 0.65) for k in range(10)])
    above.imshow(
        (grid @ weights + bias).argmax(axis=-1),
        extent=(side[0], side[-1], side[0], side[-1]),
        origin="lower",
        cmap=pale,
        vmin=-0.5,
        vmax=9.5,
        interpolation="nearest",
        aspect="auto",
    )
    for k in range(10):
        above.scatter(*h[y_test == k].T, s=7, color=palette(k))
        middle = tuple(np.median(h[y_test == k], axis=0))
        above.annotate(
            str(k),
            middle,
            ha="center",
            va="center",
            fontsize=15,
            weight="bold",
            bbox={"boxstyle": "circle,pad=0.15", "fc": "white", "ec": palette(k)},
        )
    above.grid(False)
    above.set(xlabel="feature $h_1$", ylabel="feature $h_2$", xticks=(-1, 0, 1), yticks=(-1, 0, 1))

    probabilities = softmax(logits)
    top = probabilities.max(axis=1)
    sample = int(np.abs(top - 0.7).argmin())
    for place, (t, colour) in enumerate(zip(TEMPERATURES, (ORANGE, BLUE, GREEN), strict=True)):
        places = np.arange(10) + 0.27 * (place - 1)
        below.bar(places, softmax(logits[sample] / t), 0.27, color=colour, label=f"T = {t}")
    below.set(xlabel="class", ylabel="probability", xticks=range(10), ylim=(0, 1))
    below.legend()
    save(figure, path)
    return [
        Measured("test accuracy with two features", 100 * right.mean(), "90%를", 3),
        *(
            Measured(f"largest probability at T = {t}", softmax(logits[sample] / t).max(), says, 0.01)
            for t, says in zip(TEMPERATURES, ("0.92,", "0.70,", "0.29가"), strict=True)
        ),
    ]
