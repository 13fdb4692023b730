"""``dlcards toc``: what the contents should be."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from dlcards.cli.arguments import PathsArgument, load_config, open_sources, parse, report_unreadable
from dlcards.cli.output import LanguageOption, language_of, note, show
from dlcards.linter.engine import run_of
from dlcards.linter.fixes import apply, fix
from dlcards.linter.rules import RULES
from dlcards.linter.rules.contents.missing import write_contents
from dlcards.model import Context, Document, Text
from dlcards.project.files import shown
from dlcards.reports.diff import unified_diff


def toc(
    paths: PathsArgument = None,
    write: Annotated[bool, typer.Option("--write", help="Make or mend the contents in the files.")] = False,
    lang: LanguageOption = "",
) -> None:
    """Show what the contents should be, or write them. Exit code 1: they differ, and are not written."""
    language_of(lang)
    project = parse(
        open_sources(paths, replace(load_config(paths).config, select=("T",), ignore=_all_but("T")))
    )
    context = project.context._replace(run=run_of(project.documents, project.context))
    stale = False
    for path, document in list(project.read):
        with context.faults.caught(document.path, "toc"):
            mended = _mended(document, context) if document.pairs else document.text
            if mended == document.text:
                continue
            stale = True
            if not write:
                show(unified_diff(document, mended))
            elif project.write(path, document.text, mended):
                note(Text(f"{shown(path)}: 목차를 썼다", f"{shown(path)}: contents written"))
    raise typer.Exit(report_unreadable(project.unreadable, project.faults) or int(stale and not write))


def _mended(document: Document, context: Context) -> str:
    text = document.text
    if document.contents is None and any(pair.slug for pair in document.pairs):
        text = apply(text, write_contents(document, context.config).edits)
    return fix(document.path, text, context).text


def _all_but(group: str) -> tuple[str, ...]:
    return tuple(rule.code for rule in RULES if not rule.code.startswith(group))
