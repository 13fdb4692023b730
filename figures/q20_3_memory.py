"""What training keeps in memory, by batch: weights, gradients, Adam's moments, saved activations."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from examples.memory_torch import cnn, measure, mlp, saved_by_hand

from figures.common import BLUE, GREEN, ORANGE, PINK, Measured, save

ANSWER = "20-3"

BATCHES = (1, 32, 128, 256)
PARTS = (
    ("parameters", BLUE, ""),
    ("gradients", ORANGE, "//"),
    ("optimizer", GREEN, ".."),
    ("activations", PINK, "xx"),
)


def main(path: Path) -> list[Measured]:
    """Draw the measured memory of both networks as stacked bars."""
    torch.set_num_threads(1)
    networks = {"MLP": mlp(), "CNN": cnn()}
    figure, panels = plt.subplots(2, 1, figsize=(6.4, 6), sharex=True, layout="constrained")
    last = {}
    for axes, (name, model) in zip(panels, networks.items(), strict=True):
        runs = [measure(model, batch) for batch in BATCHES]
        last[name] = runs[-1]
        bottom = np.zeros(len(BATCHES))
        for part, colour, hatch in PARTS:
            heights = np.array([getattr(run, part) for run in runs]) / 2**20
            axes.bar(
                range(len(BATCHES)), heights, bottom=bottom, label=part, color=colour, hatch=hatch, ec="white"
            )
            bottom += heights
        axes.set(ylabel=f"{name}: MiB", xticks=range(len(BATCHES)), xticklabels=BATCHES)
        axes.margins(y=0.12)
    panels[0].legend(loc="upper left", ncols=2)
    panels[0].set_ylim(0, 3.6)
    panels[1].set_xlabel("batch size")
    save(figure, path)
    by_hand = sum(size for _, size in saved_by_hand(networks["CNN"], 256))
    return [
        Measured("CNN activations, KiB", last["CNN"].activations / 1024, "33,724KiB", 0.5),
        Measured("CNN activations by hand, KiB", by_hand / 1024, "33,724KiB", 0.5),
        Measured("CNN parameters, KiB", last["CNN"].parameters / 1024, "80KiB", 0.5),
        Measured(
            "CNN activations, 256 pictures / parameters",
            last["CNN"].activations / last["CNN"].parameters,
            "421배",
            0.5,
        ),
        Measured("MLP activations, KiB", last["MLP"].activations / 1024, "924KiB", 0.5),
        Measured("MLP parameters, KiB", last["MLP"].parameters / 1024, "398KiB", 0.5),
    ]
