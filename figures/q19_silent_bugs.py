"""Mistakes that raise no error, in the MLP of ``examples/mnist_torch.py`` on 10,000 pictures."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from figures.common import BLUE, ORANGE, Conclusion, Numbers, Says

ANSWER = "19"
SEEDS = 10
SLOW = "trains 4 networks in PyTorch"

TRAIN = 10_000  # pictures that a seed chooses out of 60,000
EPOCHS = 10
RATE = 0.1
PROGRAMS = ("right", "no shuffling", "softmax twice", "no zero_grad")


@cache
def data() -> tuple[Any, ...]:
    """Pictures and labels for training, then for testing."""
    from examples.mnist_torch import load

    return *load("train").tensors, *load("t10k").tensors


@cache
def train(program: str, seed: int, budget: int = 1) -> tuple[list[float], list[float]]:
    """The mean training loss, as the loop reports it, and the test accuracy in percent of each epoch."""
    import torch
    from examples.mnist_torch import BATCH, build
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    x, y, x_test, y_test = data()
    chosen = torch.randperm(len(x))[:TRAIN]
    x, y = x[chosen], y[chosen]
    if program == "no shuffling":  # files sorted by class, as a folder for each class gives them
        order = y.argsort(stable=True)
        x, y = x[order], y[order]
    model = build("mlp")
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    losses, scores = [], []
    for _ in range(budget * EPOCHS):
        order = torch.arange(len(x)) if program == "no shuffling" else torch.randperm(len(x))
        total = 0.0
        for rows in torch.split(order, BATCH):
            if program != "no zero_grad":
                optimizer.zero_grad()
            output = model(x[rows])
            if program == "softmax twice":
                output = output.softmax(dim=1)
            loss = nn.functional.cross_entropy(output, y[rows])
            loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(x))
        with torch.no_grad():
            scores.append(100 * (model(x_test).argmax(dim=1) == y_test).float().mean().item())
    return losses, scores


def measure(seed: int, budget: int = 1) -> Numbers:
    """Loss and accuracy of the last epoch."""
    numbers = {}
    for program in PROGRAMS:
        losses, scores = train(program, seed, budget)
        numbers[f"loss, {program}"] = losses[-1]
        numbers[f"accuracy, {program}"] = scores[-1]
    return numbers


SAYS = (
    Says("loss, no shuffling", "중앙값 0.42"),
    Says("loss, no shuffling", "0.26~0.52)로", "min"),
    Says("loss, no shuffling", "0.52)로", "max"),
    Says("loss, right", "0.39~0.41", "min"),
    Says("loss, right", "0.41에", "max"),
    Says("accuracy, no shuffling", "중앙값 21%"),
    Says("accuracy, no shuffling", "12~28%", "min"),
    Says("accuracy, no shuffling", "28%)", "max"),
    Says("accuracy, right", "중앙값 81%"),
    Says("accuracy, right", "77~83%", "min"),
    Says("accuracy, right", "83%)", "max"),
    Says("accuracy, softmax twice", "중앙값 75%"),
    Says("accuracy, softmax twice", "72~78%", "min"),
    Says("accuracy, softmax twice", "78%)", "max"),
    Says("loss, softmax twice", "1.68~1.75로", "min"),
    Says("loss, softmax twice", "1.75로", "max"),
    Says("accuracy, no zero_grad", "중앙값 10%"),
    Says("accuracy, no zero_grad", "10~14%", "min"),
    Says("accuracy, no zero_grad", "14%)", "max"),
)
CONCLUSIONS = (
    Conclusion(
        "the loss orders the first two mistakes the wrong way round",
        lambda runs: (
            (runs["loss, no shuffling"] < runs["loss, softmax twice"]).all()
            and (runs["accuracy, no shuffling"] < runs["accuracy, softmax twice"] - 20).all()
        ),
    ),
    Conclusion(
        "without shuffling the loss is nearer to that of the right program than to that of a second softmax",
        lambda runs: (
            2 * runs["loss, no shuffling"] < runs["loss, right"] + runs["loss, softmax twice"]
        ).all(),
    ),
    Conclusion(
        "without shuffling much accuracy is lost",
        lambda runs: (runs["accuracy, right"] - runs["accuracy, no shuffling"] > 20).all(),
    ),
    Conclusion(
        "a second softmax keeps the loss high and the accuracy plausible",
        lambda runs: (
            (runs["loss, softmax twice"] > 1.46).all() and (runs["accuracy, softmax twice"] > 60).all()
        ),
    ),
    Conclusion(
        "the medians of the accuracies are in one order",
        lambda runs: all(
            np.median(runs[f"accuracy, {better}"]) > np.median(runs[f"accuracy, {worse}"])
            for better, worse in pairwise(("right", "softmax twice", "no shuffling", "no zero_grad"))
        ),
    ),
    Conclusion(
        "without zero_grad nothing is learned", lambda runs: np.median(runs["accuracy, no zero_grad"]) < 30
    ),
)

LABELS = ("옳은 프로그램", "섞지 않음", "softmax 두 번", "zero_grad 없음")


def draw() -> Figure:
    """The last loss and the last accuracy of each program, a point a run."""
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 4.6), sharey=True)
    for row, program in enumerate(PROGRAMS):
        colour, marker = (BLUE, "o") if program == "right" else (ORANGE, "s")
        spread = row + np.linspace(-0.2, 0.2, SEEDS)
        runs = [train(program, seed) for seed in range(SEEDS)]
        above.plot([losses[-1] for losses, _ in runs], spread, marker, color=colour, ms=4)
        below.plot([scores[-1] for _, scores in runs], spread, marker, color=colour, ms=4)
    above.set(xlim=(0, 7), title="학습하며 찍힌 평균 손실")
    above.set_yticks(range(len(LABELS)), LABELS)
    above.invert_yaxis()
    below.set(xlim=(0, 100), title="test 정확도(%)")
    for axes in (above, below):
        axes.grid(axis="y", visible=False)
    return figure
