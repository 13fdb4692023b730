"""Files of ours that people and programs may have changed: configuration, lock, baseline, state."""

from __future__ import annotations

from pathlib import Path

from dlcards.model import InputError, Text
from dlcards.project.disk import Reach, read_regular, reason_of
from dlcards.project.files import shown


def read_own(path: Path, remedy: Text, reach: Reach | None = None) -> bytes:
    """What a file of ours holds.

    Args:
        path: The file.
        remedy: What to do where it can't be read.
        reach: Where it must stand; anywhere when None.

    Raises:
        FileNotFoundError: It is not there.
        InputError: It is no regular file within the limit and the reach, or can't be read.
    """
    try:
        return read_regular(path, reach)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a name that can't be
        raise _unreadable(path, reason_of(error), remedy) from error


def own_text(data: bytes, path: Path, remedy: Text) -> str:
    """The text that :func:`read_own` has found in a file.

    Raises:
        InputError: It is no UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        why = Text(f"{line}째 줄이 UTF-8이 아니다", f"line {line} is not UTF-8")
        raise _unreadable(path, why, remedy) from error


def _unreadable(path: Path, why: Text, remedy: Text) -> InputError:
    said = shown(path)
    ko, en = f"읽을 수 없다({why.ko}). {remedy.ko}", f"cannot be read ({why.en}); {remedy.en}"
    return InputError(Text(f"{said}: {ko}", f"{said}: {en}"))
