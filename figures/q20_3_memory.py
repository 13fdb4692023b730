"""What training a Transformer keeps in memory; what a layer saves is measured with autograd."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from figures.common import BLUE, GREEN, GREY, ORANGE, PINK, Conclusion, Numbers, Says, paper

ANSWER = "20-3"

LAYERS, WIDTH, HEADS, LENGTH, BATCH = 24, 2048, 16, 2048, 8
WORDS = 50_000
PARAMETERS = 12 * LAYERS * WIDTH**2  # without embeddings
STATE = {
    "가중치": 4 + 2,
    "기울기": 4,
    "Adam": 8,
}  # bytes a parameter, with autocast and its copies in 16 bits
SIZES = ((2, 128, 256, 4), (1, 512, 256, 4))  # batch, length, width, heads of the layers that are measured


def by_formula(length: int, width: int, heads: int, flash: bool) -> float:
    """Bytes that a layer saves by token and unit of width, in 16 bits (Korthikanti et al., 2022)."""
    return 34 + (0 if flash else 5 * heads * length / width)


@cache
def saved(batch: int, length: int, width: int, heads: int, flash: bool) -> float:
    """The same as autograd has it: a layer of GPT's in bfloat16, with dropout."""
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(1)
    kind = torch.bfloat16
    norms = [nn.LayerNorm(width, dtype=kind) for _ in range(2)]
    inside, outside = nn.Linear(width, 3 * width, dtype=kind), nn.Linear(width, width, dtype=kind)
    up, down = nn.Linear(width, 4 * width, dtype=kind), nn.Linear(4 * width, width, dtype=kind)
    modules = (*norms, inside, outside, up, down)
    own = {weight.untyped_storage().data_ptr() for each in modules for weight in each.parameters()}
    kept: dict[int, torch.UntypedStorage] = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()  # views share it
        if storage.data_ptr() not in own:
            kept[storage.data_ptr()] = storage
        return tensor

    def dropout(tensor: torch.Tensor) -> torch.Tensor:
        return torch.native_dropout(tensor, 0.1, True)[0]

    x = torch.randn(batch, length, width, dtype=kind, requires_grad=True)
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        mixed = inside(norms[0](x)).view(batch, length, 3, heads, width // heads)
        q, k, v = mixed.permute(2, 0, 3, 1, 4)
        if flash:
            y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            y = dropout((q @ k.transpose(-1, -2) * (width // heads) ** -0.5).softmax(-1)) @ v
        middle = x + dropout(outside(y.transpose(1, 2).reshape(batch, length, width)))
        last = middle + dropout(down(functional.gelu(up(norms[1](middle)))))
    last.detach()
    return float(sum(storage.nbytes() for storage in kept.values()) / (batch * length * width))


def activations(way: str) -> float:
    """Bytes of all layers' activations."""
    one = BATCH * LENGTH * WIDTH
    if way == "checkpoints":  # each layer's input, and one layer as it is computed again
        return one * (2 * LAYERS + by_formula(LENGTH, WIDTH, HEADS, True))
    return LAYERS * one * by_formula(LENGTH, WIDTH, HEADS, way == "flash")


def measure() -> Numbers:
    """Bytes saved by token and unit, by formula and measured; a model's parameters in 10^8, and gigabytes."""
    numbers = {}
    for flash in (False, True):
        for batch, length, width, heads in SIZES:
            name = f"{'flash' if flash else 'plain'}, {length}"
            numbers[f"formula, {name}"] = by_formula(length, width, heads, flash)
            numbers[f"saved, {name}"] = saved(batch, length, width, heads, flash)
    for way in ("plain", "flash", "checkpoints"):
        numbers[f"activations, {way}"] = activations(way) / 1e9
    return numbers | {
        "parameters": PARAMETERS / 1e8,
        "state": sum(STATE.values()) * PARAMETERS / 1e9,
        "logits": 4 * WORDS * LENGTH * BATCH / 1e9,
    }


SAYS = (
    Says("parameters", "12억"),
    Says("state", "22GB"),
    Says("activations, plain", "92GB"),
    Says("activations, flash", "27GB"),
    Says("activations, checkpoints", "남기면 3GB"),
    Says("logits", "한 벌에 3GB"),
)
CONCLUSIONS = (
    Conclusion(
        "autograd saves what the formula says, but for some statistics",
        lambda runs: all(
            (np.abs(runs[number.replace("formula", "saved")] / values - 1) < 0.005).all()
            for number, values in runs.items()
            if number.startswith("formula")
        ),
    ),
    Conclusion(
        "activations fit on a card of 80 GB without the matrices of attention",
        lambda runs: (
            (runs["state"] + runs["activations, plain"] > 80).all()
            and (runs["state"] + runs["activations, flash"] < 80).all()
        ),
    ),
)


def draw() -> Figure:
    """Stacked bars: what the parameters need, and activations in three ways."""
    figure, axes = plt.subplots(figsize=(4.5, 4.4))
    ways = {"plain": "어텐션\n행렬 저장", "flash": "Flash-\nAttention", "checkpoints": "체크\n포인팅"}
    places = np.arange(len(ways))
    bottom = np.zeros(len(ways))
    looks = ((BLUE, ""), (ORANGE, "//"), (GREEN, ".."), (PINK, "xx"))
    parts = {name: np.full(len(ways), each * PARAMETERS / 1e9) for name, each in STATE.items()}
    parts["활성값"] = np.array([activations(way) / 1e9 for way in ways])
    for (name, heights), (colour, hatch) in zip(parts.items(), looks, strict=True):
        axes.bar(places, heights, 0.6, bottom, label=name, color=colour, hatch=hatch, ec=paper())
        bottom += heights
    for place, total in zip(places, bottom, strict=True):
        axes.annotate(f"{total:.0f}GB", (place, total), (0, 4), textcoords="offset points", ha="center")
    axes.axhline(80, color=GREY, ls="--")
    axes.text(2.4, 82, "H100의 80GB", ha="right")
    axes.set(ylabel="GB", xticks=places, xticklabels=ways.values(), ylim=(0, 125))
    axes.grid(visible=False, axis="x")
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=4, columnspacing=0.8, handletextpad=0.4)
    return figure
