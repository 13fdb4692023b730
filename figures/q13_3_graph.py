"""The graph of one neuron's squared error with an L2 penalty: values forwards, gradients backwards."""

from __future__ import annotations

from dataclasses import dataclass, field

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from figures.common import BLUE, GREY, INK, ORANGE, Conclusion, Numbers, Says, paper

ANSWER = "13-3"
VALUES = (3, 2, -1, 4)  # w, x, b, y


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
    """The nodes of (wx + b - y)² + w²/2 in the order of computation."""
    w = Node("w", w_value, (0, 3))
    x = Node("x", x_value, (0, 2))
    b = Node("b", b_value, (0, 1))
    y = Node("y", y_value, (0, 0))
    product = Node("w·x", w.value * x.value, (1, 2), [(w, x.value), (x, w.value)])
    z = Node("z", product.value + b.value, (2, 1.5), [(product, 1), (b, 1)])
    error = Node("e", z.value - y.value, (3, 1), [(z, 1), (y, -1)])
    square = Node("$e^2$", error.value**2, (4, 1), [(error, 2 * error.value)])
    penalty = Node("$w^2$/2", w.value**2 / 2, (4, 3), [(w, w.value)])
    total = Node("L", square.value + penalty.value, (5, 2), [(square, 1), (penalty, 1)])
    return [w, x, b, y, product, z, error, square, penalty, total]


def measure() -> Numbers:
    """Gradients of the picture's graph."""
    nodes = graph(*VALUES)
    backward(nodes)
    gradients = {node.name: node.gradient for node in nodes}
    penalty = nodes[-2]
    return {
        "gradient of z": gradients["z"],
        "gradient of w through the product": nodes[4].gradient * nodes[4].inputs[0][1],
        "gradient of w through the penalty": penalty.gradient * penalty.inputs[0][1],
        "gradient of w": gradients["w"],
        "gradient of b": gradients["b"],
    }


SAYS = (
    Says("gradient of z", "기울기 2를"),
    Says("gradient of w through the product", "=4$가 간다"),
    Says("gradient of w through the penalty", "3을 더해"),
    Says("gradient of w", "모두 7이다"),
)
CONCLUSIONS: tuple[Conclusion, ...] = ()


def draw() -> Figure:
    """The graph with both numbers in each node, and what comes back to w along its two edges."""
    nodes = graph(*VALUES)
    backward(nodes)
    figure, axes = plt.subplots(figsize=(4.5, 3.9))
    boxes = {}
    for node in nodes:
        x, y = node.place
        boxes[node.name] = axes.add_patch(
            FancyBboxPatch(
                (x - 0.34, y - 0.42), 0.68, 0.84, "round,pad=0.02", facecolor=paper(), edgecolor=GREY
            )
        )
        for line, colour, up in (
            (node.name, INK, 0.26),
            (f"{node.value:g}", BLUE, 0),
            (f"{node.gradient:g}", ORANGE, -0.26),
        ):
            axes.text(x, y + up, line, ha="center", va="center", color=colour)
        for source, slope in node.inputs:
            arrow = {
                "arrowstyle": "->",
                "color": GREY,
                "patchA": boxes[source.name],
                "patchB": boxes[node.name],
                "shrinkA": 1,
                "shrinkB": 1,
            }
            axes.annotate("", node.place, source.place, arrowprops=arrow)
            if source.name == "w":
                message = f"{node.gradient * slope:g}"
                axes.text(0.5, y + (0.14 if y == 3 else 0.68), message, color=ORANGE)
    axes.text(0.9, -0.05, "가운데 파랑: 순전파의 값", color=BLUE, va="center")
    axes.text(0.9, -0.42, "아래 주황: L의 기울기", color=ORANGE, va="center")
    axes.set(xlim=(-0.42, 5.42), ylim=(-0.6, 3.5))
    axes.axis("off")
    return figure
