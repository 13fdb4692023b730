"""The program that answer #18-3 quotes: as much longer as the answer says, right in its gradients, and it learns."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from examples import cnn_numpy as program
from sklearn.datasets import load_digits

from tests.examples.test_mlp_numpy import bare, code_lines, functions, span
from tests.support import ROOT
from tests.support.gradients import central_differences

CNN = (ROOT / "examples" / "cnn_numpy.py").read_text(encoding="utf-8")
MLP = (ROOT / "examples" / "mlp_numpy.py").read_text(encoding="utf-8")

# The rows of the answer's table, and the functions each of them counts.
PARTS = {
    "초기화": ("initialize",),
    "im2col": ("im2col",),
    "순전파": ("forward",),
    "역전파": ("backward",),
    "정확도": ("accuracy",),
}


def answer() -> str:
    text = (ROOT / "answers" / "deep-learning.md").read_text(encoding="utf-8")
    _, _, rest = text.partition("\n## #18-3\n")
    return rest.partition("\n## #")[0]


def stated(pattern: str) -> list[int]:
    """The numbers that the answer states in the words of ``pattern``, which stand there once."""
    found = re.findall(pattern, answer())
    assert len(found) == 1, f"answer #18-3 says {pattern!r} {len(found)} times"
    return [int(number.replace(",", "")) for number in np.atleast_1d(found[0])]


def lines(source: str, name: str) -> int:
    function = functions(source).get(name)
    return 0 if function is None else len(code_lines(source) & set(span(function)))


def test_answer_states_the_lengths_of_both_programs() -> None:
    before, after = len(code_lines(MLP)), len(code_lines(CNN))
    assert stated(r"(\d+)줄에서 (\d+)줄로") == [before, after]
    assert stated(r"줄로 (\d+)줄 길다") == [after - before]


@pytest.mark.parametrize("part", PARTS)
def test_answer_states_the_length_of_each_part(part: str) -> None:
    counted = [sum(lines(source, name) for name in PARTS[part]) for source in (MLP, CNN)]
    assert stated(rf"\| {part} \| (\d+) \| (\d+) \|") == counted


def test_parts_add_up_to_the_programs() -> None:
    rows = re.findall(r"^\| [^|]+ \| (\d+) \| (\d+) \|$", answer(), flags=re.MULTILINE)
    assert len(rows) == len(PARTS) + 1  # and all else
    assert np.array(rows, int).sum(axis=0).tolist() == [len(code_lines(MLP)), len(code_lines(CNN))]


def test_both_programs_read_the_same_way() -> None:
    mlp, cnn = functions(MLP), functions(CNN)
    for name in ("read_idx", "load"):
        assert bare(mlp[name]) == bare(cnn[name])


def test_answer_quotes_the_program() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", answer(), flags=re.MULTILINE | re.DOTALL)
    quoted = {name: function for block in blocks for name, function in functions(block).items()}
    assert {"backward"} <= quoted.keys()
    for name, function in quoted.items():
        assert bare(function) == bare(functions(CNN)[name])


def test_patches_lie_where_they_are_pooled() -> None:
    x = np.arange(2.0 * 8 * 8).reshape(2, 64)
    columns = program.im2col(x)
    pictures = x.reshape(2, 8, 8)
    expected = [
        pictures[n, 2 * i + k : 2 * i + k + 5, 2 * j + m : 2 * j + m + 5].ravel()
        for n in range(2)
        for i in range(2)
        for j in range(2)
        for k in range(2)
        for m in range(2)
    ]
    assert np.array_equal(columns, expected)


def test_back_propagation_agrees_with_central_differences() -> None:
    rng = np.random.default_rng(0)
    parameters: list[program.Array] = [p.astype(np.float64) for p in program.initialize(8, 3, 4, rng)]
    for bias in parameters[1::2]:
        bias += rng.normal(size=bias.shape)
    x, y = rng.normal(size=(5, 64)), rng.integers(0, 4, 5)

    def loss() -> float:
        *_, p = program.forward(x, parameters)
        return float(-np.log(p[np.arange(len(y)), y]).mean())

    columns, winners, h, p = program.forward(x, parameters)
    assert 0 < (h > 0).mean() < 1  # some pooled values pass the ReLU and some don't
    gradients = program.backward(columns, y, winners, h, p, parameters[2])
    for parameter, gradient in zip(parameters, gradients, strict=True):
        assert gradient.dtype == np.float64
        numeric = central_differences(loss, parameter)
        assert np.linalg.norm(numeric - gradient) < 1e-6 * np.linalg.norm(gradient)


def test_learns_digits() -> None:
    pixels, labels = load_digits(return_X_y=True)
    x, y = (pixels / 16).astype(np.float32), labels.astype(np.int64)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    train, test = order[:1300], order[1300:]
    parameters = program.initialize(8, 8, 10, rng)
    untrained = program.accuracy(parameters, x[test], y[test])
    for _ in range(20):
        program.train_epoch(parameters, x[train], y[train], rng, rate=0.1)
    assert untrained < 0.3
    assert program.accuracy(parameters, x[test], y[test]) > 0.9


@pytest.mark.skipif(
    not program.FOLDER.is_dir(), reason=f"no {program.FOLDER}: install the package dataset-fashion-mnist"
)
def test_learns_fashion_mnist() -> None:
    x, y = program.load("train")
    x_test, y_test = program.load("t10k")
    rng = np.random.default_rng(0)
    parameters = program.initialize(28, 8, 10, rng)
    assert stated(r"101,770개에서 ([\d,]+)개로") == [sum(parameter.size for parameter in parameters)]
    for _ in range(3):
        program.train_epoch(parameters, x[:2000], y[:2000], rng, rate=0.1)
    assert program.accuracy(parameters, x_test[:2000], y_test[:2000]) > 0.7


def test_says_which_file_is_missing(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "examples" / "cnn_numpy.py"],
        env={**os.environ, "MNIST_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert str(tmp_path / "train-images-idx3-ubyte.gz") in run.stderr
