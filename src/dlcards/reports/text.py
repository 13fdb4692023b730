"""For a terminal: each finding with its source line and carets under the place."""

from __future__ import annotations

from rich.cells import cell_len

from dlcards.lint import Finding
from dlcards.model import Severity
from dlcards.reports.summary import Summary

_WIDTH = 100  # cells of a source line that are shown
_SEVERITY = {
    "ko": {Severity.ERROR: "오류", Severity.WARNING: "경고", Severity.NOTE: "참고"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
}


def render(summary: Summary, language: str) -> str:
    """All findings and a closing line of numbers."""
    parts = [_finding(finding, language) for finding in summary.findings]
    return "\n".join([*parts, closing_line(summary, language)]) + "\n"


def closing_line(summary: Summary, language: str) -> str:
    """The numbers of a run: questions, answered ones, findings, fixable ones."""
    errors, warnings = summary.count(Severity.ERROR), summary.count(Severity.WARNING)
    found = len(summary.findings)
    if language == "ko":
        return (
            f"질문 {summary.questions} · 답한 것 {summary.answered} · "
            f"발견 {found} (오류 {errors}, 경고 {warnings}) · 고칠 수 있는 것 {summary.fixable}"
        )
    return (
        f"questions {summary.questions} · answered {summary.answered} · "
        f"findings {found} (errors {errors}, warnings {warnings}) · fixable {summary.fixable}"
    )


def _finding(finding: Finding, language: str) -> str:
    document, span = finding.document, finding.diagnostic.span
    line, column = document.position(span.start)
    rule = finding.rule
    severity = _SEVERITY[language][finding.severity]
    message = finding.diagnostic.message.in_(language)
    head = f"{document.path}:{line}:{column}: {severity} {rule.code} {rule.name}: {message}"
    return "\n".join([head, *_excerpt(finding, line)]) + "\n"


def _excerpt(finding: Finding, line: int) -> list[str]:
    """The source line and the carets, cut to what fits around the place."""
    document, span = finding.document, finding.diagnostic.span
    place = document.line_span(span.start)
    source = place.of(document.text).replace("\t", " ")
    start = span.start - place.start
    end = max(min(span.end, place.end) - place.start, start + 1)
    # Widths in cells: a Hangul syllable is one character and two cells wide.
    first = 0
    while cell_len(source[first:start]) > _WIDTH // 2:
        first += 1
    shown = _cut(source[first:], _WIDTH)
    before = cell_len(source[first:start])
    carets = max(1, min(cell_len(source[start:end]), _WIDTH - before))
    gutter = " " * len(str(line))
    lead, tail = ("…" if first else ""), ("…" if first + len(shown) < len(source) else "")
    return [
        f" {line} | {lead}{_printable(shown)}{tail}",
        f" {gutter} | {' ' * (len(lead) + before)}{'^' * carets}",
    ]


def _cut(text: str, cells: int) -> str:
    while cell_len(text) > cells:
        text = text[: min(len(text) - 1, cells)]
    return text


def _printable(text: str) -> str:
    """``text`` with what would move or hide other characters on a terminal made visible."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
