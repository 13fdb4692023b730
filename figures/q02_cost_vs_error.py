"""Why accuracy is no cost: cross-entropy and error rate of one classifier as its bias moves."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from figures.common import BLUE, GREY, ORANGE, Measured, save

ANSWER = "2"

EACH = 20  # pictures of each digit
CELLS = 2000  # cells of the bias axis


def main(path: Path) -> list[Measured]:
    """Tell 3 from 8 by one feature, the projection onto the difference of the two mean pictures."""
    pictures, digits = load_digits(return_X_y=True)
    threes, eights = pictures[digits == 3][:EACH], pictures[digits == 8][:EACH]
    feature = np.concatenate([threes, eights]) @ (eights.mean(axis=0) - threes.mean(axis=0))
    feature = (feature - feature.mean()) / feature.std()
    is_eight = np.repeat([0.0, 1.0], EACH)

    bias = np.linspace(-4.0, 4.0, CELLS + 1)
    logit = 2.0 * feature + bias[:, None]
    cost = (np.logaddexp(0.0, logit) - is_eight * logit).mean(axis=1)
    error = 100 * ((logit > 0) != (is_eight == 1)).mean(axis=1)
    steps = np.count_nonzero(np.diff(error))

    figure, (top, bottom) = plt.subplots(2, 1, figsize=(6.4, 5.2), sharex=True)
    top.plot(bias, cost, color=BLUE, lw=2)
    top.plot(bias[cost.argmin()], cost.min(), "o", color=BLUE)
    top.set(ylabel="cross-entropy", title="cost: its slope shows the way", ylim=(0, None))
    bottom.plot(bias, error, color=ORANGE, lw=2, drawstyle="steps-mid")
    bottom.set(ylabel="error rate (%)", title="error rate: steps, slope 0", xlabel="bias b", ylim=(0, None))
    for axes in (top, bottom):
        axes.axvline(bias[cost.argmin()], color=GREY, lw=1, ls=":")
    figure.tight_layout()
    save(figure, path)
    return [Measured("cells where the error rate is flat", float(CELLS - steps), "1,961칸", 0.5)]
