"""Gradient descent on the squared error of two features of unlike scales, before and after standardising."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_wine

from figures.common import BLUE, GREY, INK, ORANGE, Conclusion, Numbers, Says, paper

ANSWER = "4"

Array = NDArray[np.float64]
FEATURES, TARGET = ("alcohol", "magnesium"), "color_intensity"
CLOSE = 0.01  # done when this part of the excess loss is left


@cache
def problem() -> tuple[Array, Array, Array]:
    """The two features of all 178 wines: as they are and centred; and the centred target."""
    wine = load_wine()
    names = list(wine.feature_names)
    raw = np.column_stack([wine.data[:, names.index(name)] for name in FEATURES])
    y = wine.data[:, names.index(TARGET)]
    return raw, raw - raw.mean(axis=0), y - y.mean()


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


def measure() -> Numbers:
    """Exact but for rounding: there is one set of data, and nothing is random."""
    raw, centred, y = problem()
    spread = centred.std(axis=0)
    return {
        "ratio of the deviations": spread[1] / spread[0],
        "condition with a bias, in 10,000": condition(np.column_stack([np.ones(len(raw)), raw])) / 1e4,
        "condition, centred": condition(centred),
        "condition, standardised": condition(centred / spread),
        "steps, centred": float(len(descend(centred, y)) - 1),
        "steps, standardised": float(len(descend(centred / spread, y)) - 1),
    }


SAYS = (
    Says("ratio of the deviations", "18배"),
    Says("condition with a bias, in 10,000", "276만"),
    Says("condition, centred", "334까지"),
    Says("condition, standardised", "1.7이 되고"),
    Says("steps, centred", "385스텝"),
    Says("steps, standardised", "표준화하면 2스텝"),
)
CONCLUSIONS = (
    Conclusion(
        "standardising saves most of the steps",
        lambda runs: (runs["steps, standardised"] * 10 < runs["steps, centred"]).all(),
    ),
)


def draw() -> Figure:
    """The contours of the loss with the path of gradient descent."""
    _, centred, y = problem()
    figure, panels = plt.subplots(2, figsize=(4.5, 6.2))
    for axes, name, x, view in (
        (panels[0], "중심만 맞춤", centred, ((-0.3, 2.6), (-0.035, 0.075))),
        (panels[1], "표준화", centred / centred.std(axis=0), ((-0.45, 2.45), (-0.7, 1.3))),
    ):
        path = descend(x, y)
        a, b = np.meshgrid(np.linspace(*view[0], 300), np.linspace(*view[1], 200))
        residual = y - a[..., None] * x[:, 0] - b[..., None] * x[:, 1]
        loss = (residual**2).mean(axis=-1)
        axes.contour(
            a, b, loss, levels=np.quantile(loss, np.linspace(0.02, 0.9, 9)), colors=GREY, linewidths=0.8
        )
        if len(path) < 10:
            axes.plot(*path.T, "o-", color=ORANGE, ms=5, lw=1.5)
        else:  # too many steps to be told apart: the strip in which they zigzag, and the first of them
            axes.fill(*np.concatenate([path[::2], path[1::2][::-1]]).T, color=ORANGE, alpha=0.55, lw=0)
            first = axes.inset_axes((0.655, 0.02, 0.34, 0.37), facecolor=paper(), xticks=(), yticks=())
            first.plot(*path[:9].T, "o-", color=ORANGE, ms=3, lw=1)
            first.plot(*path[0], "s", color=BLUE, ms=7)
            first.text(0.5, 0.95, "처음 8스텝", transform=first.transAxes, ha="center", va="top")
            first.set_ylim(-0.008, 0.105)
            first.spines[:].set_visible(True)
            first.grid(visible=False)
        axes.plot(*path[0], "s", color=BLUE, ms=7)
        axes.plot(*np.linalg.lstsq(x, y, rcond=None)[0], "*", color=INK, ms=13)
        axes.set(title=f"{name}: κ = {condition(x):.3g}, {len(path) - 1}스텝")
        axes.set(xlabel="알코올의 가중치", ylabel="마그네슘의 가중치", xlim=view[0], ylim=view[1])
        axes.grid(visible=False)
    return figure
