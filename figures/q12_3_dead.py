"""Units that no training example turns on, and accuracy, by learning rate, on sklearn's digits."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "12-3"
SEEDS = 10

SIZES = (64, 64, 64, 64, 10)
EPOCHS, BATCH = 10, 32
RATES = (0.03, 0.1, 0.3, 0.6, 1.0)
Array = NDArray[Any]
Layers = list[tuple[Array, Array]]


def initial(rng: np.random.Generator) -> Layers:
    """Weights by He's initialisation and biases of 0."""
    return [
        (rng.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32), np.zeros(b, dtype=np.float32))
        for a, b in pairwise(SIZES)
    ]


def forward(layers: Layers, x: Array) -> list[Array]:
    """The input, the hidden layers' outputs and the logits."""
    values = [x]
    for weights, bias in layers[:-1]:
        values.append(np.maximum(values[-1] @ weights + bias, 0))
    weights, bias = layers[-1]
    return [*values, values[-1] @ weights + bias]


def train(x: Array, labels: Array, rate: float, epochs: int, seed: int) -> Layers:
    """The layers after SGD on the cross-entropy."""
    rng = np.random.default_rng(seed)
    layers = initial(rng)
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(len(x)), len(x) // BATCH):
            values = forward(layers, x[rows])
            odds = np.exp(values[-1] - values[-1].max(axis=1, keepdims=True))
            delta = odds / odds.sum(axis=1, keepdims=True)
            delta[np.arange(len(rows)), labels[rows]] -= 1
            delta /= len(rows)
            for (weights, bias), before in zip(reversed(layers), reversed(values[:-1]), strict=True):
                weights_gradient, bias_gradient = before.T @ delta, delta.sum(axis=0)
                delta = (delta @ weights.T) * (before > 0)
                weights -= rate * weights_gradient
                bias -= rate * bias_gradient
    return layers


def dead_units(layers: Layers, x: Array) -> Array:
    """Which units no example turns on, a row for each hidden layer."""
    return np.array([h.max(axis=0) <= 0 for h in forward(layers, x)[1:-1]])


@cache
def measure(seed: int, budget: int = 1) -> Numbers:
    """Dead units of each hidden layer and test accuracy at each rate, and what becomes of those born dead."""
    pixels, digits = load_digits(return_X_y=True)
    x, test_x, y, test_y = train_test_split(
        (pixels / 16).astype(np.float32), digits, test_size=0.3, stratify=digits, random_state=seed
    )
    born = dead_units(initial(np.random.default_rng(seed)), x)
    numbers: Numbers = {
        "born dead": float(born.sum()),
        "born dead in layer 3, percent": 100 * float(born[2].mean()),
    }
    for rate in RATES:
        layers = train(x, y, rate, budget * EPOCHS, seed)
        dead = dead_units(layers, x)
        for layer, never in enumerate(dead, start=1):
            numbers[f"dead in layer {layer} at {rate:g}, percent"] = 100 * float(never.mean())
        numbers[f"dead at {rate:g}, percent"] = 100 * float(dead.mean())
        numbers[f"born dead but alive at {rate:g}"] = float((born & ~dead).sum())
        numbers[f"born alive but dead at {rate:g}"] = float((~born & dead).sum())
        zeros = [float((h <= 0).mean()) for h in forward(layers, x)[1:-1]]
        numbers[f"zeros at {rate:g}, percent"] = 100 * float(np.mean(zeros))
        right = forward(layers, test_x)[-1].argmax(axis=1) == test_y
        numbers[f"accuracy at {rate:g}, percent"] = 100 * float(right.mean())
    return numbers


SAYS = (
    Says("zeros at 0.1, percent", "활성값의 41%가 0"),
    Says("dead at 0.1, percent", "유닛은 3.9%(2.1~5.2%)"),
    Says("dead at 0.1, percent", "2.1~5.2%)", "min"),
    Says("dead at 0.1, percent", "5.2%)에", "max"),
    Says("accuracy at 0.1, percent", "정확도는 96%(95~97%)"),
    Says("accuracy at 0.1, percent", "95~97%)", "min"),
    Says("accuracy at 0.1, percent", "97%)였다", "max"),
    Says("dead at 1, percent", "78%(69~90%)가 죽고"),
    Says("dead at 1, percent", "69~90%)", "min"),
    Says("dead at 1, percent", "90%)가 죽고", "max"),
    Says("accuracy at 1, percent", "정확도가 10%(10~20%)로"),
    Says("accuracy at 1, percent", "10~20%)로", "min"),
    Says("accuracy at 1, percent", "20%)로", "max"),
    Says("accuracy at 0.6, percent", "20~95%로", "min"),
    Says("accuracy at 0.6, percent", "95%로", "max"),
    Says("dead at 0.03, percent", "에서 7.0%(3.1~10.4%)"),
    Says("dead at 0.03, percent", "3.1~10.4%)", "min"),
    Says("dead at 0.03, percent", "10.4%), 0.3에서", "max"),
    Says("dead at 0.3, percent", "에서 1.6%(0.5~4.7%)"),
    Says("dead at 0.3, percent", "0.5~4.7%)", "min"),
    Says("dead at 0.3, percent", "4.7%)였다", "max"),
    Says("born dead", "것이 8개(3~13개)"),
    Says("born dead", "3~13개)", "min"),
    Says("born dead", "13개)였는데", "max"),
    Says("born dead but alive at 0.3", "5개(3~10개)가"),
    Says("born dead but alive at 0.3", "3~10개)", "min"),
    Says("born dead but alive at 0.3", "10개)가", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "at 0.1 many zeros and few dead in every run, and it learns",
        lambda runs: (
            (runs["zeros at 0.1, percent"] > 30).all()
            and (runs["dead at 0.1, percent"] < 10).all()
            and np.median(runs["accuracy at 0.1, percent"]) > 90
        ),
    ),
    Conclusion(
        "at 1 most are dead and nearly nothing is learnt",
        lambda runs: (
            np.median(runs["dead at 1, percent"]) > 50 and np.median(runs["accuracy at 1, percent"]) < 30
        ),
    ),
    Conclusion(
        "fewest die at neither end",
        lambda runs: (
            np.median(runs["dead at 0.3, percent"])
            < min(np.median(runs["dead at 0.03, percent"]), np.median(runs["dead at 1, percent"]))
        ),
    ),
    Conclusion(
        "most of those born dead come alive at 0.3",
        lambda runs: runs["born dead but alive at 0.3"].sum() > runs["born dead"].sum() / 2,
    ),
)


def draw() -> Figure:
    """Dead units and test accuracy against the learning rate: medians, and all between least and most."""
    figure, axes = plt.subplots(figsize=(4.5, 3.6))
    runs = [measure(seed) for seed in range(SEEDS)]
    for name, style, colour in (("accuracy", "x--", BLUE), ("dead", "o-", ORANGE)):
        values = np.array([[run[f"{name} at {rate:g}, percent"] for rate in RATES] for run in runs])
        axes.fill_between(RATES, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.2, lw=0)
        axes.semilogx(RATES, np.median(values, axis=0), style, lw=2.2, color=colour)
    axes.text(0.055, 86, "test 정확도", color=BLUE)
    axes.text(0.055, 13, "죽은 유닛", color=ORANGE)
    axes.set(xlabel="SGD의 학습률", ylabel="%", ylim=(-3, 103))
    axes.minorticks_off()
    axes.set_xticks(RATES, [f"{rate:g}" for rate in RATES])
    return figure
