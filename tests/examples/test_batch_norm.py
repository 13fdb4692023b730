"""The program that answer #16-2 names: right in its gradients, and in step with PyTorch's own layer."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from examples.batch_norm import BatchNorm

from tests.support import ROOT
from tests.support.gradients import central_differences

PROGRAM = ROOT / "examples" / "batch_norm.py"


def layer(rng: np.random.Generator, features: int = 3) -> BatchNorm:
    norm = BatchNorm(features)
    norm.gamma, norm.beta = rng.normal(size=features), rng.normal(size=features)
    return norm


@pytest.mark.parametrize("rows", [2, 7])
def test_backward_agrees_with_central_differences(rows: int) -> None:
    rng = np.random.default_rng(0)
    norm, x, dy = layer(rng), 5 + 3 * rng.normal(size=(rows, 3)), rng.normal(size=(rows, 3))
    gradients = norm.backward(dy, norm.forward_in_training(x)[1])

    def loss() -> float:
        return float((dy * norm.forward_in_training(x)[0]).sum())

    for gradient, changed in zip(gradients, (x, norm.gamma, norm.beta), strict=True):
        assert np.allclose(gradient, central_differences(loss, changed), rtol=1e-5, atol=1e-7)


def test_a_batch_comes_out_with_mean_beta_and_deviation_gamma() -> None:
    norm, x = layer(np.random.default_rng(0)), 5 + 3 * np.random.default_rng(1).normal(size=(1000, 3))
    y, _ = norm.forward_in_training(x)
    assert np.allclose(y.mean(axis=0), norm.beta)
    assert np.allclose(y.std(axis=0), np.abs(norm.gamma), rtol=1e-5)


def test_a_shift_or_a_stretch_of_the_batch_has_no_gradient() -> None:
    rng = np.random.default_rng(0)
    norm, x = layer(rng), rng.normal(size=(8, 3))
    _, cache = norm.forward_in_training(x)
    dx, _, _ = norm.backward(rng.normal(size=(8, 3)), cache)
    assert np.allclose(dx.sum(axis=0), 0)
    # The epsilon leaves a trace of the stretch.
    assert np.allclose((dx * cache.normalized).sum(axis=0), 0, atol=1e-3)


def test_in_use_a_row_does_not_depend_on_the_others() -> None:
    rng = np.random.default_rng(0)
    norm = layer(rng)
    for _ in range(5):
        norm.forward_in_training(rng.normal(size=(16, 3)))
    x, kept = rng.normal(size=(16, 3)), norm.running_mean.copy()
    assert np.array_equal(norm.forward_in_use(x[:1]), norm.forward_in_use(x)[:1])
    assert np.array_equal(norm.running_mean, kept)
    assert not np.allclose(norm.forward_in_training(x[:2])[0][:1], norm.forward_in_training(x)[0][:1])


def test_refuses_to_train_on_a_single_row() -> None:
    with pytest.raises(ValueError, match="two or more"):
        BatchNorm(3).forward_in_training(np.ones((1, 3)))


def test_folded_layer_answers_alike() -> None:
    rng = np.random.default_rng(0)
    norm, w, b, x = layer(rng), rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=(16, 4))
    for _ in range(5):
        norm.forward_in_training(rng.normal(size=(16, 4)) @ w + b)
    folded_w, folded_b = norm.fold(w, b)
    assert np.allclose(x @ folded_w + folded_b, norm.forward_in_use(x @ w + b))


def test_agrees_with_pytorch() -> None:
    torch = pytest.importorskip("torch", reason="compares with torch.nn.BatchNorm1d")
    rng = np.random.default_rng(0)
    norm = layer(rng)
    theirs = torch.nn.BatchNorm1d(3).double()
    with torch.no_grad():
        theirs.weight.copy_(torch.from_numpy(norm.gamma))
        theirs.bias.copy_(torch.from_numpy(norm.beta))

    for rows in (2, 5, 64):
        x, dy = 5 + 3 * rng.normal(size=(rows, 3)), rng.normal(size=(rows, 3))
        y, cache = norm.forward_in_training(x)
        dx, dgamma, dbeta = norm.backward(dy, cache)
        their_x = torch.from_numpy(x).requires_grad_()
        theirs.zero_grad()
        their_y = theirs(their_x)
        their_y.backward(torch.from_numpy(dy))
        pairs = [
            (y, their_y.detach()),
            (dx, their_x.grad),
            (dgamma, theirs.weight.grad),
            (dbeta, theirs.bias.grad),
            (norm.running_mean, theirs.running_mean),
            (norm.running_variance, theirs.running_var),
        ]
        for ours, their in pairs:
            assert np.allclose(ours, their.numpy())

    theirs.eval()
    x = rng.normal(size=(4, 3))
    assert np.allclose(norm.forward_in_use(x), theirs(torch.from_numpy(x)).detach().numpy())


def test_program_runs() -> None:
    run = subprocess.run([sys.executable, PROGRAM], capture_output=True, text=True, check=True)
    assert "after 200 batches" in run.stdout
    assert "difference at most" in run.stdout
