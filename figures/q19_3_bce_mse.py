"""Gradients of BCE and MSE, and both measures while ``examples/bce_mse_torch.py`` trains on BCE."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from examples.bce_mse_torch import EPOCHS, RATE, Examples, build, evaluate, load, train_epoch
from torch import nn

from figures.common import BLUE, GREY, ORANGE, Measured, save

ANSWER = "19-3"
SLOW = "trains 5 networks in PyTorch"

EARLY = 40
SEEDS = 5


def history(seed: int) -> tuple[nn.Module, Examples, np.ndarray]:
    """Return a trained network, its test data, and BCE and MSE on them as rows by epoch.

    The seed decides about the split, too; 0 does what the program does.
    """
    torch.manual_seed(seed)
    train, test = load(seed)
    model = build()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    measures = []
    for _ in range(EPOCHS):
        train_epoch(model, train, optimizer)
        measures.append(evaluate(model, test))
    return model, test, np.array(measures).T


def main(path: Path) -> list[Measured]:
    """Draw the gradients by logit, and the test measures of each epoch."""
    torch.set_num_threads(1)
    model, (x, y), first = history(0)
    runs = [first, *(history(seed)[2] for seed in range(1, SEEDS))]
    bce, mse = first
    grown = np.array([run[:, -1] / run[:, EARLY - 1] for run in runs])

    with torch.no_grad():
        logits = model(x)
        losses = nn.functional.binary_cross_entropy_with_logits(logits, y, reduction="none")
        wrong = (logits > 0) != (y > 0.5)
        on_logits = nn.functional.mse_loss(logits, y).item()
    share = (losses[wrong].sum() / losses.sum()).item()

    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 6), layout="constrained")
    z = np.linspace(-8, 8, 801)
    p = 1 / (1 + np.exp(-z))
    squared = 2 * (1 - p) ** 2 * p
    above.plot(z, 1 - p, color=BLUE, label="BCE: 1 − p")
    above.plot(z, squared, "--", color=ORANGE, label="MSE: 2 (1 − p)² p")
    above.set(xlabel="logit z (right answer: 1)", ylabel="size of the gradient")
    above.legend()
    epochs = np.arange(1, EPOCHS + 1)
    below.axhline(1, color=GREY, lw=1)
    for run in runs[1:]:
        below.plot(epochs, run[0] / run[0, EARLY - 1], color=BLUE, lw=1, alpha=0.3)
        below.plot(epochs, run[1] / run[1, EARLY - 1], "--", color=ORANGE, lw=1, alpha=0.4)
    below.plot(epochs, bce / bce[EARLY - 1], color=BLUE, label="BCE (trained on)")
    below.plot(epochs, mse / mse[EARLY - 1], "--", color=ORANGE, label="MSE (only watched)")
    below.set(xlabel="epoch", ylabel=f"on test data, epoch {EARLY} = 1", ylim=(0.5, 2.5))
    below.legend(loc="upper left", bbox_to_anchor=(0.12, 1))
    save(figure, path)
    return [
        Measured("largest gradient of MSE", squared.max(), "0.296", 0.001),
        Measured("test BCE, early", bce[EARLY - 1], "0.069에서", 0.01),
        Measured("test BCE, late", bce[-1], "0.113으로", 0.02),
        Measured("test MSE, early", mse[EARLY - 1], "0.0196에서", 0.002),
        Measured("test MSE, late", mse[-1], "0.0159로", 0.002),
        Measured("smallest growth of BCE, 5 runs", grown[:, 0].min(), "1.6~", 0.15),
        Measured("largest growth of BCE, 5 runs", grown[:, 0].max(), "~2.2배", 0.3),
        Measured("smallest growth of MSE, 5 runs", grown[:, 1].min(), "0.8~", 0.1),
        Measured("largest growth of MSE, 5 runs", grown[:, 1].max(), "~1.7배", 0.3),
        Measured("wrong patients", float(wrong.sum()), "2명", 1),
        Measured("share of the wrong in BCE", 100 * share, "87%", 6),
        Measured("MSE of the logits", on_logits, "1,923", 300),
    ]
