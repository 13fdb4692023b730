"""Run the rules over documents, and tell which pairs are fit for a deck. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import NamedTuple

from dlcards.document.language import is_in
from dlcards.lint.rules import RULES
from dlcards.lint.rules.suppressions import unused as unused_suppression
from dlcards.lint.suppressions import Suppression, suppressions
from dlcards.model import Config, Context, Diagnostic, Document, Pair, Rule, Severity

# Whatever the configuration ignores: without these a pair is no pair.
STRUCTURAL = frozenset({"Q001", "Q002", "Q004", "Q005", "Q006"})


class Finding(NamedTuple):
    """A diagnostic with the rule that made it, the document that it is about, and its severity."""

    document: Document
    rule: Rule
    diagnostic: Diagnostic
    severity: Severity

    def blocks_export(self, config: Config) -> bool:
        """Whether a pair with this finding stays out of the deck.

        An error does, save those of the contents (T…): they are about how to find the question in
        the document, not about what a card would show. Nor does what says itself that it spares cards,
        unless the project wants pairs without any error.
        """
        return _may_block(self.rule, self.severity) and (
            config.error_free or not self.diagnostic.spares_cards
        )


def _may_block(rule: Rule, severity: Severity) -> bool:
    # However mild a project, or a document that only lists questions, makes it.
    if rule.code in STRUCTURAL:
        return True
    # D002 is what export finds out itself, note by note, for derived cards as well.
    return severity is Severity.ERROR and not rule.code.startswith("T") and rule.code != "D002"


class ValidPair(NamedTuple):
    """A pair that no error stands in: the only thing that cards are made of.

    Made by :func:`valid_pairs` alone; what takes a ``ValidPair`` need not check again.
    """

    document: Document
    pair: Pair


class RefusedPair(NamedTuple):
    """A pair that stays out of the deck, with the errors that keep it out."""

    document: Document
    pair: Pair
    findings: tuple[Finding, ...]


def active_rules(path: PurePosixPath, config: Config, *, structural: bool = False) -> list[Rule]:
    """The rules that the configuration leaves on for a document.

    Args:
        path: The document's path.
        config: The configuration. What it switches off for the file stays off; of the rest
            :meth:`Config.asks_for` decides.
        structural: Also those without which a pair is no pair, where they are switched off.
    """
    ignored = tuple(
        code
        for pattern, codes in config.per_file_ignores.items()
        if fnmatchcase(str(path), pattern)
        for code in codes
    )

    def is_on(rule: Rule) -> bool:
        if structural and rule.code in STRUCTURAL:
            return True
        if rule.code.startswith(ignored):
            return False
        asked = config.asks_for(rule.code)
        return rule.default if asked is None else asked

    return [rule for rule in RULES if is_on(rule)]


def lint(document: Document, context: Context, *, structural: bool = False) -> list[Finding]:
    """All findings in a document, in the order of their places, without those that comments keep silent.

    Args:
        document: The document.
        context: Configuration and files.
        structural: Only run the rules that may keep a pair out of a deck, and also those of them without
            which a pair is no pair, where they are ignored.
    """
    config = context.config
    rules = active_rules(document.path, config, structural=structural)
    languages = {rule.language for rule in rules if rule.language}
    spoken = {"", *(language for language in languages if is_in(document, language, config))}
    findings = []
    for rule in rules:
        if rule.language not in spoken:
            continue
        if structural and not _may_block(rule, _severity(rule, config)):
            continue
        findings += [
            Finding(document, rule, found, _severity(rule, config, found))
            for found in rule.check(document, context)
        ]
    if comments := suppressions(document):
        # No comment makes a card of an unanswered question.
        kept = [
            finding
            for finding in findings
            if (structural and finding.rule.code in STRUCTURAL) or not _covering(finding, comments)
        ]
        if (about := unused_suppression.RULE) in rules:
            severity = _severity(about, config)
            kept += [
                Finding(document, about, said, severity)
                for said in _about_comments(comments, findings, rules)
            ]
        findings = kept
    return sorted(findings, key=lambda finding: (finding.diagnostic.span, finding.rule.code))


def valid_pairs(documents: Iterable[Document], context: Context) -> tuple[list[ValidPair], list[RefusedPair]]:
    """Part the pairs of documents into those fit for a deck and those with an error in them."""
    valid: list[ValidPair] = []
    refused: list[RefusedPair] = []
    for document in documents:
        errors = [
            finding
            for finding in lint(document, context, structural=True)
            if finding.blocks_export(context.config)
        ]
        for pair in document.pairs:
            own = tuple(finding for finding in errors if _is_about(finding.diagnostic, pair))
            if own:
                refused.append(RefusedPair(document, pair, own))
            else:
                valid.append(ValidPair(document, pair))
    return valid, refused


def _is_about(found: Diagnostic, pair: Pair) -> bool:
    passage = found.affects
    if passage is None:
        return pair.span.holds(found.span)
    return passage.start < pair.span.end and pair.span.start < passage.end


def _severity(rule: Rule, config: Config, found: Diagnostic | None = None) -> Severity:
    if configured := config.severity.get(rule.code):
        return Severity(configured)
    return (found and found.severity) or rule.severity


def _covering(finding: Finding, comments: Sequence[Suppression]) -> list[Suppression]:
    rule, place = finding.rule, finding.diagnostic.span
    return [comment for comment in comments if comment.covers(rule.code, rule.name, place)]


def _about_comments(
    comments: Sequence[Suppression], findings: Sequence[Finding], rules: Sequence[Rule]
) -> Iterator[Diagnostic]:
    """What is to be said of comments: those that can't be read, or keep none of ``findings`` silent."""
    used = {
        (comment.span, word)
        for finding in findings
        for comment in _covering(finding, comments)
        for word in ("", finding.rule.code.casefold(), finding.rule.name)
    }
    known = {word.casefold() for rule in RULES for word in (rule.code, rule.name)}
    active = {"", *(word.casefold() for rule in rules for word in (rule.code, rule.name))}
    for comment in comments:
        if not comment.readable:
            yield Diagnostic(comment.span, unused_suppression.UNREADABLE)
            continue
        for word in comment.codes or ("",):
            folded = word.casefold()
            if folded in active and (comment.span, folded) not in used:
                yield Diagnostic(comment.span, unused_suppression.needless(word))
        if strange := [word for word in comment.codes if word.casefold() not in known]:
            yield Diagnostic(comment.span, unused_suppression.unknown(strange))
