"""Accuracy of batch and layer normalization by the batch size of training, on sklearn's digits."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Runs, Says
from figures.normed import Networks, digits, recorded

ANSWER = "16-4"
SLOW = "trains 56 networks a run, some of them two examples at a time"
SEEDS = 10

SIZES, GAIN = (64, 64, 64, 64, 10), 2.0
BATCHES = (2, 4, 16, 64)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
TRAINED_ON, CHOSEN_ON, EPOCHS = 800, 400, 20


def measure(seed: int, budget: int = 1) -> Numbers:
    """Test accuracies in percent, each at the learning rate that is best on validation data."""
    numbers = {}
    for batch in BATCHES:
        for norm in ("batch", "layer"):
            rng = np.random.default_rng(seed)
            train, validation, test = digits(rng, TRAINED_ON, CHOSEN_ON)
            networks = Networks(SIZES, GAIN, norm, RATES, rng)
            networks.train(*train, budget * EPOCHS, batch, rng)
            best = networks.accuracy(*validation).argmax()
            numbers[f"{norm} normalization, {batch}"] = float(networks.accuracy(*test)[best])
    return numbers


def gap(runs: Runs, batch: int) -> float:
    """By how much the median of layer normalization is above that of batch normalization."""
    medians = [np.median(runs[f"{norm} normalization, {batch}"]) for norm in ("layer", "batch")]
    return float(medians[0] - medians[1])


SAYS = (
    Says("layer normalization, 64", "96%(95"),
    Says("layer normalization, 64", "95~98%)로", "min"),
    Says("layer normalization, 64", "98%)로", "max"),
    Says("batch normalization, 64", "98%(96"),
    Says("batch normalization, 64", "96~98%)", "min"),
    Says("batch normalization, 64", "98%)", "max"),
    Says("layer normalization, 2", "96.6%(95"),
    Says("layer normalization, 2", "95~99%)를", "min"),
    Says("layer normalization, 2", "99%)를", "max"),
    Says("batch normalization, 2", "BN은 55%(40"),
    Says("batch normalization, 2", "40~64%)로 무너지고", "min"),
    Says("batch normalization, 2", "64%)로 무너지고", "max"),
)
CONCLUSIONS = (
    Conclusion("batch normalization fails with batches of 2", lambda runs: gap(runs, 2) > 20),
    Conclusion("with 4 it comes close", lambda runs: gap(runs, 4) < 4),
    Conclusion("they are alike with batches of 64", lambda runs: abs(gap(runs, 64)) < 3),
)


def draw() -> Figure:
    """The medians of the recorded runs by batch size, and from the least to the greatest."""
    runs = recorded(__file__)
    figure, axes = plt.subplots(figsize=(4.5, 3.4))
    looks = {"layer": (BLUE, "o-", "LN"), "batch": (ORANGE, "s--", "BN")}
    for norm, (colour, style, label) in looks.items():
        values = np.array([runs[f"{norm} normalization, {batch}"] for batch in BATCHES])
        axes.fill_between(BATCHES, values.min(axis=1), values.max(axis=1), color=colour, alpha=0.2, lw=0)
        axes.plot(BATCHES, np.median(values, axis=1), style, color=colour, lw=2, label=label)
    axes.set_xscale("log", base=2)
    axes.set_xticks(BATCHES, [str(batch) for batch in BATCHES])
    axes.set(xlabel="학습 배치의 크기", ylabel="test 정확도(%)", ylim=(30, 102))
    axes.legend(loc="lower right", frameon=False)
    return figure
