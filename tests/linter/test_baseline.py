"""Accepting today's findings, so that only new ones fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dlcards.linter import baseline
from tests.support.command import CLEAN, DIRTY, run, write
from tests.support.documents import findings


def test_accepted_findings_survive_moved_lines_and_are_said_when_gone(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    done = run(tmp_path, "lint", "--write-baseline")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"dlcards-baseline.json: accepts 2 findings" in done.stderr
    done = run(tmp_path, "lint", "--lang", "en")
    assert done.returncode == 0
    assert b"findings 0 (errors 0, warnings 0, 2 more in the baseline)" in done.stdout
    write(tmp_path, "머리말\n\n" + DIRTY)
    assert run(tmp_path, "lint").returncode == 0
    write(tmp_path, DIRTY + "\n[또 없다](#어디)\n")
    done = run(tmp_path, "lint", "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.count(b"error L001") == 1
    write(tmp_path, CLEAN)
    done = run(tmp_path, "lint", "--lang", "en")
    assert done.returncode == 0
    assert done.stdout.count(b"no longer needed in the baseline (1)") == 2
    report = json.loads(run(tmp_path, "lint", "--format", "json").stdout)
    assert [entry["code"] for entry in report["removable"]] == ["L001", "M001"]


def test_the_same_defect_twice_in_one_line_counts_twice() -> None:
    twice = findings("글 [없다](#어디) [없다](#어디)\n")
    accepted = baseline.load(baseline.dump(twice), "b")
    assert sum(accepted.values()) == 2
    compared = baseline.compare(twice, accepted, [str(twice[0].document.path)])
    assert (compared.new, compared.accepted, compared.removable) == ((), 2, ())


def test_entries_of_other_files_are_left_alone() -> None:
    accepted = baseline.load(baseline.dump(findings("글 [없다](#어디)\n")), "b")
    assert baseline.compare([], accepted, ["other.md"]).removable == ()


@pytest.mark.parametrize(
    "text", ["", "x", "{}", '{"dlcards-baseline": 9, "entries": []}', '{"dlcards-baseline": 1}']
)
def test_a_damaged_baseline_is_2_and_says_the_way_out(tmp_path: Path, text: str) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, text, "dlcards-baseline.json")
    done = run(tmp_path, "lint")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"dlcards-baseline.json: " in done.stderr
    assert b"--write-baseline" in done.stderr


def test_a_baseline_that_is_asked_for_must_exist(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    assert run(tmp_path, "lint", "--baseline", "no.json").returncode == 2
