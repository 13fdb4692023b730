"""Four optimizers, each at its best learning rate, in a narrow valley and in the same one turned by 45°."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, GREY, ORANGE, Measured, save

ANSWER = "17"

STEPS = 1000
RATES = np.logspace(-3, 1, 161)
NEAR = 0.01
DRAWN = 1  # the start whose paths the picture shows

Array = NDArray[np.float64]
Rule = Callable[[Array, int, Array, Array], Array]


def sgd(g: Array, t: int, m: Array, v: Array) -> Array:
    """Go down the gradient."""
    return g


def momentum(g: Array, t: int, m: Array, v: Array) -> Array:
    """Go down the decaying sum of gradients."""
    m[:] = 0.9 * m + g
    return m


def rmsprop(g: Array, t: int, m: Array, v: Array) -> Array:
    """Divide each coordinate by its recent root mean square, with PyTorch's default decay."""
    v[:] = 0.99 * v + 0.01 * g**2
    return g / (np.sqrt(v) + 1e-8)


def adam(g: Array, t: int, m: Array, v: Array) -> Array:
    """Average the gradient too, and correct both averages for their start at zero."""
    m[:] = 0.9 * m + 0.1 * g
    v[:] = 0.999 * v + 0.001 * g**2
    return m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)


METHODS: dict[str, tuple[Rule, str, str]] = {
    "SGD": (sgd, GREY, "."),
    "momentum": (momentum, GREEN, "^"),
    "RMSprop": (rmsprop, ORANGE, "s"),
    "Adam": (adam, BLUE, "o"),
}


def descend(rule: Rule, hessian: Array, starts: Array) -> Array:
    """Minimize p·Hp/2 with every learning rate from every start; return places by step, rate and start."""
    p = np.tile(starts, (len(RATES), 1, 1))
    m, v = np.zeros_like(p), np.zeros_like(p)
    places = [p]
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(1, STEPS + 1):
            p = p - RATES[:, None, None] * rule(p @ hessian, t, m, v)
            places.append(p)
    return np.array(places)


def value(p: Array, hessian: Array) -> Array:
    """Return p·Hp/2 for the vectors along the last axis."""
    with np.errstate(over="ignore", invalid="ignore"):
        heights: Array = np.einsum("...i,ij,...j->...", p, hessian, p) / 2
    return heights


def steps_needed(places: Array, hessian: Array) -> NDArray[np.int64]:
    """Return the first step at which the value is below ``NEAR``, by rate and start.

    It is ``STEPS`` + 1 for paths that don't get there or that ever climb above the highest start: a jump
    far away that comes back by luck is no success.
    """
    heights = value(places, hessian)
    near = heights < NEAR
    tame = heights.max(axis=0) <= heights[0].max()
    return np.where(near.any(axis=0) & tame, near.argmax(axis=0), STEPS + 1)


def draw(axes: Axes, hessian: Array, starts: Array) -> dict[str, Array]:
    """Draw the paths from one start at the rate that is best over all; return the mean steps of each rate."""
    x, y = np.meshgrid(np.linspace(-3, 5, 300), np.linspace(-3, 5, 300))
    heights = value(np.stack([x, y], axis=-1), hessian)
    axes.contour(x, y, heights, levels=np.logspace(-1, 3, 5), colors="k", alpha=0.15, linewidths=0.8)
    steps = {}
    for name, (rule, colour, marker) in METHODS.items():
        places = descend(rule, hessian, starts)
        needed = steps_needed(places, hessian)
        steps[name] = needed.mean(axis=1)
        best = int(steps[name].argmin())
        path = places[: needed[best, DRAWN] + 1, best, DRAWN]
        label = f"{name}: {steps[name][best]:.0f} steps (lr {RATES[best]:.2g})"
        axes.plot(*path.T, marker + "-", color=colour, ms=2.5, lw=1, label=label)
    axes.plot(0, 0, "k*", ms=10)
    axes.set_aspect("equal")
    axes.grid(False)
    return steps


def main(path: Path) -> list[Measured]:
    """Draw both valleys, whose Hessians have the eigenvalues 1 and 100."""
    angles = np.arange(16) * 2 * np.pi / 16 + 0.1
    starts = 4 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    valley = np.diag([1.0, 100.0])
    turn = np.array([[1, 1], [-1, 1]]) / np.sqrt(2)
    figure, (above, below) = plt.subplots(2, 1, figsize=(5.6, 8.6), layout="constrained")
    straight = draw(above, valley, starts)
    above.set(xlim=(-1.5, 4.5), ylim=(-1.9, 4.1), title="valley along an axis")
    above.legend(loc="upper left")
    turned = draw(below, turn.T @ valley @ turn, starts @ turn)
    below.set(xlim=(-1, 5), ylim=(-2.5, 4.1), title="the same valley turned by 45°")
    below.legend(loc="lower right")
    save(figure, path)
    best = straight["Adam"].argmin()
    return [
        Measured("SGD, along an axis", straight["SGD"].min(), "142걸음", 3),
        Measured("SGD, turned", turned["SGD"].min(), "142걸음", 3),
        Measured("momentum, along an axis", straight["momentum"].min(), "32걸음", 2),
        Measured("momentum, turned", turned["momentum"].min(), "32걸음", 2),
        Measured("RMSprop, along an axis", straight["RMSprop"].min(), "4걸음", 0.5),
        Measured("RMSprop, turned", turned["RMSprop"].min(), "148걸음", 5),
        Measured("Adam, along an axis", straight["Adam"].min(), "45걸음", 2),
        Measured("Adam, turned", turned["Adam"].min(), "64걸음", 3),
        Measured("best rate of Adam, along an axis", float(RATES[best]), "0.25를", 0.02),
        Measured("Adam, turned, at that rate", turned["Adam"][best], "272걸음", 15),
    ]
