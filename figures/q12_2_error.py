"""Worst error of ReLU networks against sin: constructed by hand, and trained."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import BLUE, ORANGE, Measured, save
from figures.q12_2_relu_sin import END, worst_error

ANSWER = "12-2"
SLOW = "trains 50 networks"

Array = NDArray[np.float64]
UNITS = (4, 8, 16, 32, 64)
SEEDS, STEPS, RATE = 10, 3000, 0.03


def trained_errors(units: int) -> Array:
    """The worst errors of ``SEEDS`` networks with one hidden layer, trained at once with Adam.

    Every array has the networks along its first axis. The loss is the mean squared error on 129 even
    points of [0, 2 pi]; the bends start at random places of the interval, and the learning rate falls to
    zero as a half cosine.
    """
    rng = np.random.default_rng(units)
    x = np.linspace(0, END, 129)[:, None]
    w = rng.choice([-1.0, 1.0], (SEEDS, 1, units))
    b = -w * rng.uniform(0, END, (SEEDS, 1, units))
    v = rng.normal(0, np.sqrt(0.5 / units), (SEEDS, units, 1))
    c = np.zeros((SEEDS, 1, 1))
    parameters = (w, b, v, c)
    means = [np.zeros_like(parameter) for parameter in parameters]
    squares = [np.zeros_like(parameter) for parameter in parameters]
    for step in range(1, STEPS + 1):
        z = x * w + b
        h = np.maximum(z, 0)
        dy = 2 * (h @ v + c - np.sin(x)) / len(x)
        dz = dy @ v.transpose(0, 2, 1) * (z > 0)
        gradients = (
            (x * dz).sum(axis=1, keepdims=True),
            dz.sum(axis=1, keepdims=True),
            h.transpose(0, 2, 1) @ dy,
            dy.sum(axis=1, keepdims=True),
        )
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / STEPS))
        for parameter, mean, square, gradient in zip(parameters, means, squares, gradients, strict=True):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            correct_mean, correct_square = mean / (1 - 0.9**step), square / (1 - 0.999**step)
            parameter -= rate * correct_mean / (np.sqrt(correct_square) + 1e-8)
    x = np.linspace(0, END, 2001)[:, None]
    errors: Array = np.abs(np.maximum(x * w + b, 0) @ v + c - np.sin(x)).max(axis=(1, 2))
    return errors


def main(path: Path) -> list[Measured]:
    """Draw the worst errors against the number of ReLUs, both axes logarithmic."""
    constructed = {units: worst_error(units) for units in UNITS}
    trained = {units: trained_errors(units) for units in UNITS}
    figure, axes = plt.subplots(figsize=(6.4, 3.8))
    step = END / np.array(UNITS)
    axes.loglog(UNITS, step**2 / 8, ":", color="black", label="bound h²/8")
    axes.loglog(UNITS, list(constructed.values()), "o-", lw=2, color=BLUE, label="constructed")
    for units, errors in trained.items():
        axes.loglog([units] * SEEDS, errors, "x", ms=5, color=ORANGE, alpha=0.7)
    medians = [float(np.median(errors)) for errors in trained.values()]
    axes.loglog(UNITS, medians, "--", lw=2, color=ORANGE, label=f"trained (median of {SEEDS})")
    axes.set(xlabel="number of ReLUs K", ylabel="worst error on [0, 2π]")
    axes.set_xticks(UNITS, [str(units) for units in UNITS])
    axes.minorticks_off()
    axes.legend()
    figure.tight_layout()
    save(figure, path)
    return [
        Measured("constructed, 32 ReLUs", constructed[32], "# → 0.0048", 5e-5),
        Measured("constructed, 64 ReLUs", constructed[64], "손으로 만든 0.0012", 5e-5),
        Measured("trained, 64 ReLUs, median", medians[-1], "중앙값이 0.009", 0.003),
    ]
