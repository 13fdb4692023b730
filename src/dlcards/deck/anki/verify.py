"""A rehearsal of what learners will do: the package is imported into the real Anki, in a folder of its own.

Needs the extra ``dlcards[anki]``: without it, importing this module raises :class:`ModuleNotFoundError`.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from dlcards.deck.anki.learner import (
    DeckCount,
    Learner,
    LearnerError,
    Note,
    anki_version,
    asked,
    asking_field,
    new_learner,
    note_type,
    question_id,
    words,
)
from dlcards.model import InputError, Text, lazy_compile

# The beginning of a field that stands there as it is read: no markup, math, entity or cloze.
_PLAIN = lazy_compile(r"[^<>&\\{}\[\]]{0,24}")

_NOT_TAKEN = Text("Anki가 노트를 가져오지 않았다", "Anki did not take the note")
_EMPTY_FRONT = Text("카드의 앞면이 비어 있다", "a card with nothing on its front")
_CONFLICT = Text(
    "이전 덱과 노트 유형이 달라 갱신되지 않는다",
    "is not updated: its note type differs from the earlier deck's",
)
_NOT_NEWER = Text(
    "내용이 바뀌었지만 이전 덱보다 새롭지 않아 갱신되지 않는다. deck.lock이 오래된 것인지 본다",
    "has changed but is not newer than in the earlier deck, so it is not updated; is deck.lock older?",
)
_TWICE = Text(
    "이전 덱에는 다른 노트로 있어 학습하던 사람에게는 둘이 된다. --adopt로 이전 덱의 노트를 이어받는다",
    "is another note in the earlier deck, so a learner gets it twice; --adopt keeps that deck's notes",
)


class PackageError(InputError):
    """An earlier package that can't be used; ``message`` says why, in the languages of the program."""


class Finding(NamedTuple):
    """Something that is wrong with the package; ``guid`` is its note's, empty where it is of no one note."""

    guid: str
    message: Text


class OldNote(NamedTuple):
    """A note of a learner's collection that is to be looked at there.

    Attributes:
        id: The id of its question.
        words: What it asks, without markup.
        search: An Anki search that finds it, and nothing that is not to be looked at for the same reason.
    """

    id: str
    words: str
    search: str


class Update(NamedTuple):
    """What someone sees who has imported an earlier package and now imports this one.

    Attributes:
        new: The GUIDs of the notes that are added.
        updated: The GUIDs of the notes that are replaced; they keep their schedules.
        unchanged: How many notes stay as they are.
        orphaned: The notes of the earlier package that are gone from the deck; they stay.
        waiting: Those that are only left out of this package, and come back to the same notes.
        emptied: The notes with cards that ask nothing any more, which Anki's "Empty Cards" deletes.
        left_behind: How many cards stay in another deck than the one where newcomers have them.
    """

    new: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: int
    orphaned: tuple[OldNote, ...]
    waiting: tuple[OldNote, ...]
    emptied: tuple[OldNote, ...]
    left_behind: int


class Verified(NamedTuple):
    """What the rehearsal came to.

    Attributes:
        anki: Anki's version.
        decks: The decks with cards in them, by name.
        findings: What is wrong.
        update: What the learner of an earlier package sees; None without one.
    """

    anki: str
    decks: tuple[DeckCount, ...]
    findings: tuple[Finding, ...]
    update: Update | None


def verify(
    package: bytes,
    guids: Sequence[str],
    language: str,
    against: Path | None = None,
    waiting: Collection[str] = (),
) -> Verified:
    """Import a package as a newcomer does, and as the learner of an earlier one.

    Args:
        package: The bytes of the .apkg.
        guids: The GUIDs of the notes that it must hold.
        language: The language of Anki's own messages.
        against: An earlier package.
        waiting: The GUIDs of notes that the deck has and the package is without, this time.

    Raises:
        PackageError: The earlier package can't be imported.
    """
    # Older versions of Anki print how long they took.
    with redirect_stdout(io.StringIO()), TemporaryDirectory(prefix="dlcards-") as name, ExitStack() as stack:
        folder = Path(name)
        path = folder / "deck.apkg"
        path.write_bytes(package)
        learner = stack.enter_context(new_learner(folder / "learner", language))
        if against is not None:
            _import_earlier(learner, against)
        newcomer = stack.enter_context(new_learner(folder / "newcomer", language))
        try:
            newcomer.import_(path)
        except LearnerError as error:
            message = Text(f"Anki가 가져오지 못한다: {error}", f"Anki can't import the package: {error}")
            return Verified(anki_version, (), (Finding("", message),), None)
        findings = [
            *_missing_notes(guids, newcomer),
            *_media_findings(newcomer, package),
            *_integrity_findings(newcomer),
            *_card_findings(newcomer),
        ]
        decks = newcomer.decks()
        update = None
        if against is not None:
            update, hurt = _rehearse_update(learner, path, newcomer, waiting)
            findings += hurt
        return Verified(anki_version, decks, tuple(findings), update)


def _import_earlier(learner: Learner, package: Path) -> None:
    try:
        learner.import_(package)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # Anki's panics are no Exception
        raise PackageError(
            Text(
                f"{package}: Anki 패키지로 가져올 수 없다: {error}",
                f"{package}: cannot be imported as a package of Anki: {error}",
            )
        ) from error


def _missing_notes(guids: Sequence[str], newcomer: Learner) -> Iterator[Finding]:
    """Notes that Anki did not take, as of two with one GUID."""
    there = Counter(newcomer.notes().keys())
    for guid in guids:
        there[guid] -= 1
        if there[guid] < 0:
            yield Finding(guid, _NOT_TAKEN)


def _media_findings(newcomer: Learner, package: bytes) -> Iterator[Finding]:
    for name, guid in newcomer.missing_media().items():
        yield Finding(
            guid, Text(f"그림이 들어 있지 않다: {name}", f"the picture is not in the package: {name}")
        )
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        packed = set(json.loads(archive.read("media")).values())
    for name in sorted(packed - newcomer.media()):  # Anki does not import what no note uses
        yield Finding(
            "", Text(f"어느 카드도 쓰지 않는 그림이다: {name}", f"no card uses the picture: {name}")
        )


def _integrity_findings(newcomer: Learner) -> Iterator[Finding]:
    if said := newcomer.damage():
        yield Finding("", Text(f"무결성 검사에 걸린다: {said}", f"the integrity check fails: {said}"))


def _card_findings(newcomer: Learner) -> Iterator[Finding]:
    """Cards with nothing to ask, and templates that Anki can't fill, one finding for each problem."""
    empty = set(newcomer.empty_notes())
    problems: dict[tuple[str, str], list[str]] = {}
    for note in newcomer.notes().values():
        try:
            shown = newcomer.shows_what_it_asks(note)
        except LearnerError as error:
            problems.setdefault((note_type(note), str(error)), []).append(note.guid)
            continue
        if not shown or note.id in empty:
            yield Finding(note.guid, _EMPTY_FRONT)
    for (kind, said), (guid, *others) in problems.items():
        more = Text(f" (다른 노트 {len(others)}개도)", f" (and {len(others)} more notes)")
        yield Finding(
            guid,
            Text(
                f"카드 틀에 문제가 있다: {kind}: {said}{more.ko if others else ''}",
                f"a problem in a template: {kind}: {said}{more.en if others else ''}",
            ),
        )


def _rehearse_update(
    learner: Learner, package: Path, newcomer: Learner, waiting: Collection[str]
) -> tuple[Update, list[Finding]]:
    """What the learner of an earlier package sees of this one, and what does them harm.

    Args:
        learner: Someone who has imported the earlier package.
        package: This one.
        newcomer: Someone who has imported this one alone.
        waiting: The GUIDs of notes that come back.
    """
    before, fresh = learner.notes(), newcomer.notes()
    imported = learner.import_(package)
    orphans = [note for guid, note in before.items() if guid not in fresh]
    known = {asked(note) for note in orphans}
    added = [learner.note(number) for number in imported.new]
    kept = [learner.note(number) for number in imported.unchanged]
    findings = [Finding(newcomer.note(number).guid, _CONFLICT) for number in imported.conflicting]
    findings += [
        Finding(note.guid, _NOT_NEWER) for note in kept if _content(note) != _content(fresh[note.guid])
    ]
    findings += [Finding(note.guid, _TWICE) for note in added if asked(note) in known]
    places = newcomer.places()
    update = Update(
        new=tuple(note.guid for note in added),
        updated=tuple(learner.note(number).guid for number in imported.updated),
        unchanged=len(imported.unchanged),
        orphaned=_old_notes(learner, [note for note in orphans if note.guid not in waiting]),
        waiting=_old_notes(learner, [note for note in orphans if note.guid in waiting]),
        emptied=_old_notes(learner, [learner.note(number) for number in learner.empty_notes()]),
        left_behind=sum(deck != places.get(card, deck) for card, deck in learner.places().items()),
    )
    return update, findings


def _old_notes(learner: Learner, notes: Sequence[Note]) -> tuple[OldNote, ...]:
    decks = {guid: deck.rpartition("::")[0] or deck for (guid, _), deck in learner.places().items()}
    wanted = {int(note.id) for note in notes}
    return tuple(
        OldNote(
            question_id(note),
            words(note),
            next(
                search
                for search in _searches(note, decks.get(note.guid, ""))
                if note.id in (found := learner.find(search)) and found <= wanted
            ),
        )
        for note in notes
    )


def _searches(note: Note, deck: str) -> Iterator[str]:
    """Searches that may find a note, from the plainest to the surest.

    By number last: a learner's notes have those of whichever package they came with.
    """
    place = f'"deck:{_escaped(deck)}"' if deck else f'"note:{_escaped(note_type(note))}"'
    field = asking_field(note)
    beginning = _PLAIN.match(note[field])
    assert beginning is not None
    if number := question_id(note):
        place += f' "Id:{_escaped(number)}"'
        yield place
    yield f'{place} "{field}:{_escaped(beginning[0].strip())}*"'
    yield f'{place} "{field}:{_escaped(note[field])}"'
    yield f"nid:{note.id}"


def _content(note: Note) -> tuple[dict[str, str], list[str]]:
    # The source may have been found since (dlcards.project.hosting); a note is not updated for that.
    return {name: value for name, value in note.items() if name != "Source"}, sorted(note.tags)


def _escaped(text: str) -> str:
    """``text`` as it stands for itself inside the quotes of an Anki search."""
    return re.sub(r'([\\"*_:])', r"\\\1", text)
