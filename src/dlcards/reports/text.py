"""For a terminal: each finding with its source line and carets under the place."""

from __future__ import annotations

import re
from collections import Counter

from rich.cells import cell_len

from dlcards.lint.baseline import Entry
from dlcards.lint.engine import Finding
from dlcards.model import Document, Severity, Span, name_of
from dlcards.project.masking import masked
from dlcards.reports.summary import Summary

_WIDTH = 100  # cells of a source line that are shown
_SEVERITY = {
    "ko": {Severity.ERROR: "오류", Severity.WARNING: "경고", Severity.NOTE: "참고"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
}


def render(summary: Summary, language: str) -> str:
    """All findings with their lines, those with one cause once, and a closing line of numbers."""
    parts = [_finding(finding, count, language) for finding, count in summary.grouped()]
    parts += [_removable(entry, count, language) for entry, count in summary.removable]
    return "\n".join([*parts, *layouts(summary, language), closing_line(summary, language)]) + "\n"


def layouts(summary: Summary, language: str) -> list[str]:
    """How the questions of the documents are laid out, a line each layout but the native one."""
    said = {
        "ko": {True: "레이아웃: {} (알아냄)", False: "레이아웃: {} (설정)"},
        "en": {True: "layout: {} (detected)", False: "layout: {} (configured)"},
    }[language]
    found = Counter(
        (d.layout, d.layout_detected)
        for d in summary.documents
        if (d.pairs and d.layout != "native") or (d.layout and not d.layout_detected)
    )
    return [
        said[detected].format(name) + (f" × {count}" if count > 1 else "")
        for (name, detected), count in found.items()
    ]


def closing_line(summary: Summary, language: str) -> str:
    """The numbers of a run: questions, answered ones, findings, fixable ones."""
    errors, warnings = summary.count(Severity.ERROR), summary.count(Severity.WARNING)
    found = len(summary.findings)
    if language == "ko":
        accepted = f", 기준선이 받아들인 것 {summary.accepted}" if summary.accepted else ""
        return (
            f"질문 {summary.questions} · 답한 것 {summary.answered} · "
            f"발견 {found} (오류 {errors}, 경고 {warnings}{accepted}) · 고칠 수 있는 것 {summary.fixable}"
        )
    accepted = f", {summary.accepted} more in the baseline" if summary.accepted else ""
    return (
        f"questions {summary.questions} · answered {summary.answered} · "
        f"findings {found} (errors {errors}, warnings {warnings}{accepted}) · fixable {summary.fixable}"
    )


def head(finding: Finding, count: int, language: str) -> str:
    """A finding on one line; one that stands for several of one cause says how many."""
    document = finding.document
    line, column = document.position(finding.diagnostic.span.start)
    severity = _SEVERITY[language][finding.severity]
    message = finding.diagnostic.message.in_(language)
    more = ""
    if count > 1:
        more = f" (이 문서에 {count}곳)" if language == "ko" else f" ({count} times in this document)"
    rule = f"{finding.rule.code} {finding.rule.name}"
    return name_of(f"{document.path}:{line}:{column}: {severity} {rule}: {message}{more}")


def _finding(finding: Finding, count: int, language: str) -> str:
    lines = [head(finding, count, language), *_excerpt(finding.document, finding.diagnostic.span)]
    for related in finding.diagnostic.related:
        lines.append(f"   = {related.message.in_(language)}")
        lines += _excerpt(finding.document, related.span)
    return "\n".join(lines) + "\n"


def _removable(entry: Entry, count: int, language: str) -> str:
    what = name_of(f'{entry.path}: {entry.code} "{entry.words}"')
    if language == "ko":
        return f"기준선에서 지울 수 있다 ({count}): {what}"
    return f"no longer needed in the baseline ({count}): {what}"


def _excerpt(document: Document, span: Span) -> list[str]:
    """The source line and the carets, cut to what fits around the place."""
    line, _ = document.position(span.start)
    place = document.line_span(span.start)
    # A window: measuring a line of megabytes for each finding in it would take minutes.
    begin = max(place.start, span.start - _WIDTH)
    window = _without_secrets(document.text[begin : min(place.end, span.start + 2 * _WIDTH)])
    source = window.replace("\t", " ")
    start = span.start - begin
    end = max(min(span.end, place.end) - begin, start + 1)
    # Widths in cells: a Hangul syllable is one character and two cells wide.
    first, before = start, 0
    while first > 0 and before + cell_len(source[first - 1]) <= _WIDTH // 2:
        first -= 1
        before += cell_len(source[first])
    if before + cell_len(source[start:]) <= _WIDTH:
        # The rest of the line leaves room for more of its beginning.
        room = _WIDTH - cell_len(source[first:])
        while first > 0 and cell_len(source[first - 1]) <= room:
            first -= 1
            room -= cell_len(source[first])
            before += cell_len(source[first])
    shown = _cut(source[first:], _WIDTH)
    carets = max(1, min(cell_len(source[start:end]), _WIDTH - before))
    gutter = " " * len(str(line))
    lead = "…" if begin + first > place.start else ""
    tail = "…" if begin + first + len(shown) < place.end else ""
    return [
        f" {line} | {lead}{_printable(shown)}{tail}",
        f" {gutter} | {' ' * (len(lead) + before)}{'^' * carets}",
    ]


def _without_secrets(line: str) -> str:
    """A source line with secrets in its addresses starred out, each character by one: carets stay right."""
    if "://" not in line:
        return line
    for url in re.findall(r"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s<>\"')\]]+", line):
        clean = masked(url)
        if clean != url:
            line = line.replace(url, clean[: len(url)].ljust(len(url), "*"))
    return line


def _cut(text: str, cells: int) -> str:
    width = 0
    for index, character in enumerate(text):
        width += cell_len(character)
        if width > cells:
            return text[:index]
    return text


def _printable(text: str) -> str:
    """``text`` with what would move or hide other characters on a terminal made visible."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
