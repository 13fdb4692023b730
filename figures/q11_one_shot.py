"""Accuracy for letters seen once, by how an embedding was trained on other letters."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from figures.common import BLUE, GREEN, GREY, ORANGE, Conclusion, Numbers, Says

if TYPE_CHECKING:
    from torch import Tensor, nn

ANSWER = "11"
SEEDS = 10
SLOW = "trains four networks on pictures for each seed"

SIDE, EXAMPLES = 20, 20  # pixels; distorted pictures of each letter
BASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "".join(
    map(chr, [*range(0x391, 0x3A2), *range(0x3A3, 0x3CA), *range(0x410, 0x450), *range(0x5D0, 0x5EB),
              *range(0x2D30, 0x2D66)])
)  # fmt: skip  # Latin, Greek, Cyrillic, Hebrew, Tifinagh
NOVEL = "".join(map(chr, [*range(0x561, 0x587), *range(0x10D0, 0x10F1)]))  # Armenian, Georgian
ALIKE = 2  # mean difference, of 255, up to which two letters look the same
BASES = (5, 20, 200)
WAYS, QUERIES, EPISODES, TESTS = 5, 5, 300, 300
MORE_WAYS = 20


def letter(character: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """The letter in white on black, in the middle of a larger square."""
    picture = Image.new("L", (64, 64))
    left, top, right, bottom = font.getbbox(character)
    ImageDraw.Draw(picture).text((32 - (left + right) / 2, 32 - (top + bottom) / 2), character, 255, font)
    return picture


def distorted(picture: Image.Image, rng: np.random.Generator) -> NDArray[np.float32]:
    """The letter turned, slanted, stretched and moved at random, with some noise."""
    angle, slant = rng.uniform(-0.3, 0.3), rng.uniform(-0.3, 0.3)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    back = turn @ np.array([[1, slant], [0, 1]]) @ np.diag(64 / SIDE / rng.uniform(0.9, 1.3, 2))
    move = 32 - back @ (SIDE / 2 + rng.uniform(-2, 2, 2))
    small = picture.transform(
        (SIDE, SIDE), Image.Transform.AFFINE, (*back[0], move[0], *back[1], move[1]), Image.Resampling.BICUBIC
    )
    clean: NDArray[np.float32] = np.asarray(small, np.float32) / np.float32(255)
    return clean + np.float32(0.1) * rng.standard_normal((SIDE, SIDE), np.float32)


def fonts() -> list[ImageFont.FreeTypeFont]:
    """The upright and the bold style that letters are drawn in."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return [ImageFont.truetype(folder / name, 36) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]


def unlike(characters: str, others: str) -> str:
    """The characters that do not look like one of the others, as Armenian and Latin h, n and u do."""
    style = fonts()[0]
    known = np.array([np.asarray(letter(c, style), float) for c in others])
    drawn = {c: np.asarray(letter(c, style), float) for c in characters}
    return "".join(c for c, ink in drawn.items() if np.abs(known - ink).mean(axis=(1, 2)).min() > ALIKE)


def pictures(characters: str, rng: np.random.Generator) -> Tensor:
    """Distorted pictures (letters, EXAMPLES, 1, SIDE, SIDE); letters that look the same count once."""
    import torch

    styles = fonts()
    drawn = {letter(c, styles[0]).tobytes(): [letter(c, style) for style in styles] for c in characters}
    found = [[distorted(kinds[example % 2], rng) for example in range(EXAMPLES)] for kinds in drawn.values()]
    return torch.tensor(np.array(found))[:, :, None]


def episode(classes: Tensor, ways: int, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """One support picture a class, QUERIES other pictures a class, and the class of each query."""
    import torch

    chosen = rng.permutation(len(classes))[:ways]
    some = [classes[c][rng.permutation(EXAMPLES)[: 1 + QUERIES]] for c in chosen]
    support, queries = torch.stack([s[0] for s in some]), torch.cat([s[1:] for s in some])
    return support, queries, torch.arange(ways).repeat_interleave(QUERIES)


def accuracy(embed: nn.Module, classes: Tensor, seed: int) -> float:
    """The accuracy in percent of choosing the support picture with the nearest embedding."""
    import torch

    rng = np.random.default_rng((seed, 2))
    scores = []
    with torch.no_grad():
        embedded = embed(classes.flatten(0, 1)).reshape(*classes.shape[:2], -1)
        for _ in range(TESTS):
            support, queries, y = episode(embedded, WAYS, rng)
            scores.append(float((torch.cdist(queries, support).argmin(dim=1) == y).float().mean()))
    return 100 * float(np.mean(scores))


def network(seed: int) -> nn.Sequential:
    """Two convolutions and a linear layer to 64 numbers."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 9, 64),
    )  # fmt: skip


def by_episodes(classes: Tensor, ways: int, seed: int, budget: int) -> nn.Module:
    """An embedding trained on one-shot episodes, as prototypical networks are."""
    import torch
    from torch import nn

    rng = np.random.default_rng((seed, 3))
    embed = network(seed)
    optimizer = torch.optim.Adam(embed.parameters(), lr=2e-3)
    for _ in range(EPISODES * budget):
        support, queries, y = episode(classes, ways, rng)
        both = embed(torch.cat([support, queries]))
        distance = torch.cdist(both[ways:], both[:ways]) ** 2
        optimizer.zero_grad()
        nn.functional.cross_entropy(-distance, y).backward()  # type: ignore[no-untyped-call, unused-ignore]
        optimizer.step()
    return embed


def measure(seed: int, budget: int = 1) -> Numbers:
    """Accuracies in percent for letters never seen, five ways, one picture each."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    rng = np.random.default_rng((seed, 1))
    base, novel = pictures(BASE, rng), pictures(unlike(NOVEL, BASE), rng)
    base = base[torch.tensor(rng.permutation(len(base)))]
    numbers = {
        "letters to train on": float(len(base)),
        "letters never seen": float(len(novel)),
        "pixels": accuracy(nn.Flatten(), novel, seed),
        "untrained": accuracy(network(seed), novel, seed),
    }
    for size in BASES:
        numbers[f"{size} letters"] = accuracy(by_episodes(base[:size], WAYS, seed, budget), novel, seed)
    more = by_episodes(base[: BASES[-1]], MORE_WAYS, seed, budget)
    return numbers | {f"{BASES[-1]} letters, {MORE_WAYS} ways": accuracy(more, novel, seed)}


SAYS = (
    Says("letters never seen", "65글자를"),
    Says("pixels", "고르면 28%(28~29%)"),
    Says("pixels", "28~29%)", "min"),
    Says("pixels", "29%), 학습하지", "max"),
    Says("untrained", "합성곱망은 34%(31~34%)"),
    Says("untrained", "31~34%)", "min"),
    Says("untrained", "34%)이다", "max"),
    Says("5 letters", "41%(37~45%)"),
    Says("5 letters", "37~45%)", "min"),
    Says("5 letters", "45%), 20개면", "max"),
    Says("20 letters", "55%(50~57%)"),
    Says("20 letters", "50~57%)", "min"),
    Says("20 letters", "57%), 200개면", "max"),
    Says("200 letters", "62%(59~65%)"),
    Says("200 letters", "59~65%)", "min"),
    Says("200 letters", "65%)였다", "max"),
    Says("200 letters, 20 ways", "71%(68~74%)"),
    Says("200 letters, 20 ways", "68~74%)", "min"),
    Says("200 letters, 20 ways", "74%)까지", "max"),
)
CONCLUSIONS = (
    Conclusion("pixels do better than chance", lambda runs: (runs["pixels"] > 24).all()),
    Conclusion(
        "more letters to train on make it better",
        lambda runs: (
            np.median(runs["5 letters"]) + 5 < np.median(runs["20 letters"])
            and np.median(runs["20 letters"]) + 3 < np.median(runs["200 letters"])
        ),
    ),
    Conclusion(
        "an untrained network is worse than any", lambda runs: (runs["untrained"] < runs["5 letters"]).all()
    ),
    Conclusion(
        "more ways in training make it better",
        lambda runs: np.median(runs["200 letters, 20 ways"] - runs["200 letters"]) > 3,
    ),
)


@cache
def recorded() -> dict[str, list[float]]:
    """What was measured with the plain budget, a value a seed."""
    file = Path(__file__).parent / "measured" / f"{Path(__file__).stem}.json"
    runs = [run["numbers"] for run in json.loads(file.read_text(encoding="utf-8")) if run["budget"] == 1]
    return {name: [run[name] for run in runs] for name in runs[0]}


@cache
def example() -> NDArray[np.float32]:
    """One episode: a support picture of each of five letters above a query."""
    rng = np.random.default_rng(0)
    support, queries, y = episode(pictures(unlike(NOVEL, BASE), rng), WAYS, rng)
    found = [[support[way, 0].numpy(), queries[y == way][0, 0].numpy()] for way in range(WAYS)]
    return np.array(found).transpose(1, 0, 2, 3)


def draw() -> Figure:
    """An episode above the accuracies by the number of letters trained on; dots are seeds."""
    figure = plt.figure(figsize=(4.5, 5.6))
    grid = figure.add_gridspec(2, 1, height_ratios=(1.7, 3.9))
    above, below = figure.add_subfigure(grid[0]), figure.add_subfigure(grid[1])
    for row, (axes, label) in enumerate(zip(above.subplots(2, WAYS), ("예시", "문제"), strict=True)):
        for axis, picture in zip(axes, example()[row], strict=True):
            axis.imshow(picture, cmap="gray_r", vmin=0, vmax=1)
            axis.set(xticks=[], yticks=[])
            axis.grid(visible=False)
        axes[0].set_ylabel(label, rotation=0, ha="right", va="center")
    axes = below.subplots()
    runs = recorded()
    for value, label in ((100 / WAYS, "찍기"), (np.median(runs["pixels"]), "픽셀 거리")):
        axes.axhline(value, color=GREY, ls=":")
        axes.text(BASES[-1] * 1.4, value + 1.2, label, color=GREY, ha="right")
    axes.axhline(np.median(runs["untrained"]), color=GREEN, ls="-.")
    axes.text(
        BASES[-1] * 1.4, np.median(runs["untrained"]) + 1.2, "학습하지 않은 망", color=GREEN, ha="right"
    )
    spread = np.linspace(0.93, 1.07, SEEDS)
    for size in BASES:
        axes.plot(size * spread, runs[f"{size} letters"], "o", color=BLUE, ms=4, alpha=0.6)
    medians = [np.median(runs[f"{size} letters"]) for size in BASES]
    axes.plot(BASES, medians, color=BLUE, lw=2)
    axes.text(24, medians[1] - 1, "5-way로 학습", color=BLUE, va="top")
    more = runs[f"{BASES[-1]} letters, {MORE_WAYS} ways"]
    axes.plot(BASES[-1] * spread, more, "s", color=ORANGE, ms=4, alpha=0.6)
    axes.text(BASES[-1] * 0.85, np.median(more), "20-way로 학습", color=ORANGE, ha="right", va="center")
    axes.set_xscale("log")
    axes.set_xticks(BASES, [str(size) for size in BASES])
    axes.minorticks_off()
    axes.set(xlabel="미리 배운 글자 수", ylabel="5-way 1-shot 정확도(%)", ylim=(15, 80), xlim=(4, 300))
    return figure
