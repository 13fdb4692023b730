"""A passage of a long document, read at once, until the whole document has been read again.

Parsing and examining 500 KB takes longer than a keystroke may. What is edited is a question or a few blocks;
these alone are a short document, to which is given what stands elsewhere and matters: definitions of labels,
comments that keep findings silent in the whole file, and anchors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.linter.finding import Finding
from dlcards.linter.suppressions import suppressions
from dlcards.model import Config, Diagnostic, Document, Faults, Node, Related, Span
from dlcards.server.change import Change
from dlcards.server.folder import Known

LONGEST = 12_000
"""Characters that can be parsed and examined within the time of a keystroke."""
_ELSEWHERE = frozenset({"definition", "footnote_definition"})


class Passage(NamedTuple):
    """A passage as a document of its own.

    Attributes:
        document: The passage, between what is given to it.
        span: The passage in the text.
        shift: What its offsets in the text are more than those in ``document``.
    """

    document: Document
    span: Span
    shift: int

    def in_text(self, span: Span) -> Span:
        """Where something of ``document`` stands in the text."""
        return Span(span.start + self.shift, span.end + self.shift)

    def holds(self, span: Span) -> bool:
        """Whether something of ``document`` is of the passage, not of what was given to it."""
        return self.span.holds(self.in_text(span))


def around(document: Document, span: Span) -> Span | None:
    """What of a document may be read otherwise where a span of it is edited; None where that is too long.

    That are the questions that it stands in or touches, and its blocks with a neighbour on each side.
    """
    text, blocks = document.text, document.blocks
    if len(text) <= LONGEST or not blocks:
        return Span(0, len(text)) if len(text) <= LONGEST else None
    first = max(0, bisect_left(blocks, span.start, key=lambda block: block.span.end) - 1)
    last = min(len(blocks), bisect_right(blocks, span.end, key=lambda block: block.span.start) + 1)
    near = Span(blocks[first].span.start, blocks[last - 1].span.end)
    pairs = [
        pair.span for pair in document.pairs if pair.span.start <= span.end and span.start <= pair.span.end
    ]
    whole = Span(min([near.start, *(p.start for p in pairs)]), max([near.end, *(p.end for p in pairs)]))
    return next((found for found in (whole, near) if found.end - found.start <= LONGEST), None)


def read(known: Known, text: str, span: Span, config: Config) -> Passage:
    """Read a passage.

    Args:
        known: What is known of an earlier state of the document.
        text: The document's text.
        span: The passage in it.
        config: The configuration that passages of the document are read with.
    """
    before = known.document
    if span == (0, len(text)):
        whole = before.layout == "file" and before.layout_detected
        return Passage(build(before.path, text, known.context.config, whole=whole), span, 0)
    head = "".join(
        f"{comment.span.of(before.text)}\n"
        for comment in suppressions(before)
        if comment.scope == (0, len(before.text)) and not _is_in(comment.span, span)
    )
    words = span.of(text).casefold()
    tail = "".join(
        f"{block.span.of(before.text)}\n"
        for block in before.blocks
        if block.kind in _ELSEWHERE and _label(block).casefold() in words and not _is_in(block.span, span)
    )
    document = build(before.path, f"{head}{span.of(text)}\n\n{tail}", config)
    document = replace(document, ids=(*document.ids, *before.anchors))
    return Passage(document, span, span.start - len(head))


def config_for(known: Known) -> Config:
    """What passages are read with: in the document's layout, which they are too short to tell."""
    layout = known.document.layout
    config = known.context.config
    return replace(config, layouts={"*": layout}) if layout else config


def findings_in(passage: Passage, known: Known, config: Config) -> list[Finding]:
    """What is found in a passage, at its places in the text."""
    whole = passage.shift == 0 and len(passage.document.text) == passage.span.end
    context = known.context._replace(faults=Faults(), config=known.context.config if whole else config)
    return [
        _shifted(finding, passage.shift)
        for finding in lint(passage.document, context)
        # What the contents' rules say is of the whole document.
        if passage.holds(finding.diagnostic.span) and (whole or not finding.code.startswith("T"))
    ]


def shifted(findings: Iterable[Finding], change: Change) -> Iterator[Finding]:
    """Findings at their new places; those whose place is gone are left out."""
    for finding in findings:
        found = finding.diagnostic
        if found.span.end <= change.start and not found.related:
            yield finding
        elif (place := change.moved(found.span)) is not None:
            moved = ((change.moved(each.span), each.message) for each in found.related)
            related = tuple(Related(span, message) for span, message in moved if span is not None)
            yield _at(finding, place, related)


def edited(
    settled: Iterable[Finding], before: Iterable[Finding], after: Iterable[Finding], change: Change
) -> list[Finding]:
    """The findings of a document after an edit, as far as they can be known at once.

    Args:
        settled: What was found in the document before the edit.
        before: What was found in the passage around the edit, before it.
        after: The same, after it.
        change: The edit.
    """
    earlier = Counter(map(_key, shifted(before, change)))
    later = list(after)
    now = Counter(map(_key, later))
    gone, new = earlier - now, now - earlier
    # What has lost its place is gone already; what the edit touches is found anew in the passage.
    kept = []
    for finding in shifted(settled, change):
        key = _key(finding)
        if gone[key] > 0:
            gone[key] -= 1
        else:
            kept.append(finding)
    for finding in later:
        key = _key(finding)
        if new[key] > 0:
            new[key] -= 1
            kept.append(finding)
    return sorted(kept, key=attrgetter("diagnostic.span", "code"))


def _key(finding: Finding) -> tuple[str, Span, str]:
    return finding.code, finding.diagnostic.span, finding.diagnostic.message.en


def _shifted(finding: Finding, by: int) -> Finding:
    found = finding.diagnostic
    related = (Related(_moved(each.span, by), each.message) for each in found.related)
    return _at(finding, _moved(found.span, by), tuple(related))


def _at(finding: Finding, place: Span, related: tuple[Related, ...]) -> Finding:
    """A finding somewhere else, as far as it is shown. Not by ``_replace``: a document may have thousands."""
    document, code, name, found, severity = finding
    return Finding(document, code, name, Diagnostic(place, found.message, None, related), severity)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _label(block: Node) -> str:
    return block.str_attr("label") or block.str_attr("key")


def _is_in(place: Span, passage: Span) -> bool:
    return passage.start <= place.start < passage.end
