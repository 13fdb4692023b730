"""What earlier runs found out, so that a second run is quick. Holds no text of any address."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dlcards.links.fragments import Found
from dlcards.links.judge import Judgement
from dlcards.links.urls import Address, InvalidAddress, OtherScheme, parse
from dlcards.model import Outcome
from dlcards.project.caches import cache_folder, guard
from dlcards.project.disk import read_regular, write_whole
from dlcards.project.files import unreadable_reason

_HOUR = 3600.0
_DAY = 24 * _HOUR
_GOOD, _SUSPECT, _GONE = 7 * _DAY, _DAY, _HOUR
_JITTER = 0.2
_VERSION = 1
_LATEST = 1e12  # seconds; what is later was never written
_ANY = "*"
_SUSPECTS = frozenset(("", "soft-404", "parked", "to-root", "other-domain"))


def default_path(environment: Callable[[str], str | None] = os.environ.get) -> Path:
    """``links-v1.json`` in the folder of caches."""
    return cache_folder(environment) / f"links-v{_VERSION}.json"


class _Entry(NamedTuple):
    """What is kept of an address.

    Attributes:
        outcome: ``ok``, ``moved`` or ``broken``.
        status: The HTTP status.
        suspect: The hint.
        since: When it was found out, in seconds since 1970.
        until: How long it holds.
        fragments: Hashes of the fragments that were found; ``*`` for all.
        sealed: Where it moved to, readable only with the address.
    """

    outcome: str
    status: int
    suspect: str
    since: float
    until: float
    fragments: tuple[str, ...]
    sealed: str


class Cache:
    """Verdicts of earlier runs, in a file.

    Good addresses are kept for 7 days (some shorter, some longer by a fifth, so that they are not
    all asked again on one day), suspect ones for a day, and 404 and 410 for an hour, in which one
    more such answer is enough to call them broken. What is unsure is not kept, nor are addresses
    with a user name: what they show depends on it.

    Args:
        path: The file. Where it is damaged or can't be read, the cache is empty; see ``notice``.
        now: Seconds since 1970.

    Attributes:
        notice: What was wrong with the file, in words for people; empty where nothing was.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self.path = path
        self._now = now
        self._new: dict[str, _Entry] = {}
        self._entries, self.notice = _load(path)

    def get(self, address: Address, fragments: frozenset[str]) -> Judgement | None:
        """What is known of ``address``, if that answers all of ``fragments``.

        ``BROKEN`` is a doubt, to be confirmed by asking once more.
        """
        name = _key(address)
        entry = self._new.get(name) or self._entries.get(name)
        now = self._now()
        if entry is None or address.userinfo or not entry.since <= now < entry.until:
            return None
        outcome = Outcome(entry.outcome)
        if outcome is Outcome.BROKEN:
            return Judgement(outcome, "not-found", entry.status)
        if _ANY not in entry.fragments and not {_hash(f) for f in fragments}.issubset(entry.fragments):
            return None
        known = Judgement(outcome, "", entry.status, suspect=entry.suspect)
        if outcome is not Outcome.MOVED:
            return known
        final = _opened(entry.sealed, address)
        return known._replace(final=final.url, fragment=final.fragment) if final else None

    def put(self, address: Address, judgement: Judgement) -> None:
        """Keep a judgement, if it is of a kind that is kept; else forget the address."""
        name, lasts = _key(address), _lasts(judgement)
        if address.userinfo:
            return
        if not lasts:
            # A doubt that was not confirmed, a moved page that answers 503 now: not known any more.
            # Where no server said anything, what was known still is.
            if judgement.status is not None or judgement.outcome is Outcome.BROKEN:
                self._new[name] = _FORGOTTEN._replace(since=self._now())
            return
        if lasts == _GOOD:
            lasts *= 1 - _JITTER + 2 * _JITTER * (int(name[:8], 16) / 0xFFFFFFFF)
        found = judgement.fragments
        named = [_ANY] if found is None else [_hash(f) for f, there in found.items() if there is Found.YES]
        final = f"{judgement.final}#{judgement.fragment}" if judgement.fragment else judgement.final
        now = self._now()
        self._new[name] = _Entry(
            judgement.outcome.value,
            judgement.status or 0,
            judgement.suspect,
            now,
            now + lasts,
            tuple(sorted(named)),
            _sealed(final, address) if final else "",
        )

    def save(self) -> None:
        """Write what was put, together with what other runs wrote meanwhile; the newest counts.

        Raises:
            OSError: The file can't be written; the old one is untouched.
        """
        if not self._new:
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Other runs wait meanwhile; where the file system has no locks, the last one wins.
        with guard(self.path):
            merged, _ = _load(self.path)
            for name, entry in self._new.items():
                if name not in merged or merged[name].since <= entry.since:
                    merged[name] = entry
            now = self._now()
            kept = {name: entry for name, entry in sorted(merged.items()) if now < entry.until}
            write_whole(self.path, _dump(kept), mode=0o600)
        self._entries, self._new = kept, {}


_FORGOTTEN = _Entry("ok", 0, "", 0.0, 0.0, (), "")


def _lasts(judgement: Judgement) -> float:
    if judgement.outcome in (Outcome.OK, Outcome.MOVED):
        return _SUSPECT if judgement.suspect else _GOOD
    return _GONE if judgement.outcome is Outcome.BROKEN and judgement.reason == "not-found" else 0.0


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _key(address: Address) -> str:
    return _hash(address.url)


def _stream(address: Address, length: int) -> bytes:
    return hashlib.shake_256(b"dlcards moved " + address.url.encode()).digest(length)


def _sealed(final: str, address: Address) -> str:
    """``final``, so that only somebody who knows ``address`` can read it."""
    data = final.encode()
    data = zlib.crc32(data).to_bytes(4, "big") + data
    return base64.b64encode(
        bytes(a ^ b for a, b in zip(data, _stream(address, len(data)), strict=True))
    ).decode()


def _opened(sealed: str, address: Address) -> Address | None:
    try:
        data = base64.b64decode(sealed, validate=True)
        data = bytes(a ^ b for a, b in zip(data, _stream(address, len(data)), strict=True))
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
            return None
        return parse(data[4:].decode())
    except (ValueError, InvalidAddress, OtherScheme):
        return None


def _load(path: Path) -> tuple[dict[str, _Entry], str]:
    try:
        data = json.loads(read_regular(path))
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"{path}: {unreadable_reason(error).en}"
    except (ValueError, RecursionError):
        return {}, f"{path}: damaged; it is left aside"
    if (
        not isinstance(data, dict)
        or data.get("version") != _VERSION
        or not isinstance(data.get("links"), dict)
    ):
        return {}, f"{path}: no cache of links; it is left aside"
    entries = {name: _entry(value) for name, value in data["links"].items()}
    good = {name: entry for name, entry in entries.items() if entry}
    return good, "" if len(good) == len(entries) else f"{path}: damaged in parts; those are left aside"


def _entry(value: Any) -> _Entry | None:
    match value:
        case [
            "ok" | "moved" | "broken" as outcome,
            int(status),
            str(suspect),
            int(since) | float(since),
            int(until) | float(until),
            [*fragments],
            str(sealed),
        ] if (
            abs(since) < _LATEST
            and suspect in _SUSPECTS
            and since <= until <= since + 2 * _GOOD
            and all(isinstance(each, str) for each in fragments)
        ):
            return _Entry(outcome, status, suspect, since, until, tuple(fragments), sealed)
    return None


def _dump(entries: Mapping[str, _Entry]) -> bytes:
    links = {
        name: [e.outcome, e.status, e.suspect, e.since, e.until, e.fragments, e.sealed]
        for name, e in entries.items()
    }
    return json.dumps({"version": _VERSION, "links": links}, separators=(",", ":")).encode()
