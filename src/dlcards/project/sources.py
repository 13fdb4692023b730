"""The documents of a run as texts: found and read, and not parsed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dlcards.model import Config, TextDocument
from dlcards.project.exclusion import Exclusion
from dlcards.project.files import Checkout, Unreadable, find_documents, find_root, reach_of, read_text


class Source(NamedTuple):
    """A file that was read: where from, and its text."""

    file: Path
    document: TextDocument


class Sources(NamedTuple):
    """What stands under the paths of a run.

    Attributes:
        files: The checkout that they stand in.
        config: The configuration.
        read: The documents, in order.
        unreadable: What could not be read.
    """

    files: Checkout
    config: Config
    read: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...]

    @property
    def home(self) -> Path:
        """The folder that the configuration stands in: where the project's own files go."""
        return self.files.root / self.config.home


def read_sources(paths: Sequence[Path], config: Config, *, force_exclude: bool = False) -> Sources:
    """Read the documents under some paths.

    Args:
        paths: Files and folders, at least one; the first says which checkout they stand in.
        config: The configuration.
        force_exclude: Whether what the configuration excludes also holds for files that are named.
    """
    files = Checkout(find_root(paths[0]), config, reach_of(paths))
    exclusion = Exclusion(files.root / config.home, config.exclude, force=force_exclude)
    read, unreadable = [], []
    for path in find_documents(paths, exclusion):
        text = path if isinstance(path, Unreadable) else read_text(path, files.reach)
        if isinstance(path, Unreadable) or isinstance(text, Unreadable):
            assert isinstance(text, Unreadable)
            unreadable.append(text)
        else:
            read.append(Source(path, _document(files.relative(path), text, config)))
    return Sources(files, config, tuple(read), tuple(unreadable))


def _document(path: PurePosixPath, text: str, config: Config) -> TextDocument:
    return TextDocument(path, config.in_home(path), text)
