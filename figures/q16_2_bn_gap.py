"""What inference with the batch's own statistics costs a network with batch normalization, on digits."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "16-2"

SIZES = (64, 64, 64, 64, 10)
RATE, MOMENTUM, EPSILON = 0.1, 0.1, 1e-5
TRAINED_ON, EPOCHS, BATCH = 1200, 20, 64
INFERENCE_BATCHES = (2, 4, 8, 16, 32, 64, 128)

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


class BatchNorm:
    """Batch normalization with the conventions of PyTorch's ``BatchNorm1d``."""

    def __init__(self, features: int) -> None:
        """Start with scale 1, shift 0 and the running statistics of a standard normal input."""
        self.gamma: Array = np.ones(features)
        self.beta: Array = np.zeros(features)
        self.mean: Array = np.zeros(features)
        self.variance: Array = np.ones(features)

    def forward(self, z: Array, training: bool) -> Array:
        """Normalize by the batch and update the running statistics, or normalize by the running ones."""
        mean, variance = self.mean, self.variance
        if training:
            mean, variance = z.mean(axis=0), z.var(axis=0)
            self.mean = (1 - MOMENTUM) * self.mean + MOMENTUM * mean
            self.variance = (1 - MOMENTUM) * self.variance + MOMENTUM * z.var(axis=0, ddof=1)
        self.deviation: Array = np.sqrt(variance + EPSILON)
        self.normalized: Array = (z - mean) / self.deviation
        return self.gamma * self.normalized + self.beta

    def backward(self, dy: Array) -> Array:
        """Return the gradient of the batch that ``forward`` saw, and step down that of scale and shift."""
        n = self.normalized
        dn = dy * self.gamma
        self.gamma -= RATE * (dy * n).sum(axis=0)
        self.beta -= RATE * dy.sum(axis=0)
        dz: Array = (dn - dn.mean(axis=0) - n * (dn * n).mean(axis=0)) / self.deviation
        return dz


class Network:
    """Three hidden layers, each affine, batch-normalized, ReLU; then an affine layer to ten logits.

    No layer has a bias: before a normalization it would be subtracted again, and the logits do without.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        """Draw He-initialized weights."""
        self.weights = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in pairwise(SIZES)]
        self.norms = [BatchNorm(width) for width in SIZES[1:-1]]

    def forward(self, x: Array, training: bool) -> Array:
        """Return the logits."""
        self.activations = [x]
        for weights, norm in zip(self.weights, self.norms, strict=False):
            x = np.maximum(norm.forward(x @ weights, training), 0)
            self.activations.append(x)
        return x @ self.weights[-1]

    def step(self, x: Array, y: Labels) -> None:
        """Take one step of SGD on the cross-entropy of a minibatch."""
        z = self.forward(x, training=True)
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        delta = (p - np.eye(10)[y]) / len(y)
        for layer in reversed(range(len(self.weights))):
            a, weights = self.activations[layer], self.weights[layer]
            before = delta @ weights.T * (a > 0)
            weights -= RATE * a.T @ delta
            delta = self.norms[layer - 1].backward(before) if layer else before

    def accuracy(self, x: Array, y: Labels, training: bool = False) -> float:
        """Return the accuracy in percent on one batch."""
        return 100 * float((self.forward(x, training).argmax(axis=1) == y).mean())


def train(x: Array, y: Labels, rng: np.random.Generator) -> Network:
    """Return a network trained on shuffled minibatches."""
    network = Network(rng)
    for _ in range(EPOCHS):
        order = rng.permutation(len(x))
        for start in range(0, len(x), BATCH):
            rows = order[start : start + BATCH]
            network.step(x[rows], y[rows])
    return network


def by_batches(network: Network, x: Array, y: Labels, order: NDArray[np.int64], batch: int) -> float:
    """Return the accuracy in training mode over the full batches of ``order``."""
    batches = order[: len(order) // batch * batch].reshape(-1, batch)
    return float(np.mean([network.accuracy(x[rows], y[rows], training=True) for rows in batches]))


def main(path: Path) -> list[Measured]:
    """Draw accuracy by batch size: running statistics, shuffled batches, batches sorted by class."""
    rng = np.random.default_rng(0)
    pixels, digits = load_digits(return_X_y=True)
    order = rng.permutation(len(pixels))
    x, y = pixels[order] / 16, digits[order]
    network = train(x[:TRAINED_ON], y[:TRAINED_ON], rng)
    x, y = x[TRAINED_ON:], y[TRAINED_ON:]
    by_class = np.argsort(y, kind="stable")
    running = network.accuracy(x, y)

    shuffled, sorted_, polluted = [], [], []
    for batch in INFERENCE_BATCHES:
        rounds = [by_batches(deepcopy(network), x, y, rng.permutation(len(x)), batch) for _ in range(10)]
        shuffled.append(float(np.mean(rounds)))
        careless = deepcopy(network)
        sorted_.append(by_batches(careless, x, y, by_class, batch))
        polluted.append(careless.accuracy(x, y))

    figure, axes = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    axes.axhline(running, color=BLUE, ls="--")
    axes.text(2, running + 1, "running statistics: eval()", color=BLUE, va="bottom")
    axes.plot(INFERENCE_BATCHES, shuffled, "o-", color=GREEN)
    axes.text(7, 66, "batch statistics, shuffled", color=GREEN)
    axes.plot(INFERENCE_BATCHES, sorted_, "s-", color=ORANGE)
    axes.text(7, 34, "batch statistics,\nsorted by class", color=ORANGE)
    axes.set_xscale("log", base=2)
    axes.set(xlabel="batch size at inference", ylabel="accuracy (%)", ylim=(0, 110))
    axes.set_xticks(INFERENCE_BATCHES, [str(batch) for batch in INFERENCE_BATCHES])
    save(figure, path)
    return [
        Measured("accuracy with running statistics", running, "98.3%", 1),
        Measured("shuffled batches of 2", shuffled[0], "40%", 5),
        Measured("shuffled batches of 16", shuffled[3], "93%", 3),
        Measured("sorted batches of 16", sorted_[3], "16%", 4),
        Measured("running statistics after one pass of sorted batches of 2", polluted[0], "78%", 8),
    ]
