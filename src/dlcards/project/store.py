"""A folder of earlier results, each under the hash of all that it was made of."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import dlcards
from dlcards.project.disk import Reach, open_new, read_regular

_SEAL = 16  # bytes of a SHA-256 before a value: what is damaged is not there
_LARGEST = 8 << 20  # bytes of a value
_FULL = 128  # values in one of the 256 folders


class Store:
    """Values by key, in files: bounded, and safe under several processes.

    A value that is damaged, or can't be read or written, is one that is not there.

    Args:
        folder: Where they are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reach = Reach.of(folder)
        self._safe: set[Path] = set()
        self._ready: set[Path] = set()

    def get(self, key: str) -> bytes | None:
        """The value under ``key``; None where there is none."""
        path = self._path(key)
        try:
            self._check(path.parent)
            data = read_regular(path)
        except OSError:
            return None
        value = data[_SEAL:]
        return value if data[:_SEAL] == _seal(key, value) else None

    def put(self, key: str, value: bytes) -> None:
        """Keep a value; the older half of its folder goes when that is full."""
        path = self._path(key)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        if len(value) > _LARGEST:
            return
        with contextlib.suppress(OSError):
            self._check(path.parent)
            if path.parent not in self._ready:
                path.parent.mkdir(parents=True, exist_ok=True)
                _make_room(path.parent)
                self._ready.add(path.parent)
            with open_new(temporary) as file:
                file.write(_seal(key, value) + value)
            temporary.replace(path)
        with contextlib.suppress(OSError):
            temporary.unlink()

    def _check(self, folder: Path) -> None:
        """Raise where one of the 256 folders is a link: the cache of a checkout may be a stranger's."""
        if folder not in self._safe:
            self._reach.check(folder)
            self._safe.add(folder)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]


def key_of(parts: Iterable[str | bytes]) -> str:
    """The key of what is made of these parts and this program."""
    digest = hashlib.sha256(_program())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def digest_of(data: bytes | None) -> str:
    """A short hash of some bytes; empty for None."""
    return "" if data is None else hashlib.sha256(data).hexdigest()[:32]


def _seal(key: str, value: bytes) -> bytes:
    return hashlib.sha256(key.encode() + value).digest()[:_SEAL]


def _make_room(folder: Path) -> None:
    found = list(folder.iterdir())
    if len(found) > _FULL:
        found.sort(key=lambda path: path.stat().st_mtime_ns)
        for path in found[: len(found) // 2]:
            path.unlink(missing_ok=True)


@cache
def _program() -> bytes:
    """A hash of the program, of its Python, and of all packages that stand beside it, by their versions."""
    digest = hashlib.sha256(f"{sys.version} {sys.platform}".encode())
    installed = []
    for place in sys.path:
        with contextlib.suppress(OSError):
            installed += [name for name in os.listdir(place or ".") if name.endswith(".dist-info")]
    digest.update("\n".join(sorted(installed)).encode("utf-8", "surrogateescape"))
    package = Path(dlcards.__file__).parent
    records = sorted(package.parent.glob("dlcards-*.dist-info/RECORD"))
    for path in records:
        digest.update(path.read_bytes())
    if not records:  # in a checkout the code changes and its version does not
        digest.update("\n".join(sorted(_states(str(package)))).encode("utf-8", "surrogateescape"))
    return digest.digest()


def _states(folder: str) -> Iterator[str]:
    """The files below a folder with their sizes and times."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _states(entry.path)
            else:
                state = entry.stat()
                yield f"{entry.path} {state.st_size} {state.st_mtime_ns}"
