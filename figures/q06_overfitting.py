"""Validation curves of a network that memorises wrong labels, and of three remedies (digits)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, PINK, Measured, save

ANSWER = "6"
SLOW = "trains 27 networks"

Array = NDArray[np.float32]
Labels = NDArray[np.int64]
SIZES = (64, 128, 128, 10)
FEW, MANY, WRONG = 200, 1000, 0.2  # training pictures, and the part of them with a random label
EPOCHS, BATCH, RATE, SEEDS = 100, 20, 0.1, 3
LONGER = 5  # so many times the steps, and the many pictures are memorised as well
DECAYS, DROPPED = (0.01, 0.03, 0.1), (0.3, 0.5, 0.7)


def data(size: int, seed: int) -> tuple[Array, Labels, Array, Labels, Array, Labels]:
    """Training pictures of which some have random labels; clean ones for validation and test."""
    pictures, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(digits))
    x, y = (pictures[order] / 16).astype(np.float32), digits[order]
    train, validation, test = slice(0, size), slice(1000, 1400), slice(1400, None)
    y[: int(WRONG * size)] = rng.integers(0, 10, int(WRONG * size))
    return x[train], y[train], x[validation], y[validation], x[test], y[test]


class Network:
    """A ReLU network that can drop hidden units while it learns."""

    def __init__(self, rng: np.random.Generator) -> None:
        """He initialisation."""
        self.weights = [
            rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out)).astype(np.float32)
            for n_in, n_out in pairwise(SIZES)
        ]
        self.biases = [np.zeros(n_out, np.float32) for n_out in SIZES[1:]]

    def logits(self, x: Array) -> Array:
        """The output for evaluation."""
        for weights, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            x = np.maximum(x @ weights + bias, 0)
        return x @ self.weights[-1] + self.biases[-1]

    def scores(self, x: Array, y: Labels) -> tuple[float, float]:
        """Cross-entropy, and accuracy in percent."""
        z = self.logits(x)
        z = z - z.max(axis=1, keepdims=True)
        loss = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]
        return float(loss.mean()), 100 * float((z.argmax(axis=1) == y).mean())

    def step(self, x: Array, y: Labels, rng: np.random.Generator, decay: float, dropped: float) -> None:
        """One step of SGD on the mean cross-entropy, with L2 decay of the weights."""
        inputs: list[Array] = [x]
        masks: list[Array] = []
        for weights, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            z = inputs[-1] @ weights + bias
            kept = (z > 0) & (rng.random(z.shape, np.float32) >= dropped)
            masks.append(kept.astype(np.float32) / np.float32(1 - dropped))
            inputs.append(z * masks[-1])
        z = inputs[-1] @ self.weights[-1] + self.biases[-1]
        p = np.exp(z - z.max(axis=1, keepdims=True))
        delta = p / p.sum(axis=1, keepdims=True)
        delta[np.arange(len(y)), y] -= 1
        delta /= len(y)
        for layer in reversed(range(len(self.weights))):
            gradient, bias_gradient = inputs[layer].T @ delta, delta.sum(axis=0)
            if layer:
                delta = (delta @ self.weights[layer].T) * masks[layer - 1]
            self.weights[layer] -= np.float32(RATE) * (gradient + np.float32(decay) * self.weights[layer])
            self.biases[layer] -= np.float32(RATE) * bias_gradient


def train(
    size: int = FEW, decay: float = 0.0, dropped: float = 0.0, epochs: int = EPOCHS
) -> NDArray[np.float64]:
    """Per epoch and mean over seeds: train accuracy, validation loss and accuracy, test accuracy.

    An epoch has as many steps for every size.
    """
    curves = []
    for seed in range(SEEDS):
        x, y, x_validation, y_validation, x_test, y_test = data(size, seed)
        rng = np.random.default_rng(seed)
        network = Network(rng)
        rows = []
        for _ in range(epochs):
            for _ in range(FEW // BATCH):
                batch = rng.choice(size, BATCH, replace=False)
                network.step(x[batch], y[batch], rng, decay, dropped)
            rows.append(
                [network.scores(x, y)[1], *network.scores(x_validation, y_validation),
                 network.scores(x_test, y_test)[1]]
            )  # fmt: skip
        curves.append(rows)
    return np.array(curves)


def last_validation(curves: NDArray[np.float64]) -> float:
    """The validation accuracy after the last epoch."""
    return float(curves[:, -1, 2].mean())


def last_test(curves: NDArray[np.float64]) -> float:
    """The test accuracy after the last epoch."""
    return float(curves[:, -1, 3].mean())


def main(path: Path) -> list[Measured]:
    """Draw validation accuracy per epoch; strengths are chosen by that of the last epoch."""
    bare, more = train(), train(size=MANY)
    longer = train(size=MANY, epochs=LONGER * EPOCHS)
    decayed = max((train(decay=decay) for decay in DECAYS), key=last_validation)
    thinned = max((train(dropped=dropped) for dropped in DROPPED), key=last_validation)
    stops = bare[:, :, 1].argmin(axis=1)
    stopped = float(bare[np.arange(SEEDS), stops, 3].mean())

    figure, axes = plt.subplots(figsize=(6.4, 4.4), layout="constrained")
    epochs = np.arange(1, EPOCHS + 1)
    for name, curves, style, color in (
        (f"{MANY:,} pictures", more, "-", GREEN),
        ("weight decay", decayed, "--", BLUE),
        ("dropout", thinned, "-.", PINK),
        ("nothing", bare, "-", ORANGE),
    ):
        axes.plot(epochs, curves[:, :, 2].mean(axis=0), style, color=color, lw=2, label=name)
    at_stop = bare[np.arange(SEEDS), stops, 2].mean()
    axes.plot(stops.mean() + 1, at_stop, "k*", ms=13, label="early stopping")
    axes.set(xlabel=f"epoch of {FEW} pictures", ylabel="validation accuracy (%)", ylim=(65, 98))
    axes.legend(loc="lower right", ncols=2)
    save(figure, path)
    return [
        Measured("train accuracy, nothing", float(bare[:, -1, 0].mean()), "train 정확도가 99.8%", 0.5),
        Measured("validation loss at its lowest", float(bare[:, :, 1].min(axis=1).mean()), "0.56까지", 0.08),
        Measured("validation loss at the end", float(bare[:, -1, 1].mean()), "0.78로", 0.12),
        Measured("test accuracy, nothing", last_test(bare), "test에서 76%", 4),
        Measured("test accuracy, early stopping", stopped, "83%로", 4),
        Measured("test accuracy, weight decay", last_test(decayed), "감쇠는 84%", 4),
        Measured("test accuracy, dropout", last_test(thinned), "드롭아웃도 84%", 4),
        Measured("test accuracy, more pictures", last_test(more), "94%인데", 3),
        Measured("train accuracy, more pictures", float(more[:, -1, 0].mean()), "82%여서", 3),
        Measured("train accuracy, more pictures, longer", float(longer[:, -1, 0].mean()), "100%를", 1),
        Measured("test accuracy, more pictures, longer", last_test(longer), "87%로", 3),
    ]
