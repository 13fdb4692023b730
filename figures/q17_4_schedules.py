"""Accuracy on digits by peak learning rate: constant, falling, and falling after a warm-up."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREY, ORANGE, Measured, save

ANSWER = "17-4"
SLOW = "trains 108 networks"

SIZES = (64, 64, 64, 64, 64, 64, 64, 10)
TRAINED_ON, BATCH, STEPS, SEEDS = 1200, 32, 370, 3
RATES = {"momentum": (0.01, 0.03, 0.06, 0.1, 0.2, 0.4), "Adam": (0.001, 0.003, 0.01, 0.03, 0.06, 0.1)}

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

WARMED = "10% warm-up, then decay"
LEFT = 1 - np.arange(STEPS) / STEPS
SCHEDULES: dict[str, tuple[Array, str, str]] = {
    "constant": (np.ones(STEPS), GREY, "s:"),
    "linear decay": (LEFT, ORANGE, "^--"),
    WARMED: (np.minimum(1, (np.arange(STEPS) + 1) / (0.1 * STEPS)) * LEFT, BLUE, "o-"),
}


def forward(weights: list[Array], biases: list[Array], x: Array) -> list[Array]:
    """Return the input of every layer, and the logits."""
    values = [x]
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        values.append(np.maximum(values[-1] @ w + b, 0))
    return [*values, values[-1] @ weights[-1] + biases[-1]]


def gradients(weights: list[Array], biases: list[Array], x: Array, y: Labels) -> list[Array]:
    """Return the gradients of the mean cross-entropy, first of all weights, then of all biases."""
    *inputs, z = forward(weights, biases, x)
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    delta = (p - np.eye(10)[y]) / len(y)
    of_weights: list[Array] = []
    of_biases: list[Array] = []
    for a, w in zip(reversed(inputs), reversed(weights), strict=True):
        of_weights.insert(0, a.T @ delta)
        of_biases.insert(0, delta.sum(axis=0))
        delta = delta @ w.T * (a > 0)
    return of_weights + of_biases


def accuracy(method: str, rates: Array, seed: int, x: Array, y: Labels) -> float:
    """Train on the first examples, and return the accuracy in percent on the others."""
    rng = np.random.default_rng(seed)
    weights: list[Array] = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in pairwise(SIZES)]
    biases: list[Array] = [np.zeros(b) for b in SIZES[1:]]
    parameters = weights + biases
    m, v = ([np.zeros_like(parameter) for parameter in parameters] for _ in range(2))
    rows: NDArray[np.int64] = np.empty(0, dtype=np.int64)
    for t, rate in enumerate(rates, start=1):
        if len(rows) < BATCH:
            rows = rng.permutation(TRAINED_ON)
        chosen, rows = rows[:BATCH], rows[BATCH:]
        for i, g in enumerate(gradients(weights, biases, x[chosen], y[chosen])):
            if method == "Adam":
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g**2
                step = m[i] / (1 - 0.9**t) / (np.sqrt(v[i] / (1 - 0.999**t)) + 1e-8)
            else:
                step = m[i] = 0.9 * m[i] + g
            parameters[i] -= rate * step
    logits = forward(weights, biases, x[TRAINED_ON:])[-1]
    return 100 * float((logits.argmax(axis=1) == y[TRAINED_ON:]).mean())


def main(path: Path) -> list[Measured]:
    """Draw both methods, each with its three schedules."""
    pixels, digits = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(pixels))
    x, y = pixels[order] / 16, digits[order]
    scores: dict[tuple[str, str, float], float] = {}
    figure, panels = plt.subplots(2, 1, figsize=(6.4, 6.4), layout="constrained")
    for axes, (method, rates) in zip(panels, RATES.items(), strict=True):
        for name, (schedule, colour, marker) in SCHEDULES.items():
            for rate in rates:
                with np.errstate(over="ignore", invalid="ignore"):
                    runs = [accuracy(method, rate * schedule, seed, x, y) for seed in range(SEEDS)]
                scores[method, name, rate] = float(np.mean(runs))
            axes.semilogx(rates, [scores[method, name, r] for r in rates], marker, color=colour, label=name)
        axes.set(title=method, ylabel="test accuracy (%)", ylim=(0, 103))
        axes.set_xticks(rates, [f"{rate:g}" for rate in rates])
        axes.minorticks_off()
    panels[0].legend(loc="lower left")
    panels[1].set_xlabel("peak learning rate")
    save(figure, path)
    return [
        Measured("momentum, 0.06, constant", scores["momentum", "constant", 0.06], "85%에서", 6),
        Measured("momentum, 0.06, decay", scores["momentum", "linear decay", 0.06], "97%로,", 2),
        Measured("momentum, 0.1, constant", scores["momentum", "constant", 0.1], "20%에서", 12),
        Measured("momentum, 0.1, decay", scores["momentum", "linear decay", 0.1], "94%로", 4),
        Measured("momentum, 0.06, warm-up", scores["momentum", WARMED, 0.06], "96.5%,", 1.5),
        Measured("momentum, 0.06, decay alone", scores["momentum", "linear decay", 0.06], "97.2%로", 1.5),
        Measured("Adam, 0.06, constant", scores["Adam", "constant", 0.06], "42%였고", 20),
        Measured("Adam, 0.06, decay", scores["Adam", "linear decay", 0.06], "74%,", 12),
        Measured("Adam, 0.06, warm-up", scores["Adam", WARMED, 0.06], "93%까지", 5),
        Measured("Adam, 0.001, constant", scores["Adam", "constant", 0.001], "97.0%인데", 1.5),
        Measured("Adam, 0.001, decay", scores["Adam", "linear decay", 0.001], "96.4%로", 1.5),
    ]
