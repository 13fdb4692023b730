"""For a terminal: each finding with its source line and carets under the place."""

from __future__ import annotations

from collections import Counter

from dlcards.linter.baseline import Entry
from dlcards.model import Severity, name_of
from dlcards.reports import rule_counts
from dlcards.reports.summary import RANK, Group, Summary

_EXCERPTS = 10  # of each rule; further findings of it are a line each, or the rare ones would drown
_NO_QUESTIONS = {
    "ko": "질문을 찾지 못했다. 있다면 dlcards stats --why: 무엇이 거의 맞는지, 설정에 무엇을 적을지",
    "en": "no questions found; if there are some, dlcards stats --why: what nearly fits, what to configure",
}
_FIX = {
    "ko": "[*] {count}개를 고치려면: {command} (--diff는 무엇이 바뀔지 보여 준다)",
    "en": "[*] to mend {count}: {command} (--diff shows what would change)",
}
_EXPLAIN = {
    "ko": "dlcards explain {}: 왜 문제이고 어떻게 고치는지",
    "en": "dlcards explain {}: why it hurts and how to mend it",
}
_BASELINE = {
    "ko": "--write-baseline: 오늘의 것을 받아들여 새로 생긴 것만 실패하게 한다",
    "en": "--write-baseline: accept today's findings, so that only new ones fail",
}


def render(summary: Summary, language: str) -> str:
    """All findings with their lines, errors first and those with one cause once, then the run in numbers:
    by rule, in all, and what to do next.
    """
    parts, seen = [], Counter[str]()
    for group in by_severity(summary):
        code = group.first.code
        seen[code] += 1
        parts.append(_finding(group, summary.width, language, with_source=seen[code] <= _EXCERPTS))
    # A blank line ends what is shown with its source, and a run of findings without.
    for index, part in enumerate(parts):
        if not part.endswith("\n") and "\n" in (parts[index + 1] if index + 1 < len(parts) else "\n"):
            parts[index] += "\n"
    parts += [_removable(entry, count, language) for entry, count in summary.removable]
    by_rule = [rule_counts.render(summary, language)] if len(summary.findings) > 1 else []
    said = [*layouts(summary, language), closing_line(summary, language), *_next_steps(summary, language)]
    return "\n".join([*parts, *by_rule, *said]) + "\n"


def layouts(summary: Summary, language: str) -> list[str]:
    """How the questions of the documents are laid out, a line each layout but the native one."""
    said = {
        "ko": {True: "레이아웃: {} (알아냄)", False: "레이아웃: {} (설정)"},
        "en": {True: "layout: {} (detected)", False: "layout: {} (configured)"},
    }[language]
    several = {"ko": ", 문서 {}개", "en": ", {} documents"}[language]
    found = Counter(
        (d.layout, d.layout_detected)
        for d in summary.documents
        if (d.questions and d.layout != "native") or (d.layout and not d.layout_detected)
    )
    return [
        said[detected].format(name) + (several.format(count) if count > 1 else "")
        for (name, detected), count in found.items()
    ]


def closing_line(summary: Summary, language: str) -> str:
    """The numbers of a run: questions, answered ones, findings, fixable ones."""
    errors, warnings, notes = map(summary.count, RANK)
    found = len(summary.findings)
    if language == "ko":
        severities = f"오류 {errors}, 경고 {warnings}" + (f", 참고 {notes}" if notes else "")
        accepted = f", 기준선이 받아들인 것 {summary.accepted}" if summary.accepted else ""
        return (
            f"질문 {summary.questions} · 답한 것 {summary.answered} · "
            f"발견 {found} ({severities}{accepted}) · 고칠 수 있는 것 {summary.fixable}"
        )
    severities = f"errors {errors}, warnings {warnings}" + (f", notes {notes}" if notes else "")
    accepted = f", {summary.accepted} more in the baseline" if summary.accepted else ""
    return (
        f"questions {summary.questions} · answered {summary.answered} · "
        f"findings {found} ({severities}{accepted}) · fixable {summary.fixable}"
    )


def _next_steps(summary: Summary, language: str) -> list[str]:
    """What may be done about the findings, or about documents in which no question was found."""
    steps = []
    if summary.documents and not summary.questions:
        steps.append(_NO_QUESTIONS[language])
    if summary.findings:
        worst = min(summary.findings, key=lambda finding: RANK.index(finding.severity)).code
        if summary.fixable:
            command = f"dlcards lint --fix {summary.paths}".rstrip()
            steps.append(_FIX[language].format(count=summary.fixable, command=command))
        steps.append(_EXPLAIN[language].format(worst))
        if any(finding.severity is not Severity.NOTE for finding in summary.findings):
            steps.append(_BASELINE[language])
    return steps


def by_severity(summary: Summary) -> list[Group]:
    """The findings, the worst first, those with one cause only once."""
    return sorted(summary.grouped(), key=lambda group: RANK.index(group.first.severity))


def head(group: Group, language: str) -> str:
    """A finding on one line; one that stands for several of one cause says how many."""
    finding = group.first
    document = finding.document
    line, column = document.position(finding.diagnostic.span.start)
    severity = finding.severity.said.in_(language)
    message = finding.diagnostic.message.in_(language)
    rule = f"{finding.code} {finding.name}" + (" [*]" if finding.diagnostic.fix else "")
    more = _more(group, language)
    return name_of(f"{document.path}:{line}:{column}: {severity} {rule}: {message}{more}")


def _more(group: Group, language: str) -> str:
    if group.times == 1:
        return ""
    if group.documents == 1:
        where = {"ko": "이 문서에 {0}곳", "en": "{0} times in this document"}
    else:
        where = {"ko": "문서 {1}개에 {0}곳", "en": "{0} times in {1} documents"}
    return f" ({where[language].format(group.times, group.documents)})"


def _finding(group: Group, width: int, language: str, *, with_source: bool) -> str:
    finding = group.first
    if not with_source:
        return head(group, language)
    # Not above: a run that finds nothing need not wait for it.
    from dlcards.reports.excerpt import excerpt

    lines = [head(group, language), *excerpt(finding.document, finding.diagnostic.span, width)]
    for related in finding.diagnostic.related:
        lines.append(f"   = {related.message.in_(language)}")
        lines += excerpt(finding.document, related.span, width)
    return "\n".join(lines) + "\n"


def _removable(entry: Entry, count: int, language: str) -> str:
    what = name_of(f'{entry.path}: {entry.code} "{entry.words}"')
    if language == "ko":
        return f"기준선에서 지울 수 있다 ({count}): {what}"
    return f"no longer needed in the baseline ({count}): {what}"
