"""Accuracy for letters seen once, by the number of other letters that the embedding was trained on."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor, nn

from figures.common import BLUE, GREEN, GREY, ORANGE, Measured, save

ANSWER = "11"
SLOW = "trains 5 networks on episodes of pictures"

SIDE, EXAMPLES = 20, 20  # pixels; distorted pictures of each letter
BASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "".join(
    map(chr, [*range(0x391, 0x3A2), *range(0x3A3, 0x3CA), *range(0x410, 0x450), *range(0x5D0, 0x5EB),
              *range(0x2D30, 0x2D66)])
)  # fmt: skip  # Latin, Greek, Cyrillic, Hebrew, Tifinagh
NOVEL = "".join(map(chr, [*range(0x561, 0x587), *range(0x10D0, 0x10F1)]))  # Armenian, Georgian
ALIKE = 2  # mean difference, of 255, up to which two letters look the same
BASES = (5, 20, 50, 100, 200)
WAYS, QUERIES, EPISODES, TESTS = 5, 5, 400, 600


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


def pictures(characters: str) -> Tensor:
    """Distorted pictures (letters, EXAMPLES, 1, SIDE, SIDE); letters that look the same count once."""
    rng = np.random.default_rng(0)
    styles = fonts()
    drawn = {letter(c, styles[0]).tobytes(): [letter(c, style) for style in styles] for c in characters}
    found = [[distorted(kinds[example % 2], rng) for example in range(EXAMPLES)] for kinds in drawn.values()]
    return torch.tensor(np.array(found))[:, :, None]


def episode(classes: Tensor, ways: int, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """One support picture a class, QUERIES other pictures a class, and the class of each query."""
    chosen = rng.permutation(len(classes))[:ways]
    some = [classes[c][rng.permutation(EXAMPLES)[: 1 + QUERIES]] for c in chosen]
    support, queries = torch.stack([s[0] for s in some]), torch.cat([s[1:] for s in some])
    return support, queries, torch.arange(ways).repeat_interleave(QUERIES)


def accuracy(embed: nn.Module, classes: Tensor) -> float:
    """The accuracy in percent of choosing the support picture with the nearest embedding."""
    rng = np.random.default_rng(0)
    scores = []
    with torch.no_grad():
        for _ in range(TESTS):
            support, queries, y = episode(classes, WAYS, rng)
            nearest = torch.cdist(embed(queries), embed(support)).argmin(dim=1)
            scores.append(float((nearest == y).float().mean()))
    return 100 * float(np.mean(scores))


def network(seed: int) -> nn.Module:
    """Two convolutions and a linear layer to 64 numbers."""
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 9, 64),
    )  # fmt: skip


def learn(classes: Tensor) -> nn.Module:
    """An embedding trained on one-shot episodes, as prototypical networks are."""
    rng = np.random.default_rng(0)
    embed = network(0)
    optimizer = torch.optim.Adam(embed.parameters(), lr=2e-3)
    for _ in range(EPISODES):
        support, queries, y = episode(classes, min(len(classes), 20), rng)
        distance = torch.cdist(embed(queries), embed(support)) ** 2
        optimizer.zero_grad()
        nn.functional.cross_entropy(-distance, y).backward()  # type: ignore[no-untyped-call, unused-ignore]
        optimizer.step()
    return embed


def main(path: Path) -> list[Measured]:
    """Draw the accuracy against the number of letters trained on."""
    torch.set_num_threads(1)
    base, novel = pictures(BASE), pictures(unlike(NOVEL, BASE))
    base = base[torch.tensor(np.random.default_rng(1).permutation(len(base)))]
    raw = accuracy(nn.Flatten(), novel)
    untrained = accuracy(network(0), novel)
    learned = [accuracy(learn(base[:size]), novel) for size in BASES]

    figure = plt.figure(figsize=(6.4, 6.4), layout="constrained")
    grid = figure.add_gridspec(2, 1, height_ratios=(2, 4))
    above, below = figure.add_subfigure(grid[0]), figure.add_subfigure(grid[1])
    support, queries, y = episode(novel, WAYS, np.random.default_rng(3))
    above.suptitle("top: support, one picture a letter; bottom: queries", fontsize=11)
    for column, axes in enumerate(above.subplots(2, WAYS).T):
        for axis, picture in zip(axes, (support[column], queries[y == column][0]), strict=True):
            axis.imshow(picture[0], cmap="gray_r")
            axis.axis("off")
    axes = below.subplots()
    axes.semilogx(BASES, learned, "o-", color=BLUE, lw=2, label="learned embedding")
    axes.axhline(untrained, color=GREEN, ls="-.", label="same network, untrained")
    axes.axhline(raw, color=ORANGE, ls="--", label="nearest in pixels")
    axes.axhline(100 / WAYS, color=GREY, ls=":", label="chance")
    axes.set_xticks(BASES, [str(size) for size in BASES])
    axes.minorticks_off()
    axes.set(xlabel="letters trained on", ylabel="5-way 1-shot accuracy (%)", ylim=(15, 85))
    axes.legend(loc="upper left")
    save(figure, path)
    return [
        Measured("letters to train on", float(len(base)), "212글자 가운데", 0.5),
        Measured("letters never seen", float(len(novel)), "65글자를", 0.5),
        Measured("nearest in pixels", raw, "29%", 2),
        Measured("untrained network", untrained, "34%이다", 3),
        Measured("trained on 5 letters", learned[0], "배우면 40%", 5),
        Measured("trained on 20 letters", learned[1], "글자면 55%", 5),
        Measured("trained on 50 letters", learned[2], "글자면 66%", 5),
        Measured("trained on 200 letters", learned[4], "배우면 74%", 5),
    ]
