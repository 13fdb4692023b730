"""Where the lock of a project's documents stands."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from dlcards.identity import NAME
from dlcards.identity.lock import REMEDY, Lock, dump, load
from dlcards.model import InputError, Text
from dlcards.project.caches import guard
from dlcards.project.disk import Reach, Refused
from dlcards.project.files import shown
from dlcards.project.own_files import own_text, read_own
from dlcards.project.systems import command_line, common_folder, real_path
from dlcards.project.watch import Watch

if TYPE_CHECKING:
    from dlcards.project.project import Project
    from dlcards.project.sources import Sources

_PATIENCE = 600  # seconds


def find_lock(
    project: Sources | Project, asking: Sequence[Path], asked: Path | None, watch: Watch, *, writes: bool
) -> Path:
    """Where the lock of the documents with questions is, or is to be made.

    That is the one asked for, the configured one, the nearest ``deck.lock`` from the documents' common
    folder up to the project's root, or one to be made in that folder. None is made where it would be
    made anew above an old one: the documents' common folder moves up with the first document outside
    it, and without their lock all cards would double in learners' collections.

    Args:
        project: The checkout and its configuration.
        asking: The documents with questions.
        asked: What ``--lock`` says.
        watch: Learns where a lock was looked for.
        writes: Whether it is to be written; who only reads it, can do without.

    Raises:
        InputError: It would be made anew above an old one, or is out of reach.
    """
    if asked is not None:
        if asked.is_dir():
            said = shown(asked)
            raise InputError(
                Text(f"{said}: 폴더다. 파일 이름을 준다: --lock", f"{said} is a folder; name a file: --lock")
            )
        watch.add(asked)
        return asked
    place = _place(project, asking, watch, writes=writes)
    reach = project.files.reach
    try:
        # Beside all documents of several folders that are named, it stands in none of them.
        if real_path(place) != str(place) or project.config.lock:
            reach.check(place)
    except Refused as error:
        said = shown(place)
        raise InputError(
            Text(f"{said}: {error.reason.ko}: --lock", f"{said}: {error.reason.en}: --lock")
        ) from error
    return place


def _place(project: Sources | Project, asking: Sequence[Path], watch: Watch, *, writes: bool) -> Path:
    root = project.files.root
    folders = [Path(real_path(path.parent)) for path in asking]
    folder = common_folder(folders)
    if project.config.lock:
        places = [root / project.config.lock]
    else:
        above = [parent for parent in folder.parents if parent.is_relative_to(root)]
        places = [place / NAME for place in (folder, *above)]
    for place in places:
        watch.add(place)
        if os.path.lexists(place):
            return place
    # Documents of several projects may have no more in common than the root of the file system.
    below = [folder] if folder.is_relative_to(root) else folders
    if writes and (found := sorted({lock for start in below for lock in _locks_below(start)})):
        said, missing = ", ".join(map(shown, found)), shown(places[0])
        one = command_line(shown(found[0]))
        raise InputError(
            Text(
                f"{missing}이 없고, 그 아래에 {said}이 있다. 새로 만들면 Anki에서 카드가 겹친다. 그 폴더만 "
                f"따로 내보내거나 쓸 것을 준다: --lock {one} (늘 그것이면 설정의 lock)",
                f"there is no {missing}, but {said} below it; a new lock would double the cards in Anki. "
                f"Export that folder by itself, or say which lock to use: --lock {one} "
                "(for every run: lock in the configuration)",
            )
        )
    return places[0]


def read_lock(path: Path, reach: Reach) -> bytes | None:
    """What the lock's file holds; None where there is none.

    Raises:
        InputError: It can't be read, or is out of reach.
    """
    try:
        return read_own(path, REMEDY, reach)
    except FileNotFoundError:
        return None


def load_lock(data: bytes, path: Path) -> Lock:
    """The lock in the bytes of the file at ``path``.

    Raises:
        InputError: They hold none.
    """
    return load(own_text(data, path, REMEDY), str(path))


def lock_file(lock: Lock, before: bytes | None) -> bytes:
    """What the file of a lock is to hold, its lines ended as they were.

    Git on Windows may end them by CRLF as it checks them out, and takes them back either way.
    """
    data = dump(lock).encode("utf-8")
    return data.replace(b"\n", b"\r\n") if before and b"\r\n" in before else data


@contextlib.contextmanager
def held(lock: Path, notice: Callable[[Text], None]) -> Iterator[None]:
    """Keep other exports with the same lock waiting, from before it is read until it is written.

    Those of other users and other machines are not kept waiting (:func:`guard`): that the lock is not what
    they have read, they are told when they write.

    Raises:
        InputError: Another export has taken too long.
    """
    said = shown(lock)
    with contextlib.ExitStack() as stack:
        try:
            _wait(guard(lock), said, notice, stack)
        except Timeout as error:
            raise InputError(
                Text(
                    f"{said}을 쓰는 다른 내보내기가 {_PATIENCE // 60}분이 지나도 끝나지 않는다. "
                    "그것을 끝내고 다시 한다",
                    f"another export that uses {said} has not ended in {_PATIENCE // 60} minutes; end it, "
                    "then run this again",
                )
            ) from error
        except (OSError, NotImplementedError):
            pass  # no folder of caches, or a file system without locks: what was read is still compared
        yield


def _wait(guard: FileLock, said: str, notice: Callable[[Text], None], stack: contextlib.ExitStack) -> None:
    try:
        stack.enter_context(guard.acquire(timeout=1))
    except Timeout:
        notice(
            Text(
                f"{said}을 쓰는 다른 내보내기가 끝나기를 기다린다",
                f"waiting for another export that uses {said}",
            )
        )
        stack.enter_context(guard.acquire(timeout=_PATIENCE))


def _locks_below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if NAME in names:
            yield Path(place) / NAME
