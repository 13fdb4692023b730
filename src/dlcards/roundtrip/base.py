"""Which version of a note a learner has edited: the one that lies nearest to what they have now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from dlcards.deck.package.apkg import month_of
from dlcards.document.build import build
from dlcards.identity.identify import content_hash, numbered, old_tag
from dlcards.identity.lock import LockError, Row, load
from dlcards.identity.package import PackageNote
from dlcards.model import Card
from dlcards.project.revision import Revision, commits_of, file_at
from dlcards.roundtrip.merge import matching
from dlcards.roundtrip.trial import Workbench

# What an export puts in by itself, and what of it no learner edits.
MONTH, SOURCE = "Updated", "Source"
_MOST_COMMITS = 2000


class Version(NamedTuple):
    """A note as it was exported at some time.

    Attributes:
        fields: Its fields, without the month; without the source, where an export has put that in.
        mod: The second at which it had last changed.
    """

    fields: Mapping[str, str]
    mod: int


class Versions(Protocol):
    """Where earlier versions of notes are to be had."""

    def of(self, guid: str) -> Sequence[Version]:
        """The versions of a note, the newest first; none where none is known."""

    def hashes(self, guid: str) -> Mapping[str, int]:
        """The hashes of their contents, as far as locks have them, each with its ``mod``."""


class PackageVersions:
    """The notes of an earlier package: what ``--base`` names."""

    def __init__(self, notes: Iterable[PackageNote]) -> None:
        self._notes = {note.guid: note for note in notes}

    def of(self, guid: str) -> Sequence[Version]:
        """The version of a note in the package."""
        note = self._notes.get(guid)
        return (Version(own_fields(note), note.mod),) if note else ()

    def hashes(self, guid: str) -> Mapping[str, int]:
        """No hashes: the fields themselves tell."""
        return {}


class History:
    """What git knows of the lock: for each content that it ever had for a note, the commit that made it.

    Args:
        bench: What it takes to make cards; pictures and documents are the commits' own.
        lock: The lock's path from the root.
    """

    def __init__(self, bench: Workbench, lock: PurePosixPath) -> None:
        self._bench = bench
        self._lock = lock
        self._revisions: dict[str, Revision] = {}
        self._made: dict[tuple[str, str], Version | None] = {}

    def of(self, guid: str) -> Sequence[Version]:
        """The versions of a note that can be made again."""
        versions = (self._version(guid, *found) for found in self._rows.get(guid, {}).values())
        return [version for version in versions if version]

    def hashes(self, guid: str) -> Mapping[str, int]:
        """The hashes that the lock ever had for a note."""
        return {known: row.mod for known, (_, row) in self._rows.get(guid, {}).items()}

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, tuple[str, Row]]]:
        """For each note and each hash the newest commit that has them, and its row."""
        rows: dict[str, dict[str, tuple[str, Row]]] = {}
        seen: set[str] = set()
        for commit in commits_of(self._bench.root, self._lock)[:_MOST_COMMITS]:
            data = file_at(self._bench.root, commit, self._lock)
            head, *lines = data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
            new = [line for line in lines if line not in seen]  # most are the same from commit to commit
            seen.update(new)
            try:
                found = load("\n".join([head, *filter(None, new)]), str(self._lock)).rows
            except LockError:
                continue  # a merge that was never finished
            for row in found:
                rows.setdefault(row.guid, {}).setdefault(row.hash, (commit, row))
        return rows

    def _revision(self, commit: str) -> Revision:
        if commit not in self._revisions:
            self._revisions[commit] = Revision(self._bench.root, commit)
        return self._revisions[commit]

    def _version(self, guid: str, commit: str, row: Row) -> Version | None:
        if (guid, row.hash) not in self._made:
            cards = list(self._cards(commit, row))
            # Today's program may make another card of the old document; then the likest is the nearest.
            same = [card for card in cards if is_content(card.fields, card.tags, row)]
            found = next(iter([*same, *cards]), None)
            self._made[guid, row.hash] = Version(found.fields, row.mod) if found else None
        return self._made[guid, row.hash]

    def _cards(self, commit: str, row: Row) -> Iterator[Card]:
        """The cards of the commit's documents that may be a row's note."""
        revision = self._revision(commit)
        path = self._bench.config.from_home(row.document)
        data = revision.read(path)
        if data is None:
            return
        text = data.decode("utf-8", "replace")
        bench = self._bench.with_files(revision)
        document = build(path, text, bench.config)
        if not document.pairs:
            document = build(path, text, bench.config, whole=True)
        for number, pair in enumerate(document.pairs):
            if pair.id != row.id:
                continue
            rendering = bench.render(document, number)
            for card in getattr(rendering, "cards", ()):
                if card.kind == row.kind and (row.kind == "cloze" or card.question == row.question):
                    yield numbered(card, row.terms)


def own_fields(note: PackageNote) -> dict[str, str]:
    """The fields of a note, without the month, and without what is empty."""
    return {name: value for name, value in note.fields.items() if value and name != MONTH}


def is_content(fields: Mapping[str, str], tags: Sequence[str], row: Row) -> bool:
    """Whether a row's hash is that of some fields, with or without a source that an export has put in."""
    without = {name: value for name, value in fields.items() if name != SOURCE}
    more = (), (old_tag(row.document, row.id),)
    hashes = (content_hash(each, tags, *tag) for each in (fields, without) for tag in more)
    return row.hash in hashes


def is_exported(note: PackageNote, hashes: Mapping[str, int], tags: Sequence[str]) -> bool:
    """Whether a note is to the letter what some export made.

    Args:
        note: What a learner has.
        hashes: The hashes that the lock has had for it, each with its ``mod``: what is newer than the note,
            that can't be.
        tags: The tags that exports give it.
    """
    fields = own_fields(note)
    without = {name: value for name, value in fields.items() if name != SOURCE}
    found = (hashes.get(content_hash(each, tags)) for each in (fields, without))
    return any(mod is not None and mod <= note.mod for mod in found)


def nearest(note: PackageNote, versions: Sequence[Version]) -> Version | None:
    """The version that a learner's note was made from, as far as can be told; None where it can't be.

    It is none that is newer than the note, and one of the month that the note still names, where there is
    one; of those the one that differs least, of equal ones the first.
    """
    month = note.fields.get(MONTH, "")
    not_newer = [version for version in versions if version.mod <= note.mod]
    of_month = [version for version in not_newer if month_of(version.mod) == month]
    return min(of_month or not_newer, key=lambda version: _distance(note, version), default=None)


def _distance(note: PackageNote, version: Version) -> float:
    """How far a note is from a version: the share of words that differ, of all fields."""
    own = own_fields(note)
    names = own.keys() | version.fields.keys()
    return sum(_difference(own.get(name, ""), version.fields.get(name, "")) for name in names - {SOURCE})


def _difference(first: str, second: str) -> float:
    if first == second:
        return 0.0
    # AnkiDroid writes a break for each line end.
    old, new = (text.replace("<br>", "\n").split() for text in (first, second))
    return 1 - 2 * sum(match.size for match in matching(old, new)) / max(1, len(old) + len(new))
