"""One line a finding, for editors and for grep."""

from __future__ import annotations

from dlcards.reports.summary import Summary
from dlcards.reports.text import closing_line, head


def render(summary: Summary, language: str) -> str:
    """All findings, a line each, and the closing line."""
    lines = [head(group, language) for group in summary.grouped(by_document=True)]
    return "\n".join([*lines, closing_line(summary, language)]) + "\n"
