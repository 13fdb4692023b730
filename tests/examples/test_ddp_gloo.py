"""The program of answer #20-2: two processes get one process's gradient when their shares are even."""

from __future__ import annotations

import re

import pytest

from tests.examples.test_mlp_numpy import ANSWERS

torch = pytest.importorskip("torch", reason="examples/ddp_gloo.py needs PyTorch")

from examples import ddp_gloo as program  # noqa: E402


def stated(pattern: str) -> float:
    """The one number that answer #20-2 states in the words of ``pattern``."""
    _, _, rest = ANSWERS.read_text(encoding="utf-8").partition("\n## #20-2\n")
    found = re.findall(pattern, rest.partition("\n## #")[0])
    assert len(found) == 1, f"answer #20-2 says {pattern!r} {len(found)} times"
    return float(found[0])


def test_two_processes_do_the_work_of_one() -> None:
    if not (torch.distributed.is_available() and torch.distributed.is_gloo_available()):
        pytest.skip("this build of PyTorch lacks gloo")
    first, second = program.run()
    assert first["size"] == pytest.approx(stated(r"가장 큰 성분은 ([\d.]+)"), abs=0.01)
    assert first["halves"] < 1e-6
    assert second["halves"] < 1e-6
    assert first["uneven"] == pytest.approx(stated(r"차이가 ([\d.]+)까지"), abs=0.005)
    assert torch.equal(first["parameters"], second["parameters"])
    assert first["losses"] == second["losses"]
    assert first["losses"][-1] < first["losses"][0] / 2


def test_a_failing_process_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "work", divmod)  # divmod(rank, folder) raises TypeError
    with pytest.raises(RuntimeError, match="exit codes"):
        program.run()
