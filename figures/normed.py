"""Networks with batch, layer or no normalization, trained side by side: what several scripts share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

MOMENTUM, EPSILON = np.float32(0.1), np.float32(1e-5)  # PyTorch's defaults
AXES = {"batch": 1, "layer": 2}

Array = NDArray[np.float32]
Labels = NDArray[np.int64]


def digits(rng: np.random.Generator, *parts: int) -> list[tuple[Array, Labels]]:
    """Shuffled pictures of digits, from 0 to 1, cut into parts of so many; the last part is what remains."""
    pixels, labels = load_digits(return_X_y=True)
    order = rng.permutation(len(pixels))
    cuts = np.cumsum(parts)
    return list(
        zip(
            np.split((pixels[order] / 16).astype(np.float32), cuts),
            np.split(labels[order], cuts),
            strict=True,
        )
    )


class Networks:
    """Fully connected ReLU networks of one shape along the first axis, one for each learning rate.

    All start from the same weights and see the same minibatches. A hidden layer is affine, normalized over
    the batch (as PyTorch's ``BatchNorm1d`` does), over the features or not at all, scaled, shifted, ReLU.
    """

    def __init__(
        self, sizes: Sequence[int], gain: float, norm: str, rates: Sequence[float], rng: np.random.Generator
    ) -> None:
        """Draw normal weights with a variance of gain / n_in."""
        n = len(rates)
        drawn = [rng.normal(0, np.sqrt(gain / a), (1, a, b)) for a, b in pairwise(sizes)]
        self.rates = np.array(rates, np.float32)[:, None, None]
        self.weights = [np.repeat(w, n, axis=0).astype(np.float32) for w in drawn]
        self.scales = [np.ones((n, 1, width), np.float32) for width in sizes[1:]]
        self.shifts = [np.zeros((n, 1, width), np.float32) for width in sizes[1:]]
        self.norm = norm
        self.means = [np.zeros((n, 1, width), np.float32) for width in sizes[1:-1]]
        self.variances = [np.ones((n, 1, width), np.float32) for width in sizes[1:-1]]

    def forward(self, x: Array, training: bool) -> Array:
        """Return the logits, and keep what ``step`` needs."""
        self.kept: list[tuple[Array, Array, Array]] = []
        last = len(self.weights) - 1
        for layer, (w, scale, shift) in enumerate(zip(self.weights, self.scales, self.shifts, strict=True)):
            below, z = x, x @ w
            deviation = scale
            if self.norm and layer < last:
                mean, variance = self._statistics(layer, z, training)
                deviation = np.sqrt(variance + EPSILON)
                z = (z - mean) / deviation
            self.kept.append((below, z, deviation))
            x = scale * z + shift if self.norm and layer < last else z + shift
            if layer < last:
                x = np.maximum(x, 0)
        return x

    def _statistics(self, layer: int, z: Array, training: bool) -> tuple[Array, Array]:
        if self.norm == "batch" and not training:
            return self.means[layer], self.variances[layer]
        axis, size = AXES[self.norm], z.shape[AXES[self.norm]]
        mean = z.mean(axis=axis, keepdims=True)
        variance = np.square(z - mean).mean(axis=axis, keepdims=True)
        if self.norm == "batch":
            self.means[layer] = (1 - MOMENTUM) * self.means[layer] + MOMENTUM * mean
            unbiased = variance * np.float32(size / (size - 1))
            self.variances[layer] = (1 - MOMENTUM) * self.variances[layer] + MOMENTUM * unbiased
        return mean, variance

    def step(self, x: Array, y: Labels) -> None:
        """Take one step of SGD on the mean cross-entropy of a minibatch."""
        z = self.forward(x, training=True)
        odds = np.exp(z - z.max(axis=2, keepdims=True))
        delta = odds / odds.sum(axis=2, keepdims=True)
        delta[:, np.arange(len(y)), y] -= 1
        delta /= np.float32(len(y))
        for layer in reversed(range(len(self.weights))):
            below, n, deviation = self.kept[layer]
            dz = delta
            if self.norm and layer < len(self.weights) - 1:
                dz, axis = delta * self.scales[layer], AXES[self.norm]
                along = (dz * n).mean(axis=axis, keepdims=True)
                dz = (dz - dz.mean(axis=axis, keepdims=True) - n * along) / deviation
                self.scales[layer] -= self.rates * (delta * n).sum(axis=1, keepdims=True)
            self.shifts[layer] -= self.rates * delta.sum(axis=1, keepdims=True)
            if layer:
                delta = (dz @ self.weights[layer].transpose(0, 2, 1)) * (below > 0)
            self.weights[layer] -= self.rates * (below.swapaxes(-1, -2) @ dz)

    def train(self, x: Array, y: Labels, epochs: int, batch: int, rng: np.random.Generator) -> None:
        """Train on shuffled minibatches, leaving out what does not fill the last one."""
        with np.errstate(all="ignore"):  # some networks diverge
            for _ in range(epochs):
                order = rng.permutation(len(x))
                for rows in order[: len(x) // batch * batch].reshape(-1, batch):
                    self.step(x[rows], y[rows])

    def accuracy(self, x: Array, y: Labels, training: bool = False) -> NDArray[np.float64]:
        """Return each network's accuracy in percent."""
        with np.errstate(all="ignore"):
            right = self.forward(x, training).argmax(axis=2) == y
        percent: NDArray[np.float64] = 100 * right.mean(axis=1)
        return percent


def recorded(script: str) -> dict[str, NDArray[np.float64]]:
    """What a script's path recorded with the plain budget: the values of each number, a value a seed."""
    file = Path(script).parent / "measured" / f"{Path(script).stem}.json"
    runs = [run["numbers"] for run in json.loads(file.read_text(encoding="utf-8")) if run["budget"] == 1]
    return {name: np.array([run[name] for run in runs]) for name in runs[0]}
