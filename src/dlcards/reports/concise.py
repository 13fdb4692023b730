"""One line a finding, for editors and for grep."""

from __future__ import annotations

from dlcards.reports.summary import Summary
from dlcards.reports.text import closing_line, head


def render(summary: Summary, language: str) -> str:
    """All findings, a line each, and the closing line."""
    lines = [head(finding, count, language) for finding, count in summary.grouped()]
    return "\n".join([*lines, closing_line(summary, language)]) + "\n"
