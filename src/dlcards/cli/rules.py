"""``dlcards rules``: all rules, and which of them are on."""

from __future__ import annotations

from typing import Annotated

import typer

from dlcards.cli.arguments import load_config
from dlcards.cli.output import LanguageOption, language_of, one_of, show
from dlcards.reports.rules import FORMATS


def rules(
    output: Annotated[str, typer.Option("--format", help="How to show them: table or json.")] = "table",
    lang: LanguageOption = "",
) -> None:
    """List all rules: code, name, severity, whether --fix mends them, whether they are on."""
    one_of(output, FORMATS)
    show(FORMATS[output](load_config(None).config, language_of(lang)))
