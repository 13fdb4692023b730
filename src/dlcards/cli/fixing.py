"""``dlcards lint --fix`` and ``--diff``: documents mended, or shown as they would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dlcards.cli.arguments import parse
from dlcards.cli.asking import Asking, ask
from dlcards.cli.output import note, show
from dlcards.linter.engine import run_of
from dlcards.linter.fixes import fix
from dlcards.linter.rules.links.shared_verdicts import addresses
from dlcards.model import Context, Fault, Text, Verdict
from dlcards.project.files import Unreadable
from dlcards.project.project import Project
from dlcards.project.sources import Sources
from dlcards.reports.diff import unified_diff


class Mended(NamedTuple):
    """What there is to know once documents are mended.

    Attributes:
        verdicts: What the link checker said of their addresses.
        unwritten: Those that could not be written.
        faults: The bugs that they have met.
    """

    verdicts: dict[str, Verdict]
    unwritten: Sequence[Unreadable]
    faults: list[Fault]


def mend(sources: Sources, asking: Asking | None) -> Mended:
    """Apply the fixes of documents, in their files."""
    project, context = _parsed(sources, asking)
    read = len(project.unreadable)
    for path, document in list(project.read):
        with context.faults.caught(document.path, "--fix"):
            fixed = fix(document.path, document.text, context)
            if fixed.refused:
                said, count = document.path, fixed.refused
                note(
                    Text(
                        f"{said}: 페이지가 하는 말이 달라질 고침 {count}개는 하지 않았다",
                        f"{said}: dropped {count} fixes that would change what the page says",
                    )
                )
            if fixed.text != document.text:
                project.write(path, document.text, fixed.text)
    return Mended(dict(context.verdicts), project.unreadable[read:], context.faults)


def show_fixes(sources: Sources, asking: Asking | None) -> list[Fault]:
    """Show what :func:`mend` would change; the bugs that documents have met."""
    project, context = _parsed(sources, asking)
    for document in project.documents:
        with context.faults.caught(document.path, "--diff"):
            show(unified_diff(document, fix(document.path, document.text, context).text))
    return context.faults


def _parsed(sources: Sources, asking: Asking | None) -> tuple[Project, Context]:
    project = parse(sources)
    run = run_of(project.documents, project.context)
    verdicts = ask(addresses(run.facts), asking, sources, project.context.faults) if asking else {}
    return project, project.context._replace(run=run, verdicts=verdicts)
