"""``dlcards links``: every address with its verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.arguments import PathsArgument, open_sources, parse, report_unreadable
from dlcards.cli.asking import AllowNetOption, CacheOption, MaxTimeOption, ask, asking_of
from dlcards.cli.output import LanguageOption, language_of, note, one_of, show
from dlcards.links.state import remember
from dlcards.model import Document, Link, Outcome, Text
from dlcards.project.addresses import external_links
from dlcards.project.masking import shown as shown_url
from dlcards.reports.links import FORMATS


def links(
    paths: PathsArgument = None,
    output: Annotated[
        str,
        typer.Option(
            "--format",
            help="How to show them: text or json; issue: those that are broken (twice with --state), as an "
            "issue's text, or nothing.",
        ),
    ] = "text",
    cache: CacheOption = None,
    max_time: MaxTimeOption = None,
    allow_net: AllowNetOption = None,
    state: Annotated[
        Path | None,
        typer.Option("--state", help="A file of what was broken; only what was so last time, too, fails."),
    ] = None,
    lang: LanguageOption = "",
) -> None:
    """List every address with its verdict. Exit code: 1 when one is broken, or twice with --state."""
    language = language_of(lang)
    one_of(output, FORMATS)
    asking = asking_of(cache, max_time, allow_net)
    sources = open_sources(paths)
    project = parse(sources)
    found: list[tuple[Document, Link, str]] = []
    for document in project.documents:
        with project.context.faults.caught(document.path, "links"):
            found += external_links([document], project.config)
    urls = list(dict.fromkeys(address for _, _, address in found))
    verdicts = ask(urls, asking, sources, project.context.faults)
    listed = [(document, link, verdicts[address]) for document, link, address in found]
    broken = {verdict.url for verdict in verdicts.values() if verdict.outcome is Outcome.BROKEN}
    undecided: set[str] = set()
    if state is not None:
        broken, undecided = remember(state, broken, verdicts, note)
    if output == "issue":
        listed = [each for each in listed if each[2].url in broken | undecided]
    show(FORMATS[output](listed, language))
    unread = report_unreadable(project.unreadable, project.faults)
    for url in sorted(broken) if state is not None else ():
        note(Text(f"두 번 잇달아 끊어졌다: {shown_url(url)}", f"broken twice in a row: {shown_url(url)}"))
    raise typer.Exit(unread or int(bool(broken)))
