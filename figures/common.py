"""What all figure scripts share: where pictures go, how they look, what a measured number is."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import matplotlib
from cycler import cycler
from PIL import Image

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

# Okabe-Ito: the eight colours stay apart for colour-blind readers.
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
YELLOW, SKY, GREY = "#E69F00", "#56B4E9", "#666666"

plt.rcParams.update(
    {
        "figure.dpi": 150,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "savefig.bbox": "tight",
        "font.size": 11,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.alpha": 0.25,
        "axes.prop_cycle": cycler(color=[BLUE, ORANGE, GREEN, PINK, YELLOW, SKY]),
    }
)


@dataclass(frozen=True)
class Measured:
    """A number that an answer states as measured here.

    Attributes:
        name: What was measured, unique within its figure script.
        value: The number as computed, in the unit of the answer's text.
        says: The words of the answer that state it, exactly as they stand there. The first number
            in them is what the answer claims; a percentage counts in percent (``"97%"`` is 97).
        within: The largest allowed difference between ``value`` and the stated number.
    """

    name: str
    value: float
    says: str
    within: float


def save(figure: Figure, path: Path) -> None:
    """Write a figure as a small PNG without a date in it, and close it.

    128 colours are more than these pictures use and a third of the bytes.
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    plt.close(figure)
    Image.open(buffer).convert("RGB").quantize(128).save(path, optimize=True)
