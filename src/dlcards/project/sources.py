"""The documents of a run as texts: found and read, and not parsed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from dlcards.model import Config, TextDocument
from dlcards.project.exclusion import Exclusion
from dlcards.project.files import (
    Checkout,
    Located,
    Unreadable,
    decoded,
    find_root,
    is_found,
    locate,
    reach_of,
    read_data,
)
from dlcards.project.store import digest_of


class Source(NamedTuple):
    """A file that was read: where from, and its text."""

    file: Path
    document: TextDocument


class _Data(NamedTuple):
    """A file that was found, its path from the root, its bytes until they are decoded, and their hash."""

    file: str
    path: str
    data: bytes
    digest: str


class Sources:
    """What stands under the paths of a run.

    Attributes:
        files: The checkout that they stand in.
        config: The configuration.
    """

    def __init__(self, files: Checkout, config: Config, found: Iterable[_Data | Unreadable]) -> None:
        self.files = files
        self.config = config
        self._found = list(found)

    @property
    def read(self) -> tuple[Source, ...]:
        """The documents, in order."""
        return tuple(each for each in self._decoded if isinstance(each, Source))

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """What could not be read."""
        return tuple(each for each in self._decoded if isinstance(each, Unreadable))

    @property
    def found(self) -> tuple[Path, ...]:
        """All files that were found, also those that could not be read."""
        return tuple(Path(each.file if isinstance(each, _Data) else each.path) for each in self._found)

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
        return {each.path: each.digest for each in self._found if isinstance(each, _Data)}

    @cached_property
    def _decoded(self) -> tuple[Source | Unreadable, ...]:
        # Only when it is asked for: hashes tell whether anything has changed.
        sources: list[Source | Unreadable] = []
        for number, each in enumerate(self._found):
            sources.append(each if isinstance(each, Unreadable) else self._source(each))
            if isinstance(each, _Data):
                self._found[number] = each._replace(data=b"")  # not bytes and text of all files at once
        return tuple(sources)

    def _source(self, found: _Data) -> Source | Unreadable:
        file, path = Path(found.file), PurePosixPath(found.path)
        text = decoded(file, found.data)
        if isinstance(text, Unreadable):
            return text
        return Source(file, TextDocument(path, self.config.in_home(path), text))


def read_sources(
    paths: Sequence[Path],
    config: Config,
    *,
    force_exclude: bool = False,
    unsaved: Mapping[str, str | bytes] = MappingProxyType({}),
) -> Sources:
    """Read the documents under some paths.

    Args:
        paths: Files and folders, at least one; the first says which checkout they stand in.
        config: The configuration.
        force_exclude: Whether what the configuration excludes also holds for files that are named.
        unsaved: What files hold that are not saved, by their real paths: they are read as if they were,
            also one that is not there yet.
    """
    files = Checkout(find_root(paths[0]), config, reach_of(paths, meant=not force_exclude))
    exclusion = Exclusion(files.root / config.home, config.exclude, force=force_exclude)
    held = {
        real: text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        for real, text in unsaved.items()
    }
    for real, content in held.items():
        files.take(PurePosixPath(files.relative_name(real)), content)
    found: list[_Data | Unreadable] = []
    for each in _with_new(list(locate(paths, exclusion)), held, paths, exclusion):
        if isinstance(each, Located) and each.real in held:
            found.append(
                _Data(each.file, files.relative_name(each.real), held[each.real], digest_of(held[each.real]))
            )
            continue
        data = each if isinstance(each, Unreadable) else read_data(each, files.reach)
        if isinstance(each, Unreadable) or isinstance(data, Unreadable):
            assert isinstance(data, Unreadable)
            found.append(data)
        else:
            found.append(_Data(each.file, files.relative_name(each.real), data, digest_of(data)))
    return Sources(files, config, found)


def _with_new(
    located: list[Located | Unreadable], held: Iterable[str], paths: Sequence[Path], exclusion: Exclusion
) -> list[Located | Unreadable]:
    """What was found, with those of an editor's files among it that would be once they are saved."""
    for real in held:
        if os.path.lexists(real):
            continue
        # A file that is named is reported as absent; else it stands where a search would come by.
        located = [each for each in located if isinstance(each, Located) or each.path != real]
        if any(is_found(real, path, exclusion) for path in paths):
            place = sum(isinstance(each, Located) and _order(each.real) < _order(real) for each in located)
            located.insert(place, Located(real, real))
    return located


def _order(path: str) -> list[tuple[bool, str]]:
    """In this order a search finds files: those of a folder before those of the folders in it."""
    *folders, name = Path(path).parts
    return [*((True, folder) for folder in folders), (False, name)]
