"""Accuracy of an 8-layer ReLU network on digits by learning rate, initialization and batch normalization."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from figures.common import BLUE, GREEN, ORANGE, PINK, Conclusion, Numbers, Runs, Says
from figures.normed import Networks, digits, recorded

ANSWER = "16"
SLOW = "trains 29 networks a run"
SEEDS = 10

RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
SIZES = (64, *[64] * 8, 10)
TRAINED_ON, EPOCHS, BATCH = 1200, 20, 60
GAINS = {"He": 2.0, "small": 1 / 3}  # times 1 / n_in; PyTorch's default for a linear layer is 1/3
NORMS = {"BN": "batch", "no BN": ""}
PATIENT, PATIENT_RATE = 200, 0.2  # epochs of small weights without BN; the rate from runs with other seeds


def measure(seed: int, budget: int = 1) -> Numbers:
    """Test accuracies in percent, all of the grid: nothing is chosen.

    Last comes one network with small weights and without batch normalization that trains for ten times the
    plain budget, whatever the budget is.
    """
    numbers = {}
    for init, gain in GAINS.items():
        for name, norm in NORMS.items():
            rng = np.random.default_rng(seed)
            train, test = digits(rng, TRAINED_ON)
            networks = Networks(SIZES, gain, norm, RATES, rng)
            networks.train(*train, budget * EPOCHS, BATCH, rng)
            for rate, accuracy in zip(RATES, networks.accuracy(*test), strict=True):
                numbers[f"{init}, {name}, {rate:g}"] = float(accuracy)
    numbers["small, no BN, greatest"] = max(numbers[f"small, no BN, {rate:g}"] for rate in RATES)
    rng = np.random.default_rng(seed)
    train, test = digits(rng, TRAINED_ON)
    patient = Networks(SIZES, GAINS["small"], NORMS["no BN"], (PATIENT_RATE,), rng)
    patient.train(*train, PATIENT, BATCH, rng)
    numbers["small, no BN, patient"] = float(patient.accuracy(*test)[0])
    return numbers


def medians(runs: Runs, init: str, name: str) -> dict[float, float]:
    """The median over the runs for each learning rate."""
    return {rate: float(np.median(runs[f"{init}, {name}, {rate:g}"])) for rate in RATES}


SAYS = (
    Says("He, BN, 0.1", "97%(95"),
    Says("He, BN, 0.1", "95~98%)와", "min"),
    Says("He, BN, 0.1", "98%)와", "max"),
    Says("He, no BN, 0.1", "BN 없이도 96%(54"),
    Says("He, no BN, 0.1", "54~97%)로", "min"),
    Says("He, no BN, 0.1", "97%)로", "max"),
    Says("small, no BN, patient", "95%(41"),
    Says("small, no BN, patient", "41~97%)까지", "min"),
    Says("small, no BN, patient", "97%)까지", "max"),
    Says("small, no BN, greatest", "10%(9"),
    Says("small, no BN, greatest", "9~11%)였다", "min"),
    Says("small, no BN, greatest", "11%)였다", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "with BN both initializations learn at all rates from 0.03 to 3",
        lambda runs: all(medians(runs, init, "BN")[rate] > 90 for init in GAINS for rate in RATES[2:]),
    ),
    Conclusion(
        "without BN large rates fail from He's weights",
        lambda runs: max(medians(runs, "He", "no BN")[rate] for rate in RATES[5:]) < 20,
    ),
    Conclusion(
        "without BN small weights lag behind at every rate, also with three times the epochs",
        lambda runs: np.median(runs["small, no BN, greatest"]) < 80,
    ),
    Conclusion(
        "but they learn in the end",
        lambda runs: np.median(runs["small, no BN, patient"]) > 85,
    ),
    Conclusion(
        "at 0.1, He's weights do without BN",
        lambda runs: abs(medians(runs, "He", "BN")[0.1] - medians(runs, "He", "no BN")[0.1]) < 3,
    ),
)


def draw() -> Figure:
    """The medians by learning rate, with and without batch normalization, from two initializations."""
    runs = recorded(__file__)
    figure, axes = plt.subplots(figsize=(4.5, 3.9))
    looks = {
        ("He", "BN"): (BLUE, "o-", "BN, He"),
        ("small", "BN"): (GREEN, "s-", "BN, 작은 가중치"),
        ("He", "no BN"): (ORANGE, "o--", "BN 없음, He"),
        ("small", "no BN"): (PINK, "s--", "BN 없음, 작은 가중치"),
    }
    for (init, name), (colour, style, label) in looks.items():
        values = np.array([runs[f"{init}, {name}, {rate:g}"] for rate in RATES])
        axes.fill_between(RATES, values.min(axis=1), values.max(axis=1), color=colour, alpha=0.15, lw=0)
        axes.plot(RATES, np.median(values, axis=1), style, color=colour, label=label)
    axes.set_xscale("log")
    axes.set_xticks(RATES, [f"{rate:g}" for rate in RATES])
    axes.minorticks_off()
    axes.set(xlabel="학습률", ylabel="test 정확도(%)", ylim=(0, 104))
    figure.legend(loc="outside upper center", ncols=2, frameon=False, columnspacing=1)
    return figure
