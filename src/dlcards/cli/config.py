"""``dlcards config``: the configuration in force."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.arguments import PathsArgument, load_config
from dlcards.cli.output import LanguageOption, language_of, show
from dlcards.model import json_of
from dlcards.project.files import find_root
from dlcards.reports.configuration import render
from dlcards.reports.schema import schema_in


def config(
    paths: PathsArgument = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Show what a configuration may hold, as JSON Schema for editors.")
    ] = False,
    lang: LanguageOption = "",
) -> None:
    """Show the configuration in force, and for each value whether the project or the default says so."""
    language = language_of(lang)
    if schema:
        show(json_of(schema_in(language), indent=2) + "\n")
        return
    show(render(load_config(paths), find_root((paths or [Path()])[0]), language))
