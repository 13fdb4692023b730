"""All critical points of a linear autoencoder of digits: how high they are, how many directions lead down.

A critical point of this network passes some of the principal components on and drops the others (Baldi and
Hornik, 1989), so that all can be written down instead of being searched for.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "14"

Array = NDArray[np.float64]
INPUTS, HIDDEN = 8, 4
PARAMETERS = 2 * INPUTS * HIDDEN
ZERO = 1e-9  # an eigenvalue nearer to 0 is rounding; the whole variance is 1


def gradients(decoders: Array, encoders: Array, covariance: Array) -> Array:
    """The gradient of half the mean squared error of reconstruction, a network a row."""
    missed = np.eye(INPUTS) - decoders @ encoders
    by_decoder = -missed @ covariance @ encoders.swapaxes(-1, -2)
    by_encoder = -decoders.swapaxes(-1, -2) @ missed @ covariance
    rows = (by_decoder.reshape(len(decoders), -1), by_encoder.reshape(len(decoders), -1))
    return np.concatenate(rows, axis=1)


def hessian(decoder: Array, encoder: Array, covariance: Array) -> Array:
    """The matrix of second derivatives, by central differences of the gradient, which is a cubic."""
    steps = 1e-4 * np.eye(PARAMETERS)
    by_decoder = steps[:, : PARAMETERS // 2].reshape(-1, INPUTS, HIDDEN)
    by_encoder = steps[:, PARAMETERS // 2 :].reshape(-1, HIDDEN, INPUTS)
    above = gradients(decoder + by_decoder, encoder + by_encoder, covariance)
    below = gradients(decoder - by_decoder, encoder - by_encoder, covariance)
    rows = (above - below) / 2e-4
    return np.asarray((rows + rows.T) / 2)


@cache
def points() -> tuple[Array, Array, Array]:
    """Of all points: loss in percent of the variance, percentage of directions down, gradient's norm."""
    pixels = load_digits().data
    variances = np.linalg.svd(pixels - pixels.mean(axis=0), compute_uv=False)[:INPUTS] ** 2
    covariance = np.diag(variances / variances.sum())
    # Not the axes of the principal components, so that the gradient does not vanish by zeros alone.
    turn, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(INPUTS, INPUTS)))
    covariance = turn @ covariance @ turn.T
    rows = []
    for passed in (set_ for size in range(HIDDEN + 1) for set_ in combinations(range(INPUTS), size)):
        decoder = np.zeros((INPUTS, HIDDEN))
        decoder[:, : len(passed)] = turn[:, passed]
        encoder = decoder.T
        missed = np.eye(INPUTS) - decoder @ encoder
        curvatures = np.linalg.eigvalsh(hessian(decoder, encoder, covariance))
        rows.append(
            (
                100 * np.trace(missed @ covariance @ missed.T),
                100 * (curvatures < -ZERO).mean(),
                np.linalg.norm(gradients(decoder[None], encoder[None], covariance)),
            )
        )
    losses, shares, norms = np.array(rows).T
    return losses, shares, norms


def measure() -> Numbers:
    """Nothing is random: the points are all there are, up to networks that compute the same."""
    losses, shares, norms = points()
    level = shares == 0
    return {
        "points": float(len(losses)),
        "parameters": float(PARAMETERS),
        "largest gradient": float(np.round(norms.max(), 12)),
        "points without a direction down": float(level.sum()),
        "loss there": float(losses[level].max()),
        "lowest loss": float(losses.min()),
        "lowest loss of the others": float(losses[~level].min()),
        "correlation of loss and share": float(np.corrcoef(losses, shares)[0, 1]),
        "largest share": float(shares.max()),
    }


SAYS = (
    Says("points", "163가지"),
    Says("parameters", "매개변수 64개"),
    Says("points without a direction down", "1가지뿐"),
    Says("largest share", "50%까지"),
)
CONCLUSIONS = (
    Conclusion("the gradient vanishes at all points", lambda runs: (runs["largest gradient"] < 1e-9).all()),
    Conclusion(
        "only the global minimum has no direction down",
        lambda runs: (
            (runs["points without a direction down"] == 1).all()
            and (runs["loss there"] == runs["lowest loss"]).all()
        ),
    ),
    Conclusion(
        "the higher, the more directions lead down",
        lambda runs: (runs["correlation of loss and share"] > 0.95).all(),
    ),
)


def draw() -> Figure:
    """The share of directions that lead down against the loss, all critical points."""
    losses, shares, _ = points()
    level = shares == 0
    figure, axes = plt.subplots(figsize=(4.5, 3.2))
    axes.plot(losses[~level], shares[~level], "o", color=BLUE, ms=6, alpha=0.5)
    axes.plot(losses[level], shares[level], "*", color=ORANGE, ms=15)
    axes.text(31, -3, "전역 최소: 내리막이 없다", color=ORANGE, va="center")
    axes.text(31, 42, "안장점 162가지", color=BLUE)
    axes.set(
        xlabel="손실(잃어버린 분산, %)",
        ylabel="내려가는 방향(%)",
        ylim=(-6, 54),
    )
    return figure
