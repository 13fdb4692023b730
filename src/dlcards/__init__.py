"""dlcards: lint markdown documents of questions and answers, and make Anki decks of them.

    >>> import dlcards
    >>> for document in dlcards.read("answers").documents:
    ...     for pair in document.pairs:
    ...         print(pair.id, pair.question)
    >>> for finding in dlcards.lint("answers").findings:
    ...     print(f"{finding.path}:{finding.line}: {finding.code} {finding.message.en}")
    >>> deck = dlcards.export("answers", output="deck.apkg")

What stands in ``__all__`` stays as it is documented (docs/library.en.md says what that means); all else in
this package may change with any release.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlcards.api.export import Deck, DeckError, export
    from dlcards.api.lint import Report, lint
    from dlcards.api.read import load_config, read
    from dlcards.linter.finding import Finding
    from dlcards.model import Config, Document, InputError, Pair, Severity, Text
    from dlcards.project.project import Project

__version__ = "0.1.0"

__all__ = [
    "Config",
    "Deck",
    "DeckError",
    "Document",
    "Finding",
    "InputError",
    "Pair",
    "Project",
    "Report",
    "Severity",
    "Text",
    "__version__",
    "export",
    "lint",
    "load_config",
    "read",
]

# Loaded when they are asked for: the command line is quick to start.
_HOMES = {
    "Config": "model",
    "Deck": "api.export",
    "DeckError": "api.export",
    "Document": "model",
    "Finding": "linter.finding",
    "InputError": "model",
    "Pair": "model",
    "Project": "project.project",
    "Report": "api.lint",
    "Severity": "model",
    "Text": "model",
    "export": "api.export",
    "lint": "api.lint",
    "load_config": "api.read",
    "read": "api.read",
}


if not TYPE_CHECKING:  # else type checkers would take any name for one of ours

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"dlcards.{_HOMES[name]}"), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
