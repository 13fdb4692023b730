"""Activation functions and their derivatives."""

from __future__ import annotations

import math
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREEN, GREY, INK, ORANGE, PINK, SKY, Conclusion, Numbers, Says

ANSWER = "5"

SLOPE = 0.1  # of LeakyReLU; the usual 0.01 could not be told from 0 in the picture
Z = np.linspace(-4.0, 4.0, 8001)


@cache
def functions() -> dict[str, NDArray[np.float64]]:
    """The value of each function at all of ``Z``."""
    sigmoid = 1 / (1 + np.exp(-Z))
    return {
        "sigmoid": sigmoid,
        "tanh": np.tanh(Z),
        "ReLU": np.maximum(Z, 0),
        "LeakyReLU": np.where(Z > 0, Z, SLOPE * Z),
        "GELU": Z * np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in Z]),
        "SiLU": Z * sigmoid,
    }


@cache
def slopes() -> dict[str, NDArray[np.float64]]:
    """The derivative of each by central differences."""
    return {name: np.gradient(values, Z) for name, values in functions().items()}


def measure() -> Numbers:
    """Exact but for the spacing of ``Z``."""
    return {
        "largest slope of sigmoid": float(slopes()["sigmoid"].max()),
        "largest slope of tanh": float(slopes()["tanh"].max()),
        "smallest value of GELU": float(functions()["GELU"].min()),
        "smallest value of SiLU": float(functions()["SiLU"].min()),
        "largest slope of GELU": float(slopes()["GELU"].max()),
        "largest slope of SiLU": float(slopes()["SiLU"].max()),
    }


SAYS = (
    Says("largest slope of sigmoid", "최대 0.25"),
    Says("largest slope of tanh", "최대 1 "),
    Says("smallest value of GELU", "$-0.17$"),
    Says("smallest value of SiLU", "$-0.28$"),
    Says("largest slope of GELU", "최대 약 1.13"),
    Says("largest slope of SiLU", "최대 약 1.10"),
)
CONCLUSIONS: tuple[Conclusion, ...] = ()  # it only states


def draw() -> Figure:
    """The functions above their derivatives."""
    looks = (
        ("sigmoid", "-", BLUE),
        ("tanh", "--", ORANGE),
        ("ReLU", "-", INK),
        ("LeakyReLU", "--", GREEN),
        ("GELU", "-.", PINK),
        ("SiLU", ":", SKY),
    )
    figure, panels = plt.subplots(2, figsize=(4.5, 6.6), sharex=True)
    for axes, curves in zip(panels, (functions(), slopes()), strict=True):
        for name, style, color in looks:
            axes.plot(Z, curves[name], style, lw=2.2, color=color, label=name)
    panels[0].set(title="함수", ylim=(-1.2, 3))
    panels[0].legend(loc="upper left")
    panels[1].set(title="도함수", xlabel="$z$", ylim=(-0.2, 1.25))
    panels[1].axhline(0.25, color=GREY, lw=1, ls=":")
    panels[1].text(3.95, 0.28, "1/4", ha="right", color=GREY)
    return figure
