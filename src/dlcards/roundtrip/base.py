"""Which version of a note a learner has edited: the one that lies nearest to what they have now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from dlcards.deck.package.apkg import month_of
from dlcards.document.build import build
from dlcards.identity.identify import content_hash, numbered, old_tag
from dlcards.identity.lock import LockError, Row, load
from dlcards.identity.package import PackageNote
from dlcards.model import Card, Document, lazy_compile
from dlcards.project.revision import Revision, commits_of, file_at
from dlcards.roundtrip.canonical import original
from dlcards.roundtrip.merge import matching
from dlcards.roundtrip.trial import Workbench

# What an export puts in by itself, and what of it no learner edits.
MONTH, SOURCE = "Updated", "Source"
_MONTH = lazy_compile(r"\d{4}-\d{2}")
_MOST_COMMITS = 2000
_KEPT = 16  # documents
_MOST_TAGS = 5  # of a note's, all subsets of which are tried
_PICTURE = lazy_compile(r"dlcards-[0-9a-f]{24}(?:-\d+)?\.[a-z]+")


class Version(NamedTuple):
    """A note as it was exported at some time.

    Attributes:
        fields: Its fields, without the month; without the source, where an export has put that in.
        mod: The second at which it had last changed.
        month: The month that the note names; empty where that is not known.
        row: What a lock says of it; None where none does, and the fields are known by themselves.
    """

    fields: Mapping[str, str]
    mod: int
    month: str = ""
    row: Row | None = None


class _Content(NamedTuple):
    """What a lock says of a note's content, and since when."""

    hash: str
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
        if note is None:
            return ()
        return (Version(own_fields(note), note.mod, note.fields.get(MONTH) or month_of(note.mod)),)

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
        self._made: dict[tuple[str, _Content], Version | None] = {}
        # Most notes of a document are from the same commits.
        self._document = lru_cache(_KEPT)(self._built)

    def of(self, guid: str) -> Sequence[Version]:
        """The versions of a note that can be made again."""
        versions = (self._version(guid, content) for content in reversed(self._rows.get(guid, {})))
        return [version for version in versions if version]

    def hashes(self, guid: str) -> Mapping[str, int]:
        """The hashes that the lock ever had for a note, each with its first ``mod``."""
        found: dict[str, int] = {}
        for content in self._rows.get(guid, {}):
            found[content.hash] = min(content.mod, found.get(content.hash, content.mod))
        return found

    @cached_property
    def _commits(self) -> Sequence[str]:
        """The commits that changed the lock, the oldest first."""
        return commits_of(self._bench.root, self._lock)[:_MOST_COMMITS][::-1]

    @cached_property
    def _rows(self) -> Mapping[str, dict[_Content, list[tuple[int, Row]]]]:
        """For each note and each content its rows, each with the place of the commit that brought it."""
        rows: dict[str, dict[_Content, list[tuple[int, Row]]]] = {}
        seen: set[str] = set()
        for place, commit in enumerate(self._commits):
            data = file_at(self._bench.root, commit, self._lock)
            head, *lines = data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
            new = [line for line in lines if line not in seen]  # most are the same from commit to commit
            try:
                found = load("\n".join([head, *filter(None, new)]), str(self._lock)).rows
            except LockError:
                continue  # a merge that was never finished
            seen.update(new)
            for row in found:
                content = _Content(row.hash, row.mod)
                rows.setdefault(row.guid, {}).setdefault(content, []).append((place, row))
        return rows

    def _revision(self, commit: str) -> Revision:
        if commit not in self._revisions:
            self._revisions[commit] = Revision(self._bench.root, commit)
        return self._revisions[commit]

    def _version(self, guid: str, content: _Content) -> Version | None:
        if (guid, content) not in self._made:
            rows = self._rows[guid][content]
            found = self._fields(rows)
            version = Version(found, content.mod, month_of(content.mod), rows[0][1]) if found else None
            self._made[guid, content] = version
        return self._made[guid, content]

    def _fields(self, rows: Iterable[tuple[int, Row]]) -> Mapping[str, str] | None:
        """The fields of a note as the documents made it that its rows came with."""
        likest = None
        for place, row in rows:
            # Documents may have been committed after their lock, and then are there with the next one.
            for commit in self._commits[place : place + 2]:
                for card in self._cards(commit, row):
                    if is_content(card.fields, card.tags, row):
                        return card.fields
                    # Today's program may make another card of the old document.
                    likest = likest or card.fields
        return likest

    def _built(self, commit: str, path: PurePosixPath) -> Document | None:
        """A document of a commit; None where it had none."""
        data = self._revision(commit).read(path)
        if data is None:
            return None
        text = data.decode("utf-8", "replace")
        document = build(path, text, self._bench.config)
        return document if document.pairs else build(path, text, self._bench.config, whole=True)

    def _cards(self, commit: str, row: Row) -> Iterator[Card]:
        """The cards of the commit's documents that may be a row's note."""
        document = self._document(commit, self._bench.config.from_home(row.document))
        if document is None:
            return
        bench = self._bench.with_files(self._revision(commit))
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

    It is none that is newer than the note, and one of the month that the note still names: what has changed
    from month to month is no edit of the learner's. Of those it is the one that differs least, of equal ones
    the first; one that is not to the letter what was exported only where there is no other.
    """
    month = note.fields.get(MONTH, "")
    may_be = [
        version
        for version in versions
        if version.mod <= note.mod and (version.month in ("", month) or not _MONTH.fullmatch(month))
    ]
    exact = [version for version in may_be if is_exact(note, version)]
    return min(exact or may_be, key=lambda version: _distance(note, version), default=None)


def is_exact(note: PackageNote, version: Version) -> bool:
    """Whether a version is to the letter what was exported then, as far as its lock tells.

    Else the program has changed since, and what differs may be its doing. Tags that an export has added, and
    the width that it scaled pictures to, the learner's note tells.
    """
    if version.row is None:
        return True
    had = {original(name): name for html in note.fields.values() for name in _PICTURE.findall(html)}
    fields = {
        name: _PICTURE.sub(lambda found: had.get(original(found[0]), found[0]), html)
        for name, html in version.fields.items()
    }
    tags = [tag for tag in note.tags if not tag.startswith("dlcards::")][:_MOST_TAGS]
    subsets = (some for count in range(len(tags) + 1) for some in combinations(tags, count))
    return any(is_content(each, some, version.row) for some in subsets for each in (fields, version.fields))


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
