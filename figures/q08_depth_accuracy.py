"""Accuracy of ReLU networks of 2, 6 and 20 hidden layers on digits, by initialisation."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from figures.common import Measured, save

ANSWER = "8"
SLOW = "trains 165 networks"

Array = NDArray[np.float32]
Sizes = tuple[int, int, int]
Draw = Callable[[np.random.Generator, Sizes], tuple[NDArray[np.float64], NDArray[np.float64]]]
DEPTHS, RATES, SEEDS = (2, 6, 20), (0.01, 0.03, 0.1, 0.3, 1.0), 3
WIDTH, EPOCHS, MORE_EPOCHS, BATCH = 64, 20, 60, 32


def pytorch(rng: np.random.Generator, sizes: Sizes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights and biases from U(-1/sqrt(n_in), 1/sqrt(n_in)), as torch.nn.Linear draws them."""
    networks, n_in, n_out = sizes
    bound = n_in**-0.5
    return rng.uniform(-bound, bound, sizes), rng.uniform(-bound, bound, (networks, 1, n_out))


def xavier(rng: np.random.Generator, sizes: Sizes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Normal weights with variance 2 / (n_in + n_out), no biases."""
    networks, n_in, n_out = sizes
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), sizes), np.zeros((networks, 1, n_out))


def he(rng: np.random.Generator, sizes: Sizes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Normal weights with variance 2 / n_in, no biases."""
    networks, n_in, n_out = sizes
    return rng.normal(0, np.sqrt(2 / n_in), sizes), np.zeros((networks, 1, n_out))


def zero(_: np.random.Generator, sizes: Sizes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All zeros."""
    networks, _n_in, n_out = sizes
    return np.zeros(sizes), np.zeros((networks, 1, n_out))


def accuracies(
    depth: int, draw: Draw, epochs: int = EPOCHS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Accuracy in percent on the validation and on the test set, one row a learning rate, one column a seed.

    All networks are trained at once, with plain SGD on the same batches: every array has them along its
    first axis.
    """
    pictures, digits = load_digits(return_X_y=True)
    x_rest, x_test, y_rest, y_test = train_test_split(
        (pictures / 16).astype(np.float32), digits, test_size=0.3, stratify=digits, random_state=0
    )
    x_train, x_validation, y_train, y_validation = train_test_split(
        x_rest, y_rest, test_size=0.2, stratify=y_rest, random_state=0
    )
    rng = np.random.default_rng(0)
    networks = len(RATES) * SEEDS
    rates = np.repeat(np.array(RATES, np.float32), SEEDS)[:, None, None]
    sizes = [x_train.shape[1], *[WIDTH] * depth, 10]
    drawn = [draw(rng, (SEEDS, n_in, n_out)) for n_in, n_out in itertools.pairwise(sizes)]
    weights = [np.tile(w, (len(RATES), 1, 1)).astype(np.float32) for w, _ in drawn]
    biases = [np.tile(b, (len(RATES), 1, 1)).astype(np.float32) for _, b in drawn]
    one_hot = np.eye(10, dtype=np.float32)[y_train]

    def forward(x: Array) -> list[Array]:
        layers = [np.broadcast_to(x, (networks, *x.shape))]
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            layers.append(np.maximum(layers[-1] @ w + b, 0))
        return [*layers, layers[-1] @ weights[-1] + biases[-1]]

    def percent(x: Array, y: NDArray[np.int64]) -> NDArray[np.float64]:
        right = forward(x)[-1].argmax(axis=2) == y
        shares: NDArray[np.float64] = 100 * right.mean(axis=1).reshape(len(RATES), SEEDS)
        return shares

    with np.errstate(over="ignore", invalid="ignore"):  # some networks diverge
        for _ in range(epochs):
            for batch in np.array_split(rng.permutation(len(x_train)), len(x_train) // BATCH):
                *layers, logits = forward(x_train[batch])
                odds = np.exp(logits - logits.max(axis=2, keepdims=True))
                delta = (odds / odds.sum(axis=2, keepdims=True) - one_hot[batch]) / len(batch)
                for w, b, h in reversed(list(zip(weights, biases, layers, strict=True))):
                    below = delta @ w.transpose(0, 2, 1) * (h > 0)
                    w -= rates * (h.transpose(0, 2, 1) @ delta)
                    b -= rates * delta.sum(axis=1, keepdims=True)
                    delta = below
        return percent(x_validation, y_validation), percent(x_test, y_test)


def main(path: Path) -> list[Measured]:
    """Draw, per initialisation and depth, the test accuracies at the rate that the validation set picks.

    It picks the rate with the highest median over the seeds; the test set has no part in the choice.
    """

    def tested(depth: int, draw: Draw, epochs: int = EPOCHS) -> NDArray[np.float64]:
        validation, test = accuracies(depth, draw, epochs)
        chosen: NDArray[np.float64] = test[np.median(validation, axis=1).argmax()]
        return chosen

    best: dict[tuple[str, int], NDArray[np.float64]] = {}
    for name, draw in (("He", he), ("Xavier", xavier), ("PyTorch default", pytorch)):
        for depth in DEPTHS:
            best[name, depth] = tested(depth, draw)
    longer = float(np.median(tested(6, pytorch, MORE_EPOCHS)))
    _, stuck = accuracies(2, zero)

    figure, axes = plt.subplots(figsize=(6.4, 3.8))
    names = list(dict.fromkeys(name for name, _ in best))
    for shift, name in enumerate(names):
        places = np.arange(len(DEPTHS)) + 0.27 * (shift - 1)
        heights = [float(np.median(best[name, depth])) for depth in DEPTHS]
        axes.bar(places, heights, width=0.25, label=name)
        for place, depth in zip(places, DEPTHS, strict=True):
            axes.plot([place] * SEEDS, best[name, depth], "k_", ms=8)
    axes.axhline(10, color="black", lw=1, ls=":")
    axes.text(2.83, 12, "chance", ha="right")
    axes.set_xticks(range(len(DEPTHS)), [f"{depth} hidden layers" for depth in DEPTHS])
    axes.set(ylabel=f"test accuracy (%)\nafter {EPOCHS} epochs", xlim=(-0.5, 2.85), ylim=(0, 103))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=len(names), frameon=False)
    axes.grid(axis="x", visible=False)
    figure.tight_layout()
    save(figure, path)
    median = {key: float(np.median(values)) for key, values in best.items()}
    return [
        Measured("lowest of the three, 2 layers", min(median[name, 2] for name in names), "셋 다 95%", 1.5),
        Measured("PyTorch default, 6 layers", median["PyTorch default", 6], "PyTorch 기본값 30%", 12),
        Measured("PyTorch default, 20 layers", median["PyTorch default", 20], "PyTorch 기본값 10%", 1),
        Measured("Xavier, 6 layers", median["Xavier", 6], "Xavier 96.9%", 1),
        Measured("Xavier, 20 layers", median["Xavier", 20], "Xavier 19%", 6),
        Measured("He, 6 layers", median["He", 6], "He 97.2%", 1),
        Measured("He, 20 layers", median["He", 20], "He 89%", 4),
        Measured("PyTorch default, 6 layers, three times the epochs", longer, "94%까지", 4),
        Measured("zeros, 2 layers, best of all", float(stuck.max()), "정확도가 10.2%", 0.5),
    ]
