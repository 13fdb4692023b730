"""Data-parallel training in PyTorch, with two CPU processes in place of two GPUs.

    python examples/ddp_gloo.py

shows that two processes with half a batch each get the gradient that one process gets from all of it,
and then trains. With GPUs, ``nccl`` takes the place of ``gloo``, ``torchrun`` that of ``run``, and each
process moves its model and its batches to a device of its own. Processes talk over the loopback
interface only, and find each other by a file.
"""

import multiprocessing
import os
import socket
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TypedDict, cast

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

PROCESSES = 2
SECONDS = 120  # to wait for each other, at most
BATCH = 32  # for each process
EPOCHS = 5


class Result(TypedDict):
    """What a process found out: differences are the largest ones to the gradient that one process gets."""

    size: float  # the largest entry of that gradient
    halves: float
    uneven: float  # with 16 and 48 examples
    losses: list[float]
    parameters: torch.Tensor


def build() -> nn.Sequential:
    """Return the same untrained network in every process."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 3))


def examples() -> TensorDataset:
    """Return points and which of the first three coordinates is the largest."""
    x = torch.randn(1024, 8, generator=torch.Generator().manual_seed(1))
    return TensorDataset(x, x[:, :3].argmax(dim=1))


def gradient(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the gradient of the mean loss over these examples, as one vector."""
    model.zero_grad()
    nn.functional.cross_entropy(model(x), y).backward()  # type: ignore[no-untyped-call, unused-ignore]
    return torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])


def train(model: nn.Module, rank: int) -> list[float]:
    """Train on this process's share of the examples and return the mean loss of each epoch over all."""
    data = examples()
    sampler: DistributedSampler[TensorDataset] = DistributedSampler(data, PROCESSES, rank)
    loader = DataLoader(data, BATCH, sampler=sampler)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for epoch in range(EPOCHS):
        sampler.set_epoch(epoch)  # shuffles anew, the same way in every process
        total = torch.zeros(())
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
            optimizer.step()
            total += loss.detach() / len(loader)
        dist.all_reduce(total)
        losses.append(total.item() / PROCESSES)
    return losses


def work(rank: int, folder: str) -> None:
    """Do what one of the processes does, and save what it found to ``folder``."""
    torch.set_num_threads(1)
    os.environ["GLOO_SOCKET_IFNAME"] = next(
        name for _, name in socket.if_nameindex() if name.startswith("lo")
    )
    meeting = f"file://{folder}/meeting"
    wait = timedelta(seconds=SECONDS)
    dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=PROCESSES, timeout=wait)
    x, y = examples()[:64]
    alone = gradient(build(), x, y)
    model = DistributedDataParallel(build())
    share = slice(rank, None, PROCESSES)
    together = gradient(model, x[share], y[share])
    uneven = slice(0, 16) if rank == 0 else slice(16, None)
    result: Result = {
        "size": alone.abs().max().item(),
        "halves": (together - alone).abs().max().item(),
        "uneven": (gradient(model, x[uneven], y[uneven]) - alone).abs().max().item(),
        "losses": train(model, rank),
        "parameters": torch.cat([p.detach().flatten() for p in model.parameters()]),
    }
    torch.save(result, Path(folder) / f"{rank}.pt")
    dist.destroy_process_group()


def run() -> list[Result]:
    """Start the processes and return what each of them found.

    Raises:
        RuntimeError: When one of them fails or doesn't end in time. None is left running.
    """
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        processes = [context.Process(target=work, args=(rank, folder)) for rank in range(PROCESSES)]
        end = time.monotonic() + SECONDS
        try:
            for process in processes:
                process.start()
            for process in processes:
                process.join(max(0, end - time.monotonic()))
        finally:
            for process in processes:
                process.kill()
                process.join()
        codes = [process.exitcode for process in processes]
        if any(codes):
            raise RuntimeError(f"a process failed or took more than {SECONDS} s; exit codes: {codes}")
        return [cast(Result, torch.load(Path(folder) / f"{rank}.pt")) for rank in range(PROCESSES)]


def main() -> None:
    """Print how far the gradients of one and of two processes differ, and the losses."""
    first, *_ = run()
    print(f"largest entry of the gradient: {first['size']:.3f}")
    print(f"largest difference to two processes: {first['halves']:.1e}")
    print(f"with 16 and 48 examples instead of 32 and 32: {first['uneven']:.1e}")
    print("loss of each epoch:", *(f"{loss:.3f}" for loss in first["losses"]))


if __name__ == "__main__":
    main()
