"""Training accuracy of deep ReLU networks with and without skip connections, on digits.

And what the depth does before training to the gradients of two inputs that are close to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from figures.common import BLUE, GREEN, ORANGE, Measured, save

ANSWER = "14-3"
SLOW = "trains 120 networks of up to 50 layers"

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

WIDTH, DEPTHS, DRAWN_DEPTHS = 64, (5, 10, 20, 50), (1, 2, 5, 10, 20, 50)
RATES, SEEDS = (1e-4, 1e-3, 0.01, 0.03, 0.1), 2
TRAINED_ON, EPOCHS, BATCH = 1200, 10, 40
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
        """Return the inputs of the layers with what comes out of the last one, and the logits."""
        layers: list[Array] = [x @ self.first]
        for w in self.blocks:
            h = layers[-1]
            layers.append(self.keep * h + self.scale * (np.maximum(h, 0) @ w))
        return layers, np.maximum(layers[-1], 0) @ self.last

    def backward(self, layers: list[Array], dz: Array) -> tuple[Array, list[Array], Array]:
        """Return the gradients by the first layer's output, by the blocks and by the last weights."""
        by_last = np.maximum(layers[-1], 0).transpose(0, 2, 1) @ dz
        dh = dz @ self.last.transpose(0, 2, 1) * (layers[-1] > 0)
        by_blocks = []
        for w, h in zip(reversed(self.blocks), reversed(layers[:-1]), strict=True):
            by_blocks.append(self.scale * (np.maximum(h, 0).transpose(0, 2, 1) @ dh))
            dh = self.keep * dh + self.scale * (dh @ w.transpose(0, 2, 1) * (h > 0))
        return dh, by_blocks[::-1], by_last

    def errors(self, z: Array, y: Labels) -> tuple[Array, Array]:
        """Return the cross-entropy of each network and its gradient by the logits."""
        odds = np.exp(z - z.max(axis=2, keepdims=True))
        p = odds / odds.sum(axis=2, keepdims=True)
        losses: Array = -np.log(p[:, np.arange(len(y)), y] + 1e-12).mean(axis=1)
        return losses, (p - np.eye(10, dtype=np.float32)[y]) / np.float32(len(y))


def draw(kind: str, depth: int, networks: int, rng: np.random.Generator) -> Networks:
    """Return networks with He-initialized layers: plain, with skips, or with skips and scaled layers."""

    def normal(n_in: int, n_out: int, variance: float) -> Array:
        return rng.normal(0, np.sqrt(variance), (networks, n_in, n_out)).astype(np.float32)

    scale = depth**-0.5 if kind == "scaled" else 1.0
    blocks = [normal(WIDTH, WIDTH, 2 / WIDTH) for _ in range(depth)]
    return Networks(
        normal(64, WIDTH, 1 / 64), blocks, normal(WIDTH, 10, 1 / WIDTH), float(kind != "plain"), scale
    )


def train(kind: str, depth: int, x: Array, y: Labels) -> float:
    """Return the training accuracy in percent, at the learning rate with the lowest training loss."""
    rng = np.random.default_rng(0)
    networks = draw(kind, depth, SEEDS, rng)
    networks.first = np.tile(networks.first, (len(RATES), 1, 1))
    networks.blocks = [np.tile(w, (len(RATES), 1, 1)) for w in networks.blocks]
    networks.last = np.tile(networks.last, (len(RATES), 1, 1))
    rates = np.repeat(np.array(RATES, np.float32), SEEDS)[:, None, None]
    with np.errstate(all="ignore"):  # some networks diverge
        for _ in range(EPOCHS):
            for rows in np.array_split(rng.permutation(len(x)), len(x) // BATCH):
                layers, z = networks.forward(x[rows])
                dh, by_blocks, by_last = networks.backward(layers, networks.errors(z, y[rows])[1])
                networks.first -= rates * (x[rows].T @ dh)
                networks.last -= rates * by_last
                for w, gradient in zip(networks.blocks, by_blocks, strict=True):
                    w -= rates * gradient
        _, z = networks.forward(x)
        losses = networks.errors(z, y)[0].reshape(len(RATES), SEEDS).mean(axis=1)
    right = (z.argmax(axis=2) == y).mean(axis=1).reshape(len(RATES), SEEDS).mean(axis=1)
    return 100 * float(right[np.nan_to_num(losses, nan=np.inf).argmin()])


def input_gradients(networks: Networks, x: Array) -> Array:
    """Return the gradient of the first logit by each input."""
    layers, z = networks.forward(x)
    one = np.zeros_like(z)
    one[..., 0] = 1
    return networks.backward(layers, one)[0] @ networks.first.transpose(0, 2, 1)


def likeness(kind: str, depth: int, x: Array) -> float:
    """Return the mean cosine between the gradients of neighbouring inputs, before training."""
    rng = np.random.default_rng(0)
    networks = draw(kind, depth, NETWORKS, rng)
    steps = rng.normal(size=x.shape)
    steps *= NOISE * np.linalg.norm(x, axis=1, keepdims=True) / np.linalg.norm(steps, axis=1, keepdims=True)
    here = input_gradients(networks, x)
    there = input_gradients(networks, (x + steps).astype(np.float32))
    lengths = np.linalg.norm(here, axis=2) * np.linalg.norm(there, axis=2)
    return float(((here * there).sum(axis=2) / lengths).mean())


def gradient_ratio(depth: int, x: Array, y: Labels) -> float:
    """Return how many times longer the first block's gradient is than the last one's, plain, untrained."""
    networks = draw("plain", depth, NETWORKS, np.random.default_rng(0))
    layers, z = networks.forward(x)
    _, by_blocks, _ = networks.backward(layers, networks.errors(z, y)[1])
    lengths = [np.linalg.norm(gradient, axis=(1, 2)) for gradient in (by_blocks[0], by_blocks[-1])]
    return float(np.exp(np.median(np.log(lengths[0] / lengths[1]))))


def main(path: Path) -> list[Measured]:
    """Draw training accuracy by depth above the likeness of neighbours' gradients by depth."""
    pixels, digits = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(pixels))[:TRAINED_ON]
    x, y = pixels[order], digits[order]
    x = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-3)
    x = x.astype(np.float32)

    kinds = {"plain": (ORANGE, "o"), "skip": (GREEN, "^"), "scaled": (BLUE, "s")}
    trained = {(kind, depth): train(kind, depth, x, y) for kind in kinds for depth in DEPTHS}
    alike = {(k, d): likeness(k, d, x[:100]) for k in ("plain", "scaled") for d in DRAWN_DEPTHS}
    ratio = gradient_ratio(50, x, y)

    figure, (above, below) = plt.subplots(2, figsize=(6.4, 6.2), layout="constrained")
    for kind, (colour, marker) in kinds.items():
        above.plot(DEPTHS, [trained[kind, depth] for depth in DEPTHS], marker + "-", color=colour)
    above.axhline(10, color="black", lw=1, ls=":")
    above.text(35, 12, "chance", ha="center")
    above.text(51, 89, "skip, layers scaled by $1/\\sqrt{L}$", color=kinds["scaled"][0], ha="right")
    above.text(27, 63, "plain", color=kinds["plain"][0])
    above.text(19, 36, "skip,\nnot scaled", color=kinds["skip"][0], ha="right")
    above.set(xlabel="layers L", ylabel="training accuracy (%)", xlim=(0, 52), ylim=(0, 104))
    for kind in ("plain", "scaled"):
        colour, marker = kinds[kind]
        below.plot(DRAWN_DEPTHS, [alike[kind, depth] for depth in DRAWN_DEPTHS], marker + "-", color=colour)
    below.text(51, 0.86, "skip, layers scaled", color=kinds["scaled"][0], ha="right")
    below.text(27, 0.56, "plain", color=kinds["plain"][0])
    below.set(
        xlabel="layers L", ylabel="cosine of two close\ninputs' gradients", xlim=(0, 52), ylim=(0, 1.04)
    )
    save(figure, path)
    return [
        Measured("plain, 20 layers, training accuracy", trained["plain", 20], "70%", 8),
        Measured("plain, 50 layers, training accuracy", trained["plain", 50], "15%로", 6),
        Measured("scaled, 50 layers, training accuracy", trained["scaled", 50], "99.9%였다", 1),
        Measured("skip, 20 layers, training accuracy", trained["skip", 20], "55%,", 10),
        Measured("skip, 50 layers, training accuracy", trained["skip", 50], "10%였고", 2),
        Measured("first block's gradient by the last one's", ratio, "0.87배", 0.2),
        Measured("plain, 1 layer, cosine", alike["plain", 1], "0.93", 0.02),
        Measured("plain, 50 layers, cosine", alike["plain", 50], "0.37", 0.06),
        Measured("scaled, 50 layers, cosine", alike["scaled", 50], "0.94", 0.02),
    ]
