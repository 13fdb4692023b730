"""How findings are shown: each format is a module with a function ``render`` that returns a string."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlcards.reports.summary import Summary

_MODULES = ("text", "concise", "json", "github", "sarif", "junit")


def _format(name: str) -> Callable[[Summary, str], str]:
    def render(summary: Summary, language: str) -> str:
        # Loaded when it is asked for: only some of them know all rules.
        said: str = import_module(f"dlcards.reports.{name}").render(summary, language)
        return said

    return render


FORMATS = {name: _format(name) for name in _MODULES}
