"""The program that answer #18 quotes: as long as the answer says, right in its gradients, and it learns."""

from __future__ import annotations

import ast
import gzip
import io
import os
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import numpy as np
import pytest
from examples import mlp_numpy as program
from sklearn.datasets import load_digits

from tests.support import ROOT
from tests.support.gradients import central_differences

PROGRAM = ROOT / "examples" / "mlp_numpy.py"
ANSWERS = ROOT / "answers" / "deep-learning.md"

# The rows of the answer's table, and the functions each of them counts.
PARTS = {
    "IDX 파일 읽기": ("read_idx", "load"),
    "He 초기화": ("initialize",),
    "순전파": ("forward",),
    "역전파": ("backward",),
    "한 epoch의 학습": ("train_epoch",),
    "정확도": ("accuracy",),
}
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def answer() -> str:
    _, _, rest = ANSWERS.read_text(encoding="utf-8").partition("\n## #18\n")
    return rest.partition("\n## #")[0]


def stated(pattern: str) -> int:
    """The one number that the answer states in the words of ``pattern``."""
    found = re.findall(pattern, answer())
    assert len(found) == 1, f"answer #18 says {pattern!r} {len(found)} times"
    return int(found[0])


def code_lines(source: str) -> set[int]:
    """The numbers of the lines with code: neither blank nor only a comment or a docstring."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    code = {
        line
        for token in tokens
        if token.type not in LAYOUT
        for line in range(token.start[0], token.end[0] + 1)
    }
    return code - {line for docstring in docstrings(ast.parse(source)) for line in span(docstring)}


def docstrings(tree: ast.Module) -> list[ast.stmt]:
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef)]
    return [node.body[0] for node in nodes if ast.get_docstring(node) is not None]


def span(node: ast.stmt) -> range:
    assert node.end_lineno is not None
    return range(node.lineno, node.end_lineno + 1)


def functions(source: str) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}


def function_lines(name: str) -> int:
    source = PROGRAM.read_text(encoding="utf-8")
    return len(code_lines(source) & set(span(functions(source)[name])))


def bare(function: ast.FunctionDef) -> str:
    """The function without its docstring and annotations."""
    function.returns = None
    for argument in function.args.args:
        argument.annotation = None
    if ast.get_docstring(function) is not None:
        del function.body[0]
    return ast.unparse(function)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("", 0),
        ("# only a comment\n\n", 0),
        ('"""One\n\ntwo."""\nx = 1  # and a comment\n', 1),
        ('def f():\n    """Doc."""\n\n    return """not\na docstring"""\n', 3),
        ("x = [\n    1,\n    # why\n    2,\n]\n", 4),
    ],
)
def test_code_lines_are_counted(source: str, count: int) -> None:
    assert len(code_lines(source)) == count


def test_answer_states_the_length_of_the_program() -> None:
    assert stated(r"코드는 (\d+)줄") == len(code_lines(PROGRAM.read_text(encoding="utf-8")))


def test_answer_states_the_length_of_back_propagation() -> None:
    lines = function_lines("backward")
    assert stated(r"`return`까지 (\d+)줄") == lines
    assert stated(r"역전파는 \*\*(\d+)줄\*\*") == lines
    assert stated(r"계산만 (\d+)줄") == lines - 2  # without its head and its return


@pytest.mark.parametrize("part", PARTS)
def test_answer_states_the_length_of_each_part(part: str) -> None:
    assert stated(rf"\| {part} \| (\d+) \|") == sum(function_lines(name) for name in PARTS[part])


def test_parts_add_up_to_the_program() -> None:
    rows = [int(number) for number in re.findall(r"^\| [^|]+ \| (\d+) \|$", answer(), flags=re.MULTILINE)]
    assert len(rows) == len(PARTS) + 2  # imports and constants; main
    assert sum(rows) == stated(r"코드는 (\d+)줄")


def test_answer_quotes_the_program() -> None:
    block = re.search(r"^```python\n(.*?)^```$", answer(), flags=re.MULTILINE | re.DOTALL)
    assert block is not None
    quoted, real = functions(block[1]), functions(PROGRAM.read_text(encoding="utf-8"))
    assert {"forward", "backward"} <= quoted.keys()
    for name, function in quoted.items():
        assert bare(function) == bare(real[name])


def test_back_propagation_agrees_with_central_differences() -> None:
    rng = np.random.default_rng(0)
    parameters: list[program.Array] = [p.astype(np.float64) for p in program.initialize((7, 6, 4), rng)]
    for bias in parameters[1::2]:
        bias += rng.normal(size=bias.shape)
    x, y = rng.normal(size=(5, 7)), rng.integers(0, 4, 5)

    def loss() -> float:
        _, p = program.forward(x, parameters)
        return float(-np.log(p[np.arange(len(y)), y]).mean())

    h, p = program.forward(x, parameters)
    gradients = program.backward(x, y, h, p, parameters[2])
    for parameter, gradient in zip(parameters, gradients, strict=True):
        assert gradient.dtype == np.float64
        numeric = central_differences(loss, parameter)
        assert np.linalg.norm(numeric - gradient) < 1e-6 * np.linalg.norm(gradient)


def test_probabilities_of_huge_logits_are_finite() -> None:
    parameters: list[program.Array] = [np.eye(3), np.zeros(3), 1e4 * np.eye(3), np.zeros(3)]
    _, p = program.forward(np.array([[1.0, 0.5, 0.0]]), parameters)
    assert p.tolist() == [[1.0, 0.0, 0.0]]


def test_learns_digits() -> None:
    pixels, labels = load_digits(return_X_y=True)
    x, y = (pixels / 16).astype(np.float32), labels.astype(np.int64)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    train, test = order[:1300], order[1300:]
    parameters = program.initialize((64, 32, 10), rng)
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
    assert x.shape == (60_000, 784)
    assert (x.min(), x.max()) == (0, 1)
    assert np.bincount(y_test).tolist() == [1000] * 10
    rng = np.random.default_rng(0)
    parameters = program.initialize((784, 128, 10), rng)
    for _ in range(5):
        program.train_epoch(parameters, x[:2000], y[:2000], rng, rate=0.1)
    assert program.accuracy(parameters, x_test, y_test) > 0.7


@pytest.mark.parametrize("shape", [(3,), (2, 3, 4)])
def test_reads_idx(tmp_path: Path, shape: tuple[int, ...]) -> None:
    values = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    header = bytes([0, 0, 8, len(shape)]) + b"".join(size.to_bytes(4, "big") for size in shape)
    path = tmp_path / "some-idx.gz"
    path.write_bytes(gzip.compress(header + values.tobytes()))
    assert np.array_equal(program.read_idx(path), values)


def test_says_which_file_is_missing(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, PROGRAM],
        env={**os.environ, "MNIST_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert str(tmp_path / "train-images-idx3-ubyte.gz") in run.stderr
    assert "dataset-fashion-mnist" in run.stderr
