"""Asking the network: how the command line wants it done, and doing it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dlcards.cli.output import fail, note, progress_bar
from dlcards.model import Faults, Text, Verdict, counted, system_reason
from dlcards.project.files import shown
from dlcards.project.sources import Sources

CacheOption = Annotated[
    Path | None, typer.Option("--cache", help="Where verdicts are kept. Default: the user's cache folder.")
]
MaxTimeOption = Annotated[
    float | None, typer.Option("--max-time", min=0, help="Seconds for all links; the rest is undecided.")
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


def asking_of(cache: Path | None, max_time: float | None, allow_net: Sequence[str] | None) -> Asking:
    """What the options say; ends the program where one of ``allow_net`` is no network."""
    import ipaddress  # not above: few command lines name a network

    for network in allow_net or ():
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError as error:
            fail(
                Text(
                    f"--allow-net: 네트워크가 아니다({error}). 이렇게 적는다: 10.0.0.0/8",
                    f"--allow-net: no network ({error}); write it as in 10.0.0.0/8",
                )
            )
    return Asking(cache, max_time, allow_net or ())


def ask(urls: Sequence[str], asking: Asking, sources: Sources, faults: Faults) -> dict[str, Verdict]:
    """The verdicts on addresses, by address.

    Says on standard error what concerns the run as a whole: no network, a damaged cache, Ctrl-C.

    Args:
        urls: The addresses, each once.
        asking: How the command line wants them asked.
        sources: The documents that they stand in.
        faults: Takes the bugs that addresses meet.
    """
    if not urls:
        return {}
    # Not above: requests is slow to load, and an offline run needs none of it.
    from dlcards.links import Cache, Settings, check, default_path

    path = asking.cache or default_path()
    if path.resolve().is_relative_to(sources.files.root):
        said = shown(path)
        fail(
            Text(
                f"--cache {said}: 저장소 안이다. 커밋되지 않게 저장소 밖의 파일을 준다",
                f"--cache {said}: inside the repository, where it may be committed; name a file outside",
            )
        )
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
    with progress_bar(len(urls), Text("링크", "links")) as progress:
        verdicts = check(urls, settings, cache=cache, progress=progress, cancelled=cancelled, faults=faults)
    try:
        cache.save()
    except OSError as error:
        said, why = shown(path), system_reason(error)
        note(
            Text(
                f"{said}: 쓸 수 없다: {why.ko}. 다음 실행은 모두 다시 묻는다",
                f"{said}: cannot be written: {why.en}; the next run asks all again",
            )
        )
    offline = sum(verdict.reason == "offline" for verdict in verdicts)
    if offline:
        note(
            Text(
                f"네트워크가 없어 링크 {offline}개를 검사하지 못했다",
                f"no network: {counted(offline, 'link')} not checked",
            )
        )
    if cancelled.is_set():
        done = sum(verdict.reason != "budget" for verdict in verdicts)
        note(
            Text(
                f"멈추었다. 주소 {len(urls)}개 가운데 {done}개를 검사했고 아는 것은 남겨 두었다",
                f"interrupted: {done} of {counted(len(urls), 'address')} checked; what is known is kept",
            )
        )
    return dict(zip(urls, verdicts, strict=True))
