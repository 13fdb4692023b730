"""What can be done about findings: their fixes, all fixes at once, and comments that keep them silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.linter.finding import Finding
from dlcards.linter.fixes import apply, fix, mend
from dlcards.model import Document, Edit, Faults, Node, Span
from dlcards.server.change import Change
from dlcards.server.folder import Known

_MOST_LINES = 4_000  # of what differs; comparing more takes longer than it is worth


def fix_of(finding: Finding, known: Known) -> list[Edit] | None:
    """The edits of a finding's fix; None where it does not prove itself (:mod:`dlcards.linter.fixes`)."""
    context = known.context._replace(faults=Faults())
    findings = lint(known.document, context)
    text = mend(known.document, findings, [finding], context)
    return None if text is None or finding.diagnostic.fix is None else list(finding.diagnostic.fix.edits)


def fix_of_all(known: Known) -> list[Edit]:
    """The edits that ``dlcards lint --fix`` would make in a document."""
    document = known.document
    fixed = fix(document.path, document.text, known.context._replace(faults=Faults()))
    return list(difference(document.text, fixed.text))


def silence(finding: Finding, known: Known) -> list[Edit] | None:
    """The edit that puts a comment where it keeps a finding silent, and nothing else changes.

    Above the block that it stands in; else behind the words of its paragraph; else at the top, for the whole
    file. None where none of these does.
    """
    document, context = known.document, known.context._replace(faults=Faults())
    before = _counted(lint(document, context))
    for edit in _comments(finding, document):
        after = build(document.path, apply(document.text, [edit]), context.config, whole=_is_whole(document))
        left = _counted(lint(after, context))
        if left[finding.code] < before[finding.code] and not left - before:
            return [edit]
    return None


def difference(old: str, new: str) -> Iterator[Edit]:
    """Edits, line by line, that make one text of another: so that cursors and folds stay where they are."""
    change = Change.between(old, new)
    if change.old.start == change.old.end == change.new.end:
        return
    # Up to the ends of the lines that the change stands in.
    start = old.rfind("\n", 0, change.start) + 1
    end = old.find("\n", change.before)
    end = len(old) if end < 0 else end + 1
    before = old[start:end].splitlines(keepends=True)
    after = new[start : end + len(new) - len(old)].splitlines(keepends=True)
    if len(before) + len(after) > _MOST_LINES:
        yield Edit(Span(start, end), "".join(after))
        return
    places = [start]
    for line in before:
        places.append(places[-1] + len(line))
    for what, first, last, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            yield Edit(Span(places[first], places[last]), "".join(after[begin:stop]))


def _comments(finding: Finding, document: Document) -> Iterator[Edit]:
    comment, end = f"<!-- dlcards: ignore {finding.code} -->", document.newline
    at = finding.diagnostic.span.start
    for block in (block for block in document.blocks if _holds(block, at)):
        yield Edit(Span(block.span.start, block.span.start), comment + end)
        yield Edit(Span(block.span.start, block.span.start), comment + end + end)
        inside = [n for n in block.walk() if n.kind in ("paragraph", "block_text") and _holds(n, at)]
        for paragraph in inside[-1:]:
            if paragraph.children:
                behind = paragraph.children[-1].span.end
                yield Edit(Span(behind, behind), f" {comment}")
    top = document.blocks[0].span.end if document.blocks and document.blocks[0].kind == "front_matter" else 0
    top = max(top, int(document.text.startswith("\ufeff")))
    yield Edit(Span(top, top), comment + end + end)


def _holds(node: Node, at: int) -> bool:
    return node.span.start <= at < node.span.end


def _counted(findings: Sequence[Finding]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def _is_whole(document: Document) -> bool:
    return document.layout == "file" and document.layout_detected
