"""Which files a command has looked at, and whether they still are what they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from dlcards.model import Files
from dlcards.project.files import Unreadable


class Watch:
    """The configuration, the documents that it lets be found, and whatever else is added.

    A file's state is noted before the file is read, so that no change falls between the two.

    Args:
        configurations: Where a configuration stands, or would count if it stood there.
        find: Finds the documents; called again to see whether there are others.
    """

    def __init__(
        self, configurations: Iterable[Path], find: Callable[[], Iterable[Path | Unreadable]]
    ) -> None:
        self._find = find
        self._states: dict[Path, tuple[int, ...] | None] = {}
        for path in configurations:
            self.add(path)
        self.documents = tuple(find())
        for found in self.documents:
            self.add(Path(found.path) if isinstance(found, Unreadable) else found)

    def add(self, path: Path) -> None:
        """Watch a file or folder, also one that is not there."""
        if path not in self._states:
            self._states[path] = _state(path)

    def renew(self, path: Path) -> None:
        """Take a file as it is now: one that we have written ourselves."""
        self._states[path] = _state(path)

    def states(self) -> dict[str, list[int] | None]:
        """What the watched files are, for :meth:`is_as` of another run."""
        return {str(path): list(state) if state else None for path, state in self._states.items()}

    def is_as(self, states: Mapping[str, Sequence[int] | None]) -> bool:
        """Whether these files are all there is to watch, and what they were."""
        now = {str(path): _state(path) for path in map(Path, states)}
        same = all(now[path] == (tuple(state) if state else None) for path, state in states.items())
        return same and all(str(path) in states for path in self._states)

    def changed(self) -> bool:
        """Whether something is not what it was, or there are other documents."""
        if any(_state(path) != state for path, state in self._states.items()):
            return True
        return tuple(self._find()) != self.documents


class WatchedFiles:
    """The files of a project (:class:`dlcards.model.Files`), each watched once something asks for it."""

    def __init__(self, files: Files, root: Path, watch: Watch) -> None:
        self._files = files
        self._root = root
        self._watch = watch

    def exists(self, path: PurePosixPath) -> bool:
        """Whether there is a file or folder of exactly this name."""
        self._watch.add(self._root / path)
        return self._files.exists(path)

    def leaves(self, path: PurePosixPath) -> bool:
        """Whether a link of exactly this name leads out of the project."""
        self._watch.add(self._root / path)
        return self._files.leaves(path)

    def ignored(self, path: PurePosixPath) -> bool:
        """Whether git ignores a file that is there."""
        for folder in (path, *path.parents):
            self._watch.add(self._root / folder / ".gitignore")
        return self._files.ignored(path)

    def similar(self, path: PurePosixPath) -> PurePosixPath | None:
        """The file that differs from ``path`` only in letter case or in Unicode form."""
        self._watch.add(self._root / path.parent)
        return self._files.similar(path)

    def anchors(self, path: PurePosixPath) -> frozenset[str] | None:
        """The anchors of a markdown document."""
        self._watch.add(self._root / path)
        return self._files.anchors(path)

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a file."""
        self._watch.add(self._root / path)
        return self._files.read(path)

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names of the files in a folder."""
        self._watch.add(self._root / folder)
        return self._files.names(folder)


def _state(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except (OSError, ValueError):  # not there, or a name that can't be
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
