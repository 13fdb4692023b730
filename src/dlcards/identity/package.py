"""The notes of an .apkg that comes from elsewhere, and its media: read within limits.

Anybody may have made the package; ``archive.py`` and ``collection.py`` hold what may be in it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dlcards.identity.archive import Archive
from dlcards.identity.collection import PackageNote, check_tables, collection_notes
from dlcards.identity.limits import Limits, Refused
from dlcards.identity.wire import WireError, fields
from dlcards.model import InputError, Text

__all__ = [
    "Limits",
    "Package",
    "PackageError",
    "PackageNote",
    "check_package",
    "is_package",
    "package_notes",
    "told",
]

# Newest first, as Anki looks for them. Beside one of the new form an old one only says that it is new.
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_NEW_COLLECTION = _COLLECTIONS[0]
_MEDIA = "media"
# Of a list of media in the new form: an entry; its name, and the name of its file if it is not its place.
_ENTRY, _NAME, _FILE = 1, 1, 255


class PackageError(InputError):
    """A package whose notes can't be had; ``message`` says why and what to do."""


class Package:
    """A package that is open.

    Attributes:
        notes: Its notes of dlcards, in the order of their making.
    """

    def __init__(self, archive: Archive, limits: Limits) -> None:
        """Read the notes of an archive.

        Raises:
            Refused: It holds none that can be read.
        """
        with _database(archive, limits) as database:
            self.notes = collection_notes(database, limits)
        self._archive = archive
        self._limits = limits
        self._files: Mapping[str, str] | None = None

    def media(self, name: str, most: int) -> bytes | None:
        """The bytes of a file of its media; None where it holds none of that name that can be read.

        Args:
            name: Its name as notes have it.
            most: How many bytes it may have.
        """
        try:
            if self._files is None:
                self._files = _media_files(self._archive, self._limits)
            file = self._files.get(name)
            return None if file is None else self._archive.read(file, most, zstd=_is_new(self._archive))
        except Refused:
            return None


def package_notes(path: Path, limits: Limits | None = None) -> list[PackageNote]:
    """The notes of dlcards in the package at ``path``, in the order of their making.

    Raises:
        PackageError: There is no such file, it is no package, it is damaged, or larger than ``limits``.
    """
    limits = limits or Limits()
    with told(path), Archive(path, limits) as archive:
        return Package(archive, limits).notes


def check_package(path: Path, limits: Limits | None = None) -> None:
    """Look whether the package at ``path`` may be given to Anki, which reads it without such limits.

    Raises:
        PackageError: There is no such file, it is no package, it is damaged, or larger than ``limits``.
    """
    limits = limits or Limits()
    with told(path), Archive(path, limits) as archive, _database(archive, limits) as database:
        check_tables(database, limits)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say of a package that is refused which one it is, and what to give in its place.

    Raises:
        PackageError: It was refused.
    """
    try:
        yield
    except Refused as error:
        ko, en = error.text
        raise PackageError(
            Text(
                f"{path}: 패키지를 읽을 수 없다({ko}). Anki나 dlcards가 내보낸 .apkg를 준다",
                f"{path}: the package can't be read ({en}); give an .apkg that Anki or dlcards has exported",
            )
        ) from error


def is_package(archive: Archive) -> bool:
    """Whether an archive holds a collection, as a package does."""
    return any(name in archive.names for name in _COLLECTIONS)


def _is_new(archive: Archive) -> bool:
    """Whether a package is of the form that Anki has had since 2.1.50: all is packed with zstd."""
    return _NEW_COLLECTION in archive.names


@contextmanager
def _database(archive: Archive, limits: Limits) -> Iterator[Path]:
    """The collection in a package, in a folder of its own."""
    name = next((name for name in _COLLECTIONS if name in archive.names), None)
    if name is None:
        raise Refused("컬렉션이 없다", "no .apkg: it holds no collection")
    with tempfile.TemporaryDirectory(prefix="dlcards-") as folder:
        database = Path(folder) / "collection.anki2"
        with database.open("wb") as file:
            archive.unpack(name, file, limits.database, zstd=_is_new(archive))
        yield database


def _media_files(archive: Archive, limits: Limits) -> dict[str, str]:
    """The names of the files in a package, by what notes call them; none where its list can't be read."""
    if _MEDIA not in archive.names:
        return {}
    listing = archive.read(_MEDIA, limits.listing, zstd=_is_new(archive))
    named = _new_listing(listing) if _is_new(archive) else _old_listing(listing)
    there = set(archive.names)
    return {name: file for name, file in named.items() if file in there}


def _old_listing(listing: bytes) -> dict[str, str]:
    try:
        named: Any = json.loads(listing)
    except (ValueError, RecursionError):
        return {}
    found = named.items() if isinstance(named, dict) else ()
    return {name: file for file, name in found if isinstance(name, str) and file.isdecimal()}


def _new_listing(listing: bytes) -> dict[str, str]:
    named = {}
    try:
        entries = [value for number, value in fields(listing) if number == _ENTRY]
        for place, entry in enumerate(entries):
            held = dict(fields(entry)) if isinstance(entry, bytes) else {}
            name, file = held.get(_NAME), held.get(_FILE, place)
            if isinstance(name, bytes) and isinstance(file, int):
                named[name.decode("utf-8", "replace")] = str(file)
    except WireError:
        return {}
    return named
