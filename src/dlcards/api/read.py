"""Documents, found and read, with their questions."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from dlcards.linter.rules import NAMES
from dlcards.model import LANGUAGES, Config, InputError, Text
from dlcards.project.config import load
from dlcards.project.project import Project
from dlcards.project.sources import Sources, read_sources


def load_config(path: str | os.PathLike[str] = ".") -> Config:
    """The configuration of the project that a file or folder stands in.

    That is the nearest ``dlcards.toml``, or ``pyproject.toml`` with a ``[tool.dlcards]``, from there up to
    the root of the checkout; without one, the defaults. :func:`dataclasses.replace` makes one that differs.

    Raises:
        InputError: The file is no TOML, or says something that dlcards does not know.
    """
    return load(Path(path), NAMES).config


def read(*paths: str | os.PathLike[str], config: Config | None = None) -> Project:
    """Read and parse the documents under some paths.

    Args:
        paths: Files and folders, those of one checkout; the present folder when there are none. Of a
            folder's files those are left out that git ignores or the configuration excludes.
        config: The configuration; None for that of the project that the first path stands in.

    Returns:
        The documents. What could not be read is in ``unreadable``, and has ended nothing.

    Raises:
        InputError: There is no document that can be read, or the configuration can't be used.
    """
    return Project.of(open_sources(paths, config))


def open_sources(
    paths: Sequence[str | os.PathLike[str]],
    config: Config | None = None,
    *,
    unsaved: Mapping[str, str | bytes] = MappingProxyType({}),
) -> Sources:
    """The documents of :func:`read` as texts, and not parsed; as it, ``paths`` may be empty.

    Args:
        paths: Files and folders.
        config: The configuration.
        unsaved: What files hold that are not saved, by their real paths.
    """
    found = [Path(path) for path in paths] or [Path()]
    sources = read_sources(found, config or load_config(found[0]), unsaved=unsaved)
    if not sources.read and sources.unreadable:
        messages = [each.message for each in sources.unreadable]
        raise InputError(Text(*("\n".join(each.in_(word) for each in messages) for word in LANGUAGES)))
    if not sources.read:
        raise nothing_in(found)
    return sources


def nothing_in(paths: Sequence[Path]) -> InputError:
    """What to say where there is no document under ``paths``."""
    where = ", ".join(map(str, paths))
    return InputError(
        Text(
            f"마크다운 파일이 없다: {where} (git이 무시하거나 설정의 exclude에 든 것은 뺐다). "
            "문서가 있는 폴더로 가거나 문서를 명령 뒤에 적는다",
            f"no markdown file in {where} (save what git ignores or the configuration excludes); go to "
            "the documents' folder, or name them behind the command",
        )
    )
