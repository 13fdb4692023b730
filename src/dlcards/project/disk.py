"""What a run reads from the disk, writes to it and deletes: regular files, within its reach.

A document, and whatever else a repository holds, may come from a stranger: a link may lead out of the
repository, a name may be that of a device, a file may be larger than memory.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from types import EllipsisType
from typing import BinaryIO, NamedTuple

from dlcards.model import Text, name_of, system_reason
from dlcards.project.systems import real_path, replace

LARGEST = 64 << 20
"""Bytes of the largest file that is read."""

_GIT = f".git{os.sep}"


class Refused(OSError):
    """A file that is left alone, and why."""

    def __init__(self, path: Path | str, reason: Text) -> None:
        super().__init__(0, reason.en, str(path))
        self.reason = reason


class Reach(NamedTuple):
    """Where a run may read, write and delete: below its roots, and nowhere else.

    Attributes:
        roots: Real paths: the checkout, and the files and folders that the command line names.
    """

    roots: tuple[str, ...]

    @classmethod
    def of(cls, *paths: Path) -> Reach:
        """The reach that is all below ``paths``, wherever links lead on the way to them."""
        return cls(tuple(map(real_path, paths)))

    def and_(self, *named: Path | None) -> Reach:
        """This reach, and what else the command line names."""
        return Reach((*self.roots, *(real_path(path) for path in named if path is not None)))

    def holds(self, path: Path | str, real: str = "") -> bool:
        """Whether ``path``, with all links followed, stands in it; what is git's own does not.

        Args:
            path: The path.
            real: Where it leads, if that is known already.
        """
        real = real or real_path(path)
        return any(real == root or _is_below(real, root) for root in self.roots)

    def check(self, path: Path | str, real: str = "") -> None:
        """Raise where ``path`` does not stand in it; ``real`` as in :meth:`holds`.

        Raises:
            Refused: It says where the path leads.
        """
        real = real or real_path(path)
        if not self.holds(path, real):
            is_gits = any(real.startswith(root + os.sep) for root in self.roots)
            raise Refused(path, _GITS if is_gits else _outside(real))


def _is_below(real: str, root: str) -> bool:
    start = root if root.endswith(os.sep) else root + os.sep
    within = f"{real[len(start) :]}{os.sep}".lower()
    return real.startswith(start) and not within.startswith(_GIT) and f"{os.sep}{_GIT}" not in within


def read_regular(path: Path | str, reach: Reach | None = None) -> bytes:
    """The bytes of a regular file of at most :data:`LARGEST` bytes.

    Args:
        path: The file.
        reach: Where it must stand; anywhere when None, as for files of the user's own and of git's.

    Raises:
        Refused: It is a device, a pipe or the like, too large, or out of reach.
        OSError: The system does not let it be read.
    """
    if reach is not None:
        reach.check(path)
    _check_regular(path, os.stat(path))  # noqa: PTH116 - opening a device may do something already
    # Not to wait for the other end of a pipe, should it have become one meanwhile.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as file:
        _check_regular(path, os.fstat(number))
        data = file.read(LARGEST + 1) or b""  # None of a file of the kernel's that has nothing to say yet
    if len(data) > LARGEST:
        raise Refused(path, _TOO_LARGE)
    return data


def write_whole(
    path: Path,
    data: bytes,
    reach: Reach | None = None,
    *,
    before: bytes | EllipsisType | None = ...,
    mode: int = 0o666,
) -> None:
    """Write a file whole or not at all; an existing file keeps its permissions.

    Args:
        path: The file.
        data: What it is to hold.
        reach: Where it must stand; anywhere when None, as for files of the user's own.
        before: What was read from it, None where there was none. What somebody else has written since
            then is not lost. Where it is left out, whatever is there is replaced.
        mode: The permissions of a new file, less those that the user's mask takes.

    Raises:
        Refused: It is out of reach, no regular file, or holds something else than ``before``.
        OSError: The folder can't be written to, or the disk is full; the old file is untouched. Its
            ``filename`` is ``path``, not that of the temporary file beside it.
    """
    if reach is not None:
        reach.check(path)
    asked, path = path, Path(real_path(path))  # a link stays a link to the file that is replaced
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        permissions = _mode(path)
        _remove_abandoned(path)
        with open_new(temporary, mode) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if permissions is not None:
            temporary.chmod(permissions)
        if not isinstance(before, EllipsisType):
            check_unchanged(path, before)
        replace(temporary, path)
    except Refused as error:
        raise Refused(asked, error.reason) from error
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(asked)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def check_unchanged(path: Path, before: bytes | None) -> None:
    """Raise where a file does not hold what was read from it; None where there was none.

    Raises:
        Refused: It says that somebody else has written it.
    """
    if _present(path) != before:
        raise Refused(path, _CHANGED)


def open_new(path: Path, mode: int = 0o666) -> BinaryIO:
    """A new file to write, in place of what has its name: a link of that name is not followed.

    Raises:
        OSError: It can't be made.
    """
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, mode), "wb")


def make_folder(path: Path, reach: Reach) -> None:
    """Make a folder, and those above it, where it is not there.

    Raises:
        OSError: It can't be made, or is out of reach.
    """
    reach.check(path)
    path.mkdir(parents=True, exist_ok=True)


def make_ignored(folder: Path, reach: Reach) -> None:
    """Make a folder of results, where it is not there, and let git ignore what is in it.

    Raises:
        OSError: It can't be made, or is out of reach.
    """
    if os.path.lexists(folder):
        return
    make_folder(folder, reach)
    write_whole(folder / ".gitignore", b"*\n", reach)


def remove(path: Path, reach: Reach) -> None:
    """Delete a file, or a link; nothing where it is not there.

    Raises:
        OSError: It can't be deleted, or its folder is out of reach.
    """
    reach.check(path.parent)
    path.unlink(missing_ok=True)


def reason_of(error: OSError | ValueError) -> Text:
    """Why a file could not be read or written; a ``ValueError`` says so of a name that can't be."""
    if isinstance(error, Refused):
        return error.reason
    return system_reason(error)


_TOO_LARGE = Text(
    f"너무 크다({LARGEST >> 20} MiB가 넘는다)", f"it is too large (more than {LARGEST >> 20} MiB)"
)
_CHANGED = Text(
    "읽은 뒤에 다른 프로그램이 바꾸어 그대로 두었다. 다시 실행한다",
    "another program has changed it since it was read, so it was left alone; run again",
)
_GITS = Text("git의 것이라 건드리지 않는다", "it is git's own, and is left alone")
_KINDS = (
    (stat.S_ISDIR, Text("폴더다", "it is a folder")),
    (stat.S_ISFIFO, Text("파일이 아니라 파이프(FIFO)다", "it is a pipe (FIFO), no file")),
    (stat.S_ISSOCK, Text("파일이 아니라 소켓이다", "it is a socket, no file")),
)
_DEVICE = Text("파일이 아니라 장치다", "it is a device, no file")


def _outside(real: str) -> Text:
    said = name_of(real)
    return Text(
        f"저장소 밖({said})으로 나가 건드리지 않는다. 정말 쓸 파일이면 명령줄에서 가리킨다",
        f"it leads out of the repository, to {said}, and is left alone; if it is meant, name it on the "
        "command line",
    )


def _check_regular(path: Path | str, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        reason = next((said for is_kind, said in _KINDS if is_kind(status.st_mode)), _DEVICE)
        raise Refused(path, reason)
    if status.st_size > LARGEST:
        raise Refused(path, _TOO_LARGE)


def _mode(path: Path) -> int | None:
    """The permissions of the file that is to be replaced; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        _check_regular(path, status)
    return status.st_mode & 0o7777


def _present(path: Path) -> bytes | None:
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None


def _remove_abandoned(path: Path) -> None:
    """Delete what processes that are no more have left beside a file."""
    head, tail = f".{path.name}.", ".tmp"
    try:
        names = os.listdir(path.parent)
    except OSError:
        return
    for name in names:
        number = name[len(head) : -len(tail)]
        if name.startswith(head) and name.endswith(tail) and number.isascii() and number.isdecimal():
            with contextlib.suppress(OSError):
                if not _is_alive(int(number)):
                    (path.parent / name).unlink()


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return False  # a signal would end it; a file that is open can't be deleted there
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return process > 0
