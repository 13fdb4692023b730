"""Why accuracy is no cost: cross-entropy and error rate of one classifier as its bias moves."""

from __future__ import annotations

from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "2"
SEEDS = 10

EACH = 20  # pictures of each digit
CELLS = 10_000  # cells of the bias axis


@cache
def curves(seed: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Bias, cross-entropy and error rate in percent.

    3 is told from 8 by one feature, the projection onto the difference of the two mean pictures.
    """
    pictures, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(seed)
    threes = rng.permutation(pictures[digits == 3])[:EACH]
    eights = rng.permutation(pictures[digits == 8])[:EACH]
    feature = np.concatenate([threes, eights]) @ (eights.mean(axis=0) - threes.mean(axis=0))
    feature = (feature - feature.mean()) / feature.std()
    is_eight = np.repeat([0.0, 1.0], EACH)
    bias = np.linspace(-4.0, 4.0, CELLS + 1)
    logit = 2.0 * feature + bias[:, None]
    cost = (np.logaddexp(0.0, logit) - is_eight * logit).mean(axis=1)
    error = 100 * ((logit > 0) != (is_eight == 1)).mean(axis=1)
    return bias, cost, error


def measure(seed: int) -> Numbers:
    """How often the error rate jumps, and on how much of the axis the cost moves, in percent."""
    _, cost, error = curves(seed)
    return {
        "jumps": float(np.count_nonzero(np.diff(error))),
        "cells where the cost moves": 100 * float(np.count_nonzero(np.diff(cost))) / CELLS,
    }


SAYS = (Says("jumps", "최대 40번뿐", "max"),)
CONCLUSIONS = (
    Conclusion("each picture makes one jump at most", lambda runs: (runs["jumps"] <= 2 * EACH).all()),
    Conclusion("the cost moves everywhere", lambda runs: (runs["cells where the cost moves"] == 100).all()),
)


def draw() -> Figure:
    """The cost above the error rate, for one choice of the pictures."""
    bias, cost, error = curves(0)
    best = bias[cost.argmin()]
    figure, (top, bottom) = plt.subplots(2, figsize=(4.5, 4.6), sharex=True)
    top.plot(bias, cost, color=BLUE, lw=2)
    top.plot(best, cost.min(), "o", color=BLUE)
    top.set(ylabel="교차 엔트로피", title="비용: 비탈이 갈 곳을 알려 준다", ylim=(0, None))
    bottom.plot(bias, error, color=ORANGE, lw=2, drawstyle="steps-mid")
    bottom.set(ylabel="오류율(%)", title="오류율: 평평한 계단", xlabel="편향 b", ylim=(0, None))
    for axes in (top, bottom):
        axes.axvline(best, color=GREY, lw=1, ls=":")
    return figure
