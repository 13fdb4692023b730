"""``dlcards explain``: a rule's page."""

from __future__ import annotations

from typing import Annotated

import typer

from dlcards.cli.output import LanguageOption, fail, language_of, show
from dlcards.linter.pages import render
from dlcards.linter.rules import NAMES, load
from dlcards.model import Text


def explain(
    code: Annotated[str, typer.Argument(help="A rule's code or name, such as Q001 or missing-answer.")],
    lang: LanguageOption = "",
) -> None:
    """Show a rule's page: what it finds, why that hurts, how to mend it, examples."""
    asked = code.casefold()
    found = next((known for known, name in NAMES.items() if asked in (known.casefold(), name)), "")
    if not found:
        from dlcards.project.closest import unknown_code

        fail(unknown_code(code, NAMES, Text("규칙", "rule")))
    show(render(load(found), language_of(lang)))
