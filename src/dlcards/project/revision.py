"""The files of a commit, as :class:`dlcards.model.Files` for whoever asks what a document was then."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from pathlib import Path, PurePosixPath

from dlcards.project.disk import LARGEST
from dlcards.project.git import git

_LITERAL = "--literal-pathspecs"  # a name is no pattern


class Revision:
    """A commit's files; what is a link there leads nowhere.

    Args:
        root: The checkout's root.
        commit: The commit's full hash.
    """

    def __init__(self, root: Path, commit: str) -> None:
        self.root = root
        self.commit = commit
        self._read: dict[PurePosixPath, bytes | None] = {}

    def exists(self, path: PurePosixPath) -> bool:
        """Whether there is a file or folder of exactly this name."""
        return str(path) in self._sizes or str(path) in self._folders

    def leaves(self, path: PurePosixPath) -> bool:
        """Whether a link leads out: none is followed."""
        return False

    def ignored(self, path: PurePosixPath) -> bool:
        """Whether git ignores a file: none that it has."""
        return False

    def similar(self, path: PurePosixPath) -> PurePosixPath | None:
        """The file that differs from ``path`` only in letter case or in Unicode form."""
        wanted = _folded(str(path))
        return next((PurePosixPath(name) for name in self._sizes if _folded(name) == wanted), None)

    def anchors(self, path: PurePosixPath) -> frozenset[str] | None:
        """The anchors of a document: what asks for them are rules, and none is run."""
        return None

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a file; None where there is none, or one that is too large."""
        if path not in self._read:
            size = self._sizes.get(str(path), LARGEST + 1)
            self._read[path] = file_at(self.root, self.commit, path) if size <= LARGEST else None
        return self._read[path]

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names of the files in a folder, sorted."""
        paths = map(PurePosixPath, self._sizes)
        return tuple(sorted(path.name for path in paths if path.parent == folder))

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """The bytes of each regular file, by its path from the root."""
        sizes = {}
        listed = git(self.root, _LITERAL, "ls-tree", "-r", "-l", "-z", self.commit)
        for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
            about, _, name = entry.partition("\t")
            mode, _, size = about.partition(" ")[0], *about.rpartition(" ")[1:]
            if mode.startswith("100") and size.isdecimal():
                sizes[name] = int(size)
        return sizes

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(str(folder) for name in self._sizes for folder in PurePosixPath(name).parents)


def commits_of(root: Path, path: PurePosixPath) -> list[str]:
    """The commits that changed a file, the newest first; none outside of git.

    Those of a branch, too, of whose file nothing came into the merge: it may have been released from there.

    Args:
        root: The checkout's root.
        path: The file, from there.
    """
    listed = git(root, _LITERAL, "log", "--full-history", "--format=%H", "HEAD", "--", str(path))
    return listed.decode("ascii", "replace").split()


def file_at(root: Path, commit: str, path: PurePosixPath) -> bytes:
    """The bytes of a file in a commit; none where there is no such file."""
    return git(root, "cat-file", "blob", f"{commit}:{path}")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
