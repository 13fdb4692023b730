"""Units that no training example turns on, and accuracy, by learning rate, on sklearn's digits."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from figures.common import GREY, Measured, save

ANSWER = "12-3"
SLOW = "trains 15 networks"

Array = NDArray[np.float32]
Layers = list[tuple[Array, Array]]
SIZES = (64, 64, 64, 64, 10)
EPOCHS, BATCH, SEEDS = 10, 32, 3
RATES = (0.03, 0.1, 0.3, 0.6, 1.0)


def initial(rng: np.random.Generator) -> Layers:
    """Return weights by He's initialisation and biases of 0."""
    return [
        (rng.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32), np.zeros(b, dtype=np.float32))
        for a, b in pairwise(SIZES)
    ]


def forward(layers: Layers, x: Array) -> list[Array]:
    """Return the input, the hidden layers' outputs and the logits."""
    values = [x]
    for weights, bias in layers[:-1]:
        values.append(np.maximum(values[-1] @ weights + bias, 0))
    weights, bias = layers[-1]
    return [*values, values[-1] @ weights + bias]


def train(x: Array, labels: NDArray[np.int64], rate: float, rng: np.random.Generator) -> Layers:
    """Return the layers after SGD on the cross-entropy."""
    layers = initial(rng)
    for _ in range(EPOCHS):
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


def dead_units(layers: Layers, x: Array) -> list[NDArray[np.bool_]]:
    """Return per hidden layer which units no example turns on."""
    return [h.max(axis=0) <= 0 for h in forward(layers, x)[1:-1]]


def dead_shares(layers: Layers, x: Array) -> list[float]:
    """Return in percent, per hidden layer, how many units no example turns on."""
    return [100 * float(never.mean()) for never in dead_units(layers, x)]


def main(path: Path) -> list[Measured]:
    """Draw the share of dead units per layer, and the test accuracy, against the learning rate."""
    pixels, digits = load_digits(return_X_y=True)
    x, test_x, y, test_y = train_test_split(
        (pixels / 16).astype(np.float32), digits, test_size=0.3, stratify=digits, random_state=0
    )
    dead = np.zeros((SEEDS, len(RATES), 3))
    off, score = np.zeros((2, SEEDS, len(RATES)))
    revived = np.zeros(len(RATES))  # units of layer 3 that were dead before training
    born_dead = [dead_units(initial(np.random.default_rng(seed)), x)[2] for seed in range(SEEDS)]
    for seed in range(SEEDS):
        for column, rate in enumerate(RATES):
            layers = train(x, y, rate, np.random.default_rng(seed))
            dead[seed, column] = dead_shares(layers, x)
            revived[column] += (born_dead[seed] & ~dead_units(layers, x)[2]).sum()
            off[seed, column] = 100 * np.mean([h <= 0 for h in forward(layers, x)[1:-1]])
            score[seed, column] = 100 * (forward(layers, test_x)[-1].argmax(axis=1) == test_y).mean()
    figure, axes = plt.subplots(figsize=(6.4, 4))
    for layer, style in enumerate(("o-", "s-", "^-")):
        label = f"dead units, layer {layer + 1}"
        axes.semilogx(RATES, dead.mean(axis=0)[:, layer], style, lw=2, label=label)
    axes.semilogx(RATES, score.mean(axis=0), "x--", lw=2, color=GREY, label="test accuracy")
    axes.set(xlabel="learning rate of SGD", ylabel="%", ylim=(-3, 103))
    axes.minorticks_off()
    axes.set_xticks(RATES, [f"{rate:g}" for rate in RATES])
    axes.legend(loc="center left")
    figure.tight_layout()
    save(figure, path)
    dead, off, score = dead.mean(axis=0), off.mean(axis=0), score.mean(axis=0)
    return [
        Measured("zeros among activations at 0.1", off[1], "42%가 0", 3),
        Measured("dead at 0.1, layer 1", dead[1, 0], "3%, 5%, 5%", 1),
        Measured("dead at 0.1, layer 2", dead[1, 1], "5%, 5%에", 1),
        Measured("accuracy at 0.1", score[1], "96.4%", 1),
        Measured("dead at 1, layer 1", dead[4, 0], "65%, 70%, 95%", 4),
        Measured("dead at 1, layer 2", dead[4, 1], "70%, 95%가", 4),
        Measured("dead at 1, layer 3", dead[4, 2], "95%가 죽고", 4),
        Measured("accuracy at 1", score[4], "16%로", 8),
        Measured("dead before training, layer 3", float(np.sum(born_dead)), "8개 가운데", 0),
        Measured("dead before training and alive after 0.3, layer 3", revived[2], "7개가 학습률", 1),
        Measured("dead before training, layer 3, percent", 100 * float(np.mean(born_dead)), "4%에서", 1),
        Measured("dead at 0.03, layer 3", dead[0, 2], "13%로", 3),
    ]
