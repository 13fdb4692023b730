"""Accuracy on digits with little data and noisy labels by the rate of dropout."""

from __future__ import annotations

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, ORANGE, Conclusion, Numbers, Says
from figures.normed import Array, Labels, digits, recorded

ANSWER = "16-1"
SLOW = "trains 5 networks a run for some ten seconds"
SEEDS = 10

RATES = (0.0, 0.25, 0.5, 0.75, 0.9)
SIZES, LEARNING_RATE, STEPS, BATCH = (64, 128, 128, 10), 0.1, 2000, 20
TRAINED_ON, WRONG = 200, 0.2


class Networks:
    """Networks side by side along the first axis, one for each dropout rate, from the same weights."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Draw He's weights."""
        drawn = [rng.normal(0, np.sqrt(2 / a), (1, a, b)) for a, b in pairwise(SIZES)]
        self.weights = [np.repeat(w, len(RATES), axis=0).astype(np.float32) for w in drawn]
        self.biases = [np.zeros((len(RATES), 1, b), np.float32) for b in SIZES[1:]]
        self.keep = 1 - np.array(RATES, np.float32)[:, None, None]
        self.rng = rng

    def forward(self, x: Array, dropout: bool) -> list[Array]:
        """Return the layers; with dropout, hidden units are zero or divided by the chance to be kept."""
        layers = [x]
        for w, b in zip(self.weights[:-1], self.biases[:-1], strict=True):
            h = np.maximum(layers[-1] @ w + b, 0)
            if dropout:
                h *= (self.rng.random(h.shape, np.float32) < self.keep) / self.keep
            layers.append(h)
        return [*layers, layers[-1] @ self.weights[-1] + self.biases[-1]]

    def step(self, x: Array, y: Labels) -> None:
        """Take one step of SGD on the mean cross-entropy, with dropout."""
        *layers, z = self.forward(x, dropout=True)
        odds = np.exp(z - z.max(axis=2, keepdims=True))
        delta = odds / odds.sum(axis=2, keepdims=True)
        delta[:, np.arange(len(y)), y] -= 1
        delta /= np.float32(len(y))
        for layer in reversed(range(len(self.weights))):
            h, old = layers[layer], delta
            if layer:
                delta = (delta @ self.weights[layer].transpose(0, 2, 1)) * (h > 0) / self.keep
            self.weights[layer] -= LEARNING_RATE * (h.swapaxes(-1, -2) @ old)
            self.biases[layer] -= LEARNING_RATE * old.sum(axis=1, keepdims=True)

    def accuracy(self, x: Array, y: Labels, dropout: bool = False) -> NDArray[np.float64]:
        """Return the accuracy in percent for each rate."""
        right = self.forward(x, dropout)[-1].argmax(axis=2) == y
        percent: NDArray[np.float64] = 100 * right.mean(axis=1)
        return percent


def measure(seed: int, budget: int = 1) -> Numbers:
    """Accuracies in percent: on the wrong and right labels trained on, and on 1,597 others, all right."""
    rng = np.random.default_rng(seed)
    (x, y), test = digits(rng, TRAINED_ON)
    wrong = rng.permutation(len(y))[: round(WRONG * len(y))]
    y[wrong] = (y[wrong] + rng.integers(1, 10, len(wrong))) % 10
    networks = Networks(rng)
    for _ in range(budget * STEPS):
        rows = rng.choice(len(x), BATCH, replace=False)
        networks.step(x[rows], y[rows])
    measured = {
        "train": networks.accuracy(x, y),
        "test": networks.accuracy(*test),
        "left on": networks.accuracy(*test, dropout=True),
    }
    return {
        f"{name}, {rate:g}": float(value)
        for name, values in measured.items()
        for rate, value in zip(RATES, values, strict=True)
    }


SAYS = (
    Says("left on, 0.5", "72%(68"),
    Says("left on, 0.5", "68~76%)로", "min"),
    Says("left on, 0.5", "76%)로", "max"),
    Says("test, 0.9", "10%(9"),
    Says("test, 0.9", "9~15%)로", "min"),
    Says("test, 0.9", "15%)로", "max"),
    Says("train, 0", "train 100%"),
    Says("test, 0", "test 76%(73"),
    Says("test, 0", "73~82%)였고", "min"),
    Says("test, 0", "82%)였고", "max"),
    Says("test, 0.5", "81%(79"),
    Says("test, 0.5", "79~88%)", "min"),
    Says("test, 0.5", "88%), 0.75에서", "max"),
    Says("test, 0.75", "84%(81"),
    Says("test, 0.75", "81~88%)로", "min"),
    Says("test, 0.75", "88%)로 올랐다", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "dropout is better than none, at three quarters by three points",
        lambda runs: (
            np.median(runs["test, 0.5"]) > np.median(runs["test, 0"]) + 1
            and np.median(runs["test, 0.75"]) > np.median(runs["test, 0"]) + 3
        ),
    ),
    Conclusion("nine tenths are too much", lambda runs: np.median(runs["test, 0.9"]) < 30),
    Conclusion(
        "without dropout the wrong labels are learned by heart", lambda runs: (runs["train, 0"] > 99).all()
    ),
    Conclusion(
        "left on, a half is worse than switched off by four points",
        lambda runs: np.median(runs["left on, 0.5"]) < np.median(runs["test, 0.5"]) - 4,
    ),
)


def draw() -> Figure:
    """The medians of the accuracies by dropout rate."""
    runs = recorded(__file__)
    figure, axes = plt.subplots(figsize=(4.5, 3.7))
    looks = (
        ("train", ORANGE, "^--", "train(틀린 라벨째)"),
        ("test", BLUE, "s-", "test"),
        ("left on", GREEN, "o:", "test, 추론에서도 켬"),
    )
    for name, colour, style, label in looks:
        values = np.array([runs[f"{name}, {rate:g}"] for rate in RATES])
        axes.fill_between(RATES, values.min(axis=1), values.max(axis=1), color=colour, alpha=0.15, lw=0)
        axes.plot(RATES, np.median(values, axis=1), style, color=colour, label=label)
    axes.set_xticks(RATES, [f"{rate:g}" for rate in RATES])
    axes.set(xlabel="끄는 확률 p", ylabel="정확도(%)", ylim=(0, 103))
    figure.legend(loc="outside upper center", ncols=2, frameon=False, columnspacing=1)
    return figure
