"""Minibatch gradients of softmax regression on digits: where they scatter, and how far by batch size."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, INK, ORANGE, Conclusion, Numbers, Says

ANSWER = "17-1"
SEEDS = 10

DRAWS = 300
BATCHES = (1, 4, 16, 64, 256)

Array = NDArray[np.float64]


@cache
def gradients(seed: int) -> tuple[Array, dict[int, Array]]:
    """Gradient of each picture at random weights, a row each, and those of drawn batches by their size."""
    rng = np.random.default_rng(seed)
    pixels, digits = load_digits(return_X_y=True)
    x = pixels / 16
    z = x @ rng.normal(0, 0.1, (64, 10))
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    each: Array = np.einsum("ni,nj->nij", x, p - np.eye(10)[digits]).reshape(len(x), -1)
    batches = {
        size: np.array([each[rng.integers(0, len(each), size)].mean(axis=0) for _ in range(DRAWS)])
        for size in BATCHES
    }
    return each, batches


def measure(seed: int) -> Numbers:
    """Noise and cosine with the full gradient, by batch size."""
    each, batches = gradients(seed)
    full = each.mean(axis=0)
    length = float(np.linalg.norm(full))
    numbers: Numbers = {"length": length}
    for size, drawn in batches.items():
        numbers[f"noise, {size}"] = float(np.sqrt(((drawn - full) ** 2).sum(axis=1).mean()))
        numbers[f"noise over length, {size}"] = numbers[f"noise, {size}"] / length
        numbers[f"cosine, {size}"] = float(np.mean(drawn @ full / np.linalg.norm(drawn, axis=1) / length))
    return numbers


SAYS = (
    Says("noise over length, 1", "6.7배(시드 10개에서 5.9~7.6배)"),
    Says("noise over length, 1", "5.9~7.6배", "min"),
    Says("noise over length, 1", "7.6배)", "max"),
    Says("noise over length, 64", "0.85배(0.73~0.96배)"),
    Says("noise over length, 64", "0.73~0.96배", "min"),
    Says("noise over length, 64", "0.96배)", "max"),
    Says("cosine, 1", "0.14(0.12~0.15)에서"),
    Says("cosine, 1", "0.12~0.15)에서", "min"),
    Says("cosine, 1", "0.15)에서", "max"),
    Says("cosine, 64", "0.77(0.73~0.81)로"),
    Says("cosine, 64", "0.73~0.81)로", "min"),
    Says("cosine, 64", "0.81)로", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "four times the batch halves the noise",
        lambda runs: all(
            (abs(runs[f"noise, {4 * size}"] / runs[f"noise, {size}"] - 0.5) < 0.06).all()
            for size in BATCHES[:-1]
        ),
    ),
    Conclusion(
        "the noise of one picture is much longer than the gradient, that of 64 shorter",
        lambda runs: (runs["noise over length, 1"] > 4).all() & (runs["noise over length, 64"] < 1).all(),
    ),
    Conclusion(
        "a larger batch points more nearly along the full gradient",
        lambda runs: all(
            (runs[f"cosine, {4 * size}"] > runs[f"cosine, {size}"]).all() for size in BATCHES[:-1]
        ),
    ),
)


def draw() -> Figure:
    """The clouds of two batch sizes over the noise of all sizes, at one place."""
    each, batches = gradients(0)
    full = each.mean(axis=0)
    numbers = measure(0)
    length = numbers["length"]
    along = full / length
    beside = each - np.outer(each @ along, along)
    across = np.linalg.eigh(beside.T @ beside)[1][:, -1]
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 6.4))
    for size, colour, marker in ((4, ORANGE, "x"), (64, BLUE, "o")):
        cloud = batches[size]
        above.plot(
            cloud @ along,
            cloud @ across,
            marker,
            ms=4 if marker == "x" else 3,
            color=colour,
            label=f"배치 {size}",
        )
    above.plot(length, 0, "*", color=INK, ms=14, label="전체")
    above.set(xlabel="전체 기울기 방향", ylabel="가장 넓게 퍼진 옆 방향")
    above.legend(loc="upper center", ncols=3, bbox_to_anchor=(0.45, 1.2), handletextpad=0.1, columnspacing=1)
    noise = np.array([numbers[f"noise, {size}"] for size in BATCHES])
    below.loglog(BATCHES, noise, "o", color=BLUE, ms=7, label="잡음의 RMS")
    below.loglog(BATCHES, noise[0] / np.sqrt(BATCHES), ":", color=GREEN, lw=2.5, label=r"$1/\sqrt{B}$에 비례")
    below.axhline(length, color=INK, ls="--", lw=1)
    below.annotate("전체 기울기의 길이", (1, length), xytext=(0, 4), textcoords="offset points")
    below.set_xticks(BATCHES, [str(size) for size in BATCHES])
    below.set_yticks([0.3, 1, 3], ["0.3", "1", "3"])
    below.minorticks_off()
    below.set(xlabel="배치 크기 B", ylabel="기울기의 잡음")
    below.legend(loc="upper right")
    return figure
