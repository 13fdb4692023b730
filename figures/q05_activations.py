"""Activation functions and their derivatives."""

from __future__ import annotations

import math
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from figures.common import GREY, Measured, save

ANSWER = "5"

SLOPE = 0.1  # of LeakyReLU; the usual 0.01 could not be told from 0 in the picture


def main(path: Path) -> list[Measured]:
    """Draw the functions above their derivatives (central differences)."""
    z = np.linspace(-4.0, 4.0, 8001)
    sigmoid = 1 / (1 + np.exp(-z))
    functions = {
        "sigmoid": sigmoid,
        "tanh": np.tanh(z),
        "ReLU": np.maximum(z, 0),
        f"LeakyReLU ({SLOPE})": np.where(z > 0, z, SLOPE * z),
        "GELU": z * np.array([0.5 * (1 + math.erf(point / math.sqrt(2))) for point in z]),
        "SiLU": z * sigmoid,
    }
    slopes = {name: np.gradient(values, z) for name, values in functions.items()}

    figure, panels = plt.subplots(2, 1, figsize=(6.4, 7.2), sharex=True)
    for axes, curves in zip(panels, (functions, slopes), strict=True):
        for (name, values), style in zip(curves.items(), ("-", "-", "-", "--", "-.", ":"), strict=True):
            axes.plot(z, values, style, lw=2, label=name)
    panels[0].set(title="f(z)", ylim=(-1.2, 3))
    panels[0].legend(loc="upper left")
    panels[1].set(title="f '(z)", xlabel="z", ylim=(-0.2, 1.25))
    panels[1].axhline(0.25, color=GREY, lw=1, ls=":")
    panels[1].text(3.95, 0.27, "1/4", ha="right", color=GREY)
    figure.tight_layout()
    save(figure, path)
    return [
        Measured("largest slope of sigmoid", float(slopes["sigmoid"].max()), "최대 0.25", 1e-4),
        Measured("largest slope of tanh", float(slopes["tanh"].max()), "최대 1", 1e-4),
        Measured("smallest value of GELU", float(functions["GELU"].min()), "약 $-0.17$", 0.005),
        Measured("smallest value of SiLU", float(functions["SiLU"].min()), "약 $-0.28$", 0.005),
    ]
