"""Where the lock of a project's documents stands."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dlcards.identity import NAME
from dlcards.model import InputError, Text
from dlcards.project.files import shown
from dlcards.project.watch import Watch

if TYPE_CHECKING:
    from dlcards.project.project import Project
    from dlcards.project.sources import Sources


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
        InputError: It would be made anew above an old one.
    """
    if asked is not None:
        watch.add(asked)
        return asked
    root = project.files.root
    folders = [Path(os.path.realpath(path.parent)) for path in asking]
    folder = Path(os.path.commonpath(folders))
    if project.config.lock:
        places = [root / project.config.lock]
    else:
        above = [parent for parent in folder.parents if parent.is_relative_to(root)]
        places = [place / NAME for place in (folder, *above)]
    for place in places:
        watch.add(place)
        if place.exists():
            return place
    # Documents of several projects may have no more in common than the root of the file system.
    below = [folder] if folder.is_relative_to(root) else folders
    if writes and (found := sorted({lock for start in below for lock in _locks_below(start)})):
        said, missing = ", ".join(map(shown, found)), shown(places[0])
        one = shlex.quote(shown(found[0]))
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


def _locks_below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if NAME in names:
            yield Path(place) / NAME
