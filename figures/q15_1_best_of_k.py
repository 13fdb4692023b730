"""How good the best of k models looks that all toss a coin, by the number of models: computed exactly."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "15-1"

Array = NDArray[np.float64]
EXAMPLES = 1000
MODELS = np.array([1, 3, 10, 30, 100, 300, 1000, 3000, 10_000])


@cache
def right() -> Array:
    """Probability that a coin is right on at most 0, 1, … of the examples."""
    heads = np.arange(1, EXAMPLES + 1)
    log_ways = np.concatenate([[0.0], np.cumsum(np.log(EXAMPLES + 1 - heads) - np.log(heads))])
    return np.asarray(np.minimum(np.cumsum(np.exp(log_ways - EXAMPLES * np.log(2))), 1))


def best_of(models: int) -> tuple[float, float, float]:
    """Mean, 5th and 95th percentile of the best accuracy of independent models, in percent."""
    at_most = right() ** models
    low, high = np.searchsorted(at_most, (0.05, 0.95))
    return 100 * float((1 - at_most).sum()) / EXAMPLES, 100 * low / EXAMPLES, 100 * high / EXAMPLES


def bound(models: int) -> float:
    """What the mean does not exceed, in percent."""
    return 50 + 100 * float(np.sqrt(np.log(models) / 2 / EXAMPLES))


def measure() -> Numbers:
    """Expected accuracies of the winner on the set that chose it; on any other it is 50."""
    return {
        **{f"best of {models}": best_of(models)[0] for models in MODELS.tolist()},
        "bound for 10000": bound(10_000),
    }


SAYS = (
    Says("best of 10", "52.4%"),
    Says("best of 1000", "55.1%"),
    Says("best of 10000", "56.1%"),
)
CONCLUSIONS = (
    Conclusion(
        "the mean stays below the bound",
        lambda runs: all((runs[f"best of {models}"] <= bound(models)).all() for models in MODELS.tolist()),
    ),
    Conclusion(
        "and comes within 1.1 percentage points of it",
        lambda runs: all(
            (runs[f"best of {models}"] > bound(models) - 1.1).all() for models in MODELS.tolist()
        ),
    ),
)


def draw() -> Figure:
    """The winner's accuracy on the validation set that chose it, and on a test set; bands hold 90 %."""
    figure, axes = plt.subplots(figsize=(4.5, 3.4))
    chosen = np.array([best_of(models) for models in MODELS.tolist()])
    tested = np.tile(best_of(1), (len(MODELS), 1))
    for colour, accuracies, marker in ((ORANGE, chosen, "o-"), (BLUE, tested, "s--")):
        axes.plot(MODELS, accuracies[:, 0], marker, color=colour)
        axes.fill_between(MODELS, accuracies[:, 1], accuracies[:, 2], color=colour, alpha=0.15, lw=0)
    axes.set_xscale("log")
    axes.text(1, 54.9, "뽑힌 모델,\n고르는 데 쓴 세트", color=ORANGE)
    axes.text(10_000, 46.3, "같은 모델, 새 test 세트", color=BLUE, ha="right")
    axes.set(xlabel="견준 모델의 수 k", ylabel="정확도(%)", ylim=(45.5, 58.5))
    return figure
