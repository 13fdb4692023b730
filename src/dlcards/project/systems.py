"""Where Linux, macOS and Windows differ, and what is done about it; ARCHITECTURE.md has the whole list.

Whatever else of the program touches paths, shells and names of files can go on as on Linux.
"""

from __future__ import annotations

import errno
import os
import sys
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from dlcards.model import lazy_compile

_PATIENCE = (0.01, 0.05, 0.2, 0.5)  # seconds between tries
_NOT_IN_NAMES = lazy_compile(r'[<>:"/\\|?*\x00-\x1f]')
# Devices of Windows, whatever stands behind their dot.
_DEVICES = lazy_compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")


def real_path(path: Path | str) -> str:
    """``path`` with all links followed, absolute, its names as git has them."""
    # Not Path.resolve(): it raises on a loop of links, which is for the reader of the file to report.
    return as_git_has(os.path.realpath(path))


def as_git_has(name: str) -> str:
    """A name or path that the file system told, as git keeps it.

    A Mac finds a file by its composed and by its decomposed name, and tells the one that it was made by: the
    Finder decomposes Hangul. Git composes (``core.precomposeunicode``), and so all others have it.
    """
    return unicodedata.normalize("NFC", name) if sys.platform == "darwin" else name


def seen_from(path: Path | str, start: Path | str = ".", system: ModuleType = os.path) -> str:
    """``path`` as seen from a folder, with ``/``, which git and dlcards take on Windows, too.

    Args:
        path: A path.
        start: The folder.
        system: ``os.path`` of the system that both are of.
    """
    try:
        name: str = system.relpath(path, start)
    except ValueError:  # on another drive of Windows: no way leads there
        name = system.abspath(path)
    return name.replace(system.sep, "/")


def common_folder(folders: Sequence[Path]) -> Path:
    """The nearest folder that holds all of them; of folders on several drives of Windows, the first one."""
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        return folders[0]


def command_line(*words: str) -> str:
    """A command as it is typed, into the shells that the system has."""
    # Not above: only messages need them.
    import shlex
    import subprocess

    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def installing(extra: str) -> str:
    """The command that adds an extra to the dlcards that is running.

    ``pip`` alone where that is the one of this interpreter; another one would install it for nobody.
    """
    # Not above: only messages need it.
    from shutil import which

    python, pip = Path(sys.executable), which("pip")
    is_ours = pip is not None and Path(pip).parent == python.parent
    program = "pip" if is_ours else f"{command_line(seen_from(python).replace('/', os.sep))} -m pip"
    return f'{program} install "dlcards[{extra}]"'


def file_name_of(title: str) -> str:
    """A title as the name of a file on every system, since what one makes goes to others.

    It is as long as ``title``, or a letter longer.
    """
    name = _NOT_IN_NAMES.sub("-", title)
    if name.endswith((".", " ")):
        name = name[:-1] + "-"
    return f"-{name}" if _DEVICES.match(name) else name


def replace(source: Path, target: Path) -> None:
    """Put a file in place of another.

    Windows refuses that while any program has either open, if only to look for viruses: a few more tries.

    Raises:
        OSError: It can't be done.
    """
    for seconds in _PATIENCE if os.name == "nt" else ():
        try:
            os.replace(source, target)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    os.replace(source, target)


def is_locked(file: BinaryIO, start: int, size: int) -> bool:
    """Whether another process holds a lock on some bytes of a file; False where that can't be told.

    Args:
        file: The file, open to be read. This process's own locks on it are lost, as POSIX wants it.
        start: The first of the bytes.
        size: How many they are.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            before = file.tell()
            file.seek(start)
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, size)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, size)
            finally:
                file.seek(before)
        else:
            import fcntl

            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, size, start)
            fcntl.lockf(file, fcntl.LOCK_UN, size, start)
    except OSError as error:
        return error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return False
