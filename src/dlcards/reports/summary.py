"""What a run of the linter came to, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dlcards.linter.baseline import Entry
from dlcards.linter.finding import Finding
from dlcards.model import Facts, Severity

# From the worst on.
RANK = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class Group(NamedTuple):
    """Findings of one rule with one cause: the first of them, how many there are, in how many documents."""

    first: Finding
    times: int = 1
    documents: int = 1


class Summary(NamedTuple):
    """The documents of a run with their findings.

    Attributes:
        documents: What is known of all documents that were read.
        findings: The findings to show, by document and place.
        accepted: How many more findings the baseline accepts.
        removable: Entries of the baseline whose finding is gone, with how many of each.
        width: How many cells of a source line to show.
        paths: The paths of the run, as a shell would take them.
    """

    documents: Sequence[Facts]
    findings: Sequence[Finding]
    accepted: int = 0
    removable: Sequence[tuple[Entry, int]] = ()
    width: int = 100
    paths: str = ""

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return sum(document.questions for document in self.documents)

    @property
    def answered(self) -> int:
        """How many of them have an answer that is more than a placeholder."""
        return sum(document.answered for document in self.documents)

    @property
    def fixable(self) -> int:
        """How many findings ``--fix`` can mend."""
        return sum(finding.diagnostic.fix is not None for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def grouped(self, *, by_document: bool = False) -> Iterator[Group]:
        """The findings, those with one cause only once, where the first of them stands.

        Args:
            by_document: Whether a cause is one in each document, and not in the whole run.
        """

        def key(finding: Finding) -> tuple[str, ...]:
            path = str(finding.document.path) if by_document else ""
            return finding.code, finding.severity.value, finding.diagnostic.cause, path

        groups: dict[tuple[str, ...], list[Finding]] = {}
        for finding in self.findings:
            if finding.diagnostic.cause:
                groups.setdefault(key(finding), []).append(finding)
        for finding in self.findings:
            if not finding.diagnostic.cause:
                yield Group(finding)
            elif group := groups.pop(key(finding), None):
                yield Group(finding, len(group), len({other.document.path for other in group}))
