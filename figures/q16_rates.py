"""Accuracy of an 8-layer ReLU network on digits by learning rate, initialization and batch normalization."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, PINK, Measured, save

ANSWER = "16"
SLOW = "trains 84 networks"

RATES, SEEDS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0), 3
SIZES = (64, *[64] * 8, 10)
TRAINED_ON, EPOCHS, BATCH, EPSILON = 1200, 5, 60, 1e-5
GAINS = {"He": 2.0, "small": 1 / 3}  # times 1 / n_in; PyTorch's default for a linear layer is 1/3

Array = NDArray[np.float32]
Labels = NDArray[np.int64]


def statistics(z: Array) -> tuple[Array, Array]:
    """Return the mean and the deviation of every feature over each network's batch."""
    return z.mean(axis=1, keepdims=True), np.sqrt(z.var(axis=1, keepdims=True) + np.float32(EPSILON))


class Networks:
    """Networks of one kind, side by side along the first axis: every learning rate times every seed."""

    def __init__(self, gain: float, batch_norm: bool) -> None:
        """Draw the weights; all learning rates start from the same ones."""
        rng = np.random.default_rng(0)
        drawn = [rng.normal(0, np.sqrt(gain / a), (SEEDS, a, b)) for a, b in pairwise(SIZES)]
        self.weights = [np.tile(w, (len(RATES), 1, 1)).astype(np.float32) for w in drawn]
        shapes = [(len(RATES) * SEEDS, 1, width) for width in SIZES[1:]]
        self.shifts = [np.zeros(shape, np.float32) for shape in shapes]
        self.scales = [np.ones(shape, np.float32) for shape in shapes]
        self.batch_norm = batch_norm

    def forward(self, x: Array, use: list[tuple[Array, Array]] | None = None) -> Array:
        """Return the logits, normalized by the batch's statistics or by those to ``use``.

        What the backward pass needs is kept, and so are the statistics.
        """
        h: Array = np.broadcast_to(x, (len(self.weights[0]), *x.shape))
        self.kept: list[tuple[Array, Array, Array]] = []
        self.seen: list[tuple[Array, Array]] = []
        last = len(self.weights) - 1
        for layer, (w, shift, scale) in enumerate(zip(self.weights, self.shifts, self.scales, strict=True)):
            z, below = h @ w, h
            if self.batch_norm and layer < last:
                mean, deviation = use[layer] if use else statistics(z)
                self.seen.append((mean, deviation))
                normalized = (z - mean) / deviation
                z = scale * normalized + shift
            else:
                normalized, deviation = z, np.ones_like(shift)
                z = z + shift
            h = np.maximum(z, 0) if layer < last else z
            self.kept.append((below, normalized, deviation))
        return h

    def step(self, x: Array, y: Labels, rates: Array) -> None:
        """Take one step of SGD on the mean cross-entropy."""
        z = self.forward(x)
        odds = np.exp(z - z.max(axis=2, keepdims=True))
        delta = (odds / odds.sum(axis=2, keepdims=True) - np.eye(10, dtype=np.float32)[y]) / np.float32(
            len(y)
        )
        for layer in reversed(range(len(self.weights))):
            below, n, deviation = self.kept[layer]
            normalizes = self.batch_norm and layer < len(self.weights) - 1
            dn = delta * self.scales[layer] if normalizes else delta
            by_scale, by_shift = (delta * n).sum(axis=1, keepdims=True), delta.sum(axis=1, keepdims=True)
            if normalizes:
                dn = dn - dn.mean(axis=1, keepdims=True) - n * (dn * n).mean(axis=1, keepdims=True)
                dn = dn / deviation
                self.scales[layer] -= rates * by_scale
            self.shifts[layer] -= rates * by_shift
            delta = dn @ self.weights[layer].transpose(0, 2, 1) * (below > 0)
            self.weights[layer] -= rates * (below.transpose(0, 2, 1) @ dn)


def accuracies(gain: float, batch_norm: bool) -> NDArray[np.float64]:
    """Return the median test accuracy over the seeds in percent, one for each learning rate.

    The test is normalized by the statistics of the whole training set, as running averages estimate them.
    """
    pixels, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(1)
    order = rng.permutation(len(pixels))
    x, y = (pixels[order] / 16).astype(np.float32), digits[order]
    networks = Networks(gain, batch_norm)
    rates = np.repeat(np.array(RATES, np.float32), SEEDS)[:, None, None]
    with np.errstate(all="ignore"):  # some networks diverge
        for _ in range(EPOCHS):
            for rows in np.split(rng.permutation(TRAINED_ON), TRAINED_ON // BATCH):
                networks.step(x[rows], y[rows], rates)
        networks.forward(x[:TRAINED_ON])
        right = networks.forward(x[TRAINED_ON:], use=networks.seen).argmax(axis=2) == y[TRAINED_ON:]
    medians: NDArray[np.float64] = np.median(100 * right.mean(axis=1).reshape(len(RATES), SEEDS), axis=1)
    return medians


def main(path: Path) -> list[Measured]:
    """Draw accuracy by learning rate with and without batch normalization, from two initializations."""
    results = {(init, bn): accuracies(gain, bn) for init, gain in GAINS.items() for bn in (False, True)}
    figure, axes = plt.subplots(figsize=(6.4, 4.0), layout="constrained")
    looks = {
        ("He", True): (BLUE, "o-", "BN, He"),
        ("small", True): (GREEN, "s-", "BN, small weights"),
        ("He", False): (ORANGE, "o--", "no BN, He"),
        ("small", False): (PINK, "s--", "no BN, small weights"),
    }
    for key, (colour, style, label) in looks.items():
        axes.plot(RATES, results[key], style, color=colour, label=label)
    axes.set_xscale("log")
    axes.set_xticks(RATES, [f"{rate:g}" for rate in RATES])
    axes.minorticks_off()
    axes.set(xlabel="learning rate", ylabel=f"test accuracy (%)\nafter {EPOCHS} epochs", ylim=(0, 104))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False)
    save(figure, path)
    with_bn = np.concatenate([results[init, True][3:] for init in GAINS])
    return [
        Measured("He without BN, best rate", float(results["He", False].max()), "86%", 4),
        Measured("He without BN, rate 0.3", float(results["He", False][4]), "21%", 10),
        Measured("small weights without BN, best rate", float(results["small", False].max()), "9%", 3),
        Measured("BN, worst of rates from 0.1 to 3", float(with_bn.min()), "93%", 3),
        Measured("He with BN, rate 0.03", float(results["He", True][2]), "87%", 3),
        Measured("BN, best of all", float(with_bn.max()), "97%", 1),
    ]
