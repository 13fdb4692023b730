"""The graph of one neuron's squared error with an L2 penalty: values forwards, gradients backwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

from figures.common import BLUE, ORANGE, Measured, save

ANSWER = "13-3"


@dataclass(eq=False)
class Node:
    """A number, what it was computed from, and the derivative of the last result by it."""

    name: str
    value: float
    place: tuple[float, float]  # in the picture
    inputs: list[tuple[Node, float]] = field(default_factory=list)  # with the local derivatives
    gradient: float = 0.0


def backward(order: list[Node]) -> None:
    """Fill in the gradients, from the last node of ``order`` to the first; each stands after its inputs."""
    order[-1].gradient = 1.0
    for node in reversed(order):
        for source, slope in node.inputs:
            source.gradient += node.gradient * slope


def graph(w_value: float, x_value: float, b_value: float, y_value: float) -> list[Node]:
    """Return the nodes of (wx + b - y)² + w²/2 in the order of computation."""
    w = Node("w", w_value, (0, 3))
    x = Node("x", x_value, (0, 2))
    b = Node("b", b_value, (0, 1))
    y = Node("y", y_value, (0, 0))
    product = Node("w·x", w.value * x.value, (1, 2), [(w, x.value), (x, w.value)])
    z = Node("z", product.value + b.value, (2, 1.5), [(product, 1), (b, 1)])
    error = Node("e", z.value - y.value, (3, 1), [(z, 1), (y, -1)])
    square = Node("e²", error.value**2, (4, 1), [(error, 2 * error.value)])
    penalty = Node("w²/2", w.value**2 / 2, (4, 3), [(w, w.value)])
    total = Node("L", square.value + penalty.value, (5, 2), [(square, 1), (penalty, 1)])
    return [w, x, b, y, product, z, error, square, penalty, total]


def main(path: Path) -> list[Measured]:
    """Draw the graph with both numbers in each node, and the product of each edge."""
    nodes = graph(3, 2, -1, 4)
    backward(nodes)
    figure, axes = plt.subplots(figsize=(6.4, 4.4))
    boxes = {}
    for node in nodes:
        x, y = node.place
        boxes[node.name] = axes.add_patch(
            FancyBboxPatch(
                (x - 0.3, y - 0.4), 0.6, 0.8, "round,pad=0.02", facecolor="white", edgecolor="black"
            )
        )
        for line, colour, up in (
            (node.name, "black", 0.25),
            (f"{node.value:g}", BLUE, 0),
            (f"{node.gradient:g}", ORANGE, -0.25),
        ):
            axes.text(x, y + up, line, ha="center", va="center", color=colour, size=13)
        for source, slope in node.inputs:
            arrow = {
                "arrowstyle": "->",
                "color": "#999999",
                "patchA": boxes[source.name],
                "patchB": boxes[node.name],
                "shrinkA": 2,
                "shrinkB": 2,
            }
            axes.annotate("", node.place, source.place, arrowprops=arrow)
            if source.name == "w":
                message = f"{node.gradient * slope:g}"
                axes.text(0.42, y + (0.12 if y == 3 else 0.75), message, color=ORANGE, size=13)
    axes.text(1.2, 0.0, "blue: value, computed forwards", color=BLUE, size=13)
    axes.text(1.2, -0.35, "orange: gradient of L, backwards", color=ORANGE, size=13)
    axes.set(xlim=(-0.4, 5.4), ylim=(-0.5, 3.5))
    axes.axis("off")
    figure.tight_layout()
    save(figure, path)
    gradients = {node.name: node.gradient for node in nodes}
    penalty = nodes[-2]
    shares = [penalty.gradient * slope for _, slope in penalty.inputs]
    return [
        Measured("gradient of w through the penalty", shares[0], "3을 받아", 1e-9),
        Measured("gradient of w", gradients["w"], "7이다", 1e-9),
        Measured("gradient of z", gradients["z"], "2가 그대로", 1e-9),
    ]
