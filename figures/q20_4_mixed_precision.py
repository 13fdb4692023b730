"""What 16 bits lose: small gradients in float16, small updates in bfloat16; emulated on sklearn's digits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, GREY, ORANGE, PINK, Conclusion, Numbers, Says

ANSWER = "20-4"
SEEDS = 10
SLOW = "trains five networks for 60 epochs"

TRAIN, HIDDEN, BATCH, EPOCHS = 1300, 128, 65, 60
RATE = 0.02
HIGH_RATE = 0.5  # to a point where most gradients are small
SCALE = 1024.0

Array = NDArray[np.float32]
Round = Callable[[Array], Array]


def exact(x: Array) -> Array:
    """float32 as it is."""
    return x


def half(x: Array) -> Array:
    """The nearest numbers that float16 has."""
    with np.errstate(over="ignore"):
        return x.astype(np.float16).astype(np.float32)


def brain(x: Array) -> Array:
    """The nearest numbers that bfloat16 has: float32 with 16 of its 23 fraction bits gone."""
    bits = np.ascontiguousarray(x, np.float32).view(np.uint32)
    odd = (bits >> 16) & 1  # a tie goes to the even neighbour
    return np.asarray(((bits + 0x7FFF + odd) & np.uint32(0xFFFF0000)).view(np.float32))


def by_chance(rng: np.random.Generator) -> Round:
    """Rounding to one of the two neighbours in bfloat16, to the nearer one with the higher probability."""

    def rounded(x: Array) -> Array:
        bits = np.ascontiguousarray(x, np.float32).view(np.uint32)
        more = rng.integers(0, 1 << 16, bits.shape, np.uint32)
        return np.asarray(((bits + more) & np.uint32(0xFFFF0000)).view(np.float32))

    return rounded


def forward(parameters: list[Array], x: Array, rounded: Round) -> tuple[Array, Array]:
    """The hidden layer and the probabilities; products are summed in float32, what is stored is rounded."""
    w1, b1, w2, b2 = map(rounded, parameters)
    h = rounded(np.maximum(x @ w1 + b1, 0))
    z = rounded(h @ w2 + b2)
    e = np.exp(z - z.max(axis=1, keepdims=True))  # softmax and loss stay in float32
    return h, e / e.sum(axis=1, keepdims=True)


def backward(
    parameters: list[Array], x: Array, y: Array, rounded: Round, scale: float
) -> tuple[list[Array], Array]:
    """The gradients, unscaled again in float32, and what reached the hidden layer."""
    h, p = forward(parameters, x, rounded)
    dz = rounded((p - y) * np.float32(scale / len(x)))
    dh = rounded(dz @ rounded(parameters[2]).T) * (h > 0)
    gradients = [x.T @ dh, dh.sum(axis=0), h.T @ dz, dz.sum(axis=0)]
    return [rounded(gradient) / np.float32(scale) for gradient in gradients], dh


def data(seed: int) -> tuple[Array, Array]:
    """Pictures to train on and their classes, one-hot."""
    pixels, digits = load_digits(return_X_y=True)
    chosen = np.random.default_rng([seed, 0]).permutation(len(pixels))[:TRAIN]
    return (pixels[chosen] / 16).astype(np.float32), np.eye(10, dtype=np.float32)[digits[chosen]]


def train(
    seed: int, epochs: int, compute: Round, store: Round, scale: float = 1, rate: float = RATE
) -> tuple[list[Array], list[float]]:
    """The trained parameters and the training loss after each epoch, in float32."""
    x, y = data(seed)
    rng = np.random.default_rng([seed, 1])
    sizes = ((64, HIDDEN), (HIDDEN,), (HIDDEN, 10), (10,))
    start = [rng.normal(0, (2 / size[0]) ** 0.5, size) if len(size) > 1 else np.zeros(size) for size in sizes]
    parameters = [store(parameter.astype(np.float32)) for parameter in start]
    losses = []
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(len(x)), len(x) // BATCH):
            gradients, _ = backward(parameters, x[rows], y[rows], compute, scale)
            parameters = [
                store(parameter - np.float32(rate) * gradient)
                for parameter, gradient in zip(parameters, gradients, strict=True)
            ]
        _, p = forward(parameters, x, exact)
        losses.append(float(-np.log((p * y).sum(axis=1)).mean()))
    return parameters, losses


@cache
def losses(seed: int, budget: int) -> dict[str, list[float]]:
    """The loss after each epoch of four ways to train, from the same start on the same batches."""
    epochs = budget * EPOCHS
    chance = by_chance(np.random.default_rng([seed, 2]))
    return {
        "FP32": train(seed, epochs, exact, exact)[1],
        "FP16": train(seed, epochs, half, exact, SCALE)[1],
        "BF16": train(seed, epochs, brain, brain)[1],
        "BF16 by chance": train(seed, epochs, brain, chance)[1],
    }


@cache
def gradients(seed: int, budget: int) -> Array:
    """The sizes, without zeros, of what reaches the hidden layer of a network that has learnt almost all."""
    parameters, _ = train(seed, budget * EPOCHS, exact, exact, rate=HIGH_RATE)
    x, y = data(seed)
    parts = np.array_split(np.arange(len(x)), len(x) // BATCH)
    reached = [backward(parameters, x[rows], y[rows], exact, 1)[1].ravel() for rows in parts]
    sizes = np.abs(np.concatenate(reached))
    return np.asarray(sizes[sizes > 0])


def lost(sizes: Array, scale: float) -> float:
    """The percentage that float16 makes zero."""
    return 100 * float((half(sizes * np.float32(scale)) == 0).mean())


def measure(seed: int, budget: int = 1) -> Numbers:
    """Lost gradients in percent, and the last training losses."""
    sizes = gradients(seed, budget)
    last = {f"loss, {name}": values[-1] for name, values in losses(seed, budget).items()}
    return {"lost": lost(sizes, 1), "lost, scaled": lost(sizes, SCALE), **last}


SAYS = (
    Says("lost", "13%(10"),
    Says("lost", "10~14%", "min"),
    Says("lost", "14%)", "max"),
    Says("lost, scaled", "0.08%(0.03"),
    Says("lost, scaled", "0.03~0.16%", "min"),
    Says("lost, scaled", "0.16%)", "max"),
    Says("loss, FP32", "0.216(0.201"),
    Says("loss, FP32", "0.201~0.221", "min"),
    Says("loss, FP32", "0.221)", "max"),
    Says("loss, FP16", "0.216으로 같다"),
    Says("loss, BF16", "0.439(0.429"),
    Says("loss, BF16", "0.429~0.452", "min"),
    Says("loss, BF16", "0.452)", "max"),
    Says("loss, BF16 by chance", "0.215(0.202"),
    Says("loss, BF16 by chance", "0.202~0.221", "min"),
    Says("loss, BF16 by chance", "0.221)이다", "max"),
)
CONCLUSIONS = (
    Conclusion("float16 loses gradients", lambda runs: runs["lost"].min() > 1),
    Conclusion("scaling saves nearly all", lambda runs: (runs["lost, scaled"] < runs["lost"] / 5).all()),
    Conclusion(
        "float32 weights: as good in float16",
        lambda runs: (np.abs(runs["loss, FP16"] / runs["loss, FP32"] - 1) < 0.02).all(),
    ),
    Conclusion("bfloat16 weights lag", lambda runs: (runs["loss, BF16"] > 1.3 * runs["loss, FP32"]).all()),
    Conclusion(
        "rounding by chance does not",
        lambda runs: (np.abs(runs["loss, BF16 by chance"] / runs["loss, FP32"] - 1) < 0.1).all(),
    ),
)


def draw() -> Figure:
    """Sizes of gradients against float16's range, losses of four ways to train; one run."""
    figure, (top, bottom) = plt.subplots(2, figsize=(4.5, 6.6))
    sizes, bins = gradients(0, 1), np.arange(-40, 4)
    top.hist(np.log2(sizes), bins, color=ORANGE, alpha=0.8)
    top.hist(np.log2(sizes * SCALE), bins, histtype="step", lw=2, color=BLUE)
    top.axvline(-25, color=GREY, ls="--")  # half of float16's smallest number rounds to 0
    top.text(-26, 10_700, "여기는 0이 된다", ha="right")
    top.text(-20, 8_300, "그대로", color=ORANGE, ha="center")
    top.text(-9.5, 8_300, "1024배", color=BLUE, ha="center")
    top.set(
        title="은닉층에 닿은 기울기의 크기",
        xlabel="2의 몇 제곱인가",
        ylabel="개수(천)",
        xlim=(-40, 4),
        ylim=(0, 12_000),
        xticks=(-40, -30, -20, -10, 0),
        yticks=(0, 5000, 10_000),
        yticklabels=(0, 5, 10),
    )
    looks = (
        ("FP32", BLUE, "-"),
        ("FP16", GREEN, "--"),
        ("BF16", ORANGE, "-."),
        ("BF16 by chance", PINK, ":"),
    )
    for name, colour, style in looks:
        values = losses(0, 1)[name]
        bottom.semilogy(range(1, EPOCHS + 1), values, style, color=colour, lw=3 if style == ":" else 2)
    bottom.text(60, 0.6, "가중치까지 BF16", color=ORANGE, ha="right")
    bottom.annotate(
        "FP32, FP16과 FP32 원본,\nBF16과 확률적 반올림", (40, 0.29), (2, 0.215), va="bottom", ha="left"
    )
    bottom.set(
        title="train 손실",
        xlabel="epoch",
        ylim=(0.18, 2.5),
        yticks=(0.2, 0.5, 1, 2),
        yticklabels=("0.2", "0.5", "1", "2"),
    )
    bottom.minorticks_off()
    return figure
