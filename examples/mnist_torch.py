"""A classifier of 28x28 pictures in PyTorch, either a multilayer perceptron or a small CNN.

    python examples/mnist_torch.py --model cnn
    python examples/mnist_torch.py --model mlp

reads the four IDX files of Fashion-MNIST from where Debian's package ``dataset-fashion-mnist`` puts
them. ``MNIST_DIR`` names another folder with files of the same names, such as MNIST's own.
"""

import argparse
import gzip
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

FOLDER = Path(os.environ.get("MNIST_DIR", "/usr/share/datasets/fashion-mnist"))

EPOCHS = 3
BATCH = 64
RATE = 1e-3

Batches = Iterable[tuple[torch.Tensor, torch.Tensor]]


def load(part: str) -> TensorDataset:
    """Return the pictures of ``train`` or ``t10k`` as numbers from 0 to 1, and their labels."""
    with gzip.open(FOLDER / f"{part}-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28)
    with gzip.open(FOLDER / f"{part}-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    return TensorDataset(torch.tensor(images) / 255, torch.tensor(labels).long())


def build(name: str) -> nn.Sequential:
    """Return an untrained network that turns pictures into ten logits each."""
    if name == "mlp":
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    return nn.Sequential(
        nn.Conv2d(1, 16, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * 7 * 7, 10),
    )


def train_epoch(model: nn.Module, batches: Batches, optimizer: torch.optim.Optimizer) -> float:
    """Train for one pass over the data and return the loss of the first batch before its step."""
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
        optimizer.step()
        losses.append(loss.detach())
    return losses[0].item()


@torch.no_grad()
def accuracy(model: nn.Module, batches: Batches) -> float:
    """Return the share of the examples whose largest logit is that of the right class."""
    model.eval()
    right = [model(x).argmax(dim=1) == y for x, y in batches]
    return torch.cat(right).float().mean().item()


def main() -> None:
    """Train the chosen network and print the test accuracy after each epoch."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=["mlp", "cnn"], default="cnn")
    name = parser.parse_args().model
    torch.manual_seed(0)
    try:
        train = DataLoader(load("train"), batch_size=BATCH, shuffle=True)
        test = DataLoader(load("t10k"), batch_size=1000)
    except FileNotFoundError as error:
        sys.exit(f"no file {error.filename}: install Debian's dataset-fashion-mnist or set MNIST_DIR")
    model = build(name)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    began = time.perf_counter()
    for epoch in range(EPOCHS):
        first = train_epoch(model, train, optimizer)
        score, seconds = accuracy(model, test), time.perf_counter() - began
        print(f"epoch {epoch + 1}: first loss {first:.3f}, test accuracy {score:.3f} after {seconds:.0f} s")


if __name__ == "__main__":
    main()
