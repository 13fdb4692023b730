"""Apply fixes that prove themselves: the finding is gone, and the page says what it said. Pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from dlcards.document.bare_urls import bare_urls
from dlcards.document.build import build
from dlcards.document.elements import INLINE_BLOCKS
from dlcards.document.text import block_text
from dlcards.linter.engine import lint
from dlcards.linter.finding import Finding
from dlcards.model import Aspect, Context, Document, Edit, LinkKind, Node, Span, lazy_compile

# A fix may lay open the next one (an entry out of order, and then too deep); a document that still changes
# after this many rounds has rules that undo each other.
_MAX_ROUNDS = 100
# What ends GitHub's link of a bare address.
_ENDS_ADDRESS = lazy_compile(r"[ \t\n\r<]")
# What GitHub's extension looks for: a scheme, a host that begins as most do, a mailbox.
_MAY_BE_LINK = lazy_compile(r"[A-Za-z]+://|www\.|[\w.+-]*@|(?:mailto|xmpp):", re.I)
_TAGS = lazy_compile(r"</?[A-Za-z][\w-]*")


class Fixed(NamedTuple):
    """A document's text after its fixes.

    Attributes:
        text: The mended text.
        applied: How many findings were mended.
        refused: How many fixes were dropped, since the page would have said something else.
    """

    text: str
    applied: int
    refused: int


def fix(path: PurePosixPath, text: str, context: Context) -> Fixed:
    """Apply the fixes of a document until nothing fixable is left.

    Of edits that overlap the first wins; the others are looked for again in the mended text. After
    each round the text is parsed again: a fix after which its finding is still there, or the page
    differs in what the fix did not mean to change, is dropped.

    Raises:
        RuntimeError: The rules undo each other's fixes, which is a bug in them.
    """
    applied = 0
    for _ in range(_MAX_ROUNDS):
        document = build(path, text, context.config)
        findings = lint(document, context)
        step = _next_step(document, findings, context)
        if step.text is None:
            return Fixed(text, applied, step.refused)
        applied += step.applied
        text = step.text
    raise RuntimeError(f"the fixes of {path} come to no end")


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all ``edits`` carried out; they must not overlap."""
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])


class _Step(NamedTuple):
    text: str | None
    applied: int
    refused: int


def _next_step(document: Document, findings: Sequence[Finding], context: Context) -> _Step:
    """The text after as many fixes as can be carried out at once; none where nothing proves itself."""
    candidates = [finding for finding in findings if finding.diagnostic.fix]
    refused = 0
    while candidates:
        chosen = list(_without_overlaps(candidates))
        # Only fixes that mean to change the same things are proved together: one that may change
        # addresses must not hide one that may not.
        group = [finding for finding in chosen if _changes(finding) == _changes(chosen[0])]
        mended, proven = mend(document, findings, group, context), group
        if mended is None and len(group) > 1:
            single = [*_provable(document, findings, group, context)]
            # One mended may make a finding of another rule (an entry that leads somewhere again is a second
            # one): then rule by rule, or one by one.
            for proven in (single, [f for f in single if f.code == single[0].code], single[:1]):
                mended = mend(document, findings, proven, context) if proven else None
                if mended is not None:
                    break
        if mended is not None:
            return _Step(mended, len(proven), refused)
        refused += len(group)
        dropped = {id(finding) for finding in group}
        candidates = [finding for finding in candidates if id(finding) not in dropped]
    return _Step(None, 0, refused)


def _provable(
    document: Document, findings: Sequence[Finding], group: Sequence[Finding], context: Context
) -> Iterator[Finding]:
    """Those of a group, which is not proven as a whole, that are by themselves or with their neighbours.

    By halves: a group may hold a thousand, of which one is not proven.
    """
    half = len(group) // 2
    for part in filter(None, (group[:half], group[half:])):
        if mend(document, findings, part, context) is not None:
            yield from part
        elif len(part) > 1:
            yield from _provable(document, findings, part, context)


def _changes(finding: Finding) -> frozenset[Aspect]:
    return finding.diagnostic.fix.changes if finding.diagnostic.fix else frozenset()


def mend(
    document: Document, findings: Sequence[Finding], chosen: Sequence[Finding], context: Context
) -> str | None:
    """The text after the fixes of ``chosen``; None where they do not prove themselves together.

    Args:
        document: The document.
        findings: All that was found in it.
        chosen: Some of these, with fixes that do not overlap and mean to change the same aspects.
        context: What ``findings`` were made with.
    """
    edits = [edit for finding in chosen if finding.diagnostic.fix for edit in finding.diagnostic.fix.edits]
    if _are_swallowed(document, edits):
        return None
    text = apply(document.text, edits)
    after = build(document.path, text, context.config)
    meant = _changes(chosen[0])
    if any(look(document) != look(after) for aspects, look in _COMPARED if not aspects & meant):
        return None
    before, left = _counts(findings), _counts(lint(after, context))
    mended = _counts(chosen)
    return text if all(left[code] <= before[code] - count for code, count in mended.items()) else None


def _are_swallowed(document: Document, edits: Sequence[Edit]) -> bool:
    """Whether GitHub's link of a bare address goes on into one of ``edits``, or into a link before it.

    Such a link is none on the page, and neither is what this parser reads behind it in the paragraph.
    """
    ends = [url.span.end for url in bare_urls(document)]
    if not ends:
        return False

    def follows(at: int) -> bool:
        end = ends[bisect_right(ends, at) - 1]
        return end <= at and not _ENDS_ADDRESS.search(document.text, end, at)

    lost = sorted(link.span.start for link in document.links if follows(link.span.start))
    for edit in edits:
        start = edit.span.start
        index = bisect_right(lost, start) - 1
        in_lost_paragraph = index >= 0 and lost[index] > document.text.rfind("\n\n", 0, start)
        # What is put right behind an address says where it ends.
        if in_lost_paragraph or (start not in ends and follows(start)):
            return True
    return False


def _counts(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def _outside_contents(document: Document) -> Iterator[Node]:
    contents = document.contents.span if document.contents else Span(-1, -1)
    return (block for block in document.blocks if not contents.holds(block.span))


def _words(document: Document) -> str:
    """The letters and digits that a page shows outside its contents."""
    blocks = _outside_contents(document)
    return _letters("".join(block_text(block) for block in blocks if block.kind != "definition"))


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text) if character.isalnum())


def _structure(document: Document) -> object:
    headings = [(heading.level, heading.slug) for heading in document.headings]
    return headings, [pair.id for pair in document.pairs]


def _nesting(document: Document) -> object:
    return _shapes(_outside_contents(document))


def _shapes(blocks: Iterable[Node]) -> list[object]:
    """What stands in what: lists, quotes, tables and folds, down to the blocks that hold words."""
    shapes: list[object] = []
    for block in blocks:
        if block.kind == "block_html":
            shapes.append(_TAGS.findall(block.raw))
        elif block.kind not in _NOT_SHOWN:
            shapes.append((block.kind, [] if block.kind in INLINE_BLOCKS else _shapes(block.children)))
    return shapes


def _code(document: Document) -> list[str]:
    blocks = _outside_contents(document)
    return [node.raw for block in blocks for node in block.walk() if node.kind == "block_code"]


def _addresses(document: Document) -> object:
    links = [unquote(link.url) for link in document.links if link.kind is not LinkKind.DEFINITION]
    return links, list(_autolinks(document))


def _autolinks(document: Document) -> Iterator[str]:
    """What GitHub may make links of by itself, each up to where it takes its end for at the latest.

    Not only what :func:`bare_urls` knows: mail, other schemes, and what its author meant otherwise.
    """
    if not _MAY_BE_LINK.search(document.text):
        return
    left = list(reversed(document.blocks))
    while left:
        node = left.pop()
        if node.kind == "text":
            for match in _MAY_BE_LINK.finditer(node.raw):
                end = _ENDS_ADDRESS.search(document.text, node.span.start + match.start())
                yield match[0] + document.text[node.span.start + match.end() : end.start() if end else None]
        elif node.kind not in _NO_AUTOLINKS:
            left += node.children[::-1]


def _breaks(document: Document) -> int:
    return sum(node.kind == "linebreak" for node in document.nodes())


def _marked(document: Document) -> list[Node]:
    return [node for block in _outside_contents(document) for node in block.walk() if node.kind in _MARKED]


def _emphasis(document: Document) -> list[str]:
    return [node.kind for node in _marked(document)]


def _emphasised_words(document: Document) -> list[str]:
    return [_letters(block_text(node)) for node in _marked(document)]


_NOT_SHOWN = frozenset({"blank_line", "definition", "front_matter"})
_NO_AUTOLINKS = frozenset({"link", "image"})
_MARKED = frozenset({"emphasis", "strong", "strikethrough", "codespan"})
# What is compared, but for fixes that mean to change one of these aspects.
_COMPARED: tuple[tuple[frozenset[Aspect], Callable[[Document], object]], ...] = (
    (frozenset({Aspect.WORDS}), _words),
    (frozenset({Aspect.STRUCTURE}), _structure),
    (frozenset({Aspect.STRUCTURE, Aspect.NESTING}), _nesting),
    (frozenset({Aspect.ADDRESSES}), _addresses),
    (frozenset({Aspect.BREAKS}), _breaks),
    (frozenset({Aspect.EMPHASIS}), _emphasis),
    (frozenset({Aspect.EMPHASIS, Aspect.WORDS}), _emphasised_words),
    (frozenset({Aspect.EMPHASIS, Aspect.WORDS}), _code),
)


def _without_overlaps(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings whose edits touch none of an earlier one, in order of place.

    What one rule inserts at one place stands in the order of its findings.
    """
    taken: list[tuple[str, Edit]] = []
    for finding in findings:
        edits = finding.diagnostic.fix.edits if finding.diagnostic.fix else ()
        if all(
            _apart(edit, other) or (code == finding.code and edit.span == other.span and _inserts(edit))
            for edit in edits
            for code, other in taken[-50:]
        ):
            taken += [(finding.code, edit) for edit in edits]
            yield finding


def _apart(first: Edit, second: Edit) -> bool:
    # What two rules insert at one place is no overlap of characters, but their order would be chance.
    return first.span.end < second.span.start or second.span.end < first.span.start


def _inserts(edit: Edit) -> bool:
    return edit.span.start == edit.span.end
