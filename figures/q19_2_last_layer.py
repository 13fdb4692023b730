"""The last layer of a network with two features on five digits, and softmax at three temperatures."""

from __future__ import annotations

import warnings
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

from figures.common import BLUE, GREEN, GREY, INK, ORANGE, PINK, YELLOW, Conclusion, Numbers, Says, paper

ANSWER = "19-2"
SEEDS = 20

DIGITS = 5  # 0 to 4
EPOCHS = 150
LOGITS = np.array([2.0, 1.0, 0.0])
TEMPERATURES = (0.5, 1, 4)
MARKS = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), (PINK, "D"), (YELLOW, "v"))

Array = NDArray[np.float64]


def softmax(z: Array) -> Array:
    """The probabilities of logits."""
    e = np.exp(z - z.max())
    return np.asarray(e / e.sum())


@cache
def trained(seed: int, budget: int = 1) -> tuple[MLPClassifier, Array, Array]:
    """A 64-32-2-5 network, and the pictures and digits that it has not seen."""
    pixels, digits = load_digits(n_class=DIGITS, return_X_y=True)
    x, x_test, y, y_test = train_test_split(
        pixels / 16, digits, test_size=0.3, random_state=seed, stratify=digits
    )
    network = MLPClassifier(
        (32, 2),
        activation="tanh",
        alpha=0.3,
        learning_rate_init=0.01,
        batch_size=64,
        max_iter=EPOCHS * budget,
        n_iter_no_change=EPOCHS * budget,
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it could go on, and need not
        network.fit(x, y)
    return network, x_test, y_test


def measure(seed: int, budget: int = 1) -> Numbers:
    """Percent right of the test, and the largest probability by temperature, which is computed."""
    network, x_test, y_test = trained(seed, budget)
    numbers: Numbers = {"accuracy": 100 * float(network.score(x_test, y_test))}
    for temperature in TEMPERATURES:
        numbers[f"largest, T = {temperature}"] = float(softmax(LOGITS / temperature).max())
    return numbers


SAYS = (
    Says("accuracy", "98.5%(시드 20개에서 92.6~99.3%)"),
    Says("accuracy", "92.6~99.3%)", "min"),
    Says("accuracy", "99.3%)", "max"),
    Says("largest, T = 0.5", "0.87,"),
    Says("largest, T = 1", "0.67,"),
    Says("largest, T = 4", "0.42가"),
)
CONCLUSIONS = (
    Conclusion("two features tell five digits apart", lambda runs: np.median(runs["accuracy"]) > 90),
)


def draw() -> Figure:
    """The regions that the last layer cuts out of the two features, over one triple of logits' softmax."""
    network, x_test, y_test = trained(0)
    h = x_test
    for weights, bias in zip(network.coefs_[:-1], network.intercepts_[:-1], strict=True):
        h = np.tanh(h @ weights + bias)
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 6.4), height_ratios=(4, 3))
    side = np.linspace(-1.15, 1.15, 600)
    grid = np.stack(np.meshgrid(side, side), axis=-1)
    winner = (grid @ network.coefs_[-1] + network.intercepts_[-1]).argmax(axis=-1)
    for digit, (colour, marker) in enumerate(MARKS):
        above.contourf(side, side, winner == digit, levels=[0.5, 1.5], colors=[colour], alpha=0.22)
        points = h[y_test == digit]
        above.scatter(*points.T, s=22, color=colour, marker=marker, edgecolors=paper(), linewidths=0.5)
        middle = np.median(points, axis=0)
        above.annotate(str(digit), 0.75 * middle, ha="center", va="center", fontsize=20, color=INK)
    above.grid(False)
    above.set(xlabel="특징 $h_1$", ylabel="특징 $h_2$", xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    above.set(title="마지막 층이 나눈 특징 공간")
    styles = ((GREY, "//"), (BLUE, ""), (ORANGE, ".."))
    for place, (temperature, (colour, hatch)) in enumerate(zip(TEMPERATURES, styles, strict=True)):
        below.bar(
            np.arange(3) + 0.27 * (place - 1),
            softmax(LOGITS / temperature),
            0.25,
            color=colour,
            hatch=hatch,
            edgecolor=paper(),
            label=f"T = {temperature}",
        )
    below.set(xticks=range(3), ylim=(0, 1), ylabel="softmax 확률", xlabel="logit", title="온도와 확신")
    below.set_xticklabels([f"{z:g}" for z in LOGITS])
    below.legend()
    return figure
