"""``dlcards explain``: a rule's page."""

from __future__ import annotations

from typing import Annotated

import typer

from dlcards.cli.output import LanguageOption, fail, language_of, show
from dlcards.lint.pages import render
from dlcards.lint.rules import NAMES, RULES
from dlcards.project.closest import closest_code


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
