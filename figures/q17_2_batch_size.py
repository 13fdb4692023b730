"""What the batch size does to the steps, and to the pictures looked at, until a network reads digits."""

from __future__ import annotations

import math
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "17-2"
SEEDS = 10

BATCHES = (1, 4, 16, 64, 256, 1024)
RATES = tuple(0.02 * 2.0**k for k in range(7))  # 0.02 to 1.28
TRAINED_ON, CHOSEN_ON = 1024, 386  # the other 387 pictures are tested
HIDDEN = 32
TARGET = 0.95
LONGEST = 20_000  # steps

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def logits(parameters: list[Array], x: Array) -> tuple[Array, Array]:
    """The hidden layer and the logits of each network, a network for each row of the parameters."""
    w1, b1, w2, b2 = parameters
    h = np.maximum(x @ w1 + b1, 0)
    return h, h @ w2 + b2


def steps_needed(
    batch: int,
    rates: Array,
    rng: np.random.Generator,
    train: tuple[Array, Labels],
    seen: tuple[Array, Labels],
) -> Array:
    """Steps of SGD until the target is reached on the pictures ``seen``, by rate; infinity where it is not.

    It is looked for whenever the steps have grown by 3%.
    """
    x, y = train[0], np.eye(10)[train[1]]
    count = len(rates)
    w1 = np.repeat(rng.normal(0, np.sqrt(2 / 64), (1, 64, HIDDEN)), count, axis=0)
    w2 = np.repeat(rng.normal(0, np.sqrt(2 / HIDDEN), (1, HIDDEN, 10)), count, axis=0)
    parameters = [w1, np.zeros((count, 1, HIDDEN)), w2, np.zeros((count, 1, 10))]
    needed = np.full(count, np.inf)
    step, look = 0, 1
    while step < LONGEST:
        while step < look:
            rows = rng.integers(0, len(x), batch)
            h, z = logits(parameters, x[rows])
            p = np.exp(z - z.max(axis=-1, keepdims=True))
            p /= p.sum(axis=-1, keepdims=True)
            dz = (p - y[rows]) / batch
            dh = (dz @ parameters[2].transpose(0, 2, 1)) * (h > 0)
            gradients = (
                x[rows].T @ dh,
                dh.sum(axis=1, keepdims=True),
                h.transpose(0, 2, 1) @ dz,
                dz.sum(axis=1, keepdims=True),
            )
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= rates[:, None, None] * gradient
            step += 1
        right = (logits(parameters, seen[0])[1].argmax(axis=-1) == seen[1]).mean(axis=-1)
        needed[(right >= TARGET) & np.isinf(needed)] = step
        if np.isfinite(needed).any():  # no other rate is faster
            break
        look = max(step + 1, math.ceil(1.03 * step))
    return needed


@cache
def run(seed: int) -> tuple[tuple[float, float], ...]:
    """Steps and rate of each batch size: the rate chosen by validation, the steps of another run by the test."""
    rng = np.random.default_rng(seed)
    pixels, digits = load_digits(return_X_y=True)
    order = rng.permutation(len(pixels))
    x, y = pixels[order] / 16, digits[order].astype(np.int64)
    cuts = [TRAINED_ON, TRAINED_ON + CHOSEN_ON]
    train, validation, test = zip(np.split(x, cuts), np.split(y, cuts), strict=True)
    found = []
    for batch in BATCHES:
        rate = RATES[int(steps_needed(batch, np.array(RATES), rng, train, validation).argmin())]
        found.append((float(steps_needed(batch, np.array([rate]), rng, train, test)[0]), rate))
    return tuple(found)


def measure(seed: int) -> Numbers:
    """Steps and the best of ``RATES`` for each batch size."""
    numbers: Numbers = {}
    for batch, (steps, rate) in zip(BATCHES, run(seed), strict=True):
        numbers[f"steps, {batch}"], numbers[f"rate, {batch}"] = steps, rate
    return numbers


SAYS = ()
CONCLUSIONS = (Conclusion("x", lambda runs: True),)


def draw() -> Figure:
    return plt.figure()
