"""Mistakes that raise no error, in the MLP of ``examples/mnist_torch.py`` on 10,000 pictures."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import torch
from examples.mnist_torch import BATCH, build, load
from torch import nn

from figures.common import BLUE, GREEN, ORANGE, PINK, Measured, save

ANSWER = "19"
SLOW = "trains 4 networks in PyTorch"

EPOCHS = 10
RATE = 0.1


def train(mistake: str) -> tuple[list[float], list[float]]:
    """Return the mean training loss and the test accuracy in percent of each epoch of SGD."""
    x, y = (tensor[:10_000] for tensor in load("train").tensors)
    x_test, y_test = load("t10k").tensors
    if mistake == "no shuffling":  # files sorted by class, as a folder for each class gives them
        order = y.argsort(stable=True)
        x, y = x[order], y[order]
    torch.manual_seed(0)
    model = build("mlp")
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    losses, scores = [], []
    for _ in range(EPOCHS):
        order = torch.arange(len(x)) if mistake == "no shuffling" else torch.randperm(len(x))
        total = 0.0
        for rows in torch.split(order, BATCH):
            if mistake != "no zero_grad":
                optimizer.zero_grad()
            output = model(x[rows])
            if mistake == "softmax twice":
                output = output.softmax(dim=1)
            loss = nn.functional.cross_entropy(output, y[rows])
            loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(x))
        with torch.no_grad():
            scores.append(100 * (model(x_test).argmax(dim=1) == y_test).float().mean().item())
    return losses, scores


def main(path: Path) -> list[Measured]:
    """Draw loss and accuracy of the right program and of three wrong ones."""
    torch.set_num_threads(1)
    runs = {name: train(name) for name in ("right", "softmax twice", "no shuffling", "no zero_grad")}
    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 5.8), sharex=True, layout="constrained")
    styles = ((BLUE, "o-"), (GREEN, "^-"), (ORANGE, "s-"), (PINK, "x-"))
    epochs = range(1, EPOCHS + 1)
    for (name, (losses, scores)), (colour, style) in zip(runs.items(), styles, strict=True):
        above.plot(epochs, losses, style, color=colour, ms=5, label=name)
        below.plot(epochs, scores, style, color=colour, ms=5)
    above.set(ylabel="mean training loss", ylim=(0, 5))
    above.legend(ncols=2, loc="upper right")
    below.set(xlabel="epoch", ylabel="test accuracy (%)", xticks=epochs, ylim=(0, 90))
    save(figure, path)
    return [
        Measured("last loss, right", runs["right"][0][-1], "0.40까지", 0.02),
        Measured("last accuracy, right", runs["right"][1][-1], "81%", 5),
        Measured("last loss, no shuffling", runs["no shuffling"][0][-1], "0.31까지", 0.05),
        Measured("last accuracy, no shuffling", runs["no shuffling"][1][-1], "25%", 8),
        Measured("last accuracy, softmax twice", runs["softmax twice"][1][-1], "77%", 4),
        Measured("last loss, softmax twice", runs["softmax twice"][0][-1], "1.70에", 0.03),
        Measured("last accuracy, no zero_grad", runs["no zero_grad"][1][-1], "11%", 4),
    ]
