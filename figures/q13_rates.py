"""Gradient descent in a quadratic valley with three learning rates, the largest close to divergence."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "13"

Array = NDArray[np.float64]
CURVATURES = np.array([1.0, 25.0])  # the limit of the learning rate is 2 / 25 = 0.08
START = np.array([-9.0, 2.0])
STEPS = 40
RATES = {0.01: (BLUE, "o-"), 0.07: (GREEN, "s-"), 0.081: (ORANGE, "^-")}


def path_of(rate: float) -> Array:
    """Return the points that gradient descent visits, a row each."""
    points = [START]
    for _ in range(STEPS):
        points.append(points[-1] - rate * CURVATURES * points[-1])
    return np.array(points)


def loss(points: Array) -> Array:
    """Return the height of each point: half the curvature times the square, over both axes."""
    return np.asarray((CURVATURES * points**2).sum(axis=-1) / 2)


def main(path: Path) -> list[Measured]:
    """Draw the first steps over the contours, and the loss of all steps."""
    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 6), height_ratios=(6, 5))
    across, up = np.meshgrid(np.linspace(-10, 3, 200), np.linspace(-2.9, 2.9, 200))
    heights = loss(np.stack([across, up], axis=-1))
    above.contour(across, up, heights, levels=[1, 5, 15, 30, 50, 75, 105], colors="black", alpha=0.25)
    lasts = {}
    for rate, (colour, style) in RATES.items():
        points = path_of(rate)
        above.plot(*points[:13].T, style, ms=4, lw=1.2, color=colour)
        below.semilogy(loss(points), style, ms=3, lw=1.2, color=colour, label=f"η = {rate:g}")
        lasts[rate] = float(loss(points)[-1])
    above.plot(0, 0, "k*", ms=14)
    above.set(title="the first 12 steps", xlabel="θ1 (curvature 1)", ylabel="θ2 (curvature 25)")
    above.set_aspect("equal")
    above.grid(visible=False)
    below.set(xlabel="step", ylabel="loss")
    below.legend(loc="lower left")
    figure.tight_layout()
    save(figure, path)
    downhill, home = -CURVATURES * START, -START
    cosine = downhill @ home / np.linalg.norm(downhill) / np.linalg.norm(home)
    return [
        Measured("angle between the first step and the minimum", np.degrees(np.arccos(cosine)), "67°", 0.5),
        Measured("loss at the start", float(loss(START)), "90.5에서", 0.01),
        Measured("loss after 40 steps of 0.01", lasts[0.01], "18.1이", 0.05),
        Measured("loss after 40 steps of 0.07", lasts[0.07], "0.12까지", 0.005),
        Measured("loss after 40 steps of 0.081", lasts[0.081], "361로", 0.6),
    ]
