"""The findings of a run: each document examined by itself, or taken from an earlier run, and then all
together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath

from dlcards.linter.finding import Finding
from dlcards.linter.records import (
    Conclusion,
    Examined,
    Found,
    Record,
    Task,
    dump_conclusion,
    load,
    load_conclusion,
)
from dlcards.model import Config, Facts, Faults, TextDocument, Verdict
from dlcards.project.asked import Answers, AskedFiles
from dlcards.project.files import Checkout
from dlcards.project.sources import Sources
from dlcards.project.store import Store, digest_of, key_of

# From documents to their records, in order, as :func:`dlcards.linter.records.dump` writes them.
Examine = Callable[[Sequence[Task], Checkout, Config], Iterator[bytes]]


class LintRun:
    """The documents of a run, examined.

    Args:
        sources: The documents.
        store: What earlier runs have found; None to neither read nor keep anything. What is found with
            it is what is found without: a record counts where its document, the configuration and the
            program are the same, and the project's files would answer its questions as they did.
        in_processes: Whether other processes may be started, where that is quicker.
        examine: How documents are examined instead of that.
    """

    def __init__(
        self,
        sources: Sources,
        store: Store | None,
        *,
        in_processes: bool = True,
        examine: Examine | None = None,
    ) -> None:
        self._sources = sources
        self._examine_tasks = examine
        self._store = store
        self._in_processes = in_processes
        self._documents = [source.document for source in sources.read]
        self._config = repr(sources.config)
        self._answers = Answers(sources.files, sources.digests)
        self.faults = Faults()
        self._asked: set[tuple[str, str, str]] = set()
        self._digests: dict[PurePosixPath, str] = {}  # of the records
        self._examined: dict[PurePosixPath, Examined] = {}
        self._examine(self._documents, whole=False)
        self._examine_whole()
        for facts in self.facts:
            sources.files.add(facts.path, facts.anchors)

    @property
    def facts(self) -> list[Facts]:
        """What is known of all documents, in order."""
        return [self._examined[document.path].facts for document in self._documents]

    @property
    def asked(self) -> frozenset[tuple[str, str, str]]:
        """What was asked of the project's files so far, with the answers."""
        return frozenset(self._asked)

    def addresses(self) -> list[str]:
        """The addresses that only the network can answer, each once."""
        from dlcards.linter.rules.links.shared_verdicts import addresses

        return addresses(self.facts)

    def findings(self, verdicts: Mapping[str, Verdict] | None = None) -> list[Finding]:
        """The findings, by document and place.

        Args:
            verdicts: What the link checker says of addresses.
        """
        concluded = self._concluded(verdicts or {})
        return [
            Finding(document, code, name, diagnostic, severity)
            for number, document in enumerate(self._documents)
            for code, name, severity, diagnostic in concluded.get(
                number, self._examined[document.path].findings
            )
        ]

    def _examine(self, documents: Sequence[TextDocument], *, whole: bool) -> None:
        missing = {}
        for document in documents:
            key = key_of([self._config, str(whole), str(document.path), document.text])
            known = self._store.get(key) if self._store else None
            record = load(known) if known else None
            if known and record and self._answers.are(record.asked):
                self._take(document, known, record)
            else:
                missing[key] = Task(document, whole)
        if not missing:
            return
        # Not above: where nothing has changed no rule is loaded.
        from dlcards.linter.pool import examine_all

        examine = self._examine_tasks or partial(examine_all, in_processes=self._in_processes)
        records = examine(list(missing.values()), self._sources.files, self._sources.config)
        for (key, task), data in zip(missing.items(), records, strict=True):
            record = load(data)
            self._take(task.document, data, record)
            self.faults += record.faults
            if self._store and not record.faults:
                self._store.put(key, data)

    def _take(self, document: TextDocument, data: bytes, record: Record) -> None:
        self._examined[document.path] = record.examined
        self._digests[document.path] = digest_of(data)
        self._note(record.asked)

    def _note(self, asked: Sequence[Sequence[str]]) -> None:
        self._asked.update((question, path, answer) for question, path, answer in asked)

    def _examine_whole(self) -> None:
        """Examine the documents anew that turn out to be one question each."""
        questions = {facts.path: facts.is_question for facts in self.facts}
        if any(questions.values()):
            from dlcards.document.layouts import made_of_files

            found = made_of_files(questions)
            self._examine([document for document in self._documents if document.path in found], whole=True)

    def _concluded(self, verdicts: Mapping[str, Verdict]) -> Mapping[int, Sequence[Found]]:
        files = self._sources.files
        digests = [self._digests[document.path] for document in self._documents]
        key = key_of([self._config, "conclusion", *digests])
        store = None if verdicts else self._store  # what the network says is not kept here
        if store and (known := store.get(key)):
            conclusion = load_conclusion(known)
            if self._answers.are(conclusion.asked):
                self._note(conclusion.asked)
                return conclusion.findings
        asked = AskedFiles(files)
        findings = self._conclude(asked, verdicts)
        self._note(asked.noted())
        if store and not self.faults:
            store.put(key, dump_conclusion(Conclusion(findings, asked.noted())))
        return findings

    def _conclude(self, files: AskedFiles, verdicts: Mapping[str, Verdict]) -> dict[int, Sequence[Found]]:
        from dlcards.linter.engine import conclude
        from dlcards.model import Context, Run

        context = Context(self._sources.config, files, Run(self.facts), verdicts, self.faults)
        found: dict[int, Sequence[Found]] = {}
        for number, document in enumerate(self._documents):
            examined = self._examined[document.path]
            with self.faults.caught(document.path, "lint"):
                all_of_it = [_found(finding) for finding in conclude(document, examined, context)]
                if all_of_it != list(examined.findings):
                    found[number] = all_of_it
        return found


def _found(finding: Finding) -> Found:
    return finding.code, finding.name, finding.severity, finding.diagnostic
