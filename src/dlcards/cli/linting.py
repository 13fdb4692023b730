"""``dlcards lint`` where something has changed, or has not been said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dlcards.api.lint import Report, lint_sources
from dlcards.cli.asking import Asking, ask
from dlcards.cli.garbage import no_collections
from dlcards.cli.output import note
from dlcards.linter import baseline as baselines
from dlcards.linter.finding import Finding
from dlcards.linter.said import Memory, Said
from dlcards.model import Faults, Text, Verdict, counted
from dlcards.project.disk import Reach, write_whole
from dlcards.project.files import shown
from dlcards.project.own_files import own_text
from dlcards.project.sources import Sources
from dlcards.project.store import Store
from dlcards.project.writing import writing
from dlcards.reports import FORMATS, rule_counts
from dlcards.reports.summary import Summary


def find(
    sources: Sources, store: Store | None, asking: Asking | None, verdicts: Mapping[str, Verdict] | None
) -> Report:
    """What the rules find in documents.

    Args:
        sources: The documents.
        store: What earlier runs have kept, if that may be used.
        asking: How the network is asked; None where it is not.
        verdicts: What it has said; None where it was not asked yet.
    """

    def told(addresses: Sequence[str], faults: Faults) -> Mapping[str, Verdict]:
        assert asking
        return ask(addresses, asking, sources, faults) if verdicts is None else verdicts

    with no_collections():
        return lint_sources(sources, store, told if asking else None, in_processes=True)


def accept(findings: Sequence[Finding], baseline: Path, before: bytes | None, reach: Reach) -> None:
    """Write the baseline that accepts all findings, in place of what was read from it."""
    with writing(baseline):
        write_whole(baseline, baselines.dump(findings).encode("utf-8"), reach, before=before)
    said, count = shown(baseline), len(findings)
    note(Text(f"{said}: {count}개를 받아들였다", f"{said}: accepts {counted(count, 'finding')}"))


def say(report: Report, sources: Sources, memory: Memory, baseline: Path) -> Said:
    """What there is to say, in the way that ``memory`` knows; it keeps that where only files were asked.

    Args:
        report: What was found.
        sources: In which documents.
        memory: What earlier runs said.
        baseline: The baseline's file.
    """
    showing, accepted = memory.showing, memory.accepted
    text = None if accepted is None else own_text(accepted, baseline, baselines.REMEDY)
    entries = {} if text is None else baselines.load(text, shown(baseline))
    names = [source.document.name for source in sources.read]
    compared = baselines.compare(report.findings, entries, names)
    summary = Summary(
        report.documents, compared.new, compared.accepted, compared.removable, showing.width, showing.paths
    )
    render = FORMATS.get(showing.format_, rule_counts.render)
    failing = any(finding.severity.value in showing.failing for finding in compared.new)
    said = Said(render(summary, showing.language), failing)
    if not report.verdicts and not report.faults:
        memory.keep(said, report.asked)
    return said
