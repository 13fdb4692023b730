"""A multilayer perceptron that classifies 28x28 pictures, in numpy alone.

    python examples/mlp_numpy.py

reads the four IDX files of Fashion-MNIST from where Debian's package ``dataset-fashion-mnist`` puts
them. ``MNIST_DIR`` names another folder with files of the same names, such as MNIST's own.
"""

import gzip
import os
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(os.environ.get("MNIST_DIR", "/usr/share/datasets/fashion-mnist"))

EPOCHS = 10
BATCH = 64
RATE = 0.1

Array = NDArray[np.floating]
Labels = NDArray[np.int64]


def read_idx(path: Path) -> NDArray[np.uint8]:
    """Return the bytes of a gzipped IDX file in the shape that its header states."""
    with gzip.open(path) as file:
        data = file.read()
    dimensions = data[3]
    shape = np.frombuffer(data, ">i4", count=dimensions, offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def load(part: str) -> tuple[Array, Labels]:
    """Return the pictures of ``train`` or ``t10k`` as rows of numbers from 0 to 1, and their labels."""
    images = read_idx(FOLDER / f"{part}-images-idx3-ubyte.gz")
    labels = read_idx(FOLDER / f"{part}-labels-idx1-ubyte.gz")
    return images.reshape(len(images), -1).astype(np.float32) / 255, labels.astype(np.int64)


def initialize(sizes: tuple[int, int, int], rng: np.random.Generator) -> list[Array]:
    """Return He-initialized weights and zero biases: w1, b1, w2, b2."""
    parameters: list[Array] = []
    for fan_in, fan_out in pairwise(sizes):
        parameters.append(rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)).astype(np.float32))
        parameters.append(np.zeros(fan_out, np.float32))
    return parameters


def forward(x: Array, parameters: list[Array]) -> tuple[Array, Array]:
    """Return the hidden layer and the probability of each class."""
    w1, b1, w2, b2 = parameters
    h = np.maximum(x @ w1 + b1, 0)
    z = h @ w2 + b2
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return h, e / e.sum(axis=1, keepdims=True)


def backward(x: Array, y: Labels, h: Array, p: Array, w2: Array) -> list[Array]:
    """Return the gradients of the mean cross-entropy in the order of the parameters."""
    dz = (p - np.eye(p.shape[1], dtype=p.dtype)[y]) / len(y)
    dw2 = h.T @ dz
    db2 = dz.sum(axis=0)
    dh = (dz @ w2.T) * (h > 0)
    dw1 = x.T @ dh
    db1 = dh.sum(axis=0)
    return [dw1, db1, dw2, db2]


def train_epoch(parameters: list[Array], x: Array, y: Labels, rng: np.random.Generator, rate: float) -> None:
    """Change the parameters in place by one pass of SGD over the shuffled examples."""
    order = rng.permutation(len(x))
    for start in range(0, len(x), BATCH):
        chosen = order[start : start + BATCH]
        h, p = forward(x[chosen], parameters)
        gradients = backward(x[chosen], y[chosen], h, p, parameters[2])
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= rate * gradient


def accuracy(parameters: list[Array], x: Array, y: Labels) -> float:
    """Return the share of the examples whose most probable class is the right one."""
    return float((forward(x, parameters)[1].argmax(axis=1) == y).mean())


def main() -> None:
    """Train with a falling learning rate and print the test accuracy after each epoch."""
    try:
        x, y = load("train")
        x_test, y_test = load("t10k")
    except FileNotFoundError as error:
        sys.exit(f"no file {error.filename}: install Debian's dataset-fashion-mnist or set MNIST_DIR")
    rng = np.random.default_rng(0)
    parameters = initialize((784, 128, 10), rng)
    began = time.perf_counter()
    for epoch in range(EPOCHS):
        train_epoch(parameters, x, y, rng, RATE * (1 - epoch / EPOCHS))
        score = accuracy(parameters, x_test, y_test)
        print(f"epoch {epoch + 1:2}: test accuracy {score:.3f} after {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
