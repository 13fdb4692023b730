"""What the batch size does to the steps, and to the pictures looked at, until a network reads digits."""

from __future__ import annotations

import json
import math
from pathlib import Path

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
TARGET = 0.92
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


def run(seed: int) -> tuple[tuple[float, float], ...]:
    """Steps and rate of each batch size: the rate chosen by validation, the steps of a new run by test."""
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


SAYS = (
    Says("steps, 1", "967스텝(642~2,200스텝)"),
    Says("steps, 1", "642~2,200스텝)", "min"),
    Says("steps, 1", "2,200스텝)", "max"),
    Says("steps, 16", "109스텝(56~167스텝)"),
    Says("steps, 16", "56~167스텝)", "min"),
    Says("steps, 16", "167스텝)", "max"),
    Says("steps, 64", "62스텝(30~125스텝)"),
    Says("steps, 64", "30~125스텝)", "min"),
    Says("steps, 64", "125스텝)", "max"),
    Says("steps, 1024", "45스텝(31~95스텝)"),
    Says("steps, 1024", "31~95스텝)", "min"),
    Says("steps, 1024", "95스텝)", "max"),
    Says("rate, 1", "0.04(0.04~0.08)에서"),
    Says("rate, 1", "0.04~0.08)에서", "min"),
    Says("rate, 1", "0.08)에서", "max"),
    Says("rate, 64", "0.64(0.32~0.64)로"),
    Says("rate, 64", "0.32~0.64)로", "min"),
    Says("rate, 64", "0.64)로", "max"),
    Says("rate, 1024", "0.64(0.64~1.28)이다"),
    Says("rate, 1024", "0.64~1.28)이다", "min"),
    Says("rate, 1024", "1.28)이다", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "a batch of 16 needs far fewer steps than one of 1",
        lambda runs: np.median(runs["steps, 1"]) > 3 * np.median(runs["steps, 16"]),
    ),
    Conclusion(
        "from 64 to 1,024 the steps hardly fall, so that much more is computed",
        lambda runs: np.median(runs["steps, 64"]) < 4 * np.median(runs["steps, 1024"]),
    ),
    Conclusion(
        "more pictures are looked at with 64 than with 1, and still more with 1,024",
        lambda runs: (
            64 * np.median(runs["steps, 64"]) > np.median(runs["steps, 1"])
            and 16 * np.median(runs["steps, 1024"]) > 2 * np.median(runs["steps, 64"])
        ),
    ),
    Conclusion(
        "the best rate grows with the batch up to 64, by far less than 64 times, and then no more",
        lambda runs: (
            4 <= np.median(runs["rate, 64"]) / np.median(runs["rate, 1"]) <= 32
            and np.median(runs["rate, 1024"]) <= 2 * np.median(runs["rate, 64"])
        ),
    ),
)


def recorded() -> dict[str, Array]:
    """The recorded runs: a value a run for each number."""
    text = (Path(__file__).parent / "measured" / f"{Path(__file__).stem}.json").read_text(encoding="utf-8")
    runs = [run["numbers"] for run in json.loads(text)]
    return {number: np.array([run[number] for run in runs]) for number in runs[0]}


def draw() -> Figure:
    """Steps over pictures looked at, by batch size: the medians and each run."""
    runs = recorded()
    steps = np.array([runs[f"steps, {batch}"] for batch in BATCHES])
    sizes = np.array(BATCHES)
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5.6), sharex=True)
    middle = np.median(steps, axis=1)
    above.loglog(sizes, middle[0] / sizes, ":", color=GREY, lw=2, label="배치에 반비례")
    above.legend(loc="upper right")
    for axes, values, colour, marker in (
        (above, steps, BLUE, "o"),
        (below, steps * sizes[:, None], ORANGE, "s"),
    ):
        axes.plot(sizes, values, ".", color=GREY, ms=5)
        axes.loglog(sizes, np.median(values, axis=1), "-", marker=marker, ms=7, color=colour)
    above.set(ylabel="스텝", title="목표에 닿을 때까지의 스텝", ylim=(steps.min() / 1.6, 1.6 * steps.max()))
    below.set(xlabel="배치 크기", ylabel="사진", title="그때까지 본 사진(계산)")
    above.set_yticks([10, 100, 1000], ["10", "100", "1,000"])
    below.set_yticks([1000, 10_000, 100_000], ["1천", "1만", "10만"])
    below.set_xticks(BATCHES, [f"{batch:,}" for batch in BATCHES])
    for axes in (above, below):
        axes.minorticks_off()
    return figure
