"""``dlcards lint``: what hurts a reader or a learner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.arguments import NoCacheOption, PathsArgument, load_config, open_sources, report_unreadable
from dlcards.cli.asking import AllowNetOption, Asking, CacheOption, MaxTimeOption, ask
from dlcards.cli.output import LanguageOption, fail, language_of, note, one_of, show, source_width, writing
from dlcards.lint import baseline as baselines
from dlcards.lint.rules import NAMES
from dlcards.lint.run import LintRun
from dlcards.model import Config, Severity, Text, Verdict
from dlcards.project.caches import cache_folder
from dlcards.project.closest import closest_code
from dlcards.project.files import Unreadable, shown, write_whole
from dlcards.project.garbage import no_collections
from dlcards.project.own_files import read_own
from dlcards.project.store import Store
from dlcards.reports import FORMATS, rule_counts
from dlcards.reports.summary import Summary

BASELINE = "dlcards-baseline.json"
_FAIL_ON = {
    "error": {Severity.ERROR},
    "warning": {Severity.ERROR, Severity.WARNING},
    "note": set(Severity),
    "never": set[Severity](),
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
        typer.Option("--baseline", help=f"Accepted findings. Default: {BASELINE} in the project."),
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
    language = language_of(lang)
    one_of(output, FORMATS)
    one_of(fail_on, _FAIL_ON)
    config = _selected(load_config(paths).config, select, ignore)
    asking = None if offline else Asking(cache, max_time, allow_net or ())
    sources = open_sources(paths, config, force_exclude=force_exclude)
    verdicts: dict[str, Verdict] | None = None
    unwritten: Sequence[Unreadable] = ()
    if fix or diff:
        # Not above: who changes nothing need not wait for it.
        from dlcards.cli import fixing

        if diff:
            fixing.show_fixes(sources, asking)
            raise typer.Exit(report_unreadable(sources.unreadable))
        verdicts, unwritten = fixing.mend(sources, asking)
        sources = open_sources(paths, config, force_exclude=force_exclude)
    with no_collections():
        run = LintRun(sources, None if no_cache else Store(cache_folder() / "lint"))
    if asking and verdicts is None:
        verdicts = ask(run.addresses(), asking, sources)
    findings = run.findings(verdicts)
    unreadable = [*sources.unreadable, *unwritten]
    where = baseline or sources.home / BASELINE
    if write_baseline:
        with writing(where):
            write_whole(where, baselines.dump(findings).encode("utf-8"))
        said = shown(where)
        note(Text(f"{said}: {len(findings)}개를 받아들였다", f"{said}: accepts {len(findings)} findings"))
        raise typer.Exit(report_unreadable(unreadable))
    compared = baselines.compare(
        findings, _accepted(where, baseline is not None), [source.document.name for source in sources.read]
    )
    summary = Summary(run.facts, compared.new, compared.accepted, compared.removable, source_width())
    show(rule_counts.render(summary, language) if statistics_only else FORMATS[output](summary, language))
    failing = any(finding.severity in _FAIL_ON[fail_on] for finding in compared.new)
    raise typer.Exit(report_unreadable(unreadable) or int(failing))


def _selected(loaded: Config, select: str, ignore: str) -> Config:
    """The configuration with what the command line says about rules on top."""
    codes = list(NAMES)
    chosen, left_out = (
        [code.strip().upper() for code in text.split(",") if code.strip()] for text in (select, ignore)
    )
    for code in (*chosen, *left_out):
        if not any(known.startswith(code) for known in codes):
            fail(f"unknown code {code!r}{closest_code(code, NAMES)}")
    if chosen:
        others = tuple(code for code in codes if not any(code.startswith(start) for start in chosen))
        loaded = replace(loaded, select=tuple(code for code in codes if code not in others), ignore=others)
    return replace(loaded, ignore=(*loaded.ignore, *left_out)) if left_out else loaded


def _accepted(path: Path, asked_for: bool) -> dict[baselines.Entry, int]:
    try:
        return baselines.load(read_own(path, baselines.REMEDY), shown(path))
    except FileNotFoundError:
        if asked_for:
            fail(f"{shown(path)}: does not exist; write it with --write-baseline")
        return {}
