"""What a search for documents leaves out: what the configuration excludes, and what git ignores."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dlcards.project.git import git

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Exclusion:
    """What the configuration excludes.

    Args:
        root: The project's folder, which paths are relative to.
        patterns: As in a ``.gitignore``.
        force: Whether it also holds for files and folders that are named themselves.

    Raises:
        ValueError: A pattern is none.
    """

    def __init__(self, root: Path, patterns: Sequence[str], *, force: bool = False) -> None:
        self.force = force
        self._root = root
        self._patterns = tuple(patterns)

    def holds(self, path: Path, *, is_folder: bool) -> bool:
        """Whether a file or folder, by its real path, is excluded."""
        relative = PurePosixPath(Path(os.path.relpath(path, self._root)).as_posix())
        if relative == PurePosixPath() or ".." in relative.parts:
            return False  # the project itself, and what it does not hold
        return self._spec.match_file(_composed(str(relative)) + "/" * is_folder)

    def below(self, folder: Path) -> Exclusion:
        """What is excluded of a folder that is named: one that is excluded itself is a project of its own."""
        inside = folder.is_relative_to(self._root) and not self.holds(folder, is_folder=True)
        return self if inside else Exclusion(folder, self._patterns, force=self.force)

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        return compiled(self._patterns)


def compiled(patterns: Sequence[str]) -> GitIgnoreSpec:
    """The patterns, ready to be held against paths.

    Raises:
        ValueError: A pattern is none.
    """
    # Not above: who names a file needs none of it.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(map(_composed, patterns))


def ignored_by_git(folder: Path) -> frozenset[Path]:
    """The files and folders below a folder that git ignores; what it tracks is none of them.

    Nothing where git is not installed, where the folder stands in no checkout, or is ignored itself:
    whoever names it means it.
    """
    listed = git(folder, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
    if not listed or git(folder, "check-ignore", "-z", "--", str(folder)):
        return frozenset()
    return frozenset(folder / os.fsdecode(name) for name in listed.split(b"\0") if name)


def _composed(path: str) -> str:
    # A Mac keeps Hangul decomposed.
    return unicodedata.normalize("NFC", path)
