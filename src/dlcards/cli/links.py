"""Asking the network: for ``lint``, and as ``dlcards links`` by itself."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.output import LanguageOption, fail, language_of, note, show
from dlcards.cli.project import PathsArgument, Project, shown
from dlcards.model import Config, Document, Link, Outcome, Text, Verdict, why
from dlcards.project.addresses import local_target
from dlcards.project.config import closest
from dlcards.project.files import write_whole
from dlcards.project.masking import shown as shown_url

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
_FORMATS = ("text", "json")
_STATE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Asking:
    """How the command line wants the network asked."""

    cache: Path | None
    max_time: float | None
    allow_net: Sequence[str]


def ask(project: Project, asking: Asking) -> dict[str, Verdict]:
    """The verdicts on all external addresses of a project's documents, by address.

    Says on standard error what concerns the run as a whole: no network, a damaged cache, Ctrl-C.
    """
    urls = list(dict.fromkeys(link.url for _, link in external_links(project.parsed, project.config)))
    if not urls:
        return {}
    # Not above: requests is slow to load, and an offline run needs none of it.
    from dlcards.links import Cache, Settings, check, default_path

    path = asking.cache or default_path()
    if path.resolve().is_relative_to(project.files.root):
        fail(f"--cache {shown(path)}: inside the repository; it must not be committed")
    cache = Cache(path)
    if cache.notice:
        note(cache.notice)
    config = project.config
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
    if output not in _FORMATS:
        fail(f"unknown value {output!r}{closest(output, _FORMATS)} (known: {', '.join(_FORMATS)})")
    project = Project.open(paths)
    verdicts = ask(project, Asking(cache, max_time, allow_net or ()))
    listed = [
        (document, link, verdicts[link.url])
        for document, link in external_links(project.parsed, project.config)
    ]
    show(_as_json(listed) if output == "json" else _as_text(listed, language))
    project.report_unreadable()
    broken = {verdict.url for verdict in verdicts.values() if verdict.outcome is Outcome.BROKEN}
    if state is not None:
        broken &= _remember(state, broken, verdicts)
        for url in sorted(broken):
            note(Text(f"두 번 잇달아 끊어졌다: {shown_url(url)}", f"broken twice in a row: {shown_url(url)}"))
    raise typer.Exit(2 if project.unreadable else int(bool(broken)))


def external_links(documents: Sequence[Document], config: Config) -> Iterator[tuple[Document, Link]]:
    """The links that only the network can answer, wherever they stand, a definition once.

    Paths, anchors and this repository's own addresses are answered from the checkout (L001, L002, I001).
    """
    for document in documents:
        for link in document.links:
            is_web = link.url.lower().startswith(("http:", "https:", "//"))
            if is_web and not link.by_reference and local_target(link.url, document.path, config) is None:
                yield document, link


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[Verdict], None] | None]:
    """A bar on standard error where that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda verdict: progress.advance(task)


def _as_text(listed: Sequence[tuple[Document, Link, Verdict]], language: str) -> str:
    lines = []
    for document, link, verdict in listed:
        line, column = document.position(link.url_span.start)
        because = verdict.reason or verdict.suspect
        reason = why(because, verdict).in_(language) if because else ""
        led = f" → {shown_url(verdict.final_url)}" if verdict.final_url else ""
        word = _OUTCOMES[verdict.outcome].in_(language)
        said = f" ({reason})" if reason else ""
        lines.append(f"{document.path}:{line}:{column}: {word} {shown_url(link.url)}{led}{said}")
    counts = {outcome: sum(v.outcome is outcome for _, _, v in listed) for outcome in Outcome}
    closing = " · ".join(f"{_OUTCOMES[outcome].in_(language)} {count}" for outcome, count in counts.items())
    return "\n".join([*lines, closing]) + "\n"


_OUTCOMES = {
    Outcome.OK: Text("정상", "ok"),
    Outcome.MOVED: Text("이동", "moved"),
    Outcome.BROKEN: Text("끊어짐", "broken"),
    Outcome.UNSURE: Text("미정", "unsure"),
    Outcome.SKIPPED: Text("건너뜀", "skipped"),
}


def _as_json(listed: Sequence[tuple[Document, Link, Verdict]]) -> str:
    entries = []
    for document, link, verdict in listed:
        line, column = document.position(link.url_span.start)
        entries.append(
            {
                "path": str(document.path),
                "line": line,
                "column": column,
                "url": shown_url(link.url),
                "outcome": verdict.outcome.value,
                "reason": verdict.reason,
                "status": verdict.status,
                "final_url": shown_url(verdict.final_url),
                "suspect": verdict.suspect,
                "detail": verdict.detail,
            }
        )
    return json.dumps({"version": 1, "links": entries}, ensure_ascii=False, indent=2) + "\n"


def _remember(path: Path, broken: set[str], verdicts: Mapping[str, Verdict]) -> set[str]:
    """Write what is broken now, and return what was broken the last time, too.

    The file holds hashes, no addresses. What could not be decided this time keeps its mark.
    """
    try:
        before = set(json.loads(path.read_text(encoding="utf-8"))["broken"])
    except FileNotFoundError:
        before = set()
    except (OSError, ValueError, KeyError, TypeError) as error:
        note(f"{shown(path)}: is no state file ({error}); this run starts anew")
        before = set()
    undecided = {url for url, verdict in verdicts.items() if verdict.outcome is Outcome.UNSURE}
    kept = {_hash(url) for url in broken} | {_hash(url) for url in undecided if _hash(url) in before}
    text = json.dumps({"version": _STATE_VERSION, "broken": sorted(kept)}, indent=1) + "\n"
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        fail(f"{shown(path)}: cannot be written: {error.strerror}")
    return {url for url in broken if _hash(url) in before}


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:24]
