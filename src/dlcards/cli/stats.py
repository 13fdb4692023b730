"""``dlcards stats``: how many questions are answered."""

from __future__ import annotations

from typing import Annotated

import typer

from dlcards.cli.arguments import PathsArgument, open_sources, parse, report_unreadable
from dlcards.cli.output import LanguageOption, language_of, note, one_of, show
from dlcards.reports import readings
from dlcards.reports.stats import FORMATS


def stats(
    paths: PathsArgument = None,
    output: Annotated[str, typer.Option("--format", help="How to show them: table or json.")] = "table",
    why: Annotated[
        bool, typer.Option("--why", help="Show which layout was found in each document, and how sure.")
    ] = False,
    lang: LanguageOption = "",
) -> None:
    """Show how many questions are answered, by file and by section."""
    one_of(output, FORMATS)
    project = parse(open_sources(paths))
    language = language_of(lang)
    if why:
        show(readings.render(project.documents, language))
        raise typer.Exit(report_unreadable(project.unreadable, project.faults))
    if not any(document.pairs for document in project.documents) and (
        near := readings.nearly(project.documents, language)
    ):
        note(near)
    show(FORMATS[output](project.documents, project.config, language_of(lang)))
    raise typer.Exit(report_unreadable(project.unreadable, project.faults))
