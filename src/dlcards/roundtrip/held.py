"""What a learner holds of the deck: their package, or their collection while Anki is closed.

Nothing is written beside either or into it; what it is, its bytes say, not its name.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from dlcards.identity.archive import Archive, regular
from dlcards.identity.collection import PackageNote, collection_notes
from dlcards.identity.limits import Limits, Refused
from dlcards.identity.package import Package, PackageError, is_package, told
from dlcards.model import Text
from dlcards.project.disk import LARGEST, Reach, read_regular
from dlcards.project.systems import is_locked

_SQLITE = b"SQLite format 3\x00"
# Which bytes of a database SQLite locks while it is open: https://www.sqlite.org/lockingv3.html
_LOCKED_FROM, _LOCKED = (1 << 30) + 2, 510
# What SQLite keeps beside a database that was not closed.
_BESIDE = ("-wal", "-journal")
_PACKAGES = (".apkg", ".colpkg")
_CHUNK = 1 << 20


class Held(NamedTuple):
    """What a learner has of dlcards' notes.

    Attributes:
        name: What to call it in messages: the file as it was named, or AnkiConnect's address.
        notes: The notes of dlcards' note types, told by their fields' names.
        media: Gives the bytes of a file of the collection's media by its name (``paste-….jpg``); None where
            it holds none that can be read, or one larger than :data:`dlcards.project.disk.LARGEST`.
    """

    name: str
    notes: Sequence[PackageNote]
    media: Callable[[str], bytes | None]


@contextmanager
def held(path: Path, limits: Limits | None = None) -> Iterator[Held]:
    """What a learner has, as long as the block runs.

    Args:
        path: A package (.apkg, .colpkg) of any form, a zip archive that holds exactly one, or the
            ``collection.anki2`` of an Anki that is closed.
        limits: How much of it is read.

    Raises:
        PackageError: There is no such file, it is none of these, it is damaged, larger than ``limits``, or a
            collection that is open.
    """
    limits = limits or Limits()
    with ExitStack() as stack:
        with told(path):
            file = stack.enter_context(regular(path))
            is_collection = file.read(len(_SQLITE)) == _SQLITE
        read = _collection if is_collection else _package
        yield read(path, limits, stack)


def _package(path: Path, limits: Limits, stack: ExitStack) -> Held:
    with told(path):
        archive = stack.enter_context(Archive(path, limits))
        if not is_package(archive) and (inner := _only_package(archive)):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dlcards-")))
            with (folder / "held.apkg").open("wb") as target:
                archive.unpack(inner, target, limits.database)
            archive = stack.enter_context(Archive(folder / "held.apkg", limits))
        package = Package(archive, limits)
    return Held(str(path), package.notes, lambda name: package.media(name, LARGEST))


def _only_package(archive: Archive) -> str | None:
    """The package in an archive that somebody has packed it into; what a Mac adds is not counted."""
    found = [
        name
        for name in archive.names
        if name.lower().endswith(_PACKAGES) and not name.startswith("__MACOSX/")
    ]
    return found[0] if len(found) == 1 else None


def _collection(path: Path, limits: Limits, stack: ExitStack) -> Held:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="dlcards-"))
    try:
        # SQLite would make files beside it if it were opened where it stands.
        notes = collection_notes(_copy(path, Path(folder), limits), limits)
    except Refused as error:
        ko, en = error.text
        raise PackageError(
            Text(
                f"{path}: 컬렉션을 읽을 수 없다({ko}). Anki에서 내보낸 .apkg를 준다",
                f"{path}: the collection can't be read ({en}); give an .apkg that Anki has exported",
            )
        ) from error
    return Held(str(path), notes, lambda name: _media(path.with_suffix(".media"), name))


def _copy(path: Path, folder: Path, limits: Limits) -> Path:
    """A copy of a collection that nobody has open.

    Raises:
        Refused: It is too large.
        PackageError: It is open, was left open, or has changed meanwhile.
    """
    copy = folder / "collection.anki2"
    with regular(path) as file, copy.open("wb") as target:
        before = _state(path)
        if before is None or is_locked(file, _LOCKED_FROM, _LOCKED):
            raise PackageError(_open(path))
        left = limits.database
        while chunk := file.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Refused("너무 크다", "too large")
            target.write(chunk)
    if _state(path) != before:
        raise PackageError(_open(path))
    return copy


def _state(path: Path) -> tuple[int, ...] | None:
    """What tells that a collection has changed; None of one that is not closed."""
    try:
        for end in _BESIDE:
            beside = path.with_name(path.name + end)
            if beside.exists() and beside.stat().st_size:
                return None
        status = path.stat()
    except OSError:  # it is just being closed
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _open(path: Path) -> Text:
    return Text(
        f"{path}: Anki가 열어 두었거나 닫지 못하고 끝났다. Anki를 열었다가 닫은 뒤 다시 하거나, 파일을 대지 "
        "않고 --ankiconnect로 열린 Anki에 묻는다",
        f"{path}: Anki has it open, or ended without closing it; close Anki (open it first if it has ended "
        "so) and run again, or ask the open Anki: --ankiconnect in place of the file",
    )


def _media(folder: Path, name: str) -> bytes | None:
    """A file of a folder of media; None where it is none, or is not in it."""
    if not name or name.startswith(".") or set(name) & set("/\\\0:"):
        return None
    try:
        return read_regular(folder / name, Reach.of(folder))
    except (OSError, ValueError):
        return None
