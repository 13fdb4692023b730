"""``dlcards config``: the configuration in force."""

from __future__ import annotations

from pathlib import Path

from dlcards.cli.arguments import PathsArgument, load_config
from dlcards.cli.output import LanguageOption, language_of, show
from dlcards.project.files import find_root
from dlcards.reports.configuration import render


def config(paths: PathsArgument = None, lang: LanguageOption = "") -> None:
    """Show the configuration in force, and for each value whether the project or the default says so."""
    language = language_of(lang)
    show(render(load_config(paths), find_root((paths or [Path()])[0]), language))
