"""``dlcards pull``: the patch, and what came of each learner's edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from dlcards.model import Text, json_of, name_of
from dlcards.reports.diff import new_file, unified_diff
from dlcards.roundtrip.canonical import canonical
from dlcards.roundtrip.edit import FieldEdit, filled
from dlcards.roundtrip.merge import changes
from dlcards.roundtrip.pull import Outcome, Pulled, Result
from dlcards.roundtrip.reader import Edit
from dlcards.roundtrip.written import Style, shown_as_text, written

VERSION = 1
_AROUND = 3  # words before and after a change
_LONGEST = 1000  # characters of one; the whole is in the JSON
_OUTCOMES = {
    Outcome.TAKEN: Text("가져왔다", "taken"),
    Outcome.THERE: Text("이미 문서에 있다", "already there"),
    Outcome.BY_HAND: Text("손으로 고친다", "by hand"),
    Outcome.CONFLICT: Text("충돌", "conflict"),
}
_KINDS = {
    "question": Text("질문", "question"),
    "cloze": Text("빈칸", "cloze"),
    "follow-up": Text("꼬리질문", "follow-up"),
}


def patch(pulled: Pulled) -> str:
    """What changes in the documents, and the new pictures; empty for nothing."""
    diffs = [unified_diff(document, text) for document, text in pulled.documents]
    return "".join([*diffs, *(new_file(path, data) for path, data in pulled.pictures.items())])


def as_text(pulled: Pulled, language: str) -> str:
    """Each edit with what came of it, the words that it changes, and how many there are of each kind."""
    several = len({result.edit.learner for result in pulled.results}) > 1
    lines: list[str] = []
    shown: set[Edit] = set()  # beside what they contradict
    for result in _ordered(pulled):
        if result.edit not in shown:
            lines += _result(result, language, names_learner=several)
        shown.update(result.others)
    for tagged in sorted(pulled.tagged, key=lambda each: (each.document, each.line)):
        said = Text(
            f"#{tagged.id} 태그 {' '.join(tagged.tags)}: 문서에는 태그를 적는 곳이 없다",
            f"#{tagged.id} tags {' '.join(tagged.tags)}: documents have no place for them",
        )
        lines.append(f"{name_of(str(tagged.document))}:{tagged.line}: {said.in_(language)}")
    for path in pulled.pictures:
        said = Text("새 그림. 대체 텍스트를 써 준다", "a new picture; write what it shows between ![ and ]")
        lines.append(f"{name_of(str(path))}: {said.in_(language)}")
    lines.append(_closing(pulled).in_(language))
    return "\n".join(lines) + "\n"


def as_json(pulled: Pulled, language: str) -> str:
    """One JSON object, described in ``docs/json.md``."""
    result: dict[str, Any] = {
        "version": VERSION,
        "patch": patch(pulled),
        "edits": [_as_json(each, language) for each in _ordered(pulled)],
        "tags": [
            {
                "learner": each.learner,
                "id": each.id,
                "path": str(each.document),
                "line": each.line or None,
                "tags": list(each.tags),
            }
            for each in pulled.tagged
        ],
        "pictures": [str(path) for path in pulled.pictures],
        "summary": {
            "notes": pulled.notes,
            "strange": pulled.strange,
            **{outcome.value: count for outcome, count in _counts(pulled).items()},
        },
    }
    return json_of(result, indent=2) + "\n"


def word_diff(before: str, after: str) -> str:
    """The words that differ, with a few around them: ``[-gone-]{+new+}``, as git marks them."""
    old, new = before.split(), after.split()
    found = changes(old, new)
    parts: list[str] = []
    end = 0
    for change, following in zip_longest(found, found[1:]):
        start = max(end, change.start - _AROUND)
        if start > end or (not parts and start):
            parts.append("…")
        parts += old[start : change.start]
        gone, come = _short(old[change.start : change.end]), _short(change.new)
        parts.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
        # What follows belongs to the next change, where that is near.
        end = min(change.end + _AROUND, following.start if following else len(old))
        parts += old[change.end : end]
    if parts and end < len(old):
        parts.append("…")
    return " ".join(parts)


def _short(words: Sequence[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _ordered(pulled: Pulled) -> list[Result]:
    return sorted(pulled.results, key=lambda result: (result.edit.document, result.edit.line))


def _result(result: Result, language: str, *, names_learner: bool) -> Iterator[str]:
    edit = result.edit
    outcome = _OUTCOMES[result.outcome].in_(language)
    fields = ", ".join(each.field for each in edit.fields)
    what = f"{_KINDS[edit.kind].in_(language)} {fields}".rstrip()  # which fields may not be known
    reason = f": {_reason(result).in_(language)}" if result.reason else ""
    who = f" [{name_of(edit.learner)}]" if names_learner else ""
    place = name_of(str(edit.document)) + (f":{edit.line}" if edit.line else "")
    yield name_of(f"{place}: #{edit.id} {what}: {outcome}{reason}{who}")
    yield from (f"    {line}" for line in _changes(edit))
    for other in result.others:
        yield f"  {name_of(other.learner)}:"
        yield from (f"    {line}" for line in _changes(other))


def _reason(result: Result) -> Text:
    assert result.reason is not None
    if not result.field or len(result.edit.fields) == 1:
        return result.reason
    return Text(f"{result.field}: {result.reason.ko}", f"{result.field}: {result.reason.en}")


def _changes(edit: Edit) -> Iterator[str]:
    for each in edit.fields:
        before, after = sides(each)
        if said := word_diff(before, after):
            yield name_of(said)


def sides(each: FieldEdit) -> tuple[str, str]:
    """A field before and after, as markdown for people."""
    style = Style(escapes=False)
    before, after = (
        shown_as_text(written(canonical(filled(html, each.field)), style))
        for html in (each.base, each.learners)
    )
    return before, after


def _closing(pulled: Pulled) -> Text:
    counts = _counts(pulled)
    edited = len(pulled.results)
    ko = f"노트 {pulled.notes}개 가운데 {edited}개를 고쳤다"
    en = f"{edited} of {pulled.notes} notes were edited"
    if edited:
        ko += ": " + " · ".join(f"{_OUTCOMES[outcome].ko} {count}" for outcome, count in counts.items())
        en += ": " + " · ".join(f"{_OUTCOMES[outcome].en} {count}" for outcome, count in counts.items())
    if pulled.strange:
        ko += f". 이 덱의 것이 아닌 노트 {pulled.strange}개는 보지 않았다"
        en += f"; {pulled.strange} notes are none of this deck, and were passed over"
    return Text(ko, en)


def _counts(pulled: Pulled) -> dict[Outcome, int]:
    counts = Counter(result.outcome for result in pulled.results)
    return {outcome: counts[outcome] for outcome in Outcome}


def _as_json(result: Result, language: str) -> dict[str, Any]:
    edit = result.edit
    fields: Sequence[FieldEdit] = edit.fields
    return {
        "learner": edit.learner,
        "guid": edit.guid,
        "kind": edit.kind,
        "id": edit.id,
        "question": edit.question,
        "path": str(edit.document),
        "line": edit.line or None,
        "outcome": result.outcome.value,
        "reason": result.reason.in_(language) if result.reason else None,
        "field": result.field or None,
        "fields": [
            {"name": each.field, "before": before, "after": after}
            for each in fields
            for before, after in (sides(each),)
        ],
        "against": [other.learner for other in result.others],
    }
