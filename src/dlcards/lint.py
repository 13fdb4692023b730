"""Run the rules over documents, apply their fixes, tell which pairs are fit for a deck. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from dlcards.document import build
from dlcards.model import Config, Context, Diagnostic, Document, Edit, Pair, Rule, Severity
from dlcards.rules import RULES

# A fix may lay open the next one (two missing contents entries at one place); a document that still
# changes after this many rounds has rules that undo each other.
_MAX_ROUNDS = 100

# Whatever the configuration ignores: without these a pair is no pair.
STRUCTURAL = frozenset({"Q001", "Q002", "Q004", "Q005", "Q006"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic with the rule that made it, the document that it is about, and its severity."""

    document: Document
    rule: Rule
    diagnostic: Diagnostic
    severity: Severity

    @property
    def blocks_export(self) -> bool:
        """Whether a pair with this finding stays out of the deck.

        An error does, save those of the contents (T…): they are about how to find the question in
        the document, not about what a card would show.
        """
        return self.severity is Severity.ERROR and not self.rule.code.startswith("T")


@dataclass(frozen=True, slots=True)
class ValidPair:
    """A pair that no error stands in: the only thing that cards are made of.

    Made by :func:`valid_pairs` alone; what takes a ``ValidPair`` need not check again.
    """

    document: Document
    pair: Pair


@dataclass(frozen=True, slots=True)
class RefusedPair:
    """A pair that stays out of the deck, with the errors that keep it out."""

    document: Document
    pair: Pair
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A document's text after its fixes.

    Attributes:
        text: The mended text.
        applied: How many findings were mended.
    """

    text: str
    applied: int


def active_rules(path: PurePosixPath, config: Config, *, structural: bool = False) -> list[Rule]:
    """The rules that the configuration leaves on for a document.

    Args:
        path: The document's path.
        config: The configuration. The longest code or beginning of a code that fits a rule decides,
            ``ignore`` before ``select``.
        structural: Also those without which a pair is no pair, where they are switched off.
    """
    ignored = list(config.ignore)
    for pattern, codes in config.per_file_ignores.items():
        if fnmatchcase(str(path), pattern):
            ignored += codes

    def is_on(rule: Rule) -> bool:
        if structural and rule.code in STRUCTURAL:
            return True
        off = max((len(code) for code in ignored if rule.code.startswith(code)), default=0)
        on = max((len(code) for code in config.select if rule.code.startswith(code)), default=0)
        return on > off if off or on else rule.default

    return [rule for rule in RULES if is_on(rule)]


def lint(document: Document, context: Context, *, structural: bool = False) -> list[Finding]:
    """All findings in a document, in the order of their places.

    Args:
        document: The document.
        context: Configuration and files.
        structural: Also run the rules without which a pair is no pair, where they are ignored.
    """
    config = context.config
    findings = []
    for rule in active_rules(document.path, config, structural=structural):
        severity = Severity(config.severity.get(rule.code, rule.severity.value))
        findings += [Finding(document, rule, found, severity) for found in rule.check(document, context)]
    return sorted(findings, key=lambda finding: (finding.diagnostic.span, finding.rule.code))


def fix(path: PurePosixPath, text: str, context: Context) -> Fixed:
    """Apply the fixes of a document until nothing fixable is left.

    Of edits that overlap the first wins; the others are looked for again in the mended text.

    Raises:
        RuntimeError: The rules undo each other's fixes, which is a bug in them.
    """
    applied = 0
    for _ in range(_MAX_ROUNDS):
        fixes = [finding.diagnostic.fix for finding in lint(build(path, text, context.config), context)]
        chosen = list(_without_overlaps(fix.edits for fix in fixes if fix))
        if not chosen:
            return Fixed(text, applied)
        applied += len(chosen)
        text = apply(text, [edit for edits in chosen for edit in edits])
    raise RuntimeError(f"the fixes of {path} come to no end")


def apply(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with all ``edits`` carried out; they must not overlap."""
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def valid_pairs(documents: Iterable[Document], context: Context) -> tuple[list[ValidPair], list[RefusedPair]]:
    """Part the pairs of documents into those fit for a deck and those with an error in them."""
    valid: list[ValidPair] = []
    refused: list[RefusedPair] = []
    for document in documents:
        errors = [finding for finding in lint(document, context, structural=True) if finding.blocks_export]
        for pair in document.pairs:
            own = tuple(finding for finding in errors if finding.diagnostic.span in pair.span)
            if own:
                refused.append(RefusedPair(document, pair, own))
            else:
                valid.append(ValidPair(document, pair))
    return valid, refused


def _without_overlaps(groups: Iterable[tuple[Edit, ...]]) -> Iterable[tuple[Edit, ...]]:
    taken: list[Edit] = []
    for edits in groups:
        if all(_apart(edit, other) for edit in edits for other in taken):
            taken += edits
            yield edits


def _apart(first: Edit, second: Edit) -> bool:
    # Two insertions at one place are no overlap of characters, but their order would be chance.
    return first.span.end < second.span.start or second.span.end < first.span.start
