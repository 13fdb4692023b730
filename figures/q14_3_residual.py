"""Training accuracy of deep ReLU networks with and without skip connections, on digits.

And what the depth does before training to the gradients of two inputs that are close to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, Conclusion, Numbers, Says

ANSWER = "14-3"
SEEDS = 6
SLOW = "trains networks of 50 layers"

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

WIDTH, DRAWN_DEPTHS = 64, (1, 2, 5, 10, 20, 50)
PICTURES, EPOCHS, BATCH, EVERY = 600, 40, 40, 5
# No rate is chosen: where there are two, the better accuracy counts, to the advantage of the plain network.
TRAINED = {("plain", 20): (0.01,), ("plain", 50): (0.002, 0.005), ("scaled", 50): (0.01,)}
NOISE = 0.1  # length of the step to the neighbouring input, relative to the input's length
NETWORKS = 20  # drawn for the gradients of neighbours


@dataclass
class Networks:
    """Networks with the same shape, side by side along the first axis of each array.

    Attributes:
        first: The weights from the input.
        blocks: The square weights of the layers in between.
        last: The weights to the logits.
        keep: 1 where a skip connection adds the input of a layer to its output, 0 without.
        scale: What a layer's output is multiplied by.
    """

    first: Array
    blocks: list[Array]
    last: Array
    keep: float
    scale: float

    def forward(self, x: Array) -> tuple[list[Array], Array]:
        """The inputs of the layers with what comes out of the last one, and the logits."""
        layers: list[Array] = [x @ self.first]
        for w in self.blocks:
            h = layers[-1]
            layers.append(self.keep * h + self.scale * (np.maximum(h, 0) @ w))
        return layers, np.maximum(layers[-1], 0) @ self.last

    def backward(self, layers: list[Array], dz: Array) -> tuple[Array, list[Array], Array]:
        """The gradients by the first layer's output, by the blocks and by the last weights."""
        by_last = np.maximum(layers[-1], 0).transpose(0, 2, 1) @ dz
        dh = dz @ self.last.transpose(0, 2, 1) * (layers[-1] > 0)
        by_blocks = []
        for w, h in zip(reversed(self.blocks), reversed(layers[:-1]), strict=True):
            by_blocks.append(self.scale * (np.maximum(h, 0).transpose(0, 2, 1) @ dh))
            dh = self.keep * dh + self.scale * (dh @ w.transpose(0, 2, 1) * (h > 0))
        return dh, by_blocks[::-1], by_last


def error(z: Array, y: Labels) -> Array:
    """The gradient of the cross-entropy by the logits."""
    odds = np.exp(z - z.max(axis=2, keepdims=True))
    p = odds / odds.sum(axis=2, keepdims=True)
    return np.asarray((p - np.eye(10, dtype=np.float32)[y]) / np.float32(len(y)))


def networks(kind: str, depth: int, count: int, rng: np.random.Generator) -> Networks:
    """Networks with He-initialized layers: plain, or with skips and layers scaled by the depth."""

    def normal(n_in: int, n_out: int, variance: float) -> Array:
        return rng.normal(0, np.sqrt(variance), (count, n_in, n_out)).astype(np.float32)

    scale = depth**-0.5 if kind == "scaled" else 1.0
    blocks = [normal(WIDTH, WIDTH, 2 / WIDTH) for _ in range(depth)]
    return Networks(
        normal(64, WIDTH, 1 / 64), blocks, normal(WIDTH, 10, 1 / WIDTH), float(kind != "plain"), scale
    )


@cache
def pictures(seed: int) -> tuple[Array, Labels]:
    """Standardized pictures and their digits."""
    pixels, digits = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(pixels))[:PICTURES]
    x, y = pixels[order], digits[order]
    return ((x - x.mean(axis=0)) / (x.std(axis=0) + 1e-3)).astype(np.float32), y


@cache
def train(kind: str, depth: int, seed: int, budget: int = 1) -> Array:
    """Accuracy in percent on the training set after every 5 epochs, of the best rate then."""
    rng = np.random.default_rng([seed, depth])
    x, y = pictures(seed)
    rates = TRAINED[kind, depth]
    nets = networks(kind, depth, 1, rng)
    nets.first, nets.last = (np.tile(w, (len(rates), 1, 1)) for w in (nets.first, nets.last))
    nets.blocks = [np.tile(w, (len(rates), 1, 1)) for w in nets.blocks]
    steps = np.array(rates, np.float32)[:, None, None]
    accuracies = []
    for epoch in range(1, EPOCHS * budget + 1):
        for rows in np.array_split(rng.permutation(len(x)), len(x) // BATCH):
            layers, z = nets.forward(x[rows])
            dh, by_blocks, by_last = nets.backward(layers, error(z, y[rows]))
            nets.first -= steps * (x[rows].T @ dh)
            nets.last -= steps * by_last
            for w, gradient in zip(nets.blocks, by_blocks, strict=True):
                w -= steps * gradient
        if epoch % EVERY == 0:
            right = nets.forward(x)[1].argmax(axis=2) == y
            accuracies.append(100 * right.mean(axis=1).max())
    return np.array(accuracies, np.float32)


def input_gradients(nets: Networks, x: Array) -> Array:
    """The gradient of the first logit by each input."""
    layers, z = nets.forward(x)
    one = np.zeros_like(z)
    one[..., 0] = 1
    return nets.backward(layers, one)[0] @ nets.first.transpose(0, 2, 1)


@cache
def likeness(kind: str, depth: int, seed: int) -> float:
    """The mean cosine between the gradients of neighbouring inputs, before training."""
    rng = np.random.default_rng([seed, depth])
    x = pictures(seed)[0][:100]
    nets = networks(kind, depth, NETWORKS, rng)
    steps = rng.normal(size=x.shape)
    steps *= NOISE * np.linalg.norm(x, axis=1, keepdims=True) / np.linalg.norm(steps, axis=1, keepdims=True)
    here = input_gradients(nets, x)
    there = input_gradients(nets, (x + steps).astype(np.float32))
    lengths = np.linalg.norm(here, axis=2) * np.linalg.norm(there, axis=2)
    return float(((here * there).sum(axis=2) / lengths).mean())


def gradient_ratios(seed: int) -> Array:
    """How many times longer the first block's gradient is than the last one's: 50 plain layers, untrained."""
    x, y = pictures(seed)
    nets = networks("plain", 50, NETWORKS, np.random.default_rng([seed, 50]))
    layers, z = nets.forward(x)
    _, by_blocks, _ = nets.backward(layers, error(z, y))
    first, last = (np.linalg.norm(gradient, axis=(1, 2)) for gradient in (by_blocks[0], by_blocks[-1]))
    return np.asarray(first / last)


def measure(seed: int, budget: int = 1) -> Numbers:
    """One choice of pictures and of weights."""
    ratios = gradient_ratios(seed)
    return {
        **{
            f"{kind}, {depth} layers, accuracy": float(train(kind, depth, seed, budget)[-1])
            for kind, depth in TRAINED
        },
        "plain, 20 layers, accuracy after 10 epochs": float(train("plain", 20, seed, budget)[1]),
        "shortest first gradient by the last": float(ratios.min()),
        "longest first gradient by the last": float(ratios.max()),
        "plain, 1 layer, cosine": likeness("plain", 1, seed),
        "plain, 50 layers, cosine": likeness("plain", 50, seed),
        "scaled, 50 layers, cosine": likeness("scaled", 50, seed),
    }


SAYS = (
    Says("plain, 20 layers, accuracy", "정확도가 99%("),
    Says("plain, 20 layers, accuracy", "91~100%", "min"),
    Says("plain, 20 layers, accuracy", "100%)였다. 10", "max"),
    Says("plain, 20 layers, accuracy after 10 epochs", "37%(21~59%)"),
    Says("plain, 20 layers, accuracy after 10 epochs", "21~59%", "min"),
    Says("plain, 20 layers, accuracy after 10 epochs", "59%)였으니", "max"),
    Says("plain, 50 layers, accuracy", "30%(13~40%)"),
    Says("plain, 50 layers, accuracy", "13~40%", "min"),
    Says("plain, 50 layers, accuracy", "40%)에", "max"),
    Says("scaled, 50 layers, accuracy", "98%(97~99%)"),
    Says("scaled, 50 layers, accuracy", "97~99%", "min"),
    Says("scaled, 50 layers, accuracy", "99%)였다", "max"),
    Says("shortest first gradient by the last", "0.3배에서", "min"),
    Says("longest first gradient by the last", "5.3배", "max"),
    Says("plain, 1 layer, cosine", "0.94에서"),
    Says("plain, 50 layers, cosine", "0.37로"),
    Says("scaled, 50 layers, cosine", "0.94였다"),
)
CONCLUSIONS = (
    Conclusion("20 plain layers get there", lambda runs: np.median(runs["plain, 20 layers, accuracy"]) > 90),
    Conclusion(
        "50 are far behind those with skips",
        lambda runs: (runs["plain, 50 layers, accuracy"] < runs["scaled, 50 layers, accuracy"] - 10).all(),
    ),
    Conclusion(
        "and behind 20",
        lambda runs: (runs["plain, 50 layers, accuracy"] < runs["plain, 20 layers, accuracy"] - 10).all(),
    ),
    Conclusion("50 with skips do", lambda runs: (runs["scaled, 50 layers, accuracy"] > 95).all()),
    Conclusion(
        "the gradient has not vanished",
        lambda runs: (
            (runs["shortest first gradient by the last"] > 0.1).all()
            and (runs["longest first gradient by the last"] < 10).all()
        ),
    ),
    Conclusion(
        "depth takes the likeness of gradients, skips keep it",
        lambda runs: (
            (runs["plain, 50 layers, cosine"] < 0.6).all() and (runs["scaled, 50 layers, cosine"] > 0.9).all()
        ),
    ),
)


def draw() -> Figure:
    """Training accuracy by epoch, above the likeness of neighbours' gradients by depth."""
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 6.2))
    epochs = np.arange(EVERY, EPOCHS + 1, EVERY)
    lines = (
        ("scaled", 50, BLUE, "s-", "잔차 50층", (5, 97)),
        ("plain", 20, GREEN, "^--", "잔차 없는 20층", (20, 48)),
        ("plain", 50, ORANGE, "o-", "잔차 없는 50층", (27, 5)),
    )
    for kind, depth, colour, style, label, place in lines:
        runs = np.array([train(kind, depth, seed) for seed in range(SEEDS)])
        above.plot(epochs, np.median(runs, axis=0), style, color=colour)
        above.text(*place, label, color=colour)
        above.fill_between(epochs, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.2, lw=0)
    above.set(xlabel="epoch", ylabel="train 정확도(%)", xlim=(0, EPOCHS + 1), ylim=(0, 108))
    for kind, colour, style in (("scaled", BLUE, "s-"), ("plain", ORANGE, "o-")):
        runs = np.array([[likeness(kind, d, seed) for d in DRAWN_DEPTHS] for seed in range(SEEDS)])
        below.plot(DRAWN_DEPTHS, np.median(runs, axis=0), style, color=colour)
        below.fill_between(DRAWN_DEPTHS, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.2, lw=0)
    below.text(50, 0.84, "잔차", color=BLUE, ha="right")
    below.text(27, 0.56, "잔차 없음", color=ORANGE)
    below.set(xlabel="층수 L", ylabel="이웃한 두 입력의\n기울기의 코사인", xlim=(0, 52), ylim=(0, 1.04))
    return figure
