"""Asking the network: for ``lint``, and as ``dlcards links`` by itself."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dlcards.cli.arguments import PathsArgument, open_sources, report_unreadable
from dlcards.cli.output import LanguageOption, fail, language_of, note, one_of, progress_bar, show
from dlcards.links.state import remember
from dlcards.model import Outcome, Text, Verdict
from dlcards.project.addresses import external_links
from dlcards.project.files import shown
from dlcards.project.masking import shown as shown_url
from dlcards.project.project import Project
from dlcards.project.sources import Sources
from dlcards.reports.links import FORMATS

CacheOption = Annotated[
    Path | None, typer.Option("--cache", help="Where verdicts are kept. Default: the user's cache folder.")
]
MaxTimeOption = Annotated[
    float | None, typer.Option("--max-time", help="Seconds for all links; the rest is undecided.")
]
AllowNetOption = Annotated[
    list[str] | None,
    typer.Option("--allow-net", help="A network (CIDR) to ask though it is not public."),
]


class Asking(NamedTuple):
    """How the command line wants the network asked."""

    cache: Path | None
    max_time: float | None
    allow_net: Sequence[str]


def ask(urls: Sequence[str], asking: Asking, sources: Sources) -> dict[str, Verdict]:
    """The verdicts on addresses, by address.

    Says on standard error what concerns the run as a whole: no network, a damaged cache, Ctrl-C.

    Args:
        urls: The addresses, each once.
        asking: How the command line wants them asked.
        sources: The documents that they stand in.
    """
    if not urls:
        return {}
    # Not above: requests is slow to load, and an offline run needs none of it.
    from dlcards.links import Cache, Settings, check, default_path

    path = asking.cache or default_path()
    if path.resolve().is_relative_to(sources.files.root):
        fail(f"--cache {shown(path)}: inside the repository; it must not be committed")
    cache = Cache(path)
    if cache.notice:
        note(cache.notice)
    config = sources.config
    settings = Settings(
        allow_nets=(*config.links_allow_net, *asking.allow_net),
        excluded=config.links_exclude,
        max_time=asking.max_time,
    )
    cancelled = threading.Event()
    try:
        with progress_bar(len(urls)) as progress:
            verdicts = check(urls, settings, cache=cache, progress=progress, cancelled=cancelled)
    except ValueError as error:
        fail(f"--allow-net: {error}")
    try:
        cache.save()
    except OSError as error:
        note(f"{path}: cannot be written: {error.strerror}; the next run asks all again")
    offline = sum(verdict.reason == "offline" for verdict in verdicts)
    if offline:
        note(
            Text(
                f"네트워크가 없어 링크 {offline}개를 검사하지 못했다",
                f"no network: {offline} links not checked",
            )
        )
    if cancelled.is_set():
        done = sum(verdict.reason != "budget" for verdict in verdicts)
        note(
            Text(
                f"멈추었다. 주소 {len(urls)}개 가운데 {done}개를 검사했고 아는 것은 남겨 두었다",
                f"interrupted: {done} of {len(urls)} addresses checked; what is known is kept",
            )
        )
    return dict(zip(urls, verdicts, strict=True))


def links(
    paths: PathsArgument = None,
    output: Annotated[str, typer.Option("--format", help="How to show them: text or json.")] = "text",
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
    sources = open_sources(paths)
    project = Project.of(sources)
    urls = list(dict.fromkeys(address for _, _, address in external_links(project.parsed, project.config)))
    verdicts = ask(urls, Asking(cache, max_time, allow_net or ()), sources)
    listed = [
        (document, link, verdicts[address])
        for document, link, address in external_links(project.parsed, project.config)
    ]
    show(FORMATS[output](listed, language))
    report_unreadable(project.unreadable)
    broken = {verdict.url for verdict in verdicts.values() if verdict.outcome is Outcome.BROKEN}
    if state is not None:
        broken &= remember(state, broken, verdicts, note)
        for url in sorted(broken):
            note(Text(f"두 번 잇달아 끊어졌다: {shown_url(url)}", f"broken twice in a row: {shown_url(url)}"))
    raise typer.Exit(2 if project.unreadable else int(bool(broken)))
