"""What an import does to what Anki holds: what it would overwrite, and what it has done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from dlcards.identity.collection import PackageNote
from dlcards.identity.identify import content_hash
from dlcards.roundtrip.canonical import canonical, unseen
from dlcards.roundtrip.phones import without_breaks_of_phones

# What an export puts in by itself, and what of it is no part of a note's content.
_BY_ITSELF = (("Updated",), ("Updated", "Source"))
_OURS = "dlcards::"

Notes = Mapping[str, PackageNote]
"""Notes by their GUIDs."""


class Pushed(NamedTuple):
    """What came of an import, as GUIDs in the package's order.

    Attributes:
        new: The notes that Anki did not have.
        updated: Those that it has with new content.
        unchanged: How many it had already.
        kept: Those with another content in Anki, with the fields that differ: touched there, and newer.
        missing: Those that Anki has not taken, or has with another note type.
    """

    new: Sequence[str]
    updated: Sequence[str]
    unchanged: int
    kept: Mapping[str, Sequence[str]]
    missing: Sequence[str]


def by_guid(notes: Iterable[PackageNote]) -> dict[str, PackageNote]:
    """Notes by their GUIDs."""
    return {note.guid: note for note in notes}


def compare(package: Notes, before: Notes, after: Notes) -> Pushed:
    """What an import has done.

    Args:
        package: What was imported.
        before: What Anki had.
        after: What it has now.
    """
    new, updated, missing = [], [], []
    kept: dict[str, Sequence[str]] = {}
    unchanged = 0
    for guid, wanted in package.items():
        found, had = after.get(guid), before.get(guid)
        if found is None:
            missing.append(guid)
        elif names := differing(found, wanted):
            kept[guid] = names
        elif had is None:
            new.append(guid)
        elif differing(had, found) or had.mod != found.mod:
            updated.append(guid)
        else:
            unchanged += 1
    return Pushed(new, updated, unchanged, kept, missing)


def overwritten(
    package: Notes, before: Notes, known: Collection[str], earlier: Iterable[Collection[str]]
) -> dict[str, Sequence[str]]:
    """The notes that were edited in Anki and that an import overwrites, with the fields that differ.

    Anki replaces a note by one with a later ``mod``, whoever has edited it there before that.

    Args:
        package: What is to be imported.
        before: What Anki has.
        known: The hashes of what the last export made of notes (:class:`dlcards.identity.lock.Row`).
        earlier: Those of the exports before it; taken one by one, as long as a note's hash is not among them.
    """
    doubtful = {
        guid: names
        for guid, wanted in package.items()
        if (had := before.get(guid)) and had.mod < wanted.mod and (names := differing(had, wanted))
    }
    return edited(doubtful, package, before, known, earlier)


def edited(
    doubtful: Mapping[str, Sequence[str]],
    package: Notes,
    held: Notes,
    known: Collection[str],
    earlier: Iterable[Collection[str]],
) -> dict[str, Sequence[str]]:
    """Those of some notes of which Anki has a content that no export has made; the others are older ones.

    Args:
        doubtful: The notes that differ, with the fields that do.
        package: What the documents make of them now.
        held: What Anki has.
        known: As for :func:`overwritten`.
        earlier: As for :func:`overwritten`.
    """
    left = dict(doubtful)
    hashes = {guid: _hashes(held[guid], package[guid].tags) for guid in left}
    chain = iter(earlier)
    while left:
        left = {guid: names for guid, names in left.items() if hashes[guid].isdisjoint(known)}
        following = next(chain, None) if left else None
        if following is None:
            break
        known = following
    return left


def own_tags(package: Notes, before: Notes, after: Notes) -> dict[tuple[str, ...], list[int]]:
    """The tags of a learner's own that an import has taken, with the numbers of the notes that had them."""
    lost = defaultdict[tuple[str, ...], list[int]](list)
    for guid in package.keys() & before.keys() & after.keys():
        tags = [tag for tag in before[guid].tags if not f"{tag}::".startswith(_OURS)]
        if gone := tuple(sorted(set(tags) - set(after[guid].tags))):
            lost[gone].append(after[guid].id)
    return {tags: sorted(notes) for tags, notes in sorted(lost.items())}


def differing(one: PackageNote, other: PackageNote) -> list[str]:
    """The fields in which two notes differ, but for what an export puts in by itself.

    Those that say the same do not, whatever wrote them: what was edited in Anki and then taken into the
    documents is in both.
    """
    names = [name for name in other.fields if name not in _BY_ITSELF[-1]]
    return [name for name in names if not _says(one.fields.get(name, ""), other.fields[name])]


def _says(field: str, wanted: str) -> bool:
    if field == wanted:
        return True
    field = without_breaks_of_phones(wanted, field)
    return canonical(field) == canonical(wanted) and unseen(field) == unseen(wanted)


def _hashes(note: PackageNote, tags: Sequence[str]) -> set[str]:
    """What a lock may say of a note's content; the learner's own tags are no part of it."""
    own = [tag for tag in note.tags if tag in tags]
    return {
        content_hash({name: value for name, value in note.fields.items() if name not in besides}, each)
        for besides in _BY_ITSELF
        for each in (note.tags, own)
    }
