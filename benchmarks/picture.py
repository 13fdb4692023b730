"""The picture of ``benchmarks/README.md``: seconds on the clock by the number of files."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from figures.common import BLUE, GREEN, GREY, ORANGE, PINK, theme, write
from matplotlib.figure import Figure

from benchmarks import report
from benchmarks.report import OTHERS, OURS, Measured

# Ours are blue and drawn thick; colour, dash and mark tell each line.
LOOKS = {
    "cold": (BLUE, "-", "o"),
    "unchanged": (BLUE, ":", "o"),
    "one changed": (BLUE, "--", "o"),
    "mistune": (GREY, "-", "s"),
    "rumdl, cold": (ORANGE, "-", "^"),
    "rumdl, warm": (ORANGE, ":", "^"),
    "mdlinkcheck": (GREEN, "-", "D"),
    "markdownlint-cli2": (PINK, "-", "v"),
}
NAMES = OURS | {name: name for name in OTHERS} | {"mistune": "bare mistune"}


def draw(measured: Measured, path: Path) -> None:
    """Write the picture of what was measured."""
    with plt.rc_context(theme("day")):
        write(_drawn(measured), path)


def _drawn(measured: Measured) -> Figure:
    figure, axes = plt.subplots(figsize=(7.4, 5.2))
    ends: list[tuple[float, float, str]] = []
    for task, (colour, dash, mark) in LOOKS.items():
        points = [
            (number, took.wall)
            for number in report.sizes(False)
            if (took := measured.took(report.files(number)).get(task))
        ]
        if points:
            x, y = zip(*points, strict=True)
            ours = task in OURS
            axes.plot(
                x, y, color=colour, linestyle=dash, marker=mark, markersize=5, linewidth=2.4 if ours else 1.4
            )
            ends.append((x[-1], y[-1], task))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("files of 17 KB")
    axes.set_ylabel("wall time, seconds")
    axes.set_xticks(report.sizes(False), [f"{number:,}" for number in report.sizes(False)])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_title(
        f"Linting a folder, wall time: {measured.setting.get('machine', '')}", loc="left", fontsize=12
    )
    _label(ends)
    return figure


def _label(ends: list[tuple[float, float, str]]) -> None:
    """Write each line's name at its end; a line that ends early has it above."""
    axes = plt.gca()
    low, high = np.log10(axes.get_ylim())
    furthest = max(x for x, _, _ in ends)
    last = sorted((float(np.log10(y)), task) for x, y, task in ends if x == furthest)
    heights = _apart([height for height, _ in last], float(high - low) * 0.045)
    for (_, task), height in zip(last, heights, strict=True):
        axes.text(furthest * 1.18, 10**height, NAMES[task], color=LOOKS[task][0], va="center", fontsize=10)
    for x, y, task in ends:
        if x != furthest:
            axes.text(x * 0.82, y * 1.2, NAMES[task], color=LOOKS[task][0], ha="right", fontsize=10)


def _apart(heights: list[float], step: float) -> list[float]:
    """The nearest heights, in the same order, that are at least a step apart."""
    heaps: list[list[float]] = []
    for height in heights:
        heaps.append([height])
        while len(heaps) > 1 and _bottom(heaps[-1], step) < _bottom(heaps[-2], step) + step * len(heaps[-2]):
            heaps[-2:] = [heaps[-2] + heaps[-1]]
    return [_bottom(heap, step) + step * place for heap in heaps for place in range(len(heap))]


def _bottom(heap: list[float], step: float) -> float:
    """Where the lowest of a heap stands, if it is spread around its middle."""
    return sum(heap) / len(heap) - step * (len(heap) - 1) / 2
