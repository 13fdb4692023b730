"""What hurts a reader or a learner in some documents."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dlcards.api.read import open_sources
from dlcards.linter.finding import Finding
from dlcards.linter.run import LintRun
from dlcards.model import Config, Facts, Faults, Verdict
from dlcards.project.caches import cache_folder
from dlcards.project.files import Unreadable
from dlcards.project.sources import Sources
from dlcards.project.store import Store

# What the network says of addresses.
Ask = Callable[[Sequence[str], Faults], Mapping[str, Verdict]]


class Report(NamedTuple):
    """What a run of the linter found.

    Attributes:
        findings: By document and place.
        documents: What is known of each document: how many questions it has, how many are answered.
        verdicts: What the network said of addresses; empty where it was not asked.
        unreadable: What could not be read, and why.
        faults: The bugs of dlcards that documents have met; what they touched was left out.
        asked: What was asked of the project's files, with the answers: for whoever keeps the report.
    """

    findings: Sequence[Finding]
    documents: Sequence[Facts]
    verdicts: Mapping[str, Verdict]
    unreadable: Sequence[Unreadable]
    faults: Faults
    asked: frozenset[tuple[str, str, str]]


def lint(
    *paths: str | os.PathLike[str], config: Config | None = None, network: bool = False, cache: bool = True
) -> Report:
    """Find what hurts a reader or a learner.

    As ``dlcards lint`` finds it, but that no baseline is read: the findings are all that there are. The files
    are left as they are, and no other process is started.

    Args:
        paths: Files and folders, as in :func:`dlcards.read`.
        config: The configuration; None for that of the project that the first path stands in.
        network: Whether addresses are asked whether they still lead anywhere, which may take minutes.
        cache: Whether findings on documents that have not changed may come from an earlier run, and are
            kept for the next one (in the user's cache folder).

    Raises:
        InputError: There is no document, or the configuration can't be used.
    """
    sources = open_sources(paths, config)
    store = Store(cache_folder() / "lint") if cache else None
    ask = (lambda addresses, faults: _ask(addresses, faults, sources.config)) if network else None
    return lint_sources(sources, store, ask, in_processes=False)


def lint_sources(sources: Sources, store: Store | None, ask: Ask | None, *, in_processes: bool) -> Report:
    """The findings on documents that were read.

    Args:
        sources: The documents.
        store: What earlier runs have kept, if that may be used.
        ask: Asks the network; None where it is not to be asked.
        in_processes: Whether other processes may be started, where that is quicker.
    """
    run = LintRun(sources, store, in_processes=in_processes)
    addresses = run.addresses() if ask else []
    verdicts = ask(addresses, run.faults) if ask and addresses else {}
    findings = run.findings(verdicts)
    return Report(findings, run.facts, verdicts, sources.unreadable, run.faults, run.asked)


def _ask(addresses: Sequence[str], faults: Faults, config: Config) -> dict[str, Verdict]:
    # Not above: requests is slow to load, and who asks no network needs none of it.
    from dlcards.links import Cache, Settings, check, default_path

    cache = Cache(default_path())
    settings = Settings(allow_nets=config.links_allow_net, excluded=config.links_exclude)
    verdicts = check(addresses, settings, cache=cache, faults=faults)
    with contextlib.suppress(OSError):  # the next run asks all again
        cache.save()
    return dict(zip(addresses, verdicts, strict=True))
