"""The documents that a command works on, read and parsed."""

from __future__ import annotations

import gc
import os
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.output import fail, note
from dlcards.document.build import build
from dlcards.identity.lock import NAME
from dlcards.lint.rules import NAMES
from dlcards.model import Config, Context, Document, Text
from dlcards.project.config import ConfigError, Loaded, load
from dlcards.project.files import Checkout, Unreadable, find_documents, find_root, read_text
from dlcards.project.watch import Watch

PathsArgument = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders; this folder when none is given.")
]
LockOption = Annotated[
    Path | None,
    typer.Option(
        "--lock",
        help="The lock file. Default: the configuration's, else the nearest deck.lock from the documents "
        "upwards, else deck.lock beside them.",
    ),
]

_LAST_SECOND = 253_402_300_799  # of the year 9999 in UTC, the last one that Python's datetime knows


class Project:
    """The documents of a run.

    Attributes:
        files: The checkout that they stand in.
        context: What rules may use.
        documents: The documents with the paths they were read from.
        unreadable: What could not be read.
    """

    def __init__(self, files: Checkout, config: Config) -> None:
        self.files = files
        self.context = Context(config, files)
        self.documents: list[tuple[Path, Document]] = []
        self.unreadable: list[Unreadable] = []

    @classmethod
    def open(cls, paths: list[Path] | None, config: Config | None = None) -> Project:
        """Read the documents under ``paths``; exits with 2 where there are none.

        Args:
            paths: Files and folders; the present folder when empty.
            config: The configuration, where the command line changes the project's.
        """
        paths = paths or [Path()]
        root = find_root(paths[0])
        config = config or load_config(paths).config
        project = cls(Checkout(root, config), config)
        with no_collections():
            for path in find_documents(paths):
                text = path if isinstance(path, Unreadable) else read_text(path)
                if isinstance(path, Unreadable) or isinstance(text, Unreadable):
                    assert isinstance(text, Unreadable)
                    project.unreadable.append(text)
                    continue
                project.put(path, text)
        if not project.documents:
            project.report_unreadable()
            if not project.unreadable:
                where = ", ".join(map(str, paths))
                fail(Text(f"마크다운 파일이 없다: {where}", f"no markdown file in {where}"))
            raise typer.Exit(2)
        project.context = replace(project.context, documents=project.parsed)
        return project

    def put(self, path: Path, text: str) -> None:
        """Parse the text of a file, in place of what was read from there before."""
        document = build(self.files.relative(path), text, self.context.config)
        self.files.add(document)
        known = [index for index, (other, _) in enumerate(self.documents) if other == path]
        if known:
            self.documents[known[0]] = (path, document)
        else:
            self.documents.append((path, document))

    @property
    def parsed(self) -> tuple[Document, ...]:
        """The documents alone."""
        return tuple(document for _, document in self.documents)

    @property
    def config(self) -> Config:
        """The configuration."""
        return self.context.config

    def report_unreadable(self) -> None:
        """Say which files could not be read, and why."""
        for unreadable in self.unreadable:
            note(unreadable.message)


@contextmanager
def no_collections() -> Iterator[None]:
    """Keep the garbage collector from looking at millions of nodes, none of them in a circle.

    It takes two fifths of the time of 4,000 questions.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def load_config(paths: list[Path] | None) -> Loaded:
    """The configuration of the project that ``paths`` stand in; exits with 2 where it can't be read."""
    try:
        return load(find_root((paths or [Path()])[0]), NAMES)
    except ConfigError as error:
        fail(str(error))


def shown(path: Path) -> str:
    """``path`` as seen from the present folder."""
    return os.path.relpath(path)


def find_lock(project: Project, asked: Path | None, watch: Watch, *, writes: bool) -> Path:
    """Where the lock of the documents with questions is, or is to be made.

    That is the one asked for, the configured one, the nearest ``deck.lock`` from the documents' common
    folder up to the project's root, or one to be made in that folder. Exits with 2 where it would be
    made anew above an old one: the documents' common folder moves up with the first document outside
    it, and without their lock all cards would double in learners' collections.

    Args:
        project: The documents.
        asked: What ``--lock`` says.
        watch: Learns where a lock was looked for.
        writes: Whether it is to be written; who only reads it, can do without.
    """
    if asked is not None:
        watch.add(asked)
        return asked
    root = project.files.root
    folders = [Path(os.path.realpath(path.parent)) for path, document in project.documents if document.pairs]
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
        fail(
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


def now() -> int:
    """The present second; ``SOURCE_DATE_EPOCH`` where a reproducible build sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    digits = epoch.lstrip("0") or "0"
    # Counted before it is read: Python refuses to read thousands of digits.
    if not epoch.isdecimal() or len(digits) > len(str(_LAST_SECOND)) or int(digits) > _LAST_SECOND:
        value = epoch if len(epoch) <= 40 else epoch[:40] + "…"
        fail(
            Text(
                f"SOURCE_DATE_EPOCH는 1970년부터 센 초이고 {_LAST_SECOND}(9999년) 이하여야 한다: {value!r}",
                f"SOURCE_DATE_EPOCH must be a number of seconds since 1970, at most {_LAST_SECOND} "
                f"(the year 9999), not {value!r}",
            )
        )
    return int(digits)
