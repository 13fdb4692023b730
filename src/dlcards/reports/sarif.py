"""SARIF 2.1.0, which code hosts read: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dlcards import __version__
from dlcards.linter.finding import Finding
from dlcards.linter.pages import page
from dlcards.linter.rules import RULES
from dlcards.model import Rule, Severity, Span, TextDocument, bytes_of, json_of
from dlcards.reports.summary import Summary

_INDEX = {rule.code: index for index, rule in enumerate(RULES)}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(summary: Summary, language: str) -> str:
    """The run as one SARIF log. Columns count UTF-16 code units, as SARIF's default is."""
    driver = {
        "name": "dlcards",
        "version": __version__,
        "rules": [_rule(rule, language) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "results": [_result(finding, language) for finding in summary.findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_of(log, indent=2) + "\n"


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    prose = page(rule).prose[language]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": prose.split("\n\n")[0].replace("\n", " ")},
        "fullDescription": {"text": prose},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
    }


def _result(finding: Finding, language: str) -> dict[str, Any]:
    document, diagnostic = finding.document, finding.diagnostic
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _INDEX[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": diagnostic.message.in_(language)},
        "locations": [{"physicalLocation": _location(document, diagnostic.span)}],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "physicalLocation": _location(document, related.span),
                "message": {"text": related.message.in_(language)},
            }
            for related in diagnostic.related
        ]
    if diagnostic.fix:
        replacements = [
            {"deletedRegion": _region(document, edit.span), "insertedContent": {"text": edit.text}}
            for edit in diagnostic.fix.edits
        ]
        change = {"artifactLocation": _artifact(document), "replacements": replacements}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _location(document: TextDocument, span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(document), "region": _region(document, span)}


def _artifact(document: TextDocument) -> dict[str, Any]:
    return {"uri": quote(bytes_of(document.path))}


def _region(document: TextDocument, span: Span) -> dict[str, int]:
    line, column = _place(document, span.start)
    end_line, end_column = _place(document, span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _place(document: TextDocument, offset: int) -> tuple[int, int]:
    line, column = document.position(offset)
    before = document.text[offset - column + 1 : offset]
    return line, len(before.encode("utf-16-le")) // 2 + 1
