"""The program of answer #20-3: arithmetic and autograd agree to the byte, and the answer quotes the sums."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="examples/memory_torch.py needs PyTorch")

from examples import memory_torch as program  # noqa: E402


@pytest.mark.parametrize("batch", [1, 7, 64])
@pytest.mark.parametrize("build", [program.mlp, program.cnn])
def test_estimate_agrees_to_the_byte(build: object, batch: int) -> None:
    assert callable(build)
    model = build()
    assert program.estimate(model, batch) == program.measure(model, batch)


def test_only_activations_grow_with_the_batch() -> None:
    small, large = (program.estimate(program.cnn(), batch) for batch in (32, 64))
    assert (small.parameters, small.gradients, small.optimizer) == (
        large.parameters,
        large.gradients,
        large.optimizer,
    )
    assert large.activations == pytest.approx(2 * small.activations, abs=8)


def test_a_tensor_that_two_layers_save_counts_once() -> None:
    names = [name for name, _ in program.saved_by_hand(program.cnn(), 1)]
    assert names.count("ReLU output") == 2  # for ReLU itself and for the pooling after it
    assert "input" in names
