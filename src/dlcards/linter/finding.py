"""A finding: what a rule said of a place of a document."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from dlcards.model import Config, Diagnostic, Severity, Text, TextDocument

# Whatever the configuration ignores: without these a pair is no pair.
STRUCTURAL = frozenset({"Q001", "Q002", "Q004", "Q005", "Q006"})


class Finding(NamedTuple):
    """A diagnostic with its document, code and name of the rule that made it, and its severity."""

    document: TextDocument
    code: str
    name: str
    diagnostic: Diagnostic
    severity: Severity

    @property
    def path(self) -> PurePosixPath:
        """The document, relative to the root of the checkout."""
        return self.document.path

    @property
    def line(self) -> int:
        """Where it begins: the line, from 1."""
        return self.document.position(self.diagnostic.span.start)[0]

    @property
    def column(self) -> int:
        """Where it begins: the column in characters, from 1."""
        return self.document.position(self.diagnostic.span.start)[1]

    @property
    def message(self) -> Text:
        """What is wrong, in Korean (``.ko``) and English (``.en``)."""
        return self.diagnostic.message

    def blocks_export(self, config: Config) -> bool:
        """Whether a pair with this finding stays out of the deck.

        An error does, save those of the contents (T…): they are about how to find the question in
        the document, not about what a card would show. Nor does what says itself that it spares cards,
        unless the project wants pairs without any error.
        """
        return may_block(self.code, self.severity) and (config.error_free or not self.diagnostic.spares_cards)


def may_block(code: str, severity: Severity) -> bool:
    """Whether findings of a rule of this severity may keep a pair out of the deck."""
    # However mild a project, or a document that only lists questions, makes it.
    if code in STRUCTURAL:
        return True
    # D002 is what export finds out itself, note by note, for derived cards as well.
    return severity is Severity.ERROR and not code.startswith("T") and code != "D002"
