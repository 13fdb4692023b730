"""``dlcards stats``: how many questions are answered."""

from __future__ import annotations

from typing import Annotated

import typer

from dlcards.cli.arguments import PathsArgument, open_project, report_unreadable
from dlcards.cli.output import LanguageOption, language_of, one_of, show
from dlcards.reports.stats import FORMATS


def stats(
    paths: PathsArgument = None,
    output: Annotated[str, typer.Option("--format", help="How to show them: table or json.")] = "table",
    lang: LanguageOption = "",
) -> None:
    """Show how many questions are answered, by file and by section."""
    one_of(output, FORMATS)
    project = open_project(paths)
    show(FORMATS[output](project.parsed, project.config, language_of(lang)))
    raise typer.Exit(report_unreadable(project))
