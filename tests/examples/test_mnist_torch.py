"""The program of answers #19 and #19-1: of the sizes that they state, and it learns."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples.test_mlp_numpy import ANSWERS
from tests.support import ROOT

torch = pytest.importorskip("torch", reason="examples/mnist_torch.py needs PyTorch")

from examples import mnist_torch as program  # noqa: E402

PROGRAM = ROOT / "examples" / "mnist_torch.py"


def stated(pattern: str, question: str) -> int:
    """The one number that an answer states in the words of ``pattern``."""
    _, _, rest = ANSWERS.read_text(encoding="utf-8").partition(f"\n## #{question}\n")
    found = re.findall(pattern, rest.partition("\n## #")[0])
    assert len(found) == 1, f"answer #{question} says {pattern!r} {len(found)} times"
    return int(found[0].replace(",", ""))


@pytest.mark.parametrize(("name", "pattern"), [("mlp", r"MLP는 ([\d,]+)개"), ("cnn", r"CNN은 ([\d,]+)개")])
def test_answer_states_the_number_of_parameters(name: str, pattern: str) -> None:
    parameters = sum(parameter.numel() for parameter in program.build(name).parameters())
    assert stated(pattern, "19-1") == parameters


@pytest.mark.parametrize("name", ["mlp", "cnn"])
def test_learns(name: str) -> None:
    torch.set_num_threads(1)  # more make so small a network slower
    torch.manual_seed(0)
    y = torch.arange(64) % 10
    x = torch.rand(64, 1, 28, 28) / 2
    for picture, label in zip(x, y.tolist(), strict=True):
        picture[0, 2 * label : 2 * label + 3] += 0.5  # a bright bar at a height for each class
    model = program.build(name)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    first = program.train_epoch(model, [(x, y)], optimizer)
    assert first == pytest.approx(2.303, abs=0.2)  # ln 10
    for _ in range(30):
        program.train_epoch(model, [(x, y)], optimizer)
    assert program.accuracy(model, [(x, y)]) > 0.95
    assert not model.training


@pytest.mark.skipif(
    not program.FOLDER.is_dir(), reason=f"no {program.FOLDER}: install the package dataset-fashion-mnist"
)
def test_loads_fashion_mnist() -> None:
    images, labels = program.load("t10k").tensors
    assert images.shape == (10_000, 1, 28, 28)
    assert images.dtype == torch.float32
    assert (images.min().item(), images.max().item()) == (0, 1)
    assert labels.bincount().tolist() == [1000] * 10


def test_says_which_file_is_missing(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, PROGRAM, "--model", "mlp"],
        env={**os.environ, "MNIST_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert str(tmp_path / "train-images-idx3-ubyte.gz") in run.stderr
