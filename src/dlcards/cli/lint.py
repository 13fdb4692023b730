"""``dlcards lint``, ``explain``, ``config``, ``stats``, ``toc``: what is about documents."""

from __future__ import annotations

import difflib
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.links import AllowNetOption, Asking, CacheOption, MaxTimeOption, ask
from dlcards.cli.output import LanguageOption, fail, language_of, note, show
from dlcards.cli.project import PathsArgument, Project, load_config, shown
from dlcards.lint import baseline as baselines
from dlcards.lint.engine import lint as lint_document
from dlcards.lint.fixes import apply
from dlcards.lint.fixes import fix as fix_document
from dlcards.lint.pages import render
from dlcards.lint.rules import NAMES, RULES
from dlcards.lint.rules.contents.missing import write_contents
from dlcards.model import Config, Document, Severity, Text
from dlcards.project.config import closest, closest_code, key_of
from dlcards.project.files import Unreadable, find_root, write_whole
from dlcards.reports import FORMATS, statistics
from dlcards.reports.stats import FORMATS as STATS_FORMATS
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
    cache: CacheOption = None,
    max_time: MaxTimeOption = None,
    allow_net: AllowNetOption = None,
    lang: LanguageOption = "",
) -> None:
    """Find what hurts a reader or a learner. Exit code: 0 nothing found, 1 findings, 2 bad usage or input."""
    language = language_of(lang)
    for value, known in ((output, FORMATS), (fail_on, _FAIL_ON)):
        if value not in known:
            fail(f"unknown value {value!r}{closest(value, known)} (known: {', '.join(known)})")
    project = Project.open(paths, _selected(load_config(paths).config, select, ignore))
    if not offline:
        verdicts = ask(project, Asking(cache, max_time, allow_net or ()))
        project.context = replace(project.context, verdicts=verdicts)
    if diff:
        for document in project.parsed:
            show(_unified_diff(document, fix_document(document.path, document.text, project.context).text))
        raise typer.Exit(_unreadable_code(project))
    if fix:
        _fix(project)
    findings = [
        finding for document in project.parsed for finding in lint_document(document, project.context)
    ]
    where = baseline or project.files.root / BASELINE
    if write_baseline:
        write_whole(where, baselines.dump(findings).encode("utf-8"))
        said = shown(where)
        note(Text(f"{said}: {len(findings)}개를 받아들였다", f"{said}: accepts {len(findings)} findings"))
        raise typer.Exit(_unreadable_code(project))
    compared = baselines.compare(
        findings, _accepted(where, baseline is not None), [str(d.path) for d in project.parsed]
    )
    summary = Summary(project.parsed, compared.new, project.context, compared.accepted, compared.removable)
    show(statistics.render(summary, language) if statistics_only else FORMATS[output](summary, language))
    failing = any(finding.severity in _FAIL_ON[fail_on] for finding in compared.new)
    raise typer.Exit(_unreadable_code(project) or int(failing))


def explain(
    code: Annotated[str, typer.Argument(help="A rule's code or name, such as Q001 or missing-answer.")],
    lang: LanguageOption = "",
) -> None:
    """Show a rule's page: what it finds, why that hurts, how to mend it, examples."""
    for rule in RULES:
        if code.casefold() in (rule.code.casefold(), rule.name):
            show(render(rule, language_of(lang)))
            return
    fail(f"unknown rule {code!r}{closest_code(code, NAMES)}")


def config(paths: PathsArgument = None, lang: LanguageOption = "") -> None:
    """Show the configuration in force, and for each value whether the project or the default says so."""
    default = {"ko": "기본값", "en": "default"}[language_of(lang)]
    loaded = load_config(paths)
    root = find_root((paths or [Path()])[0])
    lines = [
        f"# {shown(loaded.source) if loaded.source else f'{shown(root)}: no configuration, only defaults'}"
    ]
    for field in fields(Config):
        key = key_of(field.name)
        origin = loaded.source.name if loaded.source and key in loaded.keys else default
        lines.append(f"{key} = {_toml_value(getattr(loaded.config, field.name))}  # {origin}")
    show("\n".join(lines) + "\n")


def stats(
    paths: PathsArgument = None,
    output: Annotated[str, typer.Option("--format", help="How to show them: table or json.")] = "table",
    lang: LanguageOption = "",
) -> None:
    """Show how many questions are answered, by file and by section."""
    if output not in STATS_FORMATS:
        fail(f"unknown value {output!r}{closest(output, STATS_FORMATS)} (known: {', '.join(STATS_FORMATS)})")
    project = Project.open(paths)
    show(STATS_FORMATS[output](project.parsed, project.config, language_of(lang)))
    raise typer.Exit(_unreadable_code(project))


def toc(
    paths: PathsArgument = None,
    write: Annotated[bool, typer.Option("--write", help="Make or mend the contents in the files.")] = False,
    lang: LanguageOption = "",
) -> None:
    """Show what the contents should be, or write them. Exit code 1: they differ, and are not written."""
    language_of(lang)
    project = Project.open(paths, replace(load_config(paths).config, select=("T",), ignore=_all_but("T")))
    stale = False
    for path, document in list(project.documents):
        if not document.pairs:
            continue
        text = document.text
        if document.contents is None and any(pair.slug for pair in document.pairs):
            text = apply(text, write_contents(document, project.config).edits)
        mended = fix_document(document.path, text, project.context).text
        if mended == document.text:
            continue
        stale = True
        if write:
            _write(project, path, mended)
            note(Text(f"{shown(path)}: 목차를 썼다", f"{shown(path)}: contents written"))
        else:
            show(_unified_diff(document, mended))
    raise typer.Exit(_unreadable_code(project) or int(stale and not write))


def _selected(loaded: Config, select: str, ignore: str) -> Config:
    """The configuration with what the command line says about rules on top."""
    codes = [rule.code for rule in RULES]
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


def _all_but(group: str) -> tuple[str, ...]:
    return tuple(rule.code for rule in RULES if not rule.code.startswith(group))


def _fix(project: Project) -> None:
    for path, document in list(project.documents):
        fixed = fix_document(document.path, document.text, project.context)
        if fixed.refused:
            note(
                Text(
                    f"{document.path}: 페이지가 하는 말이 달라질 고침 {fixed.refused}개는 하지 않았다",
                    f"{document.path}: dropped {fixed.refused} fixes that would change what the page says",
                )
            )
        if fixed.text != document.text:
            _write(project, path, fixed.text)
    project.context = replace(project.context, documents=project.parsed)


def _write(project: Project, path: Path, text: str) -> None:
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        project.unreadable.append(Unreadable(str(path), _unwritable(error)))
    else:
        project.put(path, text)


def _unwritable(error: OSError) -> Text:
    return Text(f"쓸 수 없다: {error.strerror}", f"cannot be written: {error.strerror}")


def _accepted(path: Path, asked_for: bool) -> dict[baselines.Entry, int]:
    try:
        return baselines.load(path.read_text(encoding="utf-8"), shown(path))
    except FileNotFoundError:
        if asked_for:
            fail(f"{shown(path)}: does not exist; write it with --write-baseline")
        return {}
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{shown(path)}: cannot be read: {error}")
    except baselines.BaselineError as error:
        fail(str(error))


def _unreadable_code(project: Project) -> int:
    project.report_unreadable()
    return 2 if project.unreadable else 0


def _toml_value(value: object) -> str:
    if isinstance(value, dict):
        items = ", ".join(f"{_toml_value(key)} = {_toml_value(item)}" for key, item in value.items())
        return f"{{ {items} }}" if items else "{}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _unified_diff(document: Document, text: str) -> str:
    # keepends on "\n" alone: str.splitlines() would also break lines at U+2028 and form feeds.
    before, after = _lines(document.text), _lines(text)
    lines = difflib.unified_diff(before, after, f"a/{document.path}", f"b/{document.path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
