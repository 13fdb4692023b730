"""Processes are measured as they are, and none that failed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks.measure import Failed, Task, Took, measure, median, run


def task(folder: Path, code: str, **options: object) -> Task:
    return Task("x", [sys.executable, "-c", code], folder, **options)  # type: ignore[arg-type]


def test_a_process_runs_in_its_folder_with_its_environment(tmp_path: Path) -> None:
    took = run(task(tmp_path, "import os; open(os.environ['NAME'], 'w')", environment={"NAME": "made"}))
    assert (tmp_path / "made").exists()
    assert took.cpu > 0
    assert took.wall > 0


def test_memory_is_that_of_the_process_not_of_ours(tmp_path: Path) -> None:
    held = bytearray(200 << 20)
    assert run(task(tmp_path, "pass")).memory < 100, len(held)
    assert run(task(tmp_path, "bytearray(b'x' * (200 << 20))")).memory > 190


def test_another_exit_code_than_it_may_have_is_a_failure(tmp_path: Path) -> None:
    assert run(task(tmp_path, "raise SystemExit(1)", exits=frozenset({0, 1}))).runs == 1
    with pytest.raises(Failed, match="no such thing"):
        run(task(tmp_path, "raise SystemExit('no such thing')"))
    with pytest.raises(Failed, match="could not be started"):
        run(Task("x", ["no-such-program"], tmp_path))


def test_tasks_take_turns_and_a_peer_that_fails_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turns: list[str] = []
    tasks = [
        Task("a", [sys.executable, "-c", ""], tmp_path, prepare=lambda: turns.append("a")),
        Task("b", [sys.executable, "-c", ""], tmp_path, prepare=lambda: turns.append("b"), rounds=1),
        Task("c", ["no-such-program"], tmp_path, peer=True),
    ]
    assert {name: took.runs for name, took in measure("some", tasks, 2).items()} == {"a": 2, "b": 1}
    assert turns == ["a", "b", "a"]
    assert "not measured: c" in capsys.readouterr().err


def test_medians_are_of_each_figure() -> None:
    assert median([Took(1, 9, 5), Took(2, 7, 6), Took(3, 8, 4)]) == Took(2, 8, 5, 3)
