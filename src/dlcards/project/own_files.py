"""Files of ours that people and programs may have changed: configuration, lock, baseline, state."""

from __future__ import annotations

import stat
from pathlib import Path

from dlcards.model import InputError, Text
from dlcards.project.files import shown

_LARGEST = 256 << 20  # bytes; a lock has some 300 a note


def read_own(path: Path, remedy: Text) -> str:
    """The text of a file of ours.

    Args:
        path: The file.
        remedy: What to do where it can't be read.

    Raises:
        FileNotFoundError: It is not there.
        InputError: It is no regular file of UTF-8 within the limit, or can't be read.
    """
    try:
        # Before it is opened: a named pipe keeps whoever opens it until somebody writes to it.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unreadable(path, Text("보통 파일이 아니다", "it is no regular file"), remedy)
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a name that can't be
        why = getattr(error, "strerror", None) or str(error)
        raise _unreadable(path, Text(why, why), remedy) from error
    if len(data) > _LARGEST:
        raise _unreadable(path, Text("너무 크다", "it is too large"), remedy)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(
            path, Text(f"{line}째 줄이 UTF-8이 아니다", f"line {line} is not UTF-8"), remedy
        ) from error


def _unreadable(path: Path, why: Text, remedy: Text) -> InputError:
    said = shown(path)
    ko, en = f"읽을 수 없다({why.ko}). {remedy.ko}", f"cannot be read ({why.en}); {remedy.en}"
    return InputError(Text(f"{said}: {ko}", f"{said}: {en}"))
