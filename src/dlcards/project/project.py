"""The documents of a run, read and parsed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dlcards.document.build import build
from dlcards.document.layouts import is_one_question, made_of_files
from dlcards.model import Config, Context, Document, Fault, Faults
from dlcards.project.disk import write_whole
from dlcards.project.files import Checkout, Unreadable, unwritable_reason
from dlcards.project.sources import Sources


class Project:
    """The documents of a run.

    Attributes:
        files: The checkout that they stand in.
        context: What rules may use.
        read: The documents with the paths they were read from.
        unreadable: What could not be read.
    """

    def __init__(self, files: Checkout, config: Config) -> None:
        self.files = files
        self.context = Context(config, files, faults=Faults())
        self.read: list[tuple[Path, Document]] = []
        self.unreadable: list[Unreadable] = []

    @classmethod
    def of(cls, sources: Sources) -> Project:
        """Parse documents that were read."""
        project = cls(sources.files, sources.config)
        project.unreadable += sources.unreadable
        for path, document in sources.read:
            with project.context.faults.caught(document.path, "read"):
                project.put(path, document.text)
        asking = {}
        for parsed in project.documents:
            with project.context.faults.caught(parsed.path, "read"):
                asking[parsed.path] = is_one_question(parsed)
        whole = made_of_files(asking)
        for path, parsed in tuple(project.read) if whole else ():
            if parsed.path in whole:
                with project.context.faults.caught(parsed.path, "read"):
                    project.put(path, parsed.text, whole=True)
        return project

    def put(self, path: Path, text: str, *, whole: bool = False) -> None:
        """Parse the text of a file, in place of what was read from there before.

        Args:
            path: The file.
            text: Its text.
            whole: Whether it is one question as a whole; one that was stays so.
        """
        known = [index for index, (other, _) in enumerate(self.read) if other == path]
        if known:
            before = self.read[known[0]][1]
            whole = whole or (before.layout == "file" and before.layout_detected)
        document = build(self.files.relative(path), text, self.context.config, whole=whole)
        self.files.add(document.path, document.anchors)
        if known:
            self.read[known[0]] = (path, document)
        else:
            self.read.append((path, document))

    def write(self, path: Path, before: str, text: str) -> bool:
        """Write the text of a file in place of what was read from it, and parse it.

        Returns:
            Whether it could be written; else it counts as unreadable.
        """
        try:
            write_whole(path, text.encode("utf-8"), self.files.reach, before=before.encode("utf-8"))
        except OSError as error:
            self.unreadable.append(Unreadable(str(path), unwritable_reason(error)))
            return False
        else:
            self.put(path, text)
            return True

    @property
    def faults(self) -> Sequence[Fault]:
        """The bugs that documents have met so far."""
        return self.context.faults

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents alone."""
        return tuple(document for _, document in self.read)

    @property
    def home(self) -> Path:
        """The folder that the configuration stands in: where the project's own files go."""
        return self.files.root / self.config.home

    @property
    def config(self) -> Config:
        """The configuration."""
        return self.context.config
