"""What ``dlcards lint`` says of a folder, or of a file that was opened alone, as editors hold it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dlcards.document.build import build
from dlcards.linter import baseline as baselines
from dlcards.linter.finding import Finding
from dlcards.linter.pool import record_of
from dlcards.linter.records import Task, dump
from dlcards.linter.rules import NAMES
from dlcards.linter.run import LintRun
from dlcards.model import Config, Context, Document, Run, Text
from dlcards.project.caches import cache_folder
from dlcards.project.config import load
from dlcards.project.files import Checkout, shown
from dlcards.project.own_files import own_text, read_own
from dlcards.project.sources import Source, Sources, read_sources
from dlcards.project.store import Store


class Stale(Exception):
    """Something has changed since: what is being found out is of no use any more."""


class Known(NamedTuple):
    """What a run knows of a document that is open.

    Attributes:
        document: The document, as it was then.
        findings: What ``dlcards lint`` says of it: what a baseline accepts is left out.
        context: What rules were told of the project and the other documents.
        files: The project's files, with those in the editor as they are there.
    """

    document: Document
    findings: tuple[Finding, ...]
    context: Context
    files: Checkout


class Settled(NamedTuple):
    """What a run has come to.

    Attributes:
        known: The open documents that belong to it, by their real paths.
        sources: All its documents as texts, as they are in the editor or else on the disk.
        troubles: What could not be read, and bugs.
    """

    known: Mapping[str, Known]
    sources: tuple[Source, ...]
    troubles: tuple[Text, ...]


class Folder:
    """A folder that is open in the editor; also a single file that stands in none.

    Args:
        path: Its real path.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._store = Store(cache_folder() / "lint")  # the one of ``dlcards lint``
        self._built: dict[tuple[str, bool], tuple[Config, Document]] = {}

    def holds(self, path: str) -> bool:
        """Whether a file is the folder's."""
        return path == self.path or path.startswith(os.path.join(self.path, ""))  # noqa: PTH118

    def settle(
        self, texts: Mapping[str, str], is_stale: Callable[[], bool], paths: Sequence[str] = ()
    ) -> Settled:
        """Run ``dlcards lint`` over the folder as if everything in the editor were saved.

        Args:
            texts: What is open in the editor, by real paths.
            is_stale: Asked before each document that has to be examined.
            paths: The files to look at; the whole folder when empty.

        Raises:
            Stale: ``is_stale`` has said so.
            InputError: The configuration or the baseline can't be used.
        """
        config = load(Path(self.path), NAMES).config
        sources = read_sources([Path(path) for path in paths or (self.path,)], config, unsaved=texts)
        found = {each.document.path: each for each in sources.read}
        places = {PurePosixPath(sources.files.relative_name(real)): real for real in texts}

        def made(path: PurePosixPath, text: str, config: Config, *, whole: bool = False) -> Document:
            document = build(path, text, config, whole=whole)
            if path in places:
                self._built[places[path], whole] = config, document
            return document

        def examine(tasks: Sequence[Task], files: Checkout, config: Config) -> Iterator[bytes]:
            for task in tasks:
                if is_stale():
                    raise Stale
                yield dump(record_of(task, files, config, made))

        run = LintRun(sources, self._store, examine=examine)
        findings = run.findings()
        compared = baselines.compare(findings, _accepted(sources), [e.document.name for e in found.values()])
        own: dict[PurePosixPath, list[Finding]] = {path: [] for path in places if path in found}
        for finding in compared.new:
            if finding.document.path in own:
                own[finding.document.path].append(finding)
        facts = {each.path: each for each in run.facts}
        context = Context(config, sources.files, Run(run.facts))
        self._built = {key: kept for key, kept in self._built.items() if key[0] in texts}
        known = {}
        for path, inside in own.items():
            whole = facts[path].layout == "file" and facts[path].layout_detected
            document = self._document(places[path], found[path].document.text, path, config, whole=whole)
            known[places[path]] = Known(document, tuple(inside), context, sources.files)
        troubles = [
            *(each.message for each in sources.unreadable),
            *(fault.message for fault in dict.fromkeys(run.faults)),
        ]
        return Settled(known, sources.read, tuple(troubles))

    def _document(
        self, real: str, text: str, path: PurePosixPath, config: Config, *, whole: bool
    ) -> Document:
        """The document of a text, as it was examined or else parsed anew."""
        made_with, document = self._built.get((real, whole), (None, None))
        if document is None or document.text != text or made_with != config or document.path != path:
            document = build(path, text, config, whole=whole)
            self._built[real, whole] = config, document
        return document


def _accepted(sources: Sources) -> dict[baselines.Entry, int]:
    """What the project's baseline accepts."""
    path = sources.home / baselines.NAME
    if not os.path.lexists(path):
        return {}
    text = own_text(read_own(path, baselines.REMEDY, sources.files.reach), path, baselines.REMEDY)
    return baselines.load(text, shown(path))
