"""What is said where a file can't be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dlcards.model import InputError, Text
from dlcards.project.disk import Refused, reason_of
from dlcards.project.files import shown
from dlcards.project.systems import real_path


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say what to do where ``path``, or another file that the error names, can't be written.

    Raises:
        InputError: In place of the system's error.
    """
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a name that can't be
        said = shown(Path(getattr(error, "filename", None) or path))
        why = reason_of(error)
        ko, en = (
            ". 다른 곳을 주거나 그 폴더를 쓸 수 있게 한다",
            "; name another place, or make its folder writable",
        )
        if isinstance(error, FileNotFoundError):
            folder = shown(Path(real_path(path)).parent)
            why = Text(f"{folder} 폴더가 없다", f"there is no folder {folder}")
            ko, en = ". 먼저 만들거나 다른 곳을 준다", "; make it first, or name another place"
        elif isinstance(error, Refused):
            ko = en = ""  # it says by itself what to do
        raise InputError(
            Text(f"{said}: 쓸 수 없다: {why.ko}{ko}", f"{said}: cannot be written: {why.en}{en}")
        ) from error
