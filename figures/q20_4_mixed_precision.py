"""Gradients that float16 loses, and training with 16-bit weights, emulated in numpy on sklearn's digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, GREY, ORANGE, PINK, Measured, save

ANSWER = "20-4"

EPOCHS = 60
BATCH = 64
RATE = 0.02
HIGH_RATE = 0.5  # to a point where most gradients are small
SCALE = 1024.0
Array = NDArray[np.float32]
Round = Callable[[Array], Array]


def exact(x: Array) -> Array:
    """Return float32 as it is."""
    return x


def half(x: Array) -> Array:
    """Return the nearest numbers that float16 has."""
    with np.errstate(over="ignore"):
        return x.astype(np.float16).astype(np.float32)


def brain(x: Array) -> Array:
    """Return the nearest numbers that bfloat16 has: float32 with 16 of its 23 fraction bits gone."""
    bits = np.ascontiguousarray(x, np.float32).view(np.uint32)
    odd = (bits >> 16) & 1  # a tie goes to the even neighbour
    return ((bits + 0x7FFF + odd) & np.uint32(0xFFFF0000)).view(np.float32)


@dataclass
class Network:
    """One hidden layer; products are summed in float32, and what is stored is rounded."""

    parameters: list[Array]

    def forward(self, x: Array, rounded: Round) -> tuple[Array, Array]:
        """Return the hidden layer and the probabilities."""
        w1, b1, w2, b2 = map(rounded, self.parameters)
        h = rounded(np.maximum(x @ w1 + b1, 0))
        z = rounded(h @ w2 + b2)
        e = np.exp(z - z.max(axis=1, keepdims=True))  # softmax and loss stay in float32
        return h, e / e.sum(axis=1, keepdims=True)

    def backward(self, x: Array, y: Array, rounded: Round, scale: float) -> tuple[list[Array], Array]:
        """Return the gradients, unscaled again in float32, and what reached the hidden layer."""
        h, p = self.forward(x, rounded)
        dz = rounded((p - y) * np.float32(scale / len(x)))
        dh = rounded(dz @ rounded(self.parameters[2]).T) * (h > 0)
        gradients = [x.T @ dh, dh.sum(axis=0), h.T @ dz, dz.sum(axis=0)]
        return [rounded(gradient) / np.float32(scale) for gradient in gradients], dh

    def loss(self, x: Array, y: Array) -> float:
        """Return the mean cross-entropy, in float32."""
        _, p = self.forward(x, exact)
        return float(-np.log((p * y).sum(axis=1)).mean())


def train(
    x: Array, y: Array, compute: Round, store: Round, scale: float = 1, rate: float = RATE
) -> tuple[Network, list[float]]:
    """Return the trained network and the training loss after each epoch."""
    rng = np.random.default_rng(0)
    sizes = ((64, 128), (128,), (128, 10), (10,))
    start = [rng.normal(0, (2 / size[0]) ** 0.5, size) if len(size) > 1 else np.zeros(size) for size in sizes]
    network = Network([store(parameter.astype(np.float32)) for parameter in start])
    losses = []
    for _ in range(EPOCHS):
        for rows in np.array_split(rng.permutation(len(x)), len(x) // BATCH):
            gradients, _ = network.backward(x[rows], y[rows], compute, scale)
            network.parameters = [
                store(parameter - np.float32(rate) * gradient)
                for parameter, gradient in zip(network.parameters, gradients, strict=True)
            ]
        losses.append(network.loss(x, y))
    return network, losses


def main(path: Path) -> list[Measured]:
    """Draw the sizes of gradients against the range of float16, and the loss of four ways to train."""
    pixels, digits = load_digits(return_X_y=True)
    x, y = (pixels[:1300] / 16).astype(np.float32), np.eye(10, dtype=np.float32)[digits[:1300]]
    runs = {
        "float32": train(x, y, exact, exact),
        "float16, weights in float32": train(x, y, half, exact, SCALE),
        "float16, weights in float16": train(x, y, half, half, SCALE),
        "bfloat16, weights in bfloat16": train(x, y, brain, brain),
    }
    network, late = train(x, y, exact, exact, rate=HIGH_RATE)
    _, unscaled = train(x, y, half, exact, rate=HIGH_RATE)
    rows = np.array_split(np.arange(len(x)), len(x) // BATCH)
    reached = np.concatenate([network.backward(x[some], y[some], exact, 1)[1].ravel() for some in rows])
    sizes = np.abs(reached[reached != 0])
    lost = {scale: 100 * float((half(sizes * np.float32(scale)) == 0).mean()) for scale in (1.0, SCALE)}

    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 6.2), layout="constrained")
    bins = np.arange(-40, 5, 1)
    above.hist(np.log2(sizes), bins, color=ORANGE, alpha=0.8, label=f"as it is: {lost[1.0]:.0f}% become 0")
    above.hist(
        np.log2(sizes * SCALE), bins, histtype="step", lw=2, color=BLUE, label=f"× 1024: {lost[SCALE]:.2f}%"
    )
    above.axvline(-25, color=GREY, ls="--")  # half of float16's smallest number rounds to 0
    above.annotate(
        "becomes 0 ←",
        (-25, 0.88),
        (-5, 0),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="right",
    )
    above.set(xlabel="log2 of the gradient's size", ylabel="entries", xlim=(-40, 4), ylim=(0, 10500))
    above.legend(loc="upper right")
    for (name, (_, losses)), colour, style in zip(
        runs.items(), (BLUE, GREEN, ORANGE, PINK), ("-", "--", "-.", ":"), strict=True
    ):
        below.semilogy(range(1, EPOCHS + 1), losses, style, color=colour, label=name, lw=2)
    below.set(
        xlabel="epoch", ylabel="training loss", yticks=(0.2, 0.5, 1, 2), yticklabels=("0.2", "0.5", "1", "2")
    )
    below.minorticks_off()
    below.legend()
    save(figure, path)
    last = {name: losses[-1] for name, (_, losses) in runs.items()}
    return [
        Measured("lost gradients", lost[1.0], "12%가", 3),
        Measured("lost gradients, scaled", lost[SCALE], "0.03%로", 0.03),
        Measured("loss of that network", late[-1], "0.0074로", 0.0005),
        Measured("loss of that network, float16 without scaling", unscaled[-1], "0.0074로", 0.0005),
        Measured("last loss, float32", last["float32"], "0.202였는데", 0.003),
        Measured("last loss, float32 weights", last["float16, weights in float32"], "0.202로", 0.003),
        Measured("last loss, float16 weights", last["float16, weights in float16"], "0.208,", 0.005),
        Measured("last loss, bfloat16 weights", last["bfloat16, weights in bfloat16"], "0.439에", 0.02),
    ]
