"""A rule, and what it may use besides the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from dlcards.model.config import Config
from dlcards.model.diagnostic import Diagnostic, Severity
from dlcards.model.document import Document, TextDocument
from dlcards.model.fault import Faults, Unguarded
from dlcards.model.run import Facts, Run
from dlcards.model.verdict import Verdict


class Files(Protocol):
    """What rules may know about the files of the project; paths are relative to its root."""

    def exists(self, path: PurePosixPath) -> bool:
        """Whether there is a file or folder of exactly this name, letter case included."""

    def leaves(self, path: PurePosixPath) -> bool:
        """Whether a link of exactly this name leads out of the project; to rules nothing exists there."""

    def ignored(self, path: PurePosixPath) -> bool:
        """Whether git ignores a file that is there, so that the repository has none."""

    def similar(self, path: PurePosixPath) -> PurePosixPath | None:
        """The file that differs from ``path`` only in letter case or in Unicode form."""

    def anchors(self, path: PurePosixPath) -> frozenset[str] | None:
        """The anchors of a markdown document; None where it is no readable one."""

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a file; None where there is none that can be read."""

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names of the files (no folders) in a folder, sorted; none where there is no such folder."""


class Context(NamedTuple):
    """What a rule may use besides the document.

    Attributes:
        config: The project's configuration.
        files: The project's files.
        run: The facts of all documents of the run, for what no single one shows.
        verdicts: What the link checker says of addresses; empty where it was not asked.
        faults: Where a bug of a rule is noted, so that all else goes on; one is raised where it is.
    """

    config: Config
    files: Files
    run: Run = Run()
    verdicts: Mapping[str, Verdict] = MappingProxyType({})
    faults: Faults = Unguarded()


class Across(NamedTuple):
    """The half of a rule that no single document shows.

    It knows documents by their facts alone: so they can be told by another process, or by an earlier run.

    Attributes:
        name: What the facts are kept under; rules that need the same ones share them.
        tell: What there is to say of a document, in values of JSON; nothing where that is false.
        check: Finds, for the text and the facts of one document; ``context.run`` has those of all.
    """

    name: str
    tell: Callable[[Document, Context], Any]
    check: Callable[[TextDocument, Facts, Context], Iterator[Diagnostic]]


class Rule(NamedTuple):
    """A rule: a code, a name, a severity, and the function that finds.

    ``fixable`` says whether some of its findings have a fix, ``default`` whether it is on without
    being selected, ``language`` which documents it is for: those in one language, or all where empty;
    ``across`` is what it finds that no single document shows.

    Its page (what it finds, why that hurts, how to mend it, examples) is the docstring of the
    function's module, in Korean the module's ``KO``; see :mod:`dlcards.linter.pages`.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[Document, Context], Iterator[Diagnostic]]
    fixable: bool = False
    default: bool = True
    language: str = ""
    across: Across | None = None
