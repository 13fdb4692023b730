"""Estimate what training needs in memory by arithmetic, and check it against what PyTorch really keeps.

    python examples/memory_torch.py

Activations are those tensors that autograd saves for the backward pass. Left out are temporary
workspace, what a framework or a GPU's driver needs for itself, and Adam's step counters.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn

FLOAT, INDEX = 4, 8  # bytes of float32 and of the int64 places that max pooling remembers
SIDE = 28
CLASSES = 10


@dataclass(frozen=True)
class Memory:
    """Bytes."""

    parameters: int
    gradients: int
    optimizer: int
    activations: int


def mlp() -> nn.Sequential:
    """Return a perceptron with one hidden layer."""
    return nn.Sequential(nn.Flatten(), nn.Linear(SIDE**2, 128), nn.ReLU(), nn.Linear(128, CLASSES))


def cnn() -> nn.Sequential:
    """Return a network of two convolutions, each followed by ReLU and max pooling."""
    return nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(32 * 7 * 7, CLASSES)),
    )


def saved_by_hand(model: nn.Sequential, batch: int) -> Iterator[tuple[str, int]]:
    """Yield the name and the bytes of each tensor that the backward pass of training needs."""
    shape = (1, SIDE, SIDE)
    yield "input", FLOAT * batch * SIDE**2
    for layer in model:
        if isinstance(layer, nn.Conv2d):
            shape = (layer.out_channels, shape[1], shape[2])
        elif isinstance(layer, nn.ReLU):  # its output: the sign for itself, the input of what follows
            size = shape[0] * shape[1] * shape[2]
            yield "ReLU output", FLOAT * batch * size
        elif isinstance(layer, nn.MaxPool2d):
            shape = (shape[0], shape[1] // 2, shape[2] // 2)
            size = shape[0] * shape[1] * shape[2]
            yield "pooling places", INDEX * batch * size
            yield "pooling output", FLOAT * batch * size
        elif isinstance(layer, nn.Linear):
            shape = (layer.out_features, 1, 1)
    yield "log-softmax", FLOAT * batch * CLASSES
    yield "labels", INDEX * batch
    yield "number of labels", FLOAT  # what the mean loss is divided by


def estimate(model: nn.Sequential, batch: int) -> Memory:
    """Return the memory of a training step with Adam in float32, by arithmetic alone."""
    weights = FLOAT * sum(parameter.numel() for parameter in model.parameters())
    activations = sum(size for _, size in saved_by_hand(model, batch))
    return Memory(weights, weights, 2 * weights, activations)


def measure(model: nn.Sequential, batch: int) -> Memory:
    """Return the bytes of the tensors that a training step with Adam keeps."""
    own = {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}
    kept: dict[int, torch.UntypedStorage] = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()  # views share it
        if storage.data_ptr() not in own:
            kept[storage.data_ptr()] = storage
        return tensor

    optimizer = torch.optim.Adam(model.parameters())
    x, y = torch.rand(batch, 1, SIDE, SIDE), torch.randint(CLASSES, (batch,))
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
    optimizer.step()
    return Memory(
        parameters=sum(p.nbytes for p in model.parameters()),
        gradients=sum(p.grad.nbytes for p in model.parameters() if p.grad is not None),
        optimizer=sum(
            state["exp_avg"].nbytes + state["exp_avg_sq"].nbytes for state in optimizer.state.values()
        ),
        activations=sum(storage.nbytes() for storage in kept.values()),
    )


def main() -> None:
    """Print estimate and measurement for both networks and some batches."""
    for name, build in (("mlp", mlp), ("cnn", cnn)):
        for batch in (1, 32, 256):
            model = build()
            print(f"{name}, batch {batch}: estimate {estimate(model, batch)}")
            print(f"{name}, batch {batch}: measured {measure(model, batch)}")


if __name__ == "__main__":
    main()
