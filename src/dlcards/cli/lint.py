"""``dlcards lint``: what hurts a reader or a learner."""

from __future__ import annotations

import os
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.arguments import (
    NoCacheOption,
    PathsArgument,
    load_config,
    refuse_nothing,
    report_unreadable,
)
from dlcards.cli.asking import AllowNetOption, CacheOption, MaxTimeOption, asking_of
from dlcards.cli.output import LanguageOption, fail, language_of, one_of, show, source_width
from dlcards.linter import baseline as baselines
from dlcards.linter.rules import NAMES
from dlcards.linter.said import Memory, Showing
from dlcards.model import Config, Fault, Text, Verdict
from dlcards.project.caches import cache_folder
from dlcards.project.closest import unknown_code
from dlcards.project.disk import Reach
from dlcards.project.files import Unreadable, shown
from dlcards.project.own_files import read_own
from dlcards.project.sources import read_sources
from dlcards.project.store import Store
from dlcards.reports import FORMATS

_LONGEST_TYPED = 60  # characters of paths in a command to type
FAIL_ON = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "note": ("error", "warning", "note"),
    "never": (),
}


def lint(
    paths: PathsArgument = None,
    output: Annotated[
        str, typer.Option("--format", help=f"How to show findings: {', '.join(FORMATS)}.")
    ] = "text",
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended, then show what is left.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")
    ] = False,
    select: Annotated[
        str, typer.Option("--select", help="Only these rules: codes or their beginnings, by comma.")
    ] = "",
    ignore: Annotated[
        str, typer.Option("--ignore", help="Not these rules, besides the configuration's.")
    ] = "",
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="What makes the exit code 1: error, warning, note or never.")
    ] = "warning",
    statistics_only: Annotated[
        bool, typer.Option("--statistics", help="Show how often each rule fires instead of the findings.")
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", help=f"Accepted findings. Default: {baselines.NAME} in the project."),
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Accept today's findings: only new ones will fail.")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no network.")] = False,
    force_exclude: Annotated[
        bool,
        typer.Option(
            "--force-exclude",
            help="Leave out what the configuration excludes also where it is named, as hooks name files.",
        ),
    ] = False,
    no_cache: NoCacheOption = False,
    cache: CacheOption = None,
    max_time: MaxTimeOption = None,
    allow_net: AllowNetOption = None,
    lang: LanguageOption = "",
) -> None:
    """Find what hurts a reader or a learner. Exit code: 0 nothing found, 1 findings, 2 bad usage or input."""
    language, paths = language_of(lang), paths or [Path()]
    one_of(output, FORMATS)
    one_of(fail_on, FAIL_ON)
    config = _selected(load_config(paths).config, select, ignore)
    asked = asking_of(cache, max_time, allow_net)
    asking = None if offline else asked
    sources = read_sources(paths, config, force_exclude=force_exclude)
    reach = sources.files.reach.and_(baseline)
    where = baseline or sources.home / baselines.NAME
    accepted = _read(where, reach)
    verdicts: dict[str, Verdict] | None = None
    unreadable: list[Unreadable] = []
    faults: list[Fault] = []
    if fix or diff:
        # Not above: who changes nothing need not wait for it.
        from dlcards.cli import fixing

        refuse_nothing(sources, paths, force_exclude=force_exclude)
        if diff:
            raise typer.Exit(report_unreadable(sources.unreadable, fixing.show_fixes(sources, asking)))
        verdicts, unwritten, faults = fixing.mend(sources, asking)
        unreadable += unwritten
        sources = read_sources(paths, config, force_exclude=force_exclude)
    if accepted is None and baseline is not None and not write_baseline:
        name = shown(where)
        fail(
            Text(
                f"{name}: 없다. --write-baseline이 만든다",
                f"{name}: does not exist; write it: --write-baseline",
            )
        )
    format_, typed = "" if statistics_only else output, _typed(paths)
    showing = Showing(format_, language, source_width(), FAIL_ON[fail_on], typed)
    store = None if no_cache else Store(cache_folder() / "lint")
    memory = Memory(store, sources, showing, accepted)
    said = None if asking or write_baseline else memory.recall()
    if not said:
        # Not above: where nothing has changed, none of it is needed.
        from dlcards.cli.linting import accept, find, say

        refuse_nothing(sources, paths, force_exclude=force_exclude)
        unreadable = [*sources.unreadable, *unreadable]
        report = find(sources, store, asking, verdicts)
        faults += report.faults
        if write_baseline:
            accept(report.findings, where, accepted, reach)
            raise typer.Exit(report_unreadable(unreadable, faults))
        said = say(report, sources, memory, where)
    show(said.report)
    raise typer.Exit(report_unreadable(unreadable, faults) or int(said.failing))


def _typed(paths: list[Path]) -> str:
    """The paths as they would be typed again; nothing for this folder, and for many files, as of a hook."""
    said = " ".join(shlex.quote(str(path)) for path in paths if path != Path())
    return said if len(said) <= _LONGEST_TYPED else "…"


def _selected(loaded: Config, select: str, ignore: str) -> Config:
    """The configuration with what the command line says about rules on top."""
    codes = list(NAMES)
    chosen, left_out = (
        [code.strip().upper() for code in text.split(",") if code.strip()] for text in (select, ignore)
    )
    for code in (*chosen, *left_out):
        if not any(known.startswith(code) for known in codes):
            fail(unknown_code(code, NAMES))
    if chosen:
        others = tuple(code for code in codes if not any(code.startswith(start) for start in chosen))
        loaded = replace(loaded, select=tuple(code for code in codes if code not in others), ignore=others)
    return replace(loaded, ignore=(*loaded.ignore, *left_out)) if left_out else loaded


def _read(path: Path, reach: Reach) -> bytes | None:
    """What the baseline's file holds; None where there is none."""
    if not os.path.lexists(path):
        return None
    try:
        return read_own(path, Text("다른 파일을 준다: --baseline", "name another file: --baseline"), reach)
    except FileNotFoundError:
        return None
