"""How the linter's time grows, beside bare mistune on the same text: ``python -m benchmarks.lint [FILE]``.

Prints a table in markdown: copies of the file, seconds of bare mistune, seconds of parsing with spans,
seconds of linting with all rules, and the ratios. A linter that is linear has the same ratios in every
line.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import mistune

from dlcards.document.build import build
from dlcards.lint.engine import lint
from dlcards.model import Context
from dlcards.project.config import load
from dlcards.project.files import Checkout

ROOT = Path(__file__).parent.parent
COPIES = (1, 10, 100)


def seconds(action: Callable[[], object]) -> float:
    """The shortest of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def main(path: Path) -> None:
    """Measure with the document at ``path``."""
    text = path.read_text(encoding="utf-8")
    config = load(ROOT).config
    context = Context(config, Checkout(path.parent, config))
    markdown = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])
    name = PurePosixPath(path.name)
    print("| copies | mistune | parse | lint | parse / mistune | lint / mistune |")
    print("|---|---|---|---|---|---|")
    for copies in COPIES:
        many = "\n".join([text] * copies)
        bare = seconds(lambda many=many: markdown(many))
        parse = seconds(lambda many=many: build(name, many, config))
        document = build(name, many, config)
        every = parse + seconds(lambda document=document: lint(document, context))
        ratios = f"{parse / bare:.1f} | {every / bare:.1f}"
        print(f"| {copies} | {bare:.3f} s | {parse:.3f} s | {every:.3f} s | {ratios} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "answers" / "deep-learning.md")
