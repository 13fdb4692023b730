"""An MLP and a CNN on Fashion-MNIST: as it is, with its pixels permuted, and with shifted test pictures."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from figures.common import BLUE, INK, ORANGE, Conclusion, Numbers, Says, paper

if TYPE_CHECKING:
    import torch

ANSWER = "19-1"
SEEDS, LONG_SEEDS = 5, 3
SLOW = "trains five networks for each run, two of them CNNs"

PICTURES, TESTED_ON = 4_000, 2_000
EPOCHS, RATE = 5, 3e-3
SHIFT = 2


def moved(x: torch.Tensor, right: int, down: int) -> torch.Tensor:
    """The pictures moved by whole pixels, black where nothing comes in."""
    import torch

    padded = torch.nn.functional.pad(x, (SHIFT, SHIFT, SHIFT, SHIFT))
    return padded[..., SHIFT - down : SHIFT - down + 28, SHIFT - right : SHIFT - right + 28]


def jittered(x: torch.Tensor) -> torch.Tensor:
    """Every picture moved by up to ``SHIFT`` pixels each way, at random."""
    import torch

    result = torch.empty_like(x)
    right, down = torch.randint(-SHIFT, SHIFT + 1, (2, len(x)))
    for a, b in product(range(-SHIFT, SHIFT + 1), repeat=2):
        chosen = (right == a) & (down == b)
        result[chosen] = moved(x[chosen], a, b)
    return result


def scores(name: str, seed: int, epochs: int, *, permute: bool = False, jitter: bool = False) -> list[float]:
    """Percent right of the test pictures, as they are and shifted, of a network trained on ``PICTURES``."""
    import torch
    from examples.mnist_torch import BATCH, accuracy, build, load, train_epoch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    parts = []
    for part, count in (("train", PICTURES), ("t10k", TESTED_ON)):
        x, y = load(part).tensors
        rows = torch.randperm(len(x), generator=rng)[:count]
        parts.append((x[rows], y[rows]))
    (x, y), (x_test, y_test) = parts
    order = torch.randperm(784, generator=rng) if permute else torch.arange(784)

    def ordered(pictures: torch.Tensor) -> torch.Tensor:
        return pictures.flatten(1)[:, order].reshape(-1, 1, 28, 28)

    model = build(name)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    for _ in range(epochs):
        pictures = ordered(jittered(x) if jitter else x)
        shuffled = torch.split(torch.randperm(len(x)), BATCH)
        train_epoch(model, [(pictures[rows], y[rows]) for rows in shuffled], optimizer)
    return [
        100 * accuracy(model, [(ordered(test), y_test)]) for test in (x_test, moved(x_test, SHIFT, SHIFT))
    ]


def measure(seed: int, budget: int = 1) -> Numbers:
    """Percent right of both networks in the three conditions, and of the MLP that was trained with shifts."""
    numbers: Numbers = {}
    for name in ("mlp", "cnn"):
        numbers[f"{name}, as it is"], numbers[f"{name}, shifted"] = scores(name, seed, budget * EPOCHS)
        numbers[f"{name}, permuted"] = scores(name, seed, budget * EPOCHS, permute=True)[0]
    plain, shifted = scores("mlp", seed, budget * EPOCHS, jitter=True)
    numbers["jittered mlp, as it is"], numbers["jittered mlp, shifted"] = plain, shifted
    return numbers


SAYS = (
    Says("mlp, as it is", "80%(78~83%), CNN이"),
    Says("mlp, as it is", "78~83%), CNN이", "min"),
    Says("mlp, as it is", "83%), CNN이", "max"),
    Says("cnn, as it is", "84%(83~85%)이다"),
    Says("cnn, as it is", "83~85%)이다", "min"),
    Says("cnn, as it is", "85%)이다", "max"),
    Says("mlp, permuted", "80%(80~83%)로"),
    Says("mlp, permuted", "80~83%)로", "min"),
    Says("mlp, permuted", "83%)로", "max"),
    Says("cnn, permuted", "81%(80~82%)로"),
    Says("cnn, permuted", "80~82%)로", "min"),
    Says("cnn, permuted", "82%)로", "max"),
    Says("mlp, shifted", "44%(31~48%)로"),
    Says("mlp, shifted", "31~48%)로", "min"),
    Says("mlp, shifted", "48%)로", "max"),
    Says("cnn, shifted", "52%(50~64%)로"),
    Says("cnn, shifted", "50~64%)로", "min"),
    Says("cnn, shifted", "64%)로", "max"),
    Says("jittered mlp, shifted", "73%(70~73%)까지"),
    Says("jittered mlp, shifted", "70~73%)까지", "min"),
    Says("jittered mlp, shifted", "73%)까지", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "the MLP does not notice that the pixels are permuted",
        lambda runs: abs(np.median(runs["mlp, permuted"] - runs["mlp, as it is"])) < 1.5,
    ),
    Conclusion(
        "the CNN is ahead as it is", lambda runs: np.median(runs["cnn, as it is"] - runs["mlp, as it is"]) > 1
    ),
    Conclusion("the CNN notices", lambda runs: np.median(runs["cnn, as it is"] - runs["cnn, permuted"]) > 1),
    Conclusion(
        "shifts bring both down, the MLP further",
        lambda runs: (
            (np.median(runs["cnn, as it is"] - runs["cnn, shifted"]) > 10)
            & (np.median(runs["cnn, shifted"] - runs["mlp, shifted"]) > 5)
        ),
    ),
    Conclusion(
        "training with shifts mends much of it",
        lambda runs: (runs["jittered mlp, shifted"] - runs["mlp, shifted"] > 15).all(),
    ),
)


def draw() -> Figure:
    """The medians of both networks in the three conditions, and each run."""
    text = (Path(__file__).parent / "measured" / f"{Path(__file__).stem}.json").read_text(encoding="utf-8")
    runs = [run["numbers"] for run in json.loads(text) if run["budget"] == 1]
    conditions = ("as it is", "permuted", "shifted")
    figure, axes = plt.subplots(figsize=(4.5, 3.6))
    for name, colour, hatch, offset in (("mlp", BLUE, "", -0.2), ("cnn", ORANGE, "//", 0.2)):
        values = np.array([[run[f"{name}, {condition}"] for condition in conditions] for run in runs])
        places = np.arange(3) + offset
        axes.bar(
            places,
            np.median(values, axis=0),
            0.38,
            color=colour,
            hatch=hatch,
            edgecolor=paper(),
            label=name.upper(),
        )
        for place, column in zip(places, values.T, strict=True):
            axes.plot(np.full(len(column), place), column, "o", color=INK, mec=paper(), ms=5)
            axes.annotate(f"{np.median(column):.0f}", (place, column.max() + 2), ha="center")
    axes.set(ylabel="test 정확도(%)", ylim=(0, 108), xticks=range(3))
    axes.set_xticklabels(["그대로", "픽셀을 섞음", f"test를 {SHIFT}픽셀 밂"])
    axes.legend(loc="upper right")
    return figure
