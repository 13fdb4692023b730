"""Packages of Anki as nobody should make them: a good one, with something done to it."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COLLECTION = "collection.anki2"
NEW_COLLECTION = "collection.anki21b"

Spoil = Callable[[bytes, Path], bytes]
"""Makes of a good package another one; the folder is there to work in."""


def entries(package: bytes) -> dict[str, bytes]:
    """The files in a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def squeezed(data: bytes) -> bytes:
    """Bytes as the newer form of packages has them."""
    return zstd.compress(data)


def new_form(
    database: bytes, media: Mapping[str, bytes] | None = None, listing: bytes | None = None
) -> bytes:
    """A package of the newer form, as Anki writes it.

    Args:
        database: The collection.
        media: The media by their names.
        listing: What stands in place of their list.
    """
    from anki.import_export_pb2 import MediaEntries

    media = media or {}
    entries = MediaEntries()
    for name, data in media.items():
        entries.entries.add(name=name, size=len(data), sha1=bytes(20))
    listed = entries.SerializeToString() if listing is None else listing
    files = {str(number): zstd.compress(data) for number, data in enumerate(media.values())}
    packs = {NEW_COLLECTION: zstd.compress(database), COLLECTION: b"", "media": zstd.compress(listed)}
    return packed({"meta": b"\x08\x03", **packs, **files}, zipfile.ZIP_STORED)


def changed(database: bytes, folder: Path, *statements: str, writable: bool = False) -> bytes:
    """A collection after some statements; Anki's own order of names is there as any other one."""
    path = folder / "changed.db"
    path.write_bytes(database)
    connection = sqlite3.connect(path)
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    if writable:
        connection.execute("PRAGMA writable_schema = ON")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    data = path.read_bytes()
    path.unlink()
    return data


def with_files(**files: bytes) -> Spoil:
    """Other files in place of those of these names; ``_`` in a name stands for a dot."""
    named = {name.replace("_", "."): data for name, data in files.items()}
    return lambda package, folder: packed({**entries(package), **named})


def with_sql(*statements: str, writable: bool = False) -> Spoil:
    """The collection after some statements; ``writable`` lets them write the schema."""

    def spoil(package: bytes, folder: Path) -> bytes:
        return with_connection(
            lambda connection: [connection.execute(each) for each in statements], writable
        )(package, folder)

    return spoil


def with_connection(work: Callable[[sqlite3.Connection], object], writable: bool = False) -> Spoil:
    """The collection after some work on it."""

    def spoil(package: bytes, folder: Path) -> bytes:
        path = folder / "spoiled.db"
        path.write_bytes(entries(package)[COLLECTION])
        connection = sqlite3.connect(path)
        if writable:
            connection.execute("PRAGMA writable_schema = ON")
        work(connection)
        connection.commit()
        connection.close()
        data = path.read_bytes()
        path.unlink()
        return packed({**entries(package), COLLECTION: data})

    return spoil


def with_models(change: Callable[[dict[str, Any]], object]) -> Spoil:
    """The note types after a change: of the table in place, or what it returns in its place."""

    def work(connection: sqlite3.Connection) -> None:
        (text,) = connection.execute("SELECT models FROM col").fetchone()
        models = json.loads(text)
        changed = change(models)
        written = changed if isinstance(changed, str | bytes | int) else json.dumps(changed or models)
        connection.execute("UPDATE col SET models = ?", (written,))

    return with_connection(work)


def with_notes(**values: object) -> Spoil:
    """Other values in the columns of all notes."""

    def work(connection: sqlite3.Connection) -> None:
        connection.execute("DROP INDEX IF EXISTS ix_notes_csum")
        names = ", ".join(f"{name} = ?" for name in values)
        connection.execute(f"UPDATE notes SET {names}", tuple(values.values()))

    return with_connection(work)


def with_bytes(change: Callable[[bytes], bytes]) -> Spoil:
    """Other bytes of the collection."""
    return lambda package, folder: packed(
        {**entries(package), COLLECTION: change(entries(package)[COLLECTION])}
    )


def with_archive(change: Callable[[bytes], bytes]) -> Spoil:
    """Other bytes of the whole package."""
    return lambda package, folder: change(package)


def protected(package: bytes, folder: Path) -> bytes:
    """The package as if a password guarded it: the flag is set, which is all that a reader looks at."""
    data = bytearray(package)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def doubled(name: str) -> Spoil:
    """The package with a file twice."""

    def spoil(package: bytes, folder: Path) -> bytes:
        buffer = io.BytesIO(package)
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(zipfile.ZipInfo(name), entries(package)[name])
        return buffer.getvalue()

    return spoil


def bomb(name: str, size: int) -> Spoil:
    """The package with a file of zeros, packed a thousand times smaller."""

    def spoil(package: bytes, folder: Path) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                for _ in range(size >> 20):
                    file.write(bytes(1 << 20))
        return buffer.getvalue()

    return spoil


def claiming(size: int) -> Spoil:
    """The package with a collection of zeros whose size is said to be another one."""

    def spoil(package: bytes, folder: Path) -> bytes:
        data = bytearray(packed({COLLECTION: bytes(4 << 20)}))
        at = data.find(b"PK\x01\x02")
        data[at + 24 : at + 28] = size.to_bytes(4, "little")
        return bytes(data)

    return spoil
