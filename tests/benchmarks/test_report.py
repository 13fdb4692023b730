"""The tables say of given figures what there is to say."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import Took
from benchmarks.report import Measured, Row, page, rows, scale, table

NOW = Measured(
    {
        "startup": {"floor": Took(0.2, 0.2, 30, 7), "--help": Took(0.25, 0.3, 40, 7)},
        "files-9": {"floor": Took(0.1, 0.1, 30), "cold": Took(1.0, 0.4, 50), "unchanged": Took(0.2, 0.2, 40)},
    },
    {"startup": "abc, 2026-01-01", "files-9": "abc, 2026-01-01"},
    {"machine": "2 cores", "rumdl": "0.3"},
    ["ankdown"],
)
BEFORE = Measured({"files-9": {"floor": Took(0.2, 0.2, 30), "cold": Took(4.0, 2.0, 50)}})


def cells(row: Row) -> list[str]:
    found = row.cells(NOW, BEFORE)
    assert found is not None
    return found[5:]


def test_a_row_is_a_ratio_to_its_base() -> None:
    row = Row("help", "startup", "--help", "floor", 1.5)
    assert cells(row) == ["floor, cpu", "–", "1.25", "≤ 1.5", "yes"]
    assert cells(Row("help", "startup", "--help", "floor", 1.2))[-1] == "**no**"
    assert cells(Row("help", "startup", "--help", "floor"))[-2:] == ["", ""]


def test_without_a_base_seconds_count() -> None:
    assert cells(Row("help", "startup", "--help", "", 0.35, "wall"))[1:] == ["–", "0.30 s", "≤ 0.35 s", "yes"]


def test_a_row_against_the_program_before_compares_ratios() -> None:
    """4 floors now, 10 floors before: other machines, the same words."""
    row = Row("cold", "files-9", "cold", "floor", 0.5, "wall", "before", before=True)
    assert cells(row) == ["before, wall", "1.00", "0.40", "≤ 0.5", "yes"]
    unknown = row.cells(NOW, Measured())
    assert unknown is not None
    assert unknown[-4:] == ["–", "–", "≤ 0.5", ""]


def test_what_was_not_measured_has_no_row_and_a_base_that_was_not_no_ratio() -> None:
    assert Row("x", "startup", "--version", "floor", 1.1).cells(NOW, BEFORE) is None
    assert cells(Row("x", "startup", "--help", "rumdl, warm", 1.1))[2:] == ["–", "≤ 1.1", ""]
    assert len(table(NOW, BEFORE, rows(1_000, 10_000)).splitlines()) == 2 + 3


def test_the_page_names_versions_and_what_could_not_be_had() -> None:
    text = page(NOW, BEFORE)
    assert "2 cores; rumdl 0.3" in text
    assert "not measured: ankdown" in text


def test_a_column_a_folder() -> None:
    measured = Measured({f"files-{n}": {"cold": Took(n, n / 2, 1)} for n in (1, 10)})
    assert "| dlcards, cold | 0.5 (1) | 5 (10) |" in scale(measured)


def test_figures_are_kept(tmp_path: Path) -> None:
    NOW.write(tmp_path / "a.json")
    assert Measured.read(tmp_path / "a.json") == NOW
    assert Measured.read(tmp_path / "b.json") == Measured()
