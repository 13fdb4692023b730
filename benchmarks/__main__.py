"""Measure, and write down what was measured: ``python -m benchmarks [GROUP ...] [--quick]``.

Without names, all groups are measured. Each goes into ``benchmarks/measured.json`` as soon as it is whole,
and ``benchmarks/README.md`` and ``benchmarks/scale.png`` are made of that again. ``--quick`` measures less
of everything, prints the table, and writes nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import peers, report
from benchmarks.bench import ROOT, Bench
from benchmarks.editor import editor
from benchmarks.export import SHORT, decks, export
from benchmarks.links import links
from benchmarks.lint import LARGE, NINE, files, growth, hook
from benchmarks.measure import Failed, Took, measure
from benchmarks.startup import startup

PATIENCE = 300
"""Seconds; what a tenth of the files says will take longer is left out."""


def groups(bench: Bench, taken: report.Measured) -> Iterator[tuple[str, Callable[[], dict[str, Took]]]]:
    """Every group by its name."""
    sizes = report.sizes(bench.quick)
    pairs = report.pairs(bench.quick)
    yield "startup", partial(startup, bench)
    for number in sorted({*sizes, NINE}):
        yield report.files(number), partial(_files, bench, number, taken)
    yield "hook", partial(hook, bench)
    yield "growth", partial(growth, bench)
    yield "editor", partial(editor, bench)
    for documents in (1, pairs // 100):
        yield report.export(pairs, documents), partial(export, bench, pairs, documents)
    yield report.decks(SHORT), partial(decks, bench)
    yield "links", partial(links, bench)
    yield report.ROUNDTRIP, partial(_roundtrip, bench, taken)


def _files(bench: Bench, number: int, taken: report.Measured) -> dict[str, Took]:
    """Lint so many files; a peer that took long for a tenth of them is left out."""
    tenth = taken.took(report.files(number // 10)) if number >= LARGE else {}
    slow = {name for name, took in tenth.items() if took.wall * 10 > PATIENCE and name in report.OTHERS}
    for name in sorted(slow):
        print(f"benchmarks: {name} would need minutes for {number} files and is left out", file=sys.stderr)
    return files(bench, number, slow)


def _roundtrip(bench: Bench, taken: report.Measured) -> dict[str, Took]:
    """Count what comes of edits; takes no time of anything."""
    from benchmarks import roundtrip  # it reads decks with dlcards, which takes a while to load

    taken.edits = roundtrip.counts(bench)
    return {}


def main(arguments: list[str]) -> int:
    """Measure what was asked for and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help="what to measure; without, everything")
    parser.add_argument("--list", action="store_true", help="name the groups")
    parser.add_argument("--quick", action="store_true", help="less of everything; writes nothing")
    parser.add_argument("--rounds", type=int, help="how often each task of a group runs")
    parser.add_argument("--source", type=Path, default=ROOT, help="the tree to measure, else this one")
    parser.add_argument("--into", type=Path, default=report.NOW, help="where the figures go")
    options = parser.parse_args(arguments)
    taken = report.Measured() if options.quick else report.Measured.read(options.into)
    with tempfile.TemporaryDirectory(prefix="dlcards-bench-") as name:
        bench = Bench(options.source.resolve(), Path(name), options.rounds, options.quick)
        known = dict(groups(bench, taken))
        if options.list:
            print("\n".join(known))
            return 0
        unknown = set(options.groups) - set(known)
        if unknown:
            parser.error(f"no such group: {', '.join(sorted(unknown))}; --list names them")
        for peer in peers.missing():
            print(
                f"benchmarks: {peer} can't be had here, or does not start; `make bench` sets it up",
                file=sys.stderr,
            )
        try:
            warm_up(bench)
            for group in options.groups or known:
                taken.put(group, known[group](), bench.commit(), time.strftime("%Y-%m-%d"))
                if not options.quick:
                    taken.write(options.into)
        except Failed as error:
            print(f"benchmarks: {error}", file=sys.stderr)
            return 1
    if options.quick:
        print(report.page(taken, report.Measured.read(report.BEFORE), quick=True))
    elif options.into == report.NOW:
        report.main()
    return 0


def warm_up(bench: Bench) -> None:
    """Let every module be compiled and read once, so that no measured run pays for it."""
    folder = bench.folder / "warm-up"
    folder.mkdir()
    (folder / "one.md").write_text("## #1\n\n#### What?\n\nThat.\n", encoding="utf-8")
    once = ("--version", "--help", "explain Q001", "lint --offline .", "export --offline .")
    measure("warm-up", [bench.dlcards(what, what, folder) for what in once], 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
