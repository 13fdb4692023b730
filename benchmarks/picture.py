"""The picture of ``benchmarks/README.md``: seconds on the clock by the number of files."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from figures.common import BLUE, GREEN, GREY, ORANGE, PINK, save

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
    figure, axes = plt.subplots(figsize=(8.4, 5.6))
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
    axes.set_title(f"Linting a folder: {measured.setting.get('machine', '')}", loc="left", fontsize=12)
    _label(ends)
    save(figure, path)


def _label(ends: list[tuple[float, float, str]]) -> None:
    """Write each line's name at its end, apart from the others that end there."""
    axes = plt.gca()
    low, high = np.log10(axes.get_ylim())
    step = (high - low) * 0.045
    placed: dict[float, float] = {}
    for x, y, task in sorted(ends):
        height = max(float(np.log10(y)), placed.get(x, low) + step)
        placed[x] = height
        axes.annotate(
            NAMES[task],
            (x, y),
            (x * 1.18, 10**height),
            color=LOOKS[task][0],
            va="center",
            fontsize=10,
            annotation_clip=False,
        )
