"""Gradients of BCE and MSE, and both measures while ``examples/bce_mse_torch.py`` trains on BCE."""

from __future__ import annotations

from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from figures.common import BLUE, GREY, ORANGE, Conclusion, Numbers, Says

ANSWER = "19-3"
SEEDS = 20
SLOW = "trains in PyTorch"

EARLY = 40  # the epoch that later ones are compared with
LOGITS = np.linspace(-8, 8, 801)


@cache
def history(seed: int, budget: int = 1) -> tuple[NDArray[Any], float, float]:
    """Test BCE and MSE as rows by epoch; percent of the last BCE from the wrong; MSE of the logits."""
    import torch
    from examples.bce_mse_torch import EPOCHS, RATE, build, evaluate, load, train_epoch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    train, test = load(seed)
    model = build()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    measures = []
    for _ in range(budget * EPOCHS):
        train_epoch(model, train, optimizer)
        measures.append(evaluate(model, test))
    x, y = test
    with torch.no_grad():
        logits = model(x)
        losses = nn.functional.binary_cross_entropy_with_logits(logits, y, reduction="none")
        wrong = (logits > 0) != (y > 0.5)
        on_logits = nn.functional.mse_loss(logits, y).item()
    return np.array(measures).T, 100 * (losses[wrong].sum() / losses.sum()).item(), on_logits


def gradients() -> tuple[NDArray[Any], NDArray[Any]]:
    """Sizes of the gradients of BCE and MSE by the logit, where the right answer is 1."""
    p = 1 / (1 + np.exp(-LOGITS))
    return 1 - p, 2 * (1 - p) ** 2 * p


def measure(seed: int, budget: int = 1) -> Numbers:
    """How both measures changed from an early epoch to the last one, and what the wrong weigh."""
    measures, share, on_logits = history(seed, budget)
    bce, mse = measures[:, -1] / measures[:, EARLY - 1]
    return {
        "largest gradient of MSE": float(gradients()[1].max()),
        "growth of BCE": float(bce),
        "growth of MSE": float(mse),
        "BCE grew more": 100.0 * float(bce > mse),
        "share of the wrong in BCE": share,
        "MSE of the probabilities": float(measures[1, -1]),
        "MSE of the logits": on_logits,
    }


SAYS = (
    Says("largest gradient of MSE", "0.296"),
    Says("growth of BCE", "BCE는 중앙값 1.9배"),
    Says("growth of BCE", "1.4~2.4배", "min"),
    Says("growth of BCE", "2.4배)로", "max"),
    Says("growth of MSE", "MSE는 중앙값 1.2배"),
    Says("growth of MSE", "0.8~2.0배", "min"),
    Says("growth of MSE", "2.0배)로", "max"),
    Says("BCE grew more", "시드의 90%에서", "mean"),
    Says("share of the wrong in BCE", "BCE의 중앙값 97%"),
    Says("share of the wrong in BCE", "86~100%", "min"),
    Says("share of the wrong in BCE", "100%)를", "max"),
    Says("MSE of the logits", "1,000을 넘었다", "min"),
)
CONCLUSIONS = (
    Conclusion("BCE grows in every run", lambda runs: (runs["growth of BCE"] > 1).all()),
    Conclusion("in most it grows more than MSE", lambda runs: np.mean(runs["BCE grew more"]) > 50),
    Conclusion(
        "it grows much more than MSE, by the median",
        lambda runs: np.median(runs["growth of BCE"] / runs["growth of MSE"]) > 1.2,
    ),
    Conclusion("the wrong make most of BCE", lambda runs: (runs["share of the wrong in BCE"] > 60).all()),
    Conclusion("the MSE of logits is far off", lambda runs: (runs["MSE of the logits"] > 300).all()),
)


def draw() -> Figure:
    """The gradients by logit, and the test measures of each epoch in all runs."""
    figure, (above, below) = plt.subplots(2, figsize=(4.5, 5.6))
    for gradient, style, colour, name, place in (
        (gradients()[0], "-", BLUE, "BCE: $1-p$", (-7.8, 0.83)),
        (gradients()[1], "--", ORANGE, "MSE: $2(1-p)^2p$", (-7.8, 0.27)),
    ):
        above.plot(LOGITS, gradient, style, color=colour, lw=2)
        above.text(*place, name, color=colour)
    above.set(xlabel="logit z (정답은 1)", ylabel="기울기의 크기", ylim=(0, 1.05))
    runs = np.array([history(seed)[0] for seed in range(SEEDS)])
    runs = runs / runs[:, :, EARLY - 1, None]
    epochs = np.arange(1, runs.shape[2] + 1)
    top = 1.05 * runs[:, :, EARLY:].max()
    below.axhline(1, color=GREY, lw=1)
    for row, (style, colour, name, place) in enumerate(
        (("-", BLUE, "BCE(학습에 쓴다)", (20, 0.9 * top)), ("--", ORANGE, "MSE(보기만 한다)", (110, 0.6)))
    ):
        below.plot(epochs, runs[:, row].T, style, color=colour, lw=0.8, alpha=0.4)
        below.plot(epochs, np.median(runs[:, row], axis=0), style, color=colour, lw=2.5)
        below.text(*place, name, color=colour)
    below.set(xlabel="epoch", ylabel=f"test 값({EARLY} epoch에서 1)", ylim=(0.4, top))
    return figure
