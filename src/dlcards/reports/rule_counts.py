"""How often each rule fires, and how much of it can be fixed: ``--statistics``."""

from __future__ import annotations

from collections import Counter

from dlcards.reports.summary import RANK, Summary

_HEADS = {
    "ko": ("코드", "이름", "등급", "발견", "고칠 수 있음"),
    "en": ("code", "name", "severity", "found", "fixable"),
}


def render(summary: Summary, language: str) -> str:
    """A table, errors first, then the most frequent rule first."""
    found = Counter((finding.severity, finding.code, finding.name) for finding in summary.findings)
    fixable = Counter((f.severity, f.code, f.name) for f in summary.findings if f.diagnostic.fix)
    rows: list[tuple[str, ...]] = [_HEADS[language]]
    for key in sorted(found, key=lambda key: (RANK.index(key[0]), -found[key], key[1])):
        severity, code, name = key
        count, mended = str(found[key]), str(fixable[key])
        rows.append((code, name, severity.said.in_(language), count, mended))
    return table(rows)


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows of cells as aligned columns, by the width that they have on a terminal."""
    # Not above: a run that finds nothing need not wait for it.
    from rich.cells import cell_len

    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"
