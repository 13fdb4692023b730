"""``dlcards links``: every address with its verdict."""

from __future__ import annotations

from collections.abc import Sequence

from dlcards.model import Document, Link, Outcome, Text, Verdict, json_of, name_of, why
from dlcards.project.masking import shown as shown_url

Listed = Sequence[tuple[Document, Link, Verdict]]


def as_text(listed: Listed, language: str) -> str:
    """A line an address, and how many there are of each kind."""
    lines = []
    for document, link, verdict in listed:
        line, column = document.position(link.url_span.start)
        because = verdict.reason or verdict.suspect
        reason = why(because, verdict).in_(language) if because else ""
        led = f" → {shown_url(verdict.final_url)}" if verdict.final_url else ""
        word = _OUTCOMES[verdict.outcome].in_(language)
        said = f" ({reason})" if reason else ""
        lines.append(name_of(f"{document.path}:{line}:{column}: {word} {shown_url(link.url)}{led}{said}"))
    counts = {outcome: sum(v.outcome is outcome for _, _, v in listed) for outcome in Outcome}
    closing = " · ".join(f"{_OUTCOMES[outcome].in_(language)} {count}" for outcome, count in counts.items())
    return "\n".join([*lines, closing]) + "\n"


_OUTCOMES = {
    Outcome.OK: Text("정상", "ok"),
    Outcome.MOVED: Text("이동", "moved"),
    Outcome.BROKEN: Text("끊어짐", "broken"),
    Outcome.UNSURE: Text("미정", "unsure"),
    Outcome.SKIPPED: Text("건너뜀", "skipped"),
}


def as_json(listed: Listed, language: str) -> str:
    """For programs; the same in every language."""
    entries = []
    for document, link, verdict in listed:
        line, column = document.position(link.url_span.start)
        entries.append(
            {
                "path": str(document.path),
                "line": line,
                "column": column,
                "url": shown_url(link.url),
                "outcome": verdict.outcome.value,
                "reason": verdict.reason,
                "status": verdict.status,
                "final_url": shown_url(verdict.final_url),
                "suspect": verdict.suspect,
                "detail": verdict.detail,
            }
        )
    return json_of({"version": 1, "links": entries}, indent=2) + "\n"


FORMATS = {"text": as_text, "json": as_json}
