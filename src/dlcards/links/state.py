"""What was broken the last time, for runs that only fail at what is broken twice in a row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from dlcards.model import InputError, Outcome, Text, Verdict
from dlcards.project.disk import read_regular, write_whole
from dlcards.project.files import shown, unreadable_reason, unwritable_reason

_STATE_VERSION = 1


def remember(
    path: Path, broken: set[str], verdicts: Mapping[str, Verdict], notice: Callable[[Text], None]
) -> set[str]:
    """Write what is broken now, and return what was broken the last time, too.

    The file holds hashes, no addresses. What could not be decided this time keeps its mark.

    Args:
        path: The state file; one that is none counts as none, and so is replaced.
        broken: The addresses that are broken now.
        verdicts: The verdicts on all addresses.
        notice: Takes what the user should know.

    Raises:
        InputError: The file can't be read or written.
    """
    try:
        data = read_regular(path)
    except FileNotFoundError:
        data = None
    except OSError as error:
        raise _error(path, unreadable_reason(error)) from error
    try:
        before = set(json.loads(data)["broken"]) if data is not None else set()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        said = shown(path)
        notice(
            Text(
                f"{said}: 상태 파일이 아니다({error}). 이번에 새로 시작한다",
                f"{said}: is no state file ({error}); this run starts anew",
            )
        )
        before = set()
    undecided = {url for url, verdict in verdicts.items() if verdict.outcome is Outcome.UNSURE}
    kept = {_hash(url) for url in broken} | {_hash(url) for url in undecided if _hash(url) in before}
    text = json.dumps({"version": _STATE_VERSION, "broken": sorted(kept)}, indent=1) + "\n"
    try:
        write_whole(path, text.encode("utf-8"), before=data)
    except OSError as error:
        raise _error(path, unwritable_reason(error)) from error
    return {url for url in broken if _hash(url) in before}


def _error(path: Path, why: Text) -> InputError:
    said = shown(path)
    return InputError(Text(f"{said}: {why.ko}", f"{said}: {why.en}"))


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:24]
