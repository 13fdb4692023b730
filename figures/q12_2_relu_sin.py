"""A sum of ReLUs that interpolates sin, and what it does outside of its knots."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import GREY, Measured, save

ANSWER = "12-2"

Array = NDArray[np.float64]
END = 2 * np.pi


def relu_sum(x: Array, units: int) -> Array:
    """Interpolate sin at ``units + 1`` even knots of [0, 2 pi] by as many ReLUs as there are pieces."""
    knots = np.linspace(0, END, units + 1)
    slopes = np.diff(np.sin(knots)) / np.diff(knots)
    bends = np.diff(slopes, prepend=0)
    return np.maximum(x[:, None] - knots[:-1], 0) @ bends


def worst_error(units: int) -> float:
    """The largest distance from sin on [0, 2 pi]."""
    x = np.linspace(0, END, 20_001)
    return float(np.abs(relu_sum(x, units) - np.sin(x)).max())


def main(path: Path) -> list[Measured]:
    """Draw sin and its approximations by 4 and 8 ReLUs, also beyond the interval."""
    x = np.linspace(-1.5, 3 * np.pi, 1201)
    figure, axes = plt.subplots(figsize=(6.4, 3.8))
    axes.axvspan(0, END, color=GREY, alpha=0.12, lw=0)
    axes.plot(x, np.sin(x), color="black", lw=4, alpha=0.3, label="sin x")
    for units, style in ((4, "--"), (8, "-")):
        (line,) = axes.plot(x, relu_sum(x, units), style, lw=2, label=f"{units} ReLUs")
        knots = np.linspace(0, END, units + 1)
        axes.plot(knots, np.sin(knots), "o", ms=5, color=line.get_color())
    axes.set(xlabel="x (shaded: the interval with knots)", ylim=(-1.6, 3.1))
    axes.legend(loc="upper left")
    figure.tight_layout()
    save(figure, path)
    outside = relu_sum(np.array([3 * np.pi]), 8).item()
    return [
        Measured("worst error, 4 ReLUs", worst_error(4), "0.2105", 5e-5),
        Measured("worst error, 8 ReLUs", worst_error(8), "0.0704", 5e-5),
        Measured("8 ReLUs at 3 pi, where sin is 0", outside, "2.83을 낸다", 0.005),
    ]
