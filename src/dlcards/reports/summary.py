"""What a run of the linter came to, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dlcards.document.answers import is_answered
from dlcards.lint.baseline import Entry
from dlcards.lint.engine import Finding
from dlcards.model import Context, Document, Severity


@dataclass(frozen=True, slots=True)
class Summary:
    """The documents of a run with their findings.

    Attributes:
        documents: All documents that were read.
        findings: The findings to show, by document and place.
        context: The configuration that they were made with.
        accepted: How many more findings the baseline accepts.
        removable: Entries of the baseline whose finding is gone, with how many of each.
    """

    documents: Sequence[Document]
    findings: Sequence[Finding]
    context: Context
    accepted: int = 0
    removable: Sequence[tuple[Entry, int]] = ()

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

    def grouped(self) -> Iterator[tuple[Finding, int]]:
        """The findings, those with one cause in one document only once, with how many there are."""
        causes = Counter(_cause(finding) for finding in self.findings if finding.diagnostic.cause)
        shown = set()
        for finding in self.findings:
            if not finding.diagnostic.cause:
                yield finding, 1
            elif _cause(finding) not in shown:
                shown.add(_cause(finding))
                yield finding, causes[_cause(finding)]


def _cause(finding: Finding) -> tuple[str, str, str]:
    return str(finding.document.path), finding.rule.code, finding.diagnostic.cause
