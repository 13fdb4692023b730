"""A fully connected layer under the rooflines of two GPUs, computed from their data sheets."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from figures.common import BLUE, GREEN, GREY, ORANGE, PINK, Conclusion, Numbers, Says

ANSWER = "20"

WIDTH = 4096
# Operations a second in 16 bits, dense; bytes a second: NVIDIA's A100 with 80 GB and H100, both SXM.
CARDS = {"A100": (312e12, 2039e9), "H100": (989e12, 3.35e12)}
BATCHES = (1, 32, 512)
RELU = 1 / 4  # one comparison, two bytes read and two written


def intensity(batch: int, width: int = WIDTH, item: int = 2) -> float:
    """Operations per byte of a ``width`` x ``width`` layer when each number is moved once."""
    return 2 * batch * width**2 / (item * (width**2 + 2 * batch * width))


def reached(card: str, operations_a_byte: float) -> float:
    """The operations a second that are possible."""
    peak, bandwidth = CARDS[card]
    return min(peak, bandwidth * operations_a_byte)


def measure() -> Numbers:
    """Where the roof bends; intensities; the share of the peak in percent, times in microseconds."""
    peak, bandwidth = CARDS["H100"]
    return {
        "ridge, H100": peak / bandwidth,
        "ridge, A100": CARDS["A100"][0] / CARDS["A100"][1],
        "intensity, batch 1": intensity(1),
        "intensity, batch 512": intensity(512),
        "share, batch 1": 100 * reached("H100", intensity(1)) / peak,
        "microseconds, batch 1": 1e6 * 2 * WIDTH**2 / reached("H100", intensity(1)),
        "microseconds, batch 32": 1e6 * 32 * 2 * WIDTH**2 / reached("H100", intensity(32)),
    }


SAYS = (
    Says("ridge, H100", "295번"),
    Says("ridge, A100", "153번"),
    Says("intensity, batch 1", "1.0번"),
    Says("intensity, batch 512", "410번"),
    Says("share, batch 1", "0.3%"),
)
CONCLUSIONS = (
    Conclusion(
        "a batch of 1 is bound by memory, one of 512 by arithmetic",
        lambda runs: (
            (runs["intensity, batch 1"] < runs["ridge, A100"]).all()
            and (runs["intensity, batch 512"] > runs["ridge, H100"]).all()
        ),
    ),
    Conclusion(
        "the newer card needs more of it", lambda runs: (runs["ridge, H100"] > runs["ridge, A100"]).all()
    ),
)


def draw() -> Figure:
    """Both roofs, and the layer below the newer one."""
    figure, axes = plt.subplots(figsize=(4.5, 4.2))
    x = np.logspace(-1, 4, 300)
    for card, colour, style in (("A100", ORANGE, "--"), ("H100", BLUE, "-")):
        axes.loglog(x, [reached(card, each) / 1e12 for each in x], style, color=colour, lw=2)
        axes.text(9e3, reached(card, 1e4) / 1e12 * 1.12, card, color=colour, ha="right")
    for batch in BATCHES:
        there = intensity(batch)
        axes.plot(there, reached("H100", there) / 1e12, "o", color=BLUE, ms=8)
        right = batch == BATCHES[-1]
        axes.annotate(
            f"배치 {batch}",
            (there, reached("H100", there) / 1e12),
            (6, -15) if right else (-9, 3),
            textcoords="offset points",
            ha="left" if right else "right",
        )
    axes.plot(RELU, reached("H100", RELU) / 1e12, "s", color=PINK, ms=8)
    axes.annotate("ReLU", (RELU, reached("H100", RELU) / 1e12), (12, -22), textcoords="offset points")
    peak, bandwidth = CARDS["H100"]
    axes.axvline(peak / bandwidth, color=GREY, ls=":")
    axes.annotate("295", (peak / bandwidth, 0.25), (5, 0), textcoords="offset points")
    axes.annotate("메모리 한계", (3, 0.6), (0, 0), textcoords="offset points", color=GREEN)
    axes.annotate("연산 한계", (500, 4), (0, 0), textcoords="offset points", color=GREEN)
    axes.set(xlabel="1바이트당 연산 수", ylabel="낼 수 있는 TFLOPS", xlim=(0.1, 1.2e4), ylim=(0.2, 2500))
    axes.set_xticks((0.1, 1, 10, 100, 1000, 10_000), ("0.1", "1", "10", "100", "1천", "1만"))
    axes.set_yticks((1, 10, 100, 1000), ("1", "10", "100", "1,000"))
    axes.minorticks_off()
    return figure
