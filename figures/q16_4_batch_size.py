"""Accuracy of batch and layer normalization by the batch size of training, on sklearn's digits."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "16-4"
SLOW = "trains 60 networks, some of them two examples at a time"

SIZES = (64, 64, 64, 64, 10)
BATCHES = (2, 4, 8, 16, 64)
RATES = (0.01, 0.05, 0.2)
TRAINED_ON, EPOCHS, SEEDS = 1200, 5, 2
BATCH_AXIS, FEATURE_AXIS = 0, 1

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


class Network:
    """Three hidden layers, each linear, normalized with scale and shift, ReLU; then a linear layer.

    The axis over which mean and variance are taken is all that tells batch from layer normalization
    in training. Only batch normalization keeps running statistics.
    """

    def __init__(self, axis: int, rate: float, rng: np.random.Generator) -> None:
        """Draw He-initialized weights; scales are 1 and shifts 0."""
        self.axis, self.rate = axis, rate
        self.weights = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in pairwise(SIZES)]
        self.scales = [np.ones(width) for width in SIZES[1:-1]]
        self.shifts = [np.zeros(width) for width in SIZES[1:-1]]
        self.running = [(np.zeros(width), np.ones(width)) for width in SIZES[1:-1]]

    def statistics(self, layer: int, z: Array, training: bool) -> tuple[Array, Array]:
        """Return mean and variance to normalize by, and update the running ones of batch normalization."""
        if self.axis == BATCH_AXIS and not training:
            return self.running[layer]
        mean, variance = z.mean(axis=self.axis, keepdims=True), z.var(axis=self.axis, keepdims=True)
        if self.axis == BATCH_AXIS:
            unbiased = variance[0] * len(z) / (len(z) - 1)
            old_mean, old_variance = self.running[layer]
            self.running[layer] = 0.9 * old_mean + 0.1 * mean[0], 0.9 * old_variance + 0.1 * unbiased
        return mean, variance

    def forward(self, x: Array, training: bool) -> Array:
        """Return the logits, and keep what ``step`` needs."""
        self.inputs, self.normalized, self.deviations = [x], [], []
        for layer, weights in enumerate(self.weights[:-1]):
            z = x @ weights
            mean, variance = self.statistics(layer, z, training)
            deviation = np.sqrt(variance + 1e-5)
            n = (z - mean) / deviation
            x = np.maximum(self.scales[layer] * n + self.shifts[layer], 0)
            self.inputs.append(x)
            self.normalized.append(n)
            self.deviations.append(deviation)
        return x @ self.weights[-1]

    def step(self, x: Array, y: Labels) -> None:
        """Take one step of SGD on the cross-entropy of a minibatch."""
        z = self.forward(x, training=True)
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        delta = (p - np.eye(10)[y]) / len(y)
        for layer in reversed(range(len(self.weights))):
            inputs, weights = self.inputs[layer], self.weights[layer]
            before = delta @ weights.T * (inputs > 0)
            weights -= self.rate * inputs.T @ delta
            if layer:
                n, axis = self.normalized[layer - 1], self.axis
                dn = before * self.scales[layer - 1]
                self.scales[layer - 1] -= self.rate * (before * n).sum(axis=0)
                self.shifts[layer - 1] -= self.rate * before.sum(axis=0)
                centred = dn - dn.mean(axis=axis, keepdims=True)
                along = n * (dn * n).mean(axis=axis, keepdims=True)
                delta = (centred - along) / self.deviations[layer - 1]


def accuracy(axis: int, batch: int, rate: float, seed: int, x: Array, y: Labels) -> float:
    """Train on the first examples, and return the accuracy in percent on the others."""
    rng = np.random.default_rng(seed)
    network = Network(axis, rate, rng)
    for _ in range(EPOCHS):
        order = rng.permutation(TRAINED_ON)
        for start in range(0, TRAINED_ON, batch):
            rows = order[start : start + batch]
            network.step(x[rows], y[rows])
    right = network.forward(x[TRAINED_ON:], training=False).argmax(axis=1) == y[TRAINED_ON:]
    return 100 * float(right.mean())


def main(path: Path) -> list[Measured]:
    """Draw the accuracy of both by batch size, each at its best learning rate."""
    pixels, digits = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(pixels))
    x, y = pixels[order] / 16, digits[order]

    def best(axis: int, batch: int) -> float:
        return max(
            float(np.mean([accuracy(axis, batch, rate, seed, x, y) for seed in range(SEEDS)]))
            for rate in RATES
        )

    batch_norm = [best(BATCH_AXIS, batch) for batch in BATCHES]
    layer_norm = [best(FEATURE_AXIS, batch) for batch in BATCHES]

    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    axes.plot(BATCHES, layer_norm, "o-", color=BLUE, label="layer normalization")
    axes.plot(BATCHES, batch_norm, "s--", color=ORANGE, label="batch normalization")
    axes.set_xscale("log", base=2)
    axes.set_xticks(BATCHES, [str(batch) for batch in BATCHES])
    axes.set(xlabel="batch size in training", ylabel="test accuracy (%)")
    axes.legend()
    save(figure, path)
    return [
        Measured("batch normalization, 2", batch_norm[0], "48%로", 8),
        Measured("batch normalization, 64", batch_norm[-1], "96.9%,", 1.5),
        Measured("layer normalization, 2", layer_norm[0], "96.5%를", 1.5),
        Measured("layer normalization, 64", layer_norm[-1], "93.1%로", 2),
    ]
