"""What was found in a document as bytes, and back: for another process, and for the next run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from dlcards.linter.suppressions import Suppression
from dlcards.model import (
    Aspect,
    Diagnostic,
    Edit,
    Facts,
    Fault,
    Fix,
    Reading,
    Related,
    Severity,
    Span,
    Text,
    TextDocument,
)

# A diagnostic with code and name of the rule that made it, and its severity.
Found = tuple[str, str, Severity, Diagnostic]


class Task(NamedTuple):
    """A document to examine, and whether the file is one question as a whole."""

    document: TextDocument
    whole: bool


class Examined(NamedTuple):
    """What the rules say of a document by itself, before the others are known, and no comment was heard.

    Attributes:
        facts: What the other documents' findings, reports and the next run need of it.
        findings: In the order of their places.
        comments: The comments that keep findings silent.
    """

    facts: Facts
    findings: tuple[Found, ...]
    comments: tuple[Suppression, ...]


def nothing_in(document: TextDocument) -> Examined:
    """What is said of a document that could not be examined."""
    facts = Facts(document.path, document.name, "", False, (), 0, 0, False, frozenset(), {})
    return Examined(facts, (), ())


class Record(NamedTuple):
    """What was found in a document.

    Attributes:
        examined: What was found.
        asked: What was asked of the project's files meanwhile.
        faults: The bugs that it has met; a record with one is not kept.
    """

    examined: Examined
    asked: Sequence[Sequence[str]]
    faults: Sequence[Fault] = ()


def dump(record: Record) -> bytes:
    """A record as JSON."""
    facts = record.examined.facts
    values = [
        [str(facts.path), facts.name, facts.layout, facts.layout_detected, facts.readings, facts.questions],
        [facts.answered, facts.is_question, sorted(facts.anchors), facts.told],
        [_listed(found) for found in record.examined.findings],
        record.examined.comments,
        record.asked,
        record.faults,
    ]
    return json.dumps(values, separators=(",", ":")).encode()


def load(data: bytes) -> Record:
    """The record that :func:`dump` made bytes of."""
    first, more, findings, comments, asked, faults = json.loads(data)
    path, name, layout, detected, readings, questions = first
    answered, is_question, anchors, told = more
    facts = Facts(
        PurePosixPath(path),
        name,
        layout,
        detected,
        tuple(Reading(*reading) for reading in readings),
        questions,
        answered,
        is_question,
        frozenset(anchors),
        told,
    )
    heard = (
        Suppression(Span(*span), tuple(codes), Span(*scope), readable)
        for span, codes, scope, readable in comments
    )
    examined = Examined(facts, tuple(map(_found, findings)), tuple(heard))
    return Record(examined, asked, [Fault(*fault) for fault in faults])


class Conclusion(NamedTuple):
    """What is found in the documents of a run once all are known.

    Attributes:
        findings: By the number of a document, where that is more or less than it says by itself.
        asked: What was asked of the project's files meanwhile.
    """

    findings: Mapping[int, Sequence[Found]]
    asked: Sequence[Sequence[str]]


def dump_conclusion(conclusion: Conclusion) -> bytes:
    """A conclusion as JSON."""
    findings = {str(number): list(map(_listed, found)) for number, found in conclusion.findings.items()}
    return json.dumps([findings, conclusion.asked], separators=(",", ":")).encode()


def load_conclusion(data: bytes) -> Conclusion:
    """The conclusion that :func:`dump_conclusion` made bytes of."""
    findings, asked = json.loads(data)
    return Conclusion({int(number): list(map(_found, found)) for number, found in findings.items()}, asked)


def _listed(found: Found) -> list[Any]:
    code, name, severity, diagnostic = found
    fix = diagnostic.fix
    return [
        [code, name, severity.value],
        diagnostic.span,
        diagnostic.message,
        fix and [fix.edits, sorted(aspect.value for aspect in fix.changes)],
        diagnostic.related,
        diagnostic.cause,
        diagnostic.spares_cards,
        diagnostic.affects,
        diagnostic.severity and diagnostic.severity.value,
    ]


def _found(values: list[Any]) -> Found:
    (code, name, severity), span, message, fix, related, cause, spares_cards, affects, milder = values
    diagnostic = Diagnostic(
        Span(*span),
        Text(*message),
        fix
        and Fix(tuple(Edit(Span(*place), text) for place, text in fix[0]), frozenset(map(Aspect, fix[1]))),
        tuple(Related(Span(*place), Text(*said)) for place, said in related),
        cause,
        spares_cards,
        affects and Span(*affects),
        milder and Severity(milder),
    )
    return code, name, Severity(severity), diagnostic
