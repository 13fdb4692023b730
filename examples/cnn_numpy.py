"""A small convolutional network that classifies 28x28 pictures, in numpy alone.

    python examples/cnn_numpy.py

is ``mlp_numpy.py`` with another model: eight 5x5 filters, 2x2 max pooling and ReLU in place of the
hidden layer. It stands on its own, so that a diff of the two files shows what a convolution costs.
"""

import gzip
import math
import os
import sys
import time
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

FOLDER = Path(os.environ.get("MNIST_DIR", "/usr/share/datasets/fashion-mnist"))

EPOCHS = 5
BATCH = 64
RATE = 0.1
KERNEL = 5

Array = NDArray[np.floating]
Indices = NDArray[np.int64]


def read_idx(path: Path) -> NDArray[np.uint8]:
    """Return the bytes of a gzipped IDX file in the shape that its header states."""
    with gzip.open(path) as file:
        data = file.read()
    dimensions = data[3]
    shape = np.frombuffer(data, ">i4", count=dimensions, offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def load(part: str) -> tuple[Array, Indices]:
    """Return the pictures of ``train`` or ``t10k`` as rows of numbers from 0 to 1, and their labels."""
    images = read_idx(FOLDER / f"{part}-images-idx3-ubyte.gz")
    labels = read_idx(FOLDER / f"{part}-labels-idx1-ubyte.gz")
    return images.reshape(len(images), -1).astype(np.float32) / 255, labels.astype(np.int64)


def initialize(side: int, filters: int, classes: int, rng: np.random.Generator) -> list[Array]:
    """Return He-initialized weights and zero biases: those of the filters, then w2, b2."""
    pooled = (side - KERNEL + 1) // 2
    parameters: list[Array] = []
    for fan_in, fan_out in ((KERNEL**2, filters), (pooled**2 * filters, classes)):
        parameters.append(rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)).astype(np.float32))
        parameters.append(np.zeros(fan_out, np.float32))
    return parameters


def im2col(x: Array) -> Array:
    """Return the patch under each place of the filter as a row, the 4 places that are pooled together."""
    side = math.isqrt(x.shape[1])
    pooled = (side - KERNEL + 1) // 2
    patches = sliding_window_view(x.reshape(-1, side, side), (KERNEL, KERNEL), axis=(1, 2))
    patches = patches.reshape(-1, pooled, 2, pooled, 2, KERNEL, KERNEL)
    return patches.transpose(0, 1, 3, 2, 4, 5, 6).reshape(-1, KERNEL**2)


def forward(x: Array, parameters: list[Array]) -> tuple[Array, Indices, Array, Array]:
    """Return the patches, which of each 4 places was the largest, the pooled layer, and the probabilities."""
    w1, b1, w2, b2 = parameters
    columns = im2col(x)
    a = (columns @ w1 + b1).reshape(-1, 4, len(b1))
    winners = a.argmax(axis=1, keepdims=True)
    h = np.maximum(np.take_along_axis(a, winners, axis=1), 0).reshape(len(x), -1)
    z = h @ w2 + b2
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return columns, winners, h, e / e.sum(axis=1, keepdims=True)


def backward(columns: Array, y: Indices, winners: Indices, h: Array, p: Array, w2: Array) -> list[Array]:
    """Return the gradients of the mean cross-entropy in the order of the parameters."""
    dz = (p - np.eye(p.shape[1], dtype=p.dtype)[y]) / len(y)
    dw2 = h.T @ dz
    db2 = dz.sum(axis=0)
    dh = (dz @ w2.T) * (h > 0)
    da = np.zeros((len(winners), 4, winners.shape[2]), h.dtype)
    np.put_along_axis(da, winners, dh.reshape(winners.shape), axis=1)
    dw1 = columns.T @ da.reshape(len(columns), -1)
    db1 = da.sum(axis=(0, 1))
    return [dw1, db1, dw2, db2]


def train_epoch(parameters: list[Array], x: Array, y: Indices, rng: np.random.Generator, rate: float) -> None:
    """Change the parameters in place by one pass of SGD over the shuffled examples."""
    order = rng.permutation(len(x))
    for start in range(0, len(x), BATCH):
        chosen = order[start : start + BATCH]
        columns, winners, h, p = forward(x[chosen], parameters)
        gradients = backward(columns, y[chosen], winners, h, p, parameters[2])
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= rate * gradient


def accuracy(parameters: list[Array], x: Array, y: Indices) -> float:
    """Return the share of the examples whose most probable class is the right one."""
    chunks = np.array_split(x, math.ceil(len(x) / 500))  # the patches of all would fill the memory
    predicted = np.concatenate([forward(chunk, parameters)[-1].argmax(axis=1) for chunk in chunks])
    return float((predicted == y).mean())


def main() -> None:
    """Train with a falling learning rate and print the test accuracy after each epoch."""
    try:
        x, y = load("train")
        x_test, y_test = load("t10k")
    except FileNotFoundError as error:
        sys.exit(f"no file {error.filename}: install Debian's dataset-fashion-mnist or set MNIST_DIR")
    rng = np.random.default_rng(0)
    parameters = initialize(28, 8, 10, rng)
    began = time.perf_counter()
    for epoch in range(EPOCHS):
        train_epoch(parameters, x, y, rng, RATE * (1 - epoch / EPOCHS))
        score = accuracy(parameters, x_test, y_test)
        print(f"epoch {epoch + 1:2}: test accuracy {score:.3f} after {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
