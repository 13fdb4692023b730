"""An MLP and a CNN on Fashion-MNIST: as it is, with its pixels permuted, and with shifted test pictures."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from examples.mnist_torch import BATCH, RATE, Batches, accuracy, build, load, train_epoch

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "19-1"
SLOW = "trains 15 networks in PyTorch, 6 of them CNNs"

PICTURES = 10_000
EPOCHS = 3
SEEDS = 3
SHIFT = 2


def batches(x: torch.Tensor, y: torch.Tensor, order: torch.Tensor) -> Batches:
    """Return the examples in batches of the program's size, in an order."""
    return [(x[rows], y[rows]) for rows in torch.split(order, BATCH)]


def moved(x: torch.Tensor, right: int, down: int) -> torch.Tensor:
    """Return the pictures moved by whole pixels, black where nothing comes in."""
    padded = torch.nn.functional.pad(x, (SHIFT, SHIFT, SHIFT, SHIFT))
    return padded[..., SHIFT - down : SHIFT - down + 28, SHIFT - right : SHIFT - right + 28]


def jittered(x: torch.Tensor) -> torch.Tensor:
    """Return every picture moved by up to ``SHIFT`` pixels each way, at random."""
    result = torch.empty_like(x)
    right, down = torch.randint(-SHIFT, SHIFT + 1, (2, len(x)))
    for a, b in product(range(-SHIFT, SHIFT + 1), repeat=2):
        chosen = (right == a) & (down == b)
        result[chosen] = moved(x[chosen], a, b)
    return result


def scores(name: str, order: torch.Tensor, seed: int, *, jitter: bool = False) -> tuple[float, float]:
    """Train on pictures with their pixels in ``order``; return the accuracy in percent, plain and shifted."""
    x, y = (tensor[:PICTURES] for tensor in load("train").tensors)
    x_test, y_test = load("t10k").tensors
    torch.manual_seed(seed)
    model = build(name)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)

    def ordered(pictures: torch.Tensor) -> torch.Tensor:
        return pictures.flatten(1)[:, order].reshape(-1, 1, 28, 28)

    for _ in range(EPOCHS):
        pictures = ordered(jittered(x) if jitter else x)
        train_epoch(model, batches(pictures, y, torch.randperm(len(x))), optimizer)
    tests = (x_test, moved(x_test, SHIFT, SHIFT))
    straight = torch.arange(len(x_test))
    plain, shifted = (100 * accuracy(model, batches(ordered(test), y_test, straight)) for test in tests)
    return plain, shifted


def main(path: Path) -> list[Measured]:
    """Draw the mean accuracy of both networks in the three conditions."""
    torch.set_num_threads(1)
    as_is = torch.arange(784)
    permuted = torch.randperm(784, generator=torch.Generator().manual_seed(0))
    results: dict[str, list[np.ndarray]] = {}
    for name in ("mlp", "cnn"):
        plain = np.array([scores(name, as_is, seed) for seed in range(SEEDS)])
        mixed = np.array([scores(name, permuted, seed) for seed in range(SEEDS)])
        results[name] = [plain[:, 0], mixed[:, 0], plain[:, 1]]
    augmented = np.array([scores("mlp", as_is, seed, jitter=True) for seed in range(SEEDS)])

    figure, axes = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
    for name, colour, offset in (("mlp", BLUE, -0.2), ("cnn", ORANGE, 0.2)):
        means = [values.mean() for values in results[name]]
        bars = axes.bar(np.arange(3) + offset, means, 0.38, color=colour, label=name.upper())
        axes.bar_label(bars, fmt="%.1f", label_type="center", color="white", fontsize=13)
        for place, values in enumerate(results[name]):
            axes.plot(np.full(SEEDS, place + offset), values, "o", color="black", ms=3)
    axes.set(ylabel="test accuracy (%)", ylim=(0, 105), xticks=range(3))
    axes.set_xticklabels(["as it is", "pixels permuted", f"test shifted {SHIFT} px"])
    axes.legend(loc="upper right")
    save(figure, path)
    mlp, cnn = results["mlp"], results["cnn"]
    return [
        Measured("MLP", mlp[0].mean(), "82.7%,", 1),
        Measured("CNN", cnn[0].mean(), "83.6%였다", 1),
        Measured("MLP, permuted", mlp[1].mean(), "82.7%로", 1),
        Measured("CNN, permuted", cnn[1].mean(), "79.8%로", 1),
        Measured("MLP, shifted", mlp[2].mean(), "44%로", 5),
        Measured("CNN, shifted", cnn[2].mean(), "60%로", 5),
        Measured("MLP trained with shifts, plain", augmented[:, 0].mean(), "75%로", 2),
        Measured("MLP trained with shifts, shifted", augmented[:, 1].mean(), "70%까지", 2),
    ]
