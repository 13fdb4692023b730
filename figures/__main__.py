"""Draw the pictures and measure the numbers: ``python -m figures [NAME ...]``.

Without names, all scripts of this folder run. Pictures go to ``answers/images/NAME.png``, numbers
to ``figures/measured.json``, where each script replaces only its own entry.
"""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).parent
IMAGES = HERE.parent / "answers" / "images"
MEASURED = HERE / "measured.json"


def names() -> list[str]:
    """The names of all figure scripts, in alphabetical order."""
    return sorted(path.stem for path in HERE.glob("q*.py"))


def main(wanted: list[str]) -> int:
    """Run the scripts ``wanted`` (all when empty) and return the exit code."""
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(
            f"no such figure script: {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr
        )
        return 2
    measured = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    for name in wanted or names():
        script = importlib.import_module(f"figures.{name}")
        numbers = script.main(IMAGES / f"{name}.png")
        measured[name] = {"answer": script.ANSWER, "numbers": [asdict(number) for number in numbers]}
        print(f"{name}: {len(numbers)} numbers for #{script.ANSWER}")
    MEASURED.write_text(
        json.dumps(measured, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
