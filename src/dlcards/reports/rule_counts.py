"""How often each rule fires, and how much of it can be fixed: ``--statistics``."""

from __future__ import annotations

from collections import Counter

from rich.cells import cell_len

from dlcards.reports.summary import Summary

_HEADS = {"ko": ("코드", "이름", "발견", "고칠 수 있음"), "en": ("code", "name", "found", "fixable")}


def render(summary: Summary, language: str) -> str:
    """A table, the most frequent rule first."""
    found = Counter(finding.rule for finding in summary.findings)
    fixable = Counter(finding.rule for finding in summary.findings if finding.diagnostic.fix)
    rows: list[tuple[str, ...]] = [_HEADS[language]]
    rows += [
        (rule.code, rule.name, str(count), str(fixable[rule]))
        for rule, count in sorted(found.items(), key=lambda item: (-item[1], item[0].code))
    ]
    return table(rows)


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows of cells as aligned columns, by the width that they have on a terminal."""
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"
