"""How a sum of ReLUs comes to interpolate sin unit by unit, and what it does outside of its knots."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREY, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "12-2"

END = 2 * np.pi
FEW, MANY = 5, 8
Array = NDArray[Any]


def relu_sum(x: Array, units: int, of: int | None = None) -> Array:
    """Interpolate sin at ``units + 1`` even knots of [0, 2 pi] by as many ReLUs as there are pieces.

    Only the first ``of`` of the ReLUs, where it is given.
    """
    knots = np.linspace(0, END, units + 1)
    slopes = np.diff(np.sin(knots)) / np.diff(knots)
    bends = np.diff(slopes, prepend=0)
    return np.asarray(np.maximum(x[:, None] - knots[: of or -1], 0) @ bends[:of])


def worst_error(units: int) -> float:
    """The largest distance from sin on [0, 2 pi]."""
    x = np.linspace(0, END, 20_001)
    return float(np.abs(relu_sum(x, units) - np.sin(x)).max())


def measure() -> Numbers:
    """Worst errors, and one value outside."""
    return {
        **{f"worst error, {units} ReLUs": worst_error(units) for units in (8, 16, 32, 64)},
        "8 ReLUs at 3 pi, where sin is 0": relu_sum(np.array([3 * np.pi]), 8).item(),
    }


SAYS = (
    Says("worst error, 8 ReLUs", "에서 0.0704"),
    Says("worst error, 16 ReLUs", "에서 0.0188"),
    Says("worst error, 32 ReLUs", "# → 0.0048"),
    Says("worst error, 64 ReLUs", "# → 0.0012"),
    Says("8 ReLUs at 3 pi, where sin is 0", "2.83을 낸다"),
)
CONCLUSIONS = (
    Conclusion(
        "twice the units, about a quarter of the error",
        lambda runs: all(
            3.6 < runs[f"worst error, {units} ReLUs"][0] / runs[f"worst error, {2 * units} ReLUs"][0] < 4.1
            for units in (8, 16, 32)
        ),
    ),
    Conclusion(
        "within the bound h^2 / 8, as sin'' is at most 1",
        lambda runs: all(
            runs[f"worst error, {units} ReLUs"][0] <= (END / units) ** 2 / 8 for units in (8, 16, 32, 64)
        ),
    ),
)


def draw() -> Figure:
    """A few ReLUs and the sums of the first of them; and more ReLUs, also beyond the interval."""
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5.6))
    x = np.linspace(0, END, 601)
    knots = np.linspace(0, END, FEW + 1)
    above.plot(x, np.sin(x), color=GREY, lw=6, alpha=0.5)
    for of in range(1, FEW):  # each goes straight on where the next unit bends it
        rest = x[x >= knots[of]]
        above.plot(rest, relu_sum(rest, FEW, of), "--", color=ORANGE, lw=1.5)
    above.plot(x, relu_sum(x, FEW), color=BLUE, lw=2.2)
    above.plot(knots[:-1], np.sin(knots[:-1]), "o", color=BLUE)
    above.text(2.75, 1.5, "첫 유닛만 더한 직선", color=ORANGE, va="center")
    for number, knot in enumerate(knots[:-1], start=1):
        below_it = number in (1, 2, 3)
        above.annotate(
            str(number),
            (knot, np.sin(knot)),
            (0, -8 if below_it else 7),
            textcoords="offset points",
            ha="center",
            va="top" if below_it else "bottom",
        )
    above.set(title="유닛이 하나 늘 때마다 한 번 더 꺾인다", ylim=(-2.1, 2.1), xticks=[0, np.pi, END])
    above.set_xticklabels(["0", "π", "2π"])
    x = np.linspace(-1.5, 3 * np.pi, 1201)
    below.axvspan(0, END, color=GREY, alpha=0.15, lw=0)
    below.plot(x, np.sin(x), color=GREY, lw=6, alpha=0.5)
    below.plot(x, relu_sum(x, MANY), color=BLUE, lw=2.2)
    below.text(np.pi, 2.2, "점을 찍은 구간", ha="center", color=INK)
    below.text(7.4, 2.2, f"ReLU {MANY}개", ha="right", color=BLUE)
    below.text(3 * np.pi, -0.75, "사인", ha="right", va="top", color=INK)
    below.set(title="구간 밖에서는 직선으로 뻗는다", xlabel="x", ylim=(-1.5, 3.1))
    below.set_xticks([0, np.pi, END, 3 * np.pi], ["0", "π", "2π", "3π"])
    return figure
