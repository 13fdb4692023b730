"""Run the rules over documents, and tell which pairs are fit for a deck. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import accumulate
from pathlib import PurePosixPath
from typing import NamedTuple

from dlcards.document.answers import answers
from dlcards.document.language import is_in
from dlcards.document.layouts import is_one_question
from dlcards.document.once import Same
from dlcards.linter.finding import STRUCTURAL, Finding, may_block
from dlcards.linter.records import Examined, Found, nothing_in
from dlcards.linter.rules import RULES
from dlcards.linter.rules.suppressions import unused as unused_suppression
from dlcards.linter.suppressions import Suppression, suppressions
from dlcards.model import (
    Config,
    Context,
    Diagnostic,
    Document,
    Facts,
    Pair,
    PairPlace,
    Rule,
    Run,
    Severity,
    Span,
    TextDocument,
)


class ValidPair(NamedTuple):
    """A pair that no error stands in: the only thing that cards are made of.

    Made where :func:`errors_in` finds none, and nowhere else; what takes one need not check again.
    """

    document: Document
    pair: Pair


class RefusedPair(NamedTuple):
    """A pair that stays out of the deck, with the errors that keep it out."""

    document: TextDocument
    pair: PairPlace
    findings: tuple[Finding, ...]


def active_rules(path: PurePosixPath | None, config: Config, *, structural: bool = False) -> Sequence[Rule]:
    """The rules that the configuration leaves on for a document.

    Args:
        path: The document's path; None for rules that are on for some documents.
        config: The configuration. What it switches off for the file stays off; of the rest
            :meth:`Config.asks_for` decides.
        structural: Also those without which a pair is no pair, where they are switched off.
    """
    ignored = tuple(
        code
        for pattern, codes in config.per_file_ignores.items()
        if path is not None and fnmatchcase(str(path), pattern)
        for code in codes
    )
    return _active(Same(config), ignored, structural=structural)


@lru_cache(maxsize=64)  # hardly any document has an answer of its own
def _active(config: Same[Config], ignored: tuple[str, ...], *, structural: bool) -> Sequence[Rule]:
    def is_on(rule: Rule) -> bool:
        if structural and rule.code in STRUCTURAL:
            return True
        if rule.code.startswith(ignored):
            return False
        asked = config.value.asks_for(rule.code)
        return rule.default if asked is None else asked

    return [rule for rule in RULES if is_on(rule)]


def examine(document: Document, context: Context, *, structural: bool = False) -> Examined:
    """Run the rules over a document as far as it goes without the others.

    Args:
        document: The document.
        context: Configuration and files.
        structural: Only run the rules that may keep a pair out of a deck, and also those of them without
            which a pair is no pair, where they are ignored.
    """
    config = context.config
    rules = _rules(document.path, config, structural=structural)
    languages = {rule.language for rule in rules if rule.language}
    spoken = {"", *(language for language in languages if is_in(document, language, config))}
    findings: list[Found] = []
    for rule in rules:
        if rule.language in spoken:
            with context.faults.caught(document.path, rule.code):
                findings += [
                    (rule.code, rule.name, _severity(rule, config, found), found)
                    for found in rule.check(document, context)
                ]
    findings.sort(key=lambda finding: (finding[3].span, finding[0]))
    facts = facts_of(document, context, structural=structural)
    return Examined(facts, tuple(findings), tuple(suppressions(document)))


def facts_of(document: Document, context: Context, *, structural: bool = False) -> Facts:
    """What a run keeps of a document; ``structural`` as in :func:`examine`."""
    config = context.config
    # Whatever is ignored in this document: it may matter to another.
    told = {}
    for rule in _rules(None, config, structural=structural):
        if rule.across and rule.across.name not in told:
            with context.faults.caught(document.path, rule.code):
                told[rule.across.name] = rule.across.tell(document, context)
    return Facts(
        document.path,
        document.name,
        document.layout,
        document.layout_detected,
        document.readings,
        len(document.pairs),
        sum(answer.is_said for answer in answers(document, config)),
        is_one_question(document),
        document.anchors,
        {name: said for name, said in told.items() if said},
    )


def conclude(
    document: TextDocument, examined: Examined, context: Context, *, structural: bool = False
) -> list[Finding]:
    """All findings in a document, in the order of their places, without those that comments keep silent.

    Args:
        document: The document.
        examined: What it says by itself.
        context: Configuration, files, and the run with the facts of all documents.
        structural: As it was examined.
    """
    config, comments = context.config, examined.comments
    rules = _rules(document.path, config, structural=structural)
    findings = [
        Finding(document, code, name, found, severity) for code, name, severity, found in examined.findings
    ]
    in_run = context._replace(run=context.run.with_(examined.facts))
    for rule in rules:
        if rule.across:
            with context.faults.caught(document.path, rule.code):
                findings += [
                    Finding(document, rule.code, rule.name, found, _severity(rule, config, found))
                    for found in rule.across.check(document, examined.facts, in_run)
                ]
    if comments:
        # No comment makes a card of an unanswered question.
        kept = [
            finding
            for finding in findings
            if (structural and finding.code in STRUCTURAL) or not _covering(finding, comments)
        ]
        if (about := unused_suppression.RULE) in rules:
            severity = _severity(about, config)
            kept += [
                Finding(document, about.code, about.name, said, severity)
                for said in _about_comments(comments, findings, rules)
            ]
        findings = kept
    return sorted(findings, key=lambda finding: (finding.diagnostic.span, finding.code))


def lint(document: Document, context: Context, *, structural: bool = False) -> list[Finding]:
    """All findings in a document of ``context.run``, which may be newer than the run's, or none of it."""
    examined = examine(document, context, structural=structural)
    return conclude(document, examined, context, structural=structural)


def lint_all(
    documents: Iterable[Document], context: Context, *, structural: bool = False
) -> list[list[Finding]]:
    """The findings in each of the documents of a run."""
    documents = tuple(documents)
    examined = []
    for document in documents:
        found = nothing_in(document)
        with context.faults.caught(document.path, "lint"):
            found = examine(document, context, structural=structural)
        examined.append(found)
    context = context._replace(run=Run([each.facts for each in examined]))
    concluded = []
    for document, each in zip(documents, examined, strict=True):
        said: list[Finding] = []
        with context.faults.caught(document.path, "lint"):
            said = conclude(document, each, context, structural=structural)
        concluded.append(said)
    return concluded


def run_of(documents: Iterable[Document], context: Context) -> Run:
    """The facts of documents, for :attr:`Context.run`."""
    facts = []
    for document in documents:
        with context.faults.caught(document.path, "facts"):
            facts.append(facts_of(document, context))
    return Run(facts)


def errors_in(pairs: Iterable[Pair | PairPlace], errors: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """Those of a document's errors that keep each of its pairs out of a deck, in order."""
    # Not every pair beside every error: a long document may hold a thousand of each.
    found = sorted(errors, key=lambda finding: _passage(finding.diagnostic).start)
    starts = [_passage(finding.diagnostic).start for finding in found]
    ends = list(accumulate((_passage(finding.diagnostic).end for finding in found), max))

    def in_(pair: Pair | PairPlace) -> tuple[Finding, ...]:
        near = found[bisect_left(ends, pair.span.start) : bisect_right(starts, pair.span.end)]
        own = (finding for finding in near if _is_about(finding.diagnostic, pair))
        return tuple(sorted(own, key=lambda finding: (finding.diagnostic.span, finding.code)))

    return list(map(in_, pairs))


def _rules(path: PurePosixPath | None, config: Config, *, structural: bool) -> list[Rule]:
    rules = active_rules(path, config, structural=structural)
    return [rule for rule in rules if not structural or may_block(rule.code, _severity(rule, config))]


def _passage(found: Diagnostic) -> Span:
    return found.span if found.affects is None else found.affects


def _is_about(found: Diagnostic, pair: Pair | PairPlace) -> bool:
    passage = found.affects
    if passage is None:
        return pair.span.holds(found.span)
    return passage.start < pair.span.end and pair.span.start < passage.end


def _severity(rule: Rule, config: Config, found: Diagnostic | None = None) -> Severity:
    if configured := config.severity.get(rule.code):
        return Severity(configured)
    return (found and found.severity) or rule.severity


def _covering(finding: Finding, comments: Sequence[Suppression]) -> list[Suppression]:
    place = finding.diagnostic.span
    return [comment for comment in comments if comment.covers(finding.code, finding.name, place)]


def _about_comments(
    comments: Sequence[Suppression], findings: Sequence[Finding], rules: Sequence[Rule]
) -> Iterator[Diagnostic]:
    """What is to be said of comments: those that can't be read, or keep none of ``findings`` silent."""
    used = {
        (comment.span, word)
        for finding in findings
        for comment in _covering(finding, comments)
        for word in ("", finding.code.casefold(), finding.name)
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
