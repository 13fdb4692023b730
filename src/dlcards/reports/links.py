"""``dlcards links``: every address with its verdict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

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


def as_issue(listed: Listed, language: str) -> str:
    """The text of an issue that says what has to be mended, an address an item; nothing for none.

    Addresses and names stand in code, so that GitHub makes no mention, link or picture of them.
    """
    places: dict[str, list[str]] = {}
    heads: dict[str, str] = {}
    for document, link, verdict in listed:
        line, _ = document.position(link.url_span.start)
        places.setdefault(verdict.url, []).append(_code(f"{document.path}:{line}"))
        because = why(verdict.reason, verdict).in_(language) if verdict.reason else ""
        said = f" ({because})" if because else ""
        word = "" if verdict.outcome is Outcome.BROKEN else f" {_UNDECIDED.in_(language)}"
        heads[verdict.url] = f"- {_code(shown_url(link.url))}{said}{word}"
    items = ["\n".join([heads[url], *(f"  - {at}" for at in dict.fromkeys(places[url]))]) for url in heads]
    if not items:
        return ""
    lengths = accumulate(len(item) + 1 for item in items)
    fit = sum(length <= _MOST_IN_ISSUE for length in lengths)
    more = [f"\n{_MORE.in_(language)} {len(items) - fit}"] if fit < len(items) else []
    return "\n".join([_HEAD.in_(language), "", *items[:fit], *more]) + "\n"


_MOST_IN_ISSUE = 60_000  # characters; GitHub takes 65,536
_HEAD = Text(
    "끊어진 주소와, 그 주소가 적힌 곳이다. 모두 고치면 다음 검사가 이 이슈를 닫는다.",
    "Broken addresses, and where they stand. When all are mended, the next check closes this issue.",
)
_MORE = Text("그 밖에 더:", "More of them:")
_UNDECIDED = Text(
    "· 지난번에는 끊어졌고 이번에는 알 수 없었다", "· was broken before, and could not be decided now"
)


def _code(text: str) -> str:
    """``text`` as code in a line of markdown."""
    text = name_of(text)
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"


FORMATS = {"text": as_text, "json": as_json, "issue": as_issue}
