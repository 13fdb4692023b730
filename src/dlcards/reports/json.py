"""For programs: one JSON object, described in ``docs/json.md``."""

from __future__ import annotations

from typing import Any

from dlcards.linter.finding import Finding
from dlcards.model import Severity, json_of
from dlcards.reports.summary import Summary

VERSION = 1


def render(summary: Summary, language: str) -> str:
    """The run as JSON, ending in a newline. Lines and columns are 1-based, in characters."""
    result = {
        "version": VERSION,
        "findings": [_finding(finding, language) for finding in summary.findings],
        "documents": [
            {"path": str(document.path), "layout": document.layout, "questions": document.questions}
            for document in summary.documents
        ],
        "summary": {
            "documents": len(summary.documents),
            "questions": summary.questions,
            "answered": summary.answered,
            "findings": len(summary.findings),
            "errors": summary.count(Severity.ERROR),
            "warnings": summary.count(Severity.WARNING),
            "fixable": summary.fixable,
            "accepted": summary.accepted,
        },
        "removable": [
            {"path": entry.path, "code": entry.code, "words": entry.words, "count": count}
            for entry, count in summary.removable
        ],
    }
    return json_of(result, indent=2) + "\n"


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    document, diagnostic = finding.document, finding.diagnostic
    line, column = document.position(diagnostic.span.start)
    end_line, end_column = document.position(diagnostic.span.end)
    return {
        "path": str(document.path),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": diagnostic.message.in_(language),
        "fixable": diagnostic.fix is not None,
        "cause": diagnostic.cause,
        "related": [
            {
                "line": document.position(related.span.start)[0],
                "column": document.position(related.span.start)[1],
                "message": related.message.in_(language),
            }
            for related in diagnostic.related
        ],
    }
