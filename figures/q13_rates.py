"""Gradient descent in a quadratic valley with three learning rates, the largest past the limit."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "13"

CURVATURES = np.array([1.0, 25.0])  # the limit of the learning rate is 2 / 25 = 0.08
START = np.array([-9.0, 2.0])
STEPS = 40
RATES = {0.01: (BLUE, "o-"), 0.07: (GREEN, "s-"), 0.081: (ORANGE, "^-")}
Array = NDArray[Any]


def path_of(rate: float) -> Array:
    """The points that gradient descent visits, a row each."""
    points = [START]
    for _ in range(STEPS):
        points.append(points[-1] - rate * CURVATURES * points[-1])
    return np.array(points)


def loss(points: Array) -> Array:
    """The height of each point: half the curvature times the square, over both axes."""
    return np.asarray((CURVATURES * points**2).sum(axis=-1) / 2)


def measure() -> Numbers:
    """The angle between downhill and the minimum at the start, and the losses after all steps."""
    downhill, home = -CURVATURES * START, -START
    cosine = downhill @ home / np.linalg.norm(downhill) / np.linalg.norm(home)
    return {
        "angle between the first step and the minimum": float(np.degrees(np.arccos(cosine))),
        "loss at the start": float(loss(START)),
        **{f"loss after 40 steps of {rate:g}": float(loss(path_of(rate))[-1]) for rate in RATES},
    }


ORDER = (
    "loss after 40 steps of 0.07",
    "loss after 40 steps of 0.01",
    "loss at the start",
    "loss after 40 steps of 0.081",
)
SAYS = (
    Says("angle between the first step and the minimum", "67° 어긋난다"),
    Says("loss at the start", "90.5에서"),
    Says("loss after 40 steps of 0.01", "18.1이"),
    Says("loss after 40 steps of 0.07", "0.12까지"),
    Says("loss after 40 steps of 0.081", "361로"),
)
CONCLUSIONS = (
    Conclusion(
        "past the limit the loss ends above its start, below it lower, and lowest with the larger rate",
        lambda runs: (np.diff([runs[name][0] for name in ORDER]) > 0).all(),
    ),
)


def draw() -> Figure:
    """The first steps over the contours, and the loss of all steps."""
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5.2), height_ratios=(4, 5))
    across, up = np.meshgrid(np.linspace(-10, 3, 200), np.linspace(-2.9, 2.9, 200))
    heights = loss(np.stack([across, up], axis=-1))
    above.contour(across, up, heights, levels=[1, 5, 15, 30, 50, 75, 105], colors=INK, alpha=0.25)
    for rate, (colour, style) in RATES.items():
        points = path_of(rate)
        above.plot(*points[:13].T, style, ms=4, lw=1.2, color=colour)
        below.semilogy(loss(points), style, ms=3, lw=1.2, color=colour)
        below.text(STEPS + 1, loss(points)[-1], f"η = {rate:g}", color=colour, va="center")
    above.plot(0, 0, "*", color=INK, ms=14)
    above.set(title="처음 12스텝(별이 최솟값)", xlabel="θ1(곡률 1)", ylabel="θ2(곡률 25)")
    above.set_aspect("equal")
    above.grid(visible=False)
    below.set(xlabel="스텝", ylabel="손실", xlim=(-1, STEPS + 12), xticks=range(0, STEPS + 1, 10))
    below.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    below.minorticks_off()
    return figure
