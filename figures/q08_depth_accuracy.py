"""Accuracy of ReLU networks of 20 hidden layers on digits, by initialisation and optimiser."""

from __future__ import annotations

import itertools
import json
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from figures.common import BLUE, GREEN, GREY, INK, ORANGE, Conclusion, Numbers, Runs, Says

ANSWER = "8"
SEEDS = 10
SLOW = "trains 12 networks of 20 layers for each seed"

DEPTH, WIDTH, EPOCHS, BATCH = 20, 64, 20, 32
INITIALISATIONS = ("He", "Xavier", "default")  # the last is that of torch.nn.Linear
RATES = {"SGD": (0.01, 0.03), "Adam": (0.0003, 0.001)}


def accuracies(optimiser: str, seed: int, epochs: int) -> dict[str, float]:
    """The test accuracy in percent by initialisation, each at the rate that the validation set picks.

    All networks are trained at once on the same batches: every tensor has them along its first axis.
    """
    import torch
    from torch.nn.functional import cross_entropy

    torch.set_num_threads(1)
    pictures, digits = load_digits(return_X_y=True)
    x_rest, x_test, y_rest, y_test = train_test_split(
        (pictures / 16).astype(np.float32), digits, test_size=0.3, stratify=digits, random_state=seed
    )
    x_train, x_validation, y_train, y_validation = map(
        torch.tensor, train_test_split(x_rest, y_rest, test_size=0.2, stratify=y_rest, random_state=seed)[:4]
    )
    rng, generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    networks = [(name, rate) for name in INITIALISATIONS for rate in RATES[optimiser]]
    rates = torch.tensor([rate for _, rate in networks])[:, None, None]
    weights, biases = [], []
    for n_in, n_out in itertools.pairwise([x_train.shape[1], *[WIDTH] * DEPTH, 10]):
        normal = torch.randn(n_in, n_out, generator=generator)
        uniform = 2 * torch.rand(n_in + 1, n_out, generator=generator) - 1
        drawn = {
            "He": ((2 / n_in) ** 0.5 * normal, torch.zeros(1, n_out)),
            "Xavier": ((2 / (n_in + n_out)) ** 0.5 * normal, torch.zeros(1, n_out)),
            "default": (n_in**-0.5 * uniform[1:], n_in**-0.5 * uniform[:1]),
        }
        weights.append(torch.stack([drawn[name][0] for name, _ in networks]).requires_grad_())
        biases.append(torch.stack([drawn[name][1] for name, _ in networks]).requires_grad_())

    def forward(x: torch.Tensor) -> torch.Tensor:
        h = x.expand(len(networks), -1, -1)
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            h = torch.baddbmm(b, h, w).relu()
        return torch.baddbmm(biases[-1], h, weights[-1])

    parameters = weights + biases
    first, second = [[torch.zeros_like(p) for p in parameters] for _ in range(2)]
    step = 0
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(len(x_train)), len(x_train) // BATCH):
            logits, y = forward(x_train[batch]), y_train[batch].repeat(len(networks))
            loss = cross_entropy(logits.flatten(0, 1), y, reduction="sum") / len(batch)
            step += 1
            with torch.no_grad():
                for p, g, m, v in zip(
                    parameters, torch.autograd.grad(loss, parameters), first, second, strict=True
                ):
                    if optimiser == "SGD":
                        p -= rates * g
                        continue
                    m.mul_(0.9).add_(g, alpha=0.1)
                    v.mul_(0.999).addcmul_(g, g, value=0.001)
                    p -= rates * (m / (1 - 0.9**step)) / ((v / (1 - 0.999**step)).sqrt() + 1e-8)

    def percent(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return 100 * (forward(x).argmax(dim=2) == y).float().mean(dim=1).reshape(len(INITIALISATIONS), -1)

    with torch.no_grad():
        best = percent(x_validation, y_validation).argmax(dim=1)
        test = percent(torch.tensor(x_test), torch.tensor(y_test))
    return {name: float(test[i, best[i]]) for i, name in enumerate(INITIALISATIONS)}


def measure(seed: int, budget: int = 1) -> Numbers:
    """Test accuracies by optimiser and initialisation."""
    return {
        f"{optimiser}, {name}": accuracy
        for optimiser in RATES
        for name, accuracy in accuracies(optimiser, seed, EPOCHS * budget).items()
    }


SAYS = (
    Says("SGD, He", "He가 92%(84~94%)"),
    Says("SGD, He", "84~94%)", "min"),
    Says("SGD, He", "94%), Xavier가 22%", "max"),
    Says("SGD, Xavier", "22%(20~36%)"),
    Says("SGD, Xavier", "20~36%)", "min"),
    Says("SGD, Xavier", "36%), PyTorch", "max"),
    Says("SGD, default", "10%였다"),
    Says("Adam, He", "93%(89~95%)"),
    Says("Adam, He", "89~95%)", "min"),
    Says("Adam, He", "95%), 85%", "max"),
    Says("Adam, Xavier", "85%(75~93%)"),
    Says("Adam, Xavier", "75~93%)", "min"),
    Says("Adam, Xavier", "93%), 19%", "max"),
    Says("Adam, default", "19%(10~71%)"),
    Says("Adam, default", "10~71%)", "min"),
    Says("Adam, default", "71%)였고", "max"),
)


def gap(runs: Runs, optimiser: str, low: str) -> float:
    """By how much He is better than another initialisation, in the medians."""
    return float(np.median(runs[f"{optimiser}, He"]) - np.median(runs[f"{optimiser}, {low}"]))


CONCLUSIONS = (
    Conclusion("with SGD, the default stays at chance", lambda runs: (runs["SGD, default"] < 12).all()),
    Conclusion("with SGD, Xavier lags behind He", lambda runs: gap(runs, "SGD", "Xavier") > 10),
    Conclusion(
        "with Adam, Xavier lags less than half as far",
        lambda runs: gap(runs, "Adam", "Xavier") < gap(runs, "SGD", "Xavier") / 2,
    ),
    Conclusion("the default lags with Adam too", lambda runs: gap(runs, "Adam", "default") > 15),
    Conclusion("He learns with both", lambda runs: min(runs["SGD, He"].min(), runs["Adam, He"].min()) > 80),
)


@cache
def recorded() -> dict[str, list[float]]:
    """What was measured with the plain budget, a value a seed."""
    file = Path(__file__).parent / "measured" / f"{Path(__file__).stem}.json"
    runs = [run["numbers"] for run in json.loads(file.read_text(encoding="utf-8")) if run["budget"] == 1]
    return {name: [run[name] for run in runs] for name in runs[0]}


def draw() -> Figure:
    """The medians as bars, the seeds as dots."""
    figure, axes = plt.subplots(figsize=(4.5, 3.4))
    places, names = [], []
    for left, optimiser in ((0.0, "SGD"), (3.6, "Adam")):
        for place, (name, label, colour) in enumerate(
            zip(INITIALISATIONS, ("He", "Xavier", "기본값"), (BLUE, ORANGE, GREEN), strict=True)
        ):
            values = recorded()[f"{optimiser}, {name}"]
            axes.bar(left + place, float(np.median(values)), 0.8, color=colour, alpha=0.55)
            spread = np.linspace(-0.25, 0.25, len(values))
            axes.plot(left + place + spread, values, "o", color=INK, ms=3.5)
            places.append(left + place)
            names.append(label)
        axes.text(left + 1, 104, optimiser, ha="center")
    axes.axhline(10, color=GREY, ls=":")
    axes.text(2.8, 12, "찍기", color=GREY, ha="center")
    axes.set_xticks(places, names)
    axes.set(ylabel=f"{EPOCHS} epoch 뒤 test 정확도(%)", ylim=(0, 114))
    axes.set_yticks(range(0, 101, 20))
    axes.grid(axis="x", visible=False)
    return figure
