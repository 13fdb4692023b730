"""Pictures of other sites for ``export``: from the cache, else from the network."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dlcards.links.check import check
from dlcards.links.settings import Settings
from dlcards.links.urls import Address
from dlcards.model import Config, Outcome, Text, Verdict, system_reason, why
from dlcards.project.caches import cache_folder
from dlcards.project.disk import read_regular, write_whole
from dlcards.project.picture_bytes import inspect

# What could be had of each picture: its bytes, or why it could not.
Remote = Mapping[Address, bytes | Text]

MOST_BYTES = 10 << 20
_MOST_SECONDS = 300.0  # for all pictures of a run
_ACCEPT = "image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
_ABSENT = Text(
    "받아 둔 그림이 없고 --offline이라 네트워크에 묻지 않았다",
    "not in the cache of pictures, and --offline keeps the network from being asked",
)


def fetch_pictures(
    addresses: Sequence[Address],
    config: Config,
    *,
    offline: bool = False,
    progress: Callable[[Verdict], None] | None = None,
    notice: Callable[[Text], None] = lambda message: None,
) -> Remote:
    """The pictures at ``addresses``, or of each the reason why it can't be had.

    What was fetched once is kept (``~/.cache/dlcards/pictures``) and not asked for again, so that the
    next deck has the same pictures, with and without a network. Asked are only addresses of the public
    internet and of ``links-allow-net``, hop by hop, for at most 10 MiB each.

    Args:
        addresses: The addresses.
        config: Which addresses may be asked.
        offline: Whether only what is kept counts.
        progress: Called for each address that was asked.
        notice: Takes what the user should know.
    """
    folder = _folder()
    found: dict[Address, bytes | Text] = {}
    for address in addresses:
        data = _kept(folder / _key(address))
        if data is not None:
            found[address] = data
        elif offline:
            found[address] = _ABSENT
    wanted = [address for address in addresses if address not in found]
    if not wanted:
        return found
    downloaded = _download(wanted, config, progress)
    try:
        _keep(folder, downloaded)
    except OSError as error:
        why_not = system_reason(error)
        notice(
            Text(
                f"{folder}: 쓸 수 없다: {why_not.ko}. 다음에 그림을 다시 받는다",
                f"{folder}: cannot be written: {why_not.en}; the next export fetches the pictures again",
            )
        )
    return {**found, **downloaded}


def _download(
    wanted: Sequence[Address], config: Config, progress: Callable[[Verdict], None] | None
) -> Remote:
    settings = Settings(
        allow_nets=config.links_allow_net,
        excluded=config.links_exclude,
        max_body=MOST_BYTES,
        max_time=_MOST_SECONDS,
        accept=_ACCEPT,
    )
    bodies: dict[Address, bytes] = {}
    cancelled = threading.Event()
    urls = [_text(address) for address in wanted]
    verdicts = check(urls, settings, progress=progress, cancelled=cancelled, keep=bodies.__setitem__)
    if cancelled.is_set():
        raise KeyboardInterrupt
    found: dict[Address, bytes | Text] = {}
    for address, verdict in zip(wanted, verdicts, strict=True):
        good = verdict.outcome in (Outcome.OK, Outcome.MOVED)
        found[address] = bodies[address] if good else why(verdict.reason, verdict)
    return found


def _kept(path: Path) -> bytes | None:
    """The whole picture in a file of the cache; None where there is none."""
    try:
        data = read_regular(path)
    except OSError:
        return None
    return data if _is_whole(data) else None


def _keep(folder: Path, pictures: Remote) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for address, data in pictures.items():
        if isinstance(data, bytes) and _is_whole(data):
            write_whole(folder / _key(address), data)


def _is_whole(data: bytes) -> bool:
    picture = inspect(data)
    return picture.format not in ("", "HTML") and picture.problem is None


def _folder() -> Path:
    return cache_folder() / "pictures"


def _key(address: Address) -> str:
    """The name of a file in the cache: a hash, since addresses may hold secrets."""
    return hashlib.sha256(_text(address).encode()).hexdigest()[:32]


def _text(address: Address) -> str:
    userinfo = f"{address.userinfo}@" if address.userinfo else ""
    return f"{address.scheme}://{userinfo}{address.authority}{address.target}"
