"""How good the best of k models looks that all toss a coin, by the number of models."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from figures.common import BLUE, GREY, ORANGE, Measured, save

ANSWER = "15-1"

EXAMPLES, ROUNDS = 1000, 2000
MODELS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10000)


def main(path: Path) -> list[Measured]:
    """Draw the validation accuracy of the model that is best there, and its accuracy on a test set."""
    rng = np.random.default_rng(0)
    best, spread, tested = [], [], []
    for models in MODELS:
        # The best of k binomials is drawn through its distribution: the k-th root of a uniform number.
        rounds = rng.binomial(EXAMPLES, 0.5, (ROUNDS, models)) if models <= 100 else None
        if rounds is not None:
            highest = rounds.max(axis=1)
        else:
            highest = np.array([rng.binomial(EXAMPLES, 0.5, models).max() for _ in range(ROUNDS // 10)])
        best.append(100 * float(highest.mean()) / EXAMPLES)
        spread.append(highest)
        tested.append(100 * float(rng.binomial(EXAMPLES, 0.5, len(highest)).mean()) / EXAMPLES)
    print(best, tested)
    return []
