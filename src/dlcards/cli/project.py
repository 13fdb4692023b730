"""The documents that a command works on, read and parsed."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.output import fail, note
from dlcards.config import ConfigError, Loaded, load
from dlcards.document import build
from dlcards.files import Checkout, Unreadable, find_documents, find_root, read_text
from dlcards.model import Config, Context, Document, Text

PathsArgument = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders; this folder when none is given.")
]


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
        return load(find_root((paths or [Path()])[0]))
    except ConfigError as error:
        fail(str(error))


def shown(path: Path) -> str:
    """``path`` as seen from the present folder."""
    return os.path.relpath(path)


def common_folder(project: Project) -> Path:
    """The folder that all documents with questions stand in, where their lock is."""
    return Path(
        os.path.commonpath(
            [os.path.realpath(path.parent) for path, document in project.documents if document.pairs]
        )
    )


def now() -> int:
    """The present second; ``SOURCE_DATE_EPOCH`` where a reproducible build sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdecimal():
        fail(f"SOURCE_DATE_EPOCH must be a number of seconds, not {epoch!r}")
    return int(epoch) if epoch else int(time.time())
