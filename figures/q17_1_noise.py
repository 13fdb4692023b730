"""Minibatch gradients of softmax regression on digits: where they scatter, and how far by batch size."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "17-1"

DRAWS = 300
BATCHES = (1, 4, 16, 64, 256)
SHOWN = {4: ORANGE, 64: BLUE}

Array = NDArray[np.float64]


def gradients_by_example() -> Array:
    """Return the cross-entropy's gradient for each of the 1,797 digits, a row each, at random weights."""
    pixels, digits = load_digits(return_X_y=True)
    x = pixels / 16
    z = x @ np.random.default_rng(0).normal(0, 0.1, (64, 10))
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    rows: Array = np.einsum("ni,nj->nij", x, p - np.eye(10)[digits]).reshape(len(x), -1)
    return rows


def main(path: Path) -> list[Measured]:
    """Draw the clouds of two batch sizes over the noise of all."""
    rng = np.random.default_rng(1)
    each = gradients_by_example()
    full = each.mean(axis=0)
    batches = {
        size: np.array([each[rng.integers(0, len(each), size)].mean(axis=0) for _ in range(DRAWS)])
        for size in BATCHES
    }
    noise = {size: float(np.sqrt(((g - full) ** 2).sum(axis=1).mean())) for size, g in batches.items()}
    length = float(np.linalg.norm(full))
    cosine = {
        size: float(np.mean(g @ full / np.linalg.norm(g, axis=1) / length)) for size, g in batches.items()
    }

    along = full / length
    beside = each - np.outer(each @ along, along)
    _, directions = np.linalg.eigh(beside.T @ beside)
    across = directions[:, -1]
    figure, (above, below) = plt.subplots(2, 1, figsize=(6, 6.6), layout="constrained")
    for size, colour in SHOWN.items():
        cloud = batches[size]
        above.plot(cloud @ along, cloud @ across, ".", ms=4, color=colour, label=f"batch {size}")
    above.plot(length, 0, "k*", ms=14, label="all examples")
    above.set(xlabel="along the full gradient", ylabel="widest direction across")
    above.legend(loc="upper left", framealpha=1)
    below.loglog(BATCHES, list(noise.values()), "o-", color=BLUE, label="distance from the full gradient")
    below.loglog(BATCHES, noise[1] / np.sqrt(BATCHES), ":", color=GREEN, lw=2.5, label="∝ 1/√batch")
    below.axhline(length, color="k", ls="--", lw=1, label="length of the full gradient")
    below.set_xticks(BATCHES, [str(size) for size in BATCHES])
    below.set_yticks([0.1, 0.3, 1], ["0.1", "0.3", "1"])
    below.minorticks_off()
    below.set(xlabel="batch size", ylabel="RMS noise")
    below.legend(loc="lower left")
    save(figure, path)
    return [
        Measured("noise, 1", noise[1], "3.69이고", 0.15),
        Measured("noise, 4", noise[4], "1.81,", 0.1),
        Measured("noise, 16", noise[16], "0.91,", 0.05),
        Measured("noise, 64", noise[64], "0.46으로", 0.03),
        Measured("length of the full gradient", length, "0.62인데", 0.01),
        Measured("cosine, 1", cosine[1], "0.16이지만", 0.03),
        Measured("cosine, 64", cosine[64], "0.81이다", 0.03),
    ]
