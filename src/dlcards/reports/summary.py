"""What a run of the linter came to, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dlcards.lint import Finding
from dlcards.model import Context, Document, Severity
from dlcards.rules.placeholder_answer import is_answered


@dataclass(frozen=True, slots=True)
class Summary:
    """The documents of a run with their findings.

    Attributes:
        documents: All documents that were read.
        findings: All findings, by document and place.
        context: The configuration that they were made with.
    """

    documents: Sequence[Document]
    findings: Sequence[Finding]
    context: Context

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return sum(len(document.pairs) for document in self.documents)

    @property
    def answered(self) -> int:
        """How many of them have an answer that is more than a placeholder."""
        config = self.context.config
        return sum(is_answered(pair, config) for document in self.documents for pair in document.pairs)

    @property
    def fixable(self) -> int:
        """How many findings ``--fix`` can mend."""
        return sum(finding.diagnostic.fix is not None for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)
