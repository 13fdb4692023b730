"""Measure the numbers and draw the pictures of the answers: ``python -m figures [--draw] [NAME ...]``.

Without names, all scripts of this folder run. Runs go to ``figures/measured/NAME.json``, pictures to
``answers/images/NAME.png`` and ``NAME.night.png``. With ``--draw`` nothing is measured.
"""

from __future__ import annotations

import importlib
import inspect
import json
import sys
from pathlib import Path
from types import ModuleType

from figures.common import Numbers, save

HERE = Path(__file__).parent
IMAGES = HERE.parent / "answers" / "images"
MEASURED = HERE / "measured"

LONG = 3  # so many times the budget, for what is trained


def names() -> list[str]:
    """The names of all figure scripts, in alphabetical order."""
    return sorted(path.stem for path in HERE.glob("q*.py"))


def measure(script: ModuleType) -> list[dict[str, object]]:
    """The runs of a script: each with its ``seed``, its ``budget`` and its ``numbers``."""
    parameters = inspect.signature(script.measure).parameters
    if "seed" not in parameters:
        return [_run(0, 1, script.measure())]
    wanted = [(seed, 1) for seed in range(script.SEEDS)]
    if "budget" in parameters:
        wanted += [(seed, LONG) for seed in range(getattr(script, "LONG_SEEDS", 3))]
    runs: list[dict[str, object]] = []
    for seed, budget in wanted:
        numbers = script.measure(seed, budget) if "budget" in parameters else script.measure(seed)
        runs.append(_run(seed, budget, numbers))
    return runs


def _run(seed: int, budget: int, numbers: Numbers) -> dict[str, object]:
    kept = {name: float(f"{value:.6g}") for name, value in numbers.items()}
    print(f"  seed {seed}, budget {budget}: {kept}", flush=True)
    return {"seed": seed, "budget": budget, "numbers": kept}


def main(arguments: list[str]) -> int:
    """Run the scripts named (all when none is) and return the exit code."""
    only_draw = "--draw" in arguments
    wanted = [argument for argument in arguments if argument != "--draw"]
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(
            f"no such figure script: {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr
        )
        return 2
    for name in wanted or names():
        script = importlib.import_module(f"figures.{name}")
        if not only_draw:
            print(f"{name}, for #{script.ANSWER}", flush=True)
            runs = measure(script)
            MEASURED.mkdir(exist_ok=True)
            (MEASURED / f"{name}.json").write_text(
                json.dumps(runs, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
        save(script.draw, IMAGES / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
