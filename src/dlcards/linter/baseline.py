"""A baseline: today's findings, accepted, so that only new ones fail a run."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dlcards.linter.finding import Finding
from dlcards.model import InputError, Text, own_json_of

NAME = "dlcards-baseline.json"  # beside the configuration
VERSION = 1
REMEDY = Text("새로 쓴다: --write-baseline", "write it anew: --write-baseline")
_AROUND = 100  # characters of the line before and after a place that tell it from others


class BaselineError(InputError):
    """A baseline that can't be read; the message names the file and the way out."""


class Entry(NamedTuple):
    """One accepted kind of finding in one place of one file, and how often it stands there.

    Attributes:
        path: The document.
        code: The rule.
        words: The line that it was found in, for whoever reads the file.
        print: A hash of path, code and the words around the place: no line number is in it, so that
            an entry survives moved lines.
    """

    path: str
    code: str
    words: str
    print: str


class Compared(NamedTuple):
    """Findings held against a baseline.

    Attributes:
        new: The findings that the baseline does not accept.
        accepted: How many it does.
        removable: Entries whose finding is gone, with how many of each.
    """

    new: tuple[Finding, ...]
    accepted: int
    removable: tuple[tuple[Entry, int], ...]


def dump(findings: Iterable[Finding]) -> str:
    """The baseline that accepts ``findings``, as the text of its file."""
    counts = Counter(map(_entry, findings))
    entries = [
        {"path": e.path, "code": e.code, "count": counts[e], "words": e.words, "print": e.print}
        for e in sorted(counts, key=lambda e: (e.path, e.code, e.words, e.print))
    ]
    lines = ",\n".join(own_json_of(entry) for entry in entries)
    return f'{{"dlcards-baseline": {VERSION}, "entries": [\n{lines}\n]}}\n'


def load(text: str, name: str) -> dict[Entry, int]:
    """How many findings of each entry the file ``name`` accepts.

    Raises:
        BaselineError: The text is no baseline.
    """
    try:
        table = json.loads(text)
        version = table["dlcards-baseline"]
        if type(version) is int and version != VERSION:
            raise BaselineError(
                Text(
                    f"{name}: 다른 버전의 dlcards가 만들었다. 새로 쓴다: --write-baseline",
                    f"{name}: made by another version of dlcards; write it anew: --write-baseline",
                )
            )
        if type(version) is not int:
            raise ValueError("no version")
        entries = table["entries"]
        if not isinstance(entries, list):
            raise TypeError("entries must be a list")
        return dict(map(_read_entry, entries))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        why = " ".join(str(error).split())[:200]
        raise BaselineError(
            Text(
                f"{name}: 기준 파일이 아니다({why}). {REMEDY.ko}",
                f"{name}: is no baseline ({why}); {REMEDY.en}",
            )
        ) from error


def _read_entry(entry: Any) -> tuple[Entry, int]:
    values = [entry[key] for key in ("path", "code", "words", "print")]
    count = entry["count"]
    if not all(isinstance(value, str) for value in values) or type(count) is not int or count < 0:
        raise TypeError("an entry with a value of another type")
    return Entry(*values), count


def compare(findings: Sequence[Finding], accepted: dict[Entry, int], paths: Iterable[str]) -> Compared:
    """Part findings into new and accepted ones.

    Args:
        findings: The findings of a run.
        accepted: The baseline.
        paths: The documents of the run; entries of other documents are left alone.
    """
    if not accepted:
        return Compared(tuple(findings), 0, ())
    left = Counter(accepted)
    new = []
    for finding in findings:
        entry = _entry(finding)
        if left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(finding)
    read = set(paths)
    removable = tuple((entry, count) for entry, count in left.items() if count > 0 and entry.path in read)
    return Compared(tuple(new), len(findings) - len(new), removable)


def _entry(finding: Finding) -> Entry:
    document, span = finding.document, finding.diagnostic.span
    # Not the whole line: one of megabytes would be read anew for each finding in it.
    line_span = document.line_span(span.start)
    start, end = max(line_span.start, span.start - _AROUND), min(line_span.end, span.start + _AROUND)
    line = " ".join(document.text[start:end].split())
    found = " ".join(span.of(document.text)[: 4 * _AROUND].split())
    content = own_json_of([document.name, finding.code, line, found])
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]
    return Entry(document.name, finding.code, line[:80], digest)
