"""What a search for documents leaves out: what the configuration excludes, and what git ignores."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dlcards.model import Text, UnfitValue, lazy_compile
from dlcards.project.git import git

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


# A name, or a name with stars, that means folders anywhere.
_FOLDER = lazy_compile(r"[\w.-]*\*?[\w.-]+/|\.\*/", re.ASCII)
_STARS = lazy_compile(r"\*+")
# Each more makes the search of a long name some twenty times as long: of six it does not end.
_MOST_STARS = 4


class Exclusion:
    """What the configuration excludes.

    Args:
        root: The project's folder, which paths are relative to.
        patterns: As in a ``.gitignore``.
        force: Whether it also holds for files and folders that are named themselves.

    Raises:
        UnfitValue: A pattern is none.
    """

    def __init__(self, root: Path, patterns: Sequence[str], *, force: bool = False) -> None:
        self.force = force
        self._root = root
        self._inside = os.path.join(root, "")  # noqa: PTH118 - Path would leave the separator out
        self._patterns = tuple(patterns)

    def holds(self, path: Path | str, *, is_folder: bool) -> bool:
        """Whether a file or folder, by its real path, is excluded."""
        real = str(path)
        if not real.startswith(self._inside):
            return False  # the project itself, and what it does not hold
        name = _composed(real[len(self._inside) :].replace(os.sep, "/"))
        if self._folders is not None:
            parts = name.split("/") if is_folder else name.split("/")[:-1]
            return any(map(self._folders.fullmatch, parts))
        return self._spec.match_file(name + "/" * is_folder)

    def below(self, folder: Path) -> Exclusion:
        """What is excluded of a folder that is named: one that is excluded itself is a project of its own."""
        inside = folder.is_relative_to(self._root) and not self.holds(folder, is_folder=True)
        return self if inside else Exclusion(folder, self._patterns, force=self.force)

    @cached_property
    def _folders(self) -> re.Pattern[str] | None:
        """The names of folders, where the patterns are no more than that: ``build/``, ``.*/``."""
        # As by default; loading what reads all patterns takes a fifth of a run in which nothing has changed.
        if not all(map(_FOLDER.fullmatch, self._patterns)):
            return None
        names = (re.escape(pattern[:-1]).replace(r"\*", ".*") for pattern in self._patterns)
        return re.compile("|".join(names) or "(?!)")

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        return compiled(self._patterns)


def check_patterns(patterns: Sequence[str]) -> None:
    """Raise where one of the patterns is none.

    Raises:
        UnfitValue: It says which.
    """
    for pattern in patterns:
        *folders, _ = parts = pattern.split("/")
        most = max(len(_STARS.findall(part)) for part in parts)
        if most > _MOST_STARS or folders.count("**") > _MOST_STARS:
            said = repr(pattern[:80])
            raise UnfitValue(
                Text(
                    f"{said}: 한 이름의 별표나 '**/'는 {_MOST_STARS}개까지다",
                    f"{said} has more than {_MOST_STARS} stars in a name, or of '**/'",
                )
            )
    if not all(map(_FOLDER.fullmatch, patterns)):
        compiled(patterns)


def compiled(patterns: Sequence[str]) -> GitIgnoreSpec:
    """The patterns, ready to be held against paths.

    Raises:
        UnfitValue: A pattern is none.
    """
    # Not above: who names a file needs none of it.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(map(_composed, patterns))
    except (re.error, ValueError) as error:  # a range of characters that goes backwards; a lone "!"
        raise UnfitValue(
            Text(f"패턴이 아닌 것이 있다: {error}", f"one of them is no pattern: {error}")
        ) from error


def ignored_by_git(folder: Path) -> frozenset[str]:
    """The paths of files and folders below a folder that git ignores; what it tracks is none of them.

    Nothing where git is not installed, where the folder stands in no checkout, or is ignored itself:
    whoever names it means it.
    """
    if not any((above / ".git").exists() for above in (folder, *folder.parents)):
        return frozenset()  # and no program started to say so
    listed = git(folder, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
    if not listed or git(folder, "check-ignore", "-z", "--", str(folder)):
        return frozenset()
    return frozenset(str(folder / os.fsdecode(name)) for name in listed.split(b"\0") if name)


def would_be_ignored(file: Path, folder: Path) -> bool:
    """Whether git would ignore a new file below a folder that is searched."""
    ignores = git(folder, "check-ignore", "-z", "--", str(file))
    return bool(ignores) and not git(folder, "check-ignore", "-z", "--", str(folder))


def _composed(path: str) -> str:
    # A Mac keeps Hangul decomposed.
    return unicodedata.normalize("NFC", path)
