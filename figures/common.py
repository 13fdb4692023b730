"""What all figure scripts share: how pictures look, what was measured, what the answer says of it.

A script ``figures/NAME.py`` has

- ``ANSWER``: the id of the question whose answer shows it;
- ``measure() -> Numbers``, or, where anything is random, ``measure(seed) -> Numbers``, or, where something is
  trained, ``measure(seed, budget=1) -> Numbers``: one run. ``budget`` multiplies the steps (or epochs) of
  training and nothing else. Names of numbers are English words, values are in the unit of the answer's text;
- ``SEEDS``: how many runs are recorded, by seeds 0, 1, …, where ``measure`` takes a seed; ``LONG_SEEDS``, how
  many of them also with three times the budget, where it takes a budget (default 3);
- ``SAYS``: the words of the answer that state numbers (:class:`Says`);
- ``CONCLUSIONS``: what the answer concludes from them (:class:`Conclusion`); none where it only states;
- ``draw() -> Figure``: the picture, drawn once for the day and once for the night. What is dear is
  computed in functions with ``functools.cache``;
- ``SLOW``: why a run takes more than some 3 s, where it does. Tests do not run such a script again.

PyTorch is imported inside the functions that need it: tests read a script's claims without it.

Nothing is chosen on what is reported: a learning rate, a strength, a moment to stop is chosen on validation
data.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from cycler import cycler
from numpy.typing import NDArray
from PIL import Image

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

# By number, so that each theme has its own shades of the Okabe-Ito colours, which stay apart for colour-blind
# readers. INK is that of the text.
BLUE, ORANGE, GREEN, PINK, YELLOW, SKY, GREY, INK = (f"C{number}" for number in range(8))

# A card on a phone is 360 px wide, 328 px without its margins: 4.5 inches, in which 11 pt are 11.1 px.
WIDTH, FONT_SIZE, DPI = 4.5, 11, 200

_FONTS = (
    "NanumBarunGothic",
    "NanumGothic",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
)
_DAY = ("#0072B2", "#D55E00", "#007A5A", "#B0568A", "#B07500", "#2E8BC0", "#666666", "#1c2127")
_NIGHT = ("#6CB8F0", "#FF8A4C", "#3CCB9F", "#E59AC4", "#F0B840", "#9AD7FF", "#A0A7AF", "#e6e9ed")
_THEMES = {"day": ("#ffffff", _DAY), "night": ("#1e2226", _NIGHT)}  # paper as in templates/style.css
_COLOURS = 128  # more than these pictures use, and a third of the bytes

Numbers = dict[str, float]
Runs = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Says:
    """Words of the answer that state a number measured here.

    Attributes:
        number: The name of the number.
        words: The words, exactly as they stand in the answer. The first number in them is what is stated;
            a percentage counts in percent (``"97%"`` is 97). It must be what was measured, rounded to the
            digits that are stated.
        of: What of the recorded runs it is: ``median``, ``mean``, ``min``, ``max``; or ``seed 0``: one run.
        budget: Of the runs with how many times the budget.
    """

    number: str
    words: str
    of: str = "median"
    budget: int = 1

    def value(self, runs: Runs) -> float:
        """What was measured."""
        values = runs[self.number]
        if self.of.startswith("seed "):
            return float(values[int(self.of.removeprefix("seed "))])
        statistics: dict[str, Callable[[Any], Any]] = {
            "median": np.median,
            "mean": np.mean,
            "min": np.min,
            "max": np.max,
        }
        return float(statistics[self.of](values))


@dataclass(frozen=True)
class Conclusion:
    """What the answer concludes, in a form that can fail.

    Attributes:
        says: The conclusion, in English.
        holds: Whether it holds for runs: an array of values for each number, a value a run. It must hold for
            the recorded runs, for any three or more with other seeds, and with three times the budget.
    """

    says: str
    holds: Callable[[Runs], bool | np.bool_]


def font() -> str:
    """The name of a font with Hangul.

    Raises:
        FileNotFoundError: None of those that are known is installed.
    """
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    if found := next((name for name in _FONTS if name in installed), ""):
        return found
    raise FileNotFoundError("no font has Korean letters: apt-get install fonts-nanum")


def theme(name: str) -> Any:
    """Matplotlib's settings for ``day`` or ``night``."""
    paper, colours = _THEMES[name]
    ink = colours[-1]
    return {
        "figure.dpi": DPI,
        "figure.facecolor": paper,
        "figure.figsize": (WIDTH, 3.2),
        "figure.constrained_layout.use": True,
        "savefig.facecolor": paper,
        "axes.facecolor": paper,
        "axes.edgecolor": ink,
        "axes.labelcolor": ink,
        "axes.titlecolor": ink,
        "axes.titlesize": FONT_SIZE,
        "axes.labelsize": FONT_SIZE,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.prop_cycle": cycler(color=colours),
        "font.family": [font(), "DejaVu Sans"],
        "font.size": FONT_SIZE,
        "grid.alpha": 0.25,
        "grid.color": colours[6],
        "legend.fontsize": FONT_SIZE,
        "legend.facecolor": paper,
        "legend.edgecolor": colours[6],
        "legend.labelcolor": ink,
        "lines.color": ink,
        "mathtext.fontset": "dejavusans",
        "patch.edgecolor": ink,
        "text.color": ink,
        "xtick.color": ink,
        "xtick.labelsize": FONT_SIZE,
        "ytick.color": ink,
        "ytick.labelsize": FONT_SIZE,
    }


def paper() -> str:
    """The colour behind the picture, in the theme that is being drawn."""
    return str(plt.rcParams["figure.facecolor"])


def night_path(path: Path) -> Path:
    """Where the variant for the night of a picture stands."""
    return path.with_suffix(f".night{path.suffix}")


def save(draw: Callable[[], Figure], path: Path) -> None:
    """Write a picture as two small PNGs without a date in them: for the day, and for the night.

    Raises:
        ValueError: It is wider than a phone's card, its letters are too small there, or a font lacks one.
    """
    for name, file in (("day", path), ("night", night_path(path))):
        with plt.rc_context(theme(name)):
            figure = draw()
            _check(figure)
            write(figure, file)


def write(figure: Figure, path: Path) -> None:
    """Write a figure as a small PNG without a date in it, and close it."""
    buffer, lacking = io.BytesIO(), _Lacking()
    logging.getLogger("matplotlib").addHandler(lacking)
    try:
        figure.savefig(buffer, format="png", dpi=DPI)
    finally:
        logging.getLogger("matplotlib").removeHandler(lacking)
    plt.close(figure)
    if lacking.said:
        raise ValueError(f"{path.name}: {lacking.said[0]}")
    Image.open(buffer).convert("RGB").quantize(_COLOURS).save(path, optimize=True)


class _Lacking(logging.Handler):
    """What matplotlib says of letters of formulas that no font has; it warns of all others."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is about letters."""
        if "glyph" in record.getMessage():
            self.said.append(record.getMessage())


def _check(figure: Figure) -> None:
    width = figure.get_size_inches()[0]
    if abs(width - WIDTH) > 0.01:
        raise ValueError(f"{width} inches wide instead of {WIDTH}")
    for text in figure.findobj(Text):
        size = float(text.get_fontsize())
        if text.get_visible() and text.get_text().strip() and size < FONT_SIZE:
            raise ValueError(f"letters of {size} pt, less than {FONT_SIZE}: {text.get_text()!r}")
