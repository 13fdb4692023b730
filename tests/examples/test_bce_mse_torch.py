"""The program of answer #19-3: MSE is only watched, it is weighted by example, and BCE alone trains."""

from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch", reason="examples/bce_mse_torch.py needs PyTorch")
pytest.importorskip("sklearn", reason="examples/bce_mse_torch.py needs scikit-learn")

from examples import bce_mse_torch as program  # noqa: E402


def test_training_data_are_standardized_and_test_data_kept_apart() -> None:
    (x, y), (x_test, y_test) = program.load()
    assert (len(x), len(x_test)) == (400, 169)
    assert y.shape == (400, 1)
    assert x.mean(dim=0).abs().max() < 1e-5
    assert torch.allclose(x.std(dim=0), torch.ones(30), atol=1e-4)
    assert x_test.mean(dim=0).abs().max() > 1e-3  # not with its own mean
    assert set(y_test.flatten().tolist()) == {0, 1}


def test_reports_means_over_examples_not_over_batches() -> None:
    torch.manual_seed(0)
    train, _ = program.load()
    model = program.build()
    assert len(train[0]) % program.BATCH != 0  # so that the two differ
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    assert program.train_epoch(model, train, frozen) == pytest.approx(
        program.evaluate(model, train), rel=1e-5
    )


def test_measures_of_a_known_probability() -> None:
    model = torch.nn.Linear(30, 1)
    torch.nn.init.zeros_(model.weight)
    torch.nn.init.constant_(model.bias, 1.0)
    data = (torch.zeros(2, 30), torch.tensor([[0.0], [1.0]]))
    bce, mse = program.evaluate(model, data)
    p = 1 / (1 + math.exp(-1))
    assert bce == pytest.approx(-(math.log(p) + math.log(1 - p)) / 2)
    assert mse == pytest.approx((p**2 + (1 - p) ** 2) / 2)


def test_learns() -> None:
    torch.manual_seed(0)
    train, test = program.load()
    model = program.build()
    optimizer = torch.optim.Adam(model.parameters(), lr=program.RATE)
    before = program.evaluate(model, test)
    for _ in range(5):
        program.train_epoch(model, train, optimizer)
    after = program.evaluate(model, test)
    assert after[0] < before[0] / 3
    assert after[1] < before[1] / 3
