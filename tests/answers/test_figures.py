"""The answers' figures: what is stated is what was measured, and what is concluded holds in other runs, too."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import json
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.answers.reading import (
    CHEAP_PACKAGES,
    FIGURES,
    LEAST_LONG_SEEDS,
    LEAST_SEEDS,
    LONG,
    MEASURED,
    OTHER_SEEDS,
    PICTURES,
    SCRIPTS,
    SECTIONS,
    Section,
    skip_without,
)
from tests.support import ROOT

pytestmark = pytest.mark.slow

NUMBER = re.compile(
    r"""(?<![A-Za-z0-9.])
    (?P<number>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)
    (?:e(?P<e>[-+]?\d+)
      |\s*(?:×|\\times)\s*10\^\{?(?P<power>[-−]?\d+)\}?
      |\s*(?:×|\\times)\s*10(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    )?""",
    re.VERBOSE,
)
SPREAD = re.compile(r"(?<![\w.~^{])(\d[\d,.]*\d|\d)%?\\?~(\d[\d,.]*\d|\d)")
# Ranges that are settings of the measurement, or others' results.
NOT_MEASURED = {
    "15-1": {"5~95", "11~14"},
    "16-4": {"7~64"},
    "20-1": {"6~1", "38~43", "80~240"},
}
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def stated(words: str) -> tuple[float, float]:
    """The first number of ``words``, and the unit of its last digit.

    ``"97.4%"`` is (97.4, 0.1), ``"$2\\times10^{-8}$"`` (2e-8, 1e-8). The zeros at the end of a number from 1,000 on
    count as rounded: ``"15,000"`` is (15000, 1000).
    """
    found = NUMBER.search(words)
    assert found, f"no number in {words!r}"
    power = int((found["e"] or found["power"] or found["raised"] or "0").translate(LOWERED))
    number = found["number"].replace(",", "").translate(LOWERED)
    whole, _, decimals = number.partition(".")
    rounded = len(whole) - len(whole.rstrip("0")) if not decimals and abs(float(number)) >= 1000 else 0
    return float(f"{number}e{power}"), float(f"1e{power + rounded - len(decimals)}")


@pytest.mark.parametrize("name", SCRIPTS)
def test_answer_states_what_was_measured(name: str) -> None:
    script, runs = script_of(name), recorded(name)
    texts = [
        " ".join(section.text.replace(r"\~", "~").split())  # escaped for GitHub (M017)
        for section in SECTIONS
        if section.id == script.ANSWER
    ]
    assert texts, f"figures/{name}.py is for #{script.ANSWER}, which no document has"
    for says in script.SAYS:
        words = " ".join(says.words.split())
        assert any(words in text for text in texts), f"not in the text: {words}"
        number, unit = stated(words)
        # A half of the last digit, and what the record is rounded by.
        assert number == pytest.approx(says.value(runs[says.budget]), rel=1e-5, abs=unit / 2 * (1 + 1e-9)), (
            says
        )


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_both_ends_of_a_spread_are_held_by_the_record(section: Section) -> None:
    scripts = [script_of(name) for name in SCRIPTS if section.id == script_of(name).ANSWER]
    if not scripts:
        pytest.skip(f"nothing is measured for {section.name}")
    held = {stated(says.words)[0] for script in scripts for says in script.SAYS}
    depth = section.text.partition("#### 더 깊이")[2].partition("#### 꼬리질문")[0]
    for found in SPREAD.finditer(depth):
        ends = {float(end.replace(",", "")) for end in found.groups()}
        said = found.group().replace("\\", "")
        assert ends <= held or said in NOT_MEASURED.get(section.id, ()), f"in no SAYS: {said}"


@pytest.mark.parametrize("name", SCRIPTS)
def test_runs_are_recorded(name: str) -> None:
    script, runs = script_of(name), recorded(name)
    parameters = inspect.signature(script.measure).parameters
    if "seed" in parameters:
        assert script.SEEDS >= LEAST_SEEDS
        assert all(len(values) == script.SEEDS for values in runs[1].values())
    if "budget" in parameters:
        assert all(len(values) >= LEAST_LONG_SEEDS for values in runs[LONG].values())
        assert script.CONCLUSIONS, "what is trained is trained to conclude something"
    assert sorted(path.stem for path in MEASURED.glob("*.json")) == SCRIPTS


@pytest.mark.parametrize("name", SCRIPTS)
def test_conclusions_hold_in_all_recorded_runs(name: str) -> None:
    for budget, runs in recorded(name).items():
        for conclusion in script_of(name).CONCLUSIONS:
            assert conclusion.holds(runs), f"with {budget} times the budget not so: {conclusion.says}"


@pytest.mark.parametrize("name", SCRIPTS)
def test_conclusions_hold_with_other_seeds_and_budgets(name: str) -> None:
    skip_dear(name)
    script = script_of(name)
    parameters = inspect.signature(script.measure).parameters
    if "seed" not in parameters:
        kept = {number: float(values[0]) for number, values in recorded(name)[1].items()}
        assert script.measure() == pytest.approx(kept, rel=1e-3, abs=1e-9)
        return
    for budget in (1, LONG) if "budget" in parameters else (1,):
        more = {"budget": budget} if "budget" in parameters else {}
        runs = by_number([script.measure(seed, **more) for seed in OTHER_SEEDS])
        for conclusion in script.CONCLUSIONS:
            assert conclusion.holds(runs), f"with {budget} times the budget not so: {conclusion.says}: {runs}"


@pytest.mark.parametrize("name", SCRIPTS)
def test_figure_is_drawn(name: str, tmp_path: Path) -> None:
    skip_dear(name)
    common = importlib.import_module("figures.common")
    try:
        common.font()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that no font has, a layout that does not fit
        common.save(script_of(name).draw, tmp_path / f"{name}.png")
    assert (tmp_path / f"{name}.night.png").is_file()


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_figure_is_shown(name: str) -> None:
    shown = [picture for picture in PICTURES if Path(picture.source).stem == name]
    assert [picture.section.id for picture in shown] == [script_of(name).ANSWER]


def script_of(name: str) -> Any:
    """A figure script; what it computes needs more than its claims."""
    for package in ("matplotlib", "numpy", "sklearn"):
        skip_without(package, name)
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(f"figures.{name}")


def recorded(name: str) -> dict[int, dict[str, Any]]:
    """The recorded runs of a script by budget: the values of each number, a value a run."""
    file = MEASURED / f"{name}.json"
    assert file.is_file(), f"no runs yet; run: python -m figures {name}"
    runs = json.loads(file.read_text(encoding="utf-8"))
    budgets = sorted({run["budget"] for run in runs})
    return {
        budget: by_number([run["numbers"] for run in runs if run["budget"] == budget]) for budget in budgets
    }


def by_number(runs: list[dict[str, float]]) -> dict[str, Any]:
    import numpy as np

    assert all(run.keys() == runs[0].keys() for run in runs)
    return {number: np.array([run[number] for run in runs]) for number in runs[0]}


def skip_dear(name: str) -> None:
    """Skip what would take long or needs more than CI has; its recorded runs are held against its claims."""
    if why := slow(FIGURES / f"{name}.py"):
        pytest.skip(f"{name} {why}; python -m figures {name} measures it anew")
    if more := packages(FIGURES / f"{name}.py") - CHEAP_PACKAGES:
        pytest.skip(f"{name} needs {', '.join(sorted(more))}; python -m figures {name} measures it anew")
    for package in ("matplotlib", "numpy", "sklearn"):
        skip_without(package, name)


def slow(script: Path) -> str:
    """Why a script takes long, by its constant ``SLOW``; empty where it has none."""
    for node in ast.parse(script.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SLOW":
            return str(ast.literal_eval(node.value))
    return ""


def packages(script: Path) -> set[str]:
    """The top-level packages that a script imports, other than Python's own and this repository's."""
    found = set()
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"figures", "examples"}


@pytest.mark.parametrize(
    ("words", "number", "unit"),
    [
        ("1,961칸", 1961, 1),
        ("15,000스텝", 15000, 1000),
        ("100%", 100, 1),
        ("셋 다 97.4%를", 97.4, 0.1),
        (r"$2\times10^{-8}$이었고", 2e-8, 1e-8),
        ("3×10⁻⁸", 3e-8, 1e-8),
        ("# → 2e-08", 2e-8, 1e-8),
        ("약 $-0.17$ 이상", -0.17, 0.01),
        ("1.50배", 1.5, 0.01),
    ],
)
def test_stated(words: str, number: float, unit: float) -> None:
    assert stated(words) == pytest.approx((number, unit))
