"""Gradient descent on the squared error of two features of unlike scales, before and after standardising."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_wine

from figures.common import GREY, ORANGE, Measured, save

ANSWER = "4"

Array = NDArray[np.float64]
FEATURES, TARGET = ("alcohol", "magnesium"), "color_intensity"
CLOSE = 0.01  # done when this part of the excess loss is left


def column(name: str) -> Array:
    """A feature of all 178 wines."""
    wine = load_wine()
    values: Array = wine.data[:, list(wine.feature_names).index(name)]
    return values


def condition(x: Array) -> float:
    """The condition number of the Hessian of half the mean squared error."""
    return float(np.linalg.cond(x.T @ x / len(x)))


def descend(x: Array, y: Array) -> Array:
    """The path of gradient descent from 0, with the fixed rate that is best for the slowest direction."""
    hessian = x.T @ x / len(x)
    curvatures = np.linalg.eigvalsh(hessian)
    rate = 2 / (curvatures[0] + curvatures[-1])
    best = np.linalg.solve(hessian, x.T @ y / len(x))
    path = [np.zeros(2)]
    while (off := path[-1] - best) @ hessian @ off > CLOSE * (best @ hessian @ best):
        path.append(path[-1] - rate * hessian @ off)
    return np.array(path)


def main(path: Path) -> list[Measured]:
    """Draw the contours of the loss with the path of gradient descent."""
    raw = np.column_stack([column(name) for name in FEATURES])
    y = column(TARGET) - column(TARGET).mean()
    centred = raw - raw.mean(axis=0)
    spread = centred.std(axis=0)
    scaled = centred / spread

    figure, panels = plt.subplots(2, 1, figsize=(6.4, 6.2), layout="constrained")
    steps = []
    for axes, name, x in zip(panels, ("centred only", "standardised"), (centred, scaled), strict=True):
        walk = descend(x, y)
        steps.append(len(walk) - 1)
        a, b = np.meshgrid(np.linspace(-0.3, 2.6, 300), np.linspace(-0.45, 0.65, 200))
        residual = y - a[..., None] * x[:, 0] - b[..., None] * x[:, 1]
        levels = np.quantile(loss := (residual**2).mean(axis=-1), np.linspace(0.02, 0.9, 10))
        axes.contour(a, b, loss, levels=levels, colors=GREY, linewidths=0.7)
        axes.plot(*walk.T, "o-", color=ORANGE, ms=4, lw=1)
        axes.plot(*np.linalg.lstsq(x, y, rcond=None)[0], "k*", ms=12)
        axes.set(title=f"{name}: κ = {condition(x):,.1f}, {steps[-1]:,} steps", aspect="equal")
        axes.set(xlabel=f"$w$ of {FEATURES[0]}", ylabel=f"$w$ of {FEATURES[1]}")
        axes.grid(visible=False)
    save(figure, path)
    uncentred = np.column_stack([np.ones(len(raw)), raw])
    return [
        Measured("ratio of the deviations", spread[1] / spread[0], "18배", 0.5),
        Measured("condition number, not centred, with a bias", condition(uncentred) / 1e4, "276만", 1),
        Measured("condition number, centred only", condition(centred), "334까지", 0.5),
        Measured("condition number, standardised", condition(scaled), "1.7이 되고", 0.05),
        Measured("steps, centred only", float(steps[0]), "385걸음", 0.5),
        Measured("steps, standardised", float(steps[1]), "2걸음", 0.5),
    ]
