"""``dlcards lint`` where something has changed, or has not been said before."""

from __future__ import annotations

from pathlib import Path

from dlcards.cli.asking import Asking, ask
from dlcards.cli.output import note, writing
from dlcards.lint import baseline as baselines
from dlcards.lint.run import LintRun
from dlcards.lint.said import Memory, Said
from dlcards.model import Text, Verdict, counted
from dlcards.project.disk import Reach, write_whole
from dlcards.project.files import shown
from dlcards.project.garbage import no_collections
from dlcards.project.own_files import own_text
from dlcards.project.sources import Sources
from dlcards.project.store import Store
from dlcards.reports import FORMATS, rule_counts
from dlcards.reports.summary import Summary


class Linted:
    """The documents of a run with what was found in them.

    Args:
        sources: The documents.
        store: What earlier runs have kept, if that may be used.
        asking: How the network is asked; None where it is not.
        verdicts: What it has said; None where it was not asked yet.

    Attributes:
        faults: The bugs that documents have met.
    """

    def __init__(
        self,
        sources: Sources,
        store: Store | None,
        asking: Asking | None,
        verdicts: dict[str, Verdict] | None,
    ) -> None:
        self._sources = sources
        with no_collections():
            self._run = LintRun(sources, store)
        if asking and verdicts is None:
            verdicts = ask(self._run.addresses(), asking, sources, self._run.faults)
        self._verdicts = verdicts
        self._findings = self._run.findings(verdicts)
        self.faults = self._run.faults

    def accept(self, baseline: Path, before: bytes | None, reach: Reach) -> None:
        """Write the baseline that accepts all findings, in place of what was read from it."""
        with writing(baseline):
            write_whole(baseline, baselines.dump(self._findings).encode("utf-8"), reach, before=before)
        said, count = shown(baseline), len(self._findings)
        note(Text(f"{said}: {count}개를 받아들였다", f"{said}: accepts {counted(count, 'finding')}"))

    def say(self, memory: Memory, baseline: Path) -> Said:
        """What there is to say, in the way that ``memory`` knows; it keeps that where only files were asked.

        Args:
            memory: What earlier runs said.
            baseline: The baseline's file.
        """
        showing, accepted = memory.showing, memory.accepted
        text = None if accepted is None else own_text(accepted, baseline, baselines.REMEDY)
        entries = {} if text is None else baselines.load(text, shown(baseline))
        names = [source.document.name for source in self._sources.read]
        compared = baselines.compare(self._findings, entries, names)
        summary = Summary(self._run.facts, compared.new, compared.accepted, compared.removable, showing.width)
        render = FORMATS.get(showing.format_, rule_counts.render)
        failing = any(finding.severity.value in showing.failing for finding in compared.new)
        said = Said(render(summary, showing.language), failing)
        if not self._verdicts and not self.faults:
            memory.keep(said, self._run.asked)
        return said
