"""GitHub's workflow commands: findings as annotations on the lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from dlcards.model import Severity, printable
from dlcards.reports.summary import Summary
from dlcards.reports.text import closing_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(summary: Summary, language: str) -> str:
    """One command a finding, and the closing line, which GitHub shows in the log."""
    lines = []
    for finding in summary.findings:
        document, span = finding.document, finding.diagnostic.span
        line, column = document.position(span.start)
        end_line, end_column = document.position(span.end)
        place = {"file": document.path, "line": line, "col": column, "endLine": end_line}
        if end_line == line:
            place["endColumn"] = end_column
        place["title"] = f"{finding.code} {finding.name}"
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
        message = _data(finding.diagnostic.message.in_(language))
        lines.append(f"::{_COMMANDS[finding.severity]} {properties}::{message}")
    return "\n".join([*lines, closing_line(summary, language)]) + "\n"


def _data(text: str) -> str:
    # What else does not print would reach the log's terminal.
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
