"""Accuracy on digits with noisy labels by dropout rate, for little and for more training data."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "16-1"
SLOW = "trains 56 networks"

RATES, SEEDS = (0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8), 4
SIZES, LEARNING_RATE, STEPS, BATCH = (64, 128, 128, 10), 0.1, 2000, 20
AMOUNTS, WRONG = (200, 1200), 0.2

Array = NDArray[np.float32]
Labels = NDArray[np.int64]


@dataclass
class Accuracies:
    """Percentages, a median over the seeds for each dropout rate."""

    train: NDArray[np.float64]
    test: NDArray[np.float64]
    left_on: NDArray[np.float64]


class Networks:
    """Networks side by side along the first axis: every dropout rate times every seed."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Draw He-initialized weights; all rates start from the same ones."""
        drawn = [rng.normal(0, np.sqrt(2 / a), (SEEDS, a, b)) for a, b in pairwise(SIZES)]
        self.weights = [np.tile(w, (len(RATES), 1, 1)).astype(np.float32) for w in drawn]
        self.biases = [np.zeros((len(RATES) * SEEDS, 1, b), np.float32) for b in SIZES[1:]]
        self.keep = 1 - np.repeat(np.array(RATES, np.float32), SEEDS)[:, None, None]
        self.rng = rng

    def forward(self, x: Array, dropout: bool) -> list[Array]:
        """Return the layers; with dropout, hidden units are zero or divided by the chance to be kept."""
        layers: list[Array] = [np.broadcast_to(x, (len(self.keep), *x.shape))]
        for w, b in zip(self.weights[:-1], self.biases[:-1], strict=True):
            h = np.maximum(layers[-1] @ w + b, 0)
            if dropout:
                h = h * (self.rng.random(h.shape, np.float32) < self.keep) / self.keep
            layers.append(h)
        return [*layers, layers[-1] @ self.weights[-1] + self.biases[-1]]

    def step(self, x: Array, y: Labels) -> None:
        """Take one step of SGD on the mean cross-entropy, with dropout."""
        *layers, z = self.forward(x, dropout=True)
        odds = np.exp(z - z.max(axis=2, keepdims=True))
        delta = (odds / odds.sum(axis=2, keepdims=True) - np.eye(10, dtype=np.float32)[y]) / np.float32(
            len(y)
        )
        for layer in reversed(range(len(self.weights))):
            h = layers[layer]
            below = delta @ self.weights[layer].transpose(0, 2, 1) * (h > 0)
            if layer:
                below /= self.keep
            self.weights[layer] -= LEARNING_RATE * (h.transpose(0, 2, 1) @ delta)
            self.biases[layer] -= LEARNING_RATE * delta.sum(axis=1, keepdims=True)
            delta = below

    def accuracy(self, x: Array, y: Labels, dropout: bool = False) -> NDArray[np.float64]:
        """Return the accuracy in percent for each rate, the median over the seeds."""
        right = self.forward(x, dropout)[-1].argmax(axis=2) == y
        medians: NDArray[np.float64] = np.median(100 * right.mean(axis=1).reshape(-1, SEEDS), axis=1)
        return medians


def accuracies(amount: int) -> Accuracies:
    """Train on so many pictures, a share of which has a random label, and test on 597 others."""
    pixels, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(pixels))
    x, y = (pixels[order] / 16).astype(np.float32), digits[order]
    x_train, y_train, x_test, y_test = x[:amount], y[:amount].copy(), x[1200:], y[1200:]
    wrong = rng.permutation(amount)[: round(WRONG * amount)]
    y_train[wrong] = (y_train[wrong] + rng.integers(1, 10, len(wrong))) % 10
    networks = Networks(rng)
    for _ in range(STEPS):
        rows = rng.choice(amount, BATCH, replace=False)
        networks.step(x_train[rows], y_train[rows])
    return Accuracies(
        networks.accuracy(x_train, y_train),
        networks.accuracy(x_test, y_test),
        networks.accuracy(x_test, y_test, dropout=True),
    )


def main(path: Path) -> list[Measured]:
    """Draw the accuracies by dropout rate, for 200 training pictures above 1,200."""
    results = [accuracies(amount) for amount in AMOUNTS]
    few, many = results
    figure, panels = plt.subplots(2, figsize=(6.4, 6.4), layout="constrained", sharex=True)
    for axes, amount, result in zip(panels, AMOUNTS, results, strict=True):
        axes.plot(RATES, result.train, "^--", color=ORANGE, label="train")
        axes.plot(RATES, result.test, "s-", color=BLUE, label="test")
        axes.plot(RATES, result.left_on, "o:", color=GREEN, label="test, dropout left on")
        axes.text(0.01, 47, f"{amount:,} training pictures, {100 * WRONG:.0f}% wrong labels")
        axes.set(ylabel="accuracy (%)", ylim=(44, 103))
    panels[0].legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, frameon=False)
    panels[1].set(xlabel="dropout rate p")
    save(figure, path)
    half, most = RATES.index(0.5), RATES.index(0.7)
    return [
        Measured("200 pictures, no dropout, train", few.train[0], "100%", 0.5),
        Measured("200 pictures, no dropout, test", few.test[0], "77%", 3),
        Measured("200 pictures, 0.5, test", few.test[half], "85%", 3),
        Measured("200 pictures, 0.7, test", few.test[most], "88%", 3),
        Measured("200 pictures, 0.5 left on, test", few.left_on[half], "76%로", 4),
        Measured("1,200 pictures, no dropout, test", many.test[0], "91.3%", 1.5),
        Measured("1,200 pictures, 0.5, test", many.test[half], "95.8%", 1.5),
        Measured("1,200 pictures, 0.8, test", many.test[-1], "86%로", 5),
    ]
