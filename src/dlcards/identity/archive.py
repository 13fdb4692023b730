"""Zip archives from elsewhere, read within limits; packages of Anki are such."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self

from dlcards.identity.limits import Limits, Refused
from dlcards.model import system_reason

_CHUNK = 1 << 20
# What zipfile raises of files that are no archive, or a damaged one.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    OverflowError,
    struct.error,
    OSError,
)


class Archive:
    """An archive whose list of files was read; to be closed.

    Attributes:
        names: The names of its files, in their order.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open the archive at ``path``.

        Raises:
            Refused: There is no such file, it is no archive, is protected, or larger than ``limits``.
        """
        self._file = regular(path)
        try:
            with _damage():
                self._zip = zipfile.ZipFile(_Sparing(self._file, max(limits.listing, _CHUNK)))
            entries = self._zip.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused("암호가 걸려 있다", "it is protected by a password")
            if sum(entry.file_size for entry in entries) > limits.whole:
                raise Refused("너무 크다", "too large")
        except BaseException:
            self._file.close()
            raise
        self.names: Sequence[str] = [entry.filename for entry in entries]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it; nothing of it can be had any more."""
        self._zip.close()
        self._file.close()

    def read(self, name: str, most: int, *, zstd: bool = False) -> bytes:
        """The bytes of a file in it.

        Args:
            name: Its name, one of ``names``.
            most: How many bytes it may have.
            zstd: Whether it is packed once more, as all is in packages of the new form.

        Raises:
            Refused: It is damaged, or larger.
        """
        target = io.BytesIO()
        self.unpack(name, target, most, zstd=zstd)
        return target.getvalue()

    def unpack(self, name: str, target: IO[bytes], most: int, *, zstd: bool = False) -> None:
        """Write a file of it elsewhere; the arguments are those of :meth:`read`.

        Raises:
            Refused: It is damaged, larger, or there twice.
        """
        if self.names.count(name) > 1:
            raise Refused(f"{name}이 둘이다", f"it holds {name} twice")
        with _damage():
            entry = self._zip.getinfo(name)
            if entry.file_size > most:
                raise Refused("너무 크다", "too large")
            left = most
            with self._zip.open(entry) as packed:
                source: Any = _Inflated(packed) if zstd else packed
                while chunk := source.read(min(_CHUNK, left + 1)):
                    left -= len(chunk)
                    if left < 0:
                        raise Refused("너무 크다", "too large")
                    target.write(chunk)


def regular(path: Path) -> io.BufferedReader:
    """A regular file, open; what else has a name (a pipe, a device) might never end.

    Raises:
        Refused: There is none.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refused("보통 파일이 아니다", "no regular file")
        return path.open("rb")
    except (OSError, ValueError) as error:  # not there, or a name that can't be
        raise Refused(*system_reason(error)) from error


@contextmanager
def _damage() -> Iterator[None]:
    """Refuse what zipfile stumbles over."""
    try:
        yield
    except _DAMAGED as error:
        why = " ".join(str(error).split())[:200]
        raise Refused(f".apkg가 아니거나 망가졌다: {why}", f"no .apkg, or a damaged one: {why}") from error


class _Inflated:
    """A file that zstd has packed, unpacked piece by piece; its window is of 128 MiB at most."""

    def __init__(self, packed: IO[bytes]) -> None:
        # Not above: only packages of the new form need it.
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd

        self._error = zstd.ZstdError
        self._file = zstd.ZstdFile(packed)

    def read(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except self._error as error:
            raise ValueError(str(error)) from error


class _Sparing(io.RawIOBase):
    """A file that hands out no more than so much at once: an archive's list of files is read in one piece."""

    def __init__(self, file: io.BufferedReader, most: int) -> None:
        self._file = file
        self._most = most

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise Refused("파일이 너무 많이 들어 있다", "too many files in it")
        return self._file.read(self._most if size < 0 else size)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True
