"""How much a generator's picture of one and the same z depends on what else is in its batch."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "16-3"

SIZES = (32, 128, 128, 64)
BATCHES = (2, 4, 8, 16, 32, 64, 128)
GENERATORS, DRAWS = 3, 16

Array = NDArray[np.float64]
Normalize = Callable[[Array], Array]


def batch_norm(z: Array) -> Array:
    """Normalize each feature over the batch."""
    normalized: Array = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + 1e-5)
    return normalized


def layer_norm(z: Array) -> Array:
    """Normalize each sample over its features."""
    return batch_norm(z.T).T


def generate(weights: list[Array], z: Array, normalize: Normalize) -> Array:
    """Return the pictures of a batch: two hidden layers with normalization and ReLU, then tanh without."""
    for w in weights[:-1]:
        z = np.maximum(normalize(z @ w), 0)
    return np.tanh(z @ weights[-1])


def companions_and_own(weights: list[Array], batch: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return the standard deviation of a picture over its companions, and over z itself.

    The mean over some draws of companions still varies with them; that part is taken off the second.
    """
    z = rng.normal(size=(DRAWS, 1, SIZES[0]))
    pictures = np.array(
        [
            [
                generate(weights, np.concatenate([own, rng.normal(size=(batch - 1, SIZES[0]))]), batch_norm)[
                    0
                ]
                for _ in range(DRAWS)
            ]
            for own in z
        ]
    )
    mates = pictures.var(axis=1, ddof=1).mean()
    own = pictures.mean(axis=1).var(axis=0, ddof=1).mean() - mates / DRAWS
    return float(np.sqrt(mates)), float(np.sqrt(own))


def main(path: Path) -> list[Measured]:
    """Draw the share of the variation that comes from the companions, for untrained generators."""
    rng = np.random.default_rng(0)
    shares = []
    for _ in range(GENERATORS):
        weights = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in pairwise(SIZES)]
        weights[-1] /= 2
        pairs = [companions_and_own(weights, batch, rng) for batch in BATCHES]
        shares.append([100 * mates / own for mates, own in pairs])
    share = np.mean(shares, axis=0)

    z = rng.normal(size=(2, SIZES[0]))
    alone = generate(weights, z[:1], layer_norm)
    together = generate(weights, z, layer_norm)[:1]
    layer = 100 * float(np.abs(alone - together).max())

    figure, axes = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    axes.loglog(BATCHES, share, "o-", color=ORANGE, label="batch normalization")
    axes.loglog(BATCHES, share[3] * np.sqrt(16 / np.array(BATCHES)), ":", color=GREEN, label="∝ 1/√batch")
    axes.plot([], [], color=BLUE, label="running statistics, layer norm: 0%")
    axes.set_xscale("log", base=2)
    axes.set_xticks(BATCHES, [str(batch) for batch in BATCHES])
    axes.set_yticks([10, 20, 50, 100, 200], ["10%", "20%", "50%", "100%", "200%"])
    axes.minorticks_off()
    axes.set(xlabel="batch size", ylabel="spread due to companions\n/ spread due to z")
    axes.legend()
    save(figure, path)
    return [
        Measured("share at 4", float(share[1]), "115%", 6),
        Measured("share at 16", float(share[3]), "52%", 3),
        Measured("share at 64", float(share[5]), "25%", 2),
        Measured("layer normalization", layer, "0%이다", 1e-9),
    ]
