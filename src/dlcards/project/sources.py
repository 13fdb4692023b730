"""The documents of a run as texts: found and read, and not parsed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dlcards.model import Config, TextDocument
from dlcards.project.exclusion import Exclusion
from dlcards.project.files import Checkout, Unreadable, decoded, find_root, locate, read_data
from dlcards.project.store import digest_of


class Source(NamedTuple):
    """A file that was read: where from, and its text."""

    file: Path
    document: TextDocument


class _Data(NamedTuple):
    """The bytes of a file that was found, and its path from the root."""

    file: str
    path: str
    data: bytes


class Sources:
    """What stands under the paths of a run.

    Attributes:
        files: The checkout that they stand in.
        config: The configuration.
    """

    def __init__(self, files: Checkout, config: Config, found: Sequence[_Data | Unreadable]) -> None:
        self.files = files
        self.config = config
        self._found = found

    @property
    def read(self) -> tuple[Source, ...]:
        """The documents, in order."""
        return tuple(each for each in self._decoded if isinstance(each, Source))

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """What could not be read."""
        return tuple(each for each in self._decoded if isinstance(each, Unreadable))

    @property
    def found_unread(self) -> bool:
        """Whether a file could not even be read; whether all are UTF-8, :attr:`unreadable` tells."""
        return any(isinstance(each, Unreadable) for each in self._found)

    @property
    def home(self) -> Path:
        """The folder that the configuration stands in: where the project's own files go."""
        return self.files.root / self.config.home

    @cached_property
    def digests(self) -> dict[str, str]:
        """Hashes of the bytes of all files that could be read, by path, in order."""
        return {each.path: digest_of(each.data) for each in self._found if isinstance(each, _Data)}

    @cached_property
    def _decoded(self) -> tuple[Source | Unreadable, ...]:
        # Only when it is asked for: hashes tell whether anything has changed.
        return tuple(each if isinstance(each, Unreadable) else self._source(*each) for each in self._found)

    def _source(self, name: str, relative: str, data: bytes) -> Source | Unreadable:
        file, path = Path(name), PurePosixPath(relative)
        text = decoded(file, data)
        if isinstance(text, Unreadable):
            return text
        return Source(file, TextDocument(path, self.config.in_home(path), text))


def read_sources(paths: Sequence[Path], config: Config, *, force_exclude: bool = False) -> Sources:
    """Read the documents under some paths.

    Args:
        paths: Files and folders, at least one; the first says which checkout they stand in.
        config: The configuration.
        force_exclude: Whether what the configuration excludes also holds for files that are named.
    """
    files = Checkout(find_root(paths[0]), config)
    exclusion = Exclusion(files.root / config.home, config.exclude, force=force_exclude)
    found: list[_Data | Unreadable] = []
    for each in locate(paths, exclusion):
        data = each if isinstance(each, Unreadable) else read_data(each.file)
        if isinstance(each, Unreadable) or isinstance(data, Unreadable):
            assert isinstance(data, Unreadable)
            found.append(data)
        else:
            found.append(_Data(each.file, files.relative_name(each.real), data))
    return Sources(files, config, found)
