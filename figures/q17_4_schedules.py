"""How often a deep network learns digits, by peak rate: constant, falling, and falling after a warm-up."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREY, ORANGE, Conclusion, Numbers, Says, paper

ANSWER = "17-4"
SEEDS, LONG_SEEDS = 20, 10
SLOW = "trains 24 networks at once for each run"

SIZES = (64, 64, 64, 64, 64, 64, 64, 10)
TRAINED_ON, BATCH, STEPS = 1200, 32, 370
WARMUP = 0.1  # the share of the steps
LEARNT = 90.0  # percent right
RATES = {"momentum": (0.05, 0.1, 0.15, 0.2), "Adam": (0.01, 0.02, 0.04, 0.06)}
SCHEDULES = ("constant", "decay", "warm-up")

Array = NDArray[np.float32]


def schedules(steps: int) -> Array:
    """The rate's share of its peak, a row for each of ``SCHEDULES``."""
    left = 1 - np.arange(steps) / steps
    rising = np.minimum(1, (np.arange(steps) + 1) / (WARMUP * steps))
    return np.stack([np.ones(steps), left, rising * left]).astype(np.float32)


def gradients(
    weights: list[Array], biases: list[Array], x: Array, targets: Array
) -> tuple[list[Array], Array]:
    """Gradients of the mean cross-entropy, of weights and then of biases, and the logits; a network a row."""
    inputs = [np.broadcast_to(x, (len(weights[0]), *x.shape))]
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        inputs.append(np.maximum(inputs[-1] @ w + b, 0))
    z = inputs[-1] @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=-1, keepdims=True))
    p /= p.sum(axis=-1, keepdims=True)
    delta = (p - targets) / np.float32(len(x))
    of_weights: list[Array] = []
    of_biases: list[Array] = []
    for a, w in zip(reversed(inputs), reversed(weights), strict=True):
        of_weights.insert(0, a.transpose(0, 2, 1) @ delta)
        of_biases.insert(0, delta.sum(axis=1, keepdims=True))
        delta = (delta @ w.transpose(0, 2, 1)) * (a > 0)
    return of_weights + of_biases, z


def accuracies(method: str, seed: int, steps: int) -> NDArray[np.float64]:
    """Percent right of the pictures held back, by schedule and rate; all networks start and see alike."""
    rng = np.random.default_rng(seed)
    pixels, digits = load_digits(return_X_y=True)
    order = rng.permutation(len(pixels))
    x, y = (pixels[order] / 16).astype(np.float32), digits[order]
    targets = np.eye(10, dtype=np.float32)[y]
    rates = np.array(RATES[method], np.float32)
    count = len(SCHEDULES) * len(rates)
    weights = [
        np.repeat(rng.normal(0, np.sqrt(2 / a), (1, a, b)).astype(np.float32), count, axis=0)
        for a, b in pairwise(SIZES)
    ]
    biases = [np.zeros((count, 1, b), np.float32) for b in SIZES[1:]]
    parameters = weights + biases
    m, v = ([np.zeros_like(parameter) for parameter in parameters] for _ in range(2))
    rows = np.empty(0, dtype=np.int64)
    for t, shares in enumerate(schedules(steps).T, start=1):
        if len(rows) < BATCH:
            rows = rng.permutation(TRAINED_ON)
        chosen, rows = rows[:BATCH], rows[BATCH:]
        rate = (shares[:, None] * rates).reshape(-1, 1, 1)
        for i, g in enumerate(gradients(weights, biases, x[chosen], targets[chosen])[0]):
            if method == "Adam":
                m[i] = np.float32(0.9) * m[i] + np.float32(0.1) * g
                v[i] = np.float32(0.999) * v[i] + np.float32(0.001) * g**2
                a, b = np.float32(1 - 0.9**t), np.float32(1 - 0.999**t)
                step = m[i] / a / (np.sqrt(v[i] / b) + np.float32(1e-8))
            else:
                step = m[i] = np.float32(0.9) * m[i] + g
            parameters[i] -= rate * step
    logits = gradients(weights, biases, x[TRAINED_ON:], targets[TRAINED_ON:])[1]
    right = (logits.argmax(axis=-1) == y[TRAINED_ON:]) & np.isfinite(logits).all(axis=-1)
    percent: NDArray[np.float64] = 100 * right.mean(axis=-1).reshape(len(SCHEDULES), len(rates))
    return percent


def measure(seed: int, budget: int = 1) -> Numbers:
    """Percent right, and 100 where that is enough to say that it learnt, by method, schedule and rate."""
    numbers: Numbers = {}
    for method, rates in RATES.items():
        with np.errstate(all="ignore"):  # what diverges counts as not learnt
            found = accuracies(method, seed, budget * STEPS)
        for name, row in zip(SCHEDULES, found, strict=True):
            for rate, score in zip(rates, row, strict=True):
                numbers[f"{method}, {name}, {rate}"] = float(score)
                numbers[f"learnt: {method}, {name}, {rate}"] = 100.0 * float(score > LEARNT)
    return numbers


SAYS = (
    Says("learnt: momentum, constant, 0.1", "0%에서", "mean"),
    Says("learnt: momentum, decay, 0.1", "90%로", "mean"),
    Says("learnt: momentum, warm-up, 0.1", "90%였다", "mean"),
    Says("learnt: momentum, constant, 0.15", "0%라서", "mean"),
    Says("learnt: momentum, decay, 0.15", "0%라서", "mean"),
    Says("learnt: momentum, warm-up, 0.15", "0%라서", "mean"),
    Says("learnt: Adam, constant, 0.04", "0%, 감쇠하면", "mean"),
    Says("learnt: Adam, decay, 0.04", "65%, 워밍업까지 더하면", "mean"),
    Says("learnt: Adam, warm-up, 0.04", "100%였고", "mean"),
    Says("learnt: Adam, decay, 0.06", "5%에서", "mean"),
    Says("learnt: Adam, warm-up, 0.06", "85%로", "mean"),
)
CONCLUSIONS = (
    Conclusion(
        "decay makes rates usable that are too large when they stay",
        lambda runs: all(
            np.mean(runs[f"{name}, decay, {rate}"] - runs[f"{name}, constant, {rate}"]) > 0
            for name, rate in (("momentum", 0.1), ("Adam", 0.04))
        ),
    ),
    Conclusion(
        "warm-up helps Adam at a rate that decay alone hardly makes usable",
        lambda runs: np.median(runs["Adam, warm-up, 0.04"] - runs["Adam, decay, 0.04"]) > 0,
    ),
    Conclusion(
        "the next rate is too large for most networks with momentum, whatever the schedule",
        lambda runs: all(np.mean(runs[f"learnt: momentum, {name}, 0.15"]) < 50 for name in SCHEDULES),
    ),
)


def draw() -> Figure:
    """The share of the runs that learnt, for both methods and each schedule and rate."""
    text = (Path(__file__).parent / "measured" / f"{Path(__file__).stem}.json").read_text(encoding="utf-8")
    runs = [run["numbers"] for run in json.loads(text) if run["budget"] == 1]
    styles = (("고정", GREY, ""), ("감쇠", ORANGE, "//"), ("워밍업과 감쇠", BLUE, ".."))
    figure, panels = plt.subplots(2, figsize=(4.5, 5.4))
    for axes, (method, title) in zip(panels, (("momentum", "모멘텀 SGD"), ("Adam", "Adam")), strict=True):
        rates = RATES[method]
        for place, (name, (label, colour, hatch)) in enumerate(zip(SCHEDULES, styles, strict=True)):
            shares = [np.mean([run[f"learnt: {method}, {name}, {rate}"] for run in runs]) for rate in rates]
            axes.bar(
                np.arange(len(rates)) + 0.28 * (place - 1),
                shares,
                0.26,
                color=colour,
                hatch=hatch,
                edgecolor=paper(),
                label=label,
            )
        axes.set(title=title, ylim=(0, 105), xticks=range(len(rates)), yticks=(0, 50, 100))
        axes.set_xticklabels([f"{rate:g}" for rate in rates])
        axes.set_ylabel(f"{LEARNT:.0f}%를 넘긴 비율(%)")
    panels[0].legend(loc="upper right")
    panels[1].set_xlabel("최고 학습률")
    return figure
