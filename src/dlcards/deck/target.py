"""What a deck and its file may be called."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from dlcards.model import InputError, Text, name_of
from dlcards.project.files import shown
from dlcards.project.systems import file_name_of, real_path

# How the files of each format may end. Anki takes text by any of three names.
_SUFFIXES = {"apkg": (".apkg",), "csv": (".csv", ".txt", ".tsv"), "json": (".json",)}
_NAMELESS = frozenset({"readme", "index"})  # a name that says nothing of what is in it
_LONGEST_NAME = 255  # bytes of a file's name on the usual file systems
_BESIDE = len(".") + len(".4194304.tmp")  # what files.write_whole adds to it at most, for a while


def checked_deck(name: str) -> str:
    """``name``, if Anki can have a deck of that name.

    Raises:
        InputError: It can't.
    """
    said = repr(name if len(name) <= 80 else name[:80] + "…")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name):
        raise InputError(
            Text(
                f"덱 이름에 줄바꿈이나 제어 문자를 쓸 수 없다: {said}. --deck이나 설정의 deck으로 다시 준다",
                f"a deck's name has no line breaks or control characters: {said}; give another one by --deck "
                "or the configuration's deck",
            )
        )
    if not all(part.strip() for part in name.split("::")):
        raise InputError(
            Text(
                f"덱 이름에 빈 부분이 있다: {said}. --deck이나 설정의 deck으로 다시 준다"
                "('::'는 덱의 층을 나눈다)",
                f"a part of the deck's name is empty: {said}; give another one by --deck or the "
                "configuration's deck ('::' stands between levels)",
            )
        )
    return name


def default_deck(document: PurePosixPath, root: Path) -> str:
    """What a deck is called where nobody says: as its first document, or the folder of one that all call so.

    Args:
        document: The first document with questions, from the root.
        root: The folder of the checkout.
    """
    if document.stem.casefold() not in _NAMELESS:
        return name_of(document.stem)
    return name_of(document.parent.name or Path(real_path(root)).name) or name_of(document.stem)


def file_name(deck: str, format_: str) -> str:
    """What the file of a deck is called by default."""
    return f"{file_name_of(deck.replace('::', '-'))}.{format_}"


def checked_target(target: Path, format_: str, documents: Iterable[Path], lock: Path) -> None:
    """Check that the deck can be written to ``target``, and that nothing else is lost by it.

    Args:
        target: The deck's file.
        format_: What is written: a key of :data:`_SUFFIXES`.
        documents: The documents of the run.
        lock: The lock.

    Raises:
        InputError: It can't, or a document, the lock or a folder would be.
    """
    longest = max(len(os.fsencode(part)) for part in (*target.parts, target.name))
    if longest > _LONGEST_NAME - _BESIDE:
        raise InputError(
            Text(
                f"파일 이름이 너무 길다({longest}바이트). 더 짧은 이름을 준다: -o",
                f"the file's name is too long ({longest} bytes); give a shorter one: -o",
            )
        )
    said = shown(target)
    if target.is_dir():
        raise InputError(
            Text(f"{said}: 폴더다. 파일 이름을 준다: -o", f"{said} is a folder; name a file: -o")
        )
    if is_same(target, lock):
        raise InputError(
            Text(
                f"{said}: lock 파일이라 덮어쓰지 않는다. 다른 파일을 준다: -o",
                f"{said} is the lock and is left alone; name another file: -o",
            )
        )
    if any(is_same(target, path) for path in documents):
        raise InputError(
            Text(
                f"{said}: 내보낼 문서라 덮어쓰지 않는다. 다른 파일을 준다: -o",
                f"{said} is a document of this run and is left alone; name another file: -o",
            )
        )
    if target.suffix.lower() not in (suffixes := _SUFFIXES[format_]):
        named = target.with_suffix(suffixes[0]) if target.name else suffixes[0]
        raise InputError(
            Text(
                f"{said}: Anki는 {suffixes[0]} 파일만 이 형식으로 연다. 이렇게 준다: -o {shown(Path(named))}",
                f"{said}: Anki opens such a deck as {suffixes[0]} alone; say -o {shown(Path(named))}",
            )
            if format_ == "apkg"
            else Text(
                f"{said}: --format {format_}의 파일 이름은 {suffixes[0]}로 끝난다. 이렇게 준다: "
                f"-o {shown(Path(named))}",
                f"{said}: a file of --format {format_} ends in {suffixes[0]}; say -o {shown(Path(named))}",
            )
        )


def is_same(first: Path, second: Path) -> bool:
    """Whether two paths lead to one file, also where one is a link or file systems ignore letter case."""
    if real_path(first) == real_path(second):
        return True
    try:
        return first.samefile(second)
    except OSError:
        return False
