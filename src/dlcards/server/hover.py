"""What is shown beside the pointer: the rule's page on a finding, and on a link what it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dlcards.linter.pages import render
from dlcards.linter.rules import load
from dlcards.model import LinkKind, Span, Text
from dlcards.project.picture_bytes import inspect
from dlcards.server.opened import Opened
from dlcards.server.targets import (
    Place,
    definition_of,
    footnote_at,
    is_markdown,
    label_at,
    passage_of,
    target_of,
)

_LINES = 12  # of what a link leads to
_CHARACTERS = 1_000


def pages_at(opened: Opened, offset: int, language: str) -> tuple[str, Span] | None:
    """What is found at an offset, with the pages of the rules, and where; None where nothing is."""
    found = [each for each in opened.findings if _covers(each.diagnostic.span, offset)]
    if not found:
        return None
    codes = dict.fromkeys(finding.code for finding in found)
    narrowest = min((finding.diagnostic.span for finding in found), key=lambda span: span.end - span.start)
    return "\n\n---\n\n".join(render(load(code), language).strip() for code in codes), narrowest


def target_at(
    opened: Opened, offset: int, others: Mapping[str, Opened], language: str
) -> tuple[str, Span] | None:
    """What the link at an offset leads to, and where the link stands; None where there is none."""
    note = footnote_at(opened, offset)
    found = opened.link_at(offset)
    if note is not None and (mark := opened.node_at(offset, "footnote_ref")):
        return _excerpt(note), mark[1]
    if found is None or opened.known is None:
        return None
    link, span = found
    target = target_of(link, opened.known, opened.path)
    if target is None:
        defined = definition_of(opened, label_at(opened, offset)) if link.by_reference else None
        return (_excerpt(defined), span) if defined and link.kind is not LinkKind.DEFINITION else None
    if link.kind.is_image or not is_markdown(target.path):
        return _file(target.path, opened, language), span
    there = passage_of(target, others, opened.known)
    if there is None:
        said = Text("이 문서에 그런 앵커가 없다", "there is no such anchor in that document")
        return said.in_(language), span
    name = "" if target.path == opened.path else f"**{opened.known.files.relative(Path(target.path))}**\n\n"
    return name + _excerpt(there), span


def _file(path: str, opened: Opened, language: str) -> str:
    """A file that is no document: a picture is shown, with its size."""
    assert opened.known
    name = opened.known.files.relative(Path(path))
    data = opened.known.files.read(name)
    if data is None:
        return f"`{name}`"
    picture = inspect(data)
    facts = [f"{len(data):,} {Text('바이트', 'bytes').in_(language)}"]
    if picture.width:
        facts.insert(0, Text(f"너비 {picture.width:,}픽셀", f"{picture.width:,} pixels wide").in_(language))
    if picture.problem:
        facts.append(picture.problem.in_(language))
    shown = f"\n\n![]({Path(path).as_uri()})" if picture.format and Path(path).exists() else ""
    return f"`{name}` · {', '.join(facts)}{shown}"


def _excerpt(there: Place) -> str:
    """The source from a place on, up to the next question or for some lines."""
    text = there.text[there.span.start : there.span.start + _CHARACTERS]
    lines = text.split("\n")
    kept = lines[: _LINES + 1]
    for number, line in enumerate(kept):
        if number > 0 and line.strip() in ("---", "***", "___"):
            kept = kept[:number]
            break
    cut = len(kept) < len(lines) or there.span.start + _CHARACTERS < len(there.text)
    words = "\n".join(kept).strip()
    # What is cut in the middle of a fence would take in all that follows it.
    open_fence = sum(line.lstrip().startswith("```") for line in kept) % 2
    return words + ("\n```" if open_fence else "") + ("\n\n…" if cut and len(kept) > _LINES else "")


def _covers(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end
