"""What was broken the last time, for runs that only fail at what is broken twice in a row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from dlcards.model import InputError, Outcome, Text, Verdict
from dlcards.project.disk import write_whole
from dlcards.project.files import shown, unwritable_reason
from dlcards.project.own_files import own_text, read_own

_STATE_VERSION = 1


class Remembered(NamedTuple):
    """Addresses that were broken the last time, by what they are now.

    Attributes:
        broken: Broken again.
        undecided: What could not be decided now, so that they are not known to be mended.
    """

    broken: set[str]
    undecided: set[str]


def remember(
    path: Path, broken: set[str], verdicts: Mapping[str, Verdict], notice: Callable[[Text], None]
) -> Remembered:
    """Write what is broken now, and return what was broken the last time.

    The file holds hashes, no addresses. What could not be decided this time keeps its mark.

    Args:
        path: The state file; one that is none counts as none, and so is replaced.
        broken: The addresses that are broken now.
        verdicts: The verdicts on all addresses.
        notice: Takes what the user should know.

    Raises:
        InputError: The file can't be read or written.
    """
    remedy = Text("다른 파일을 준다: --state", "name another file: --state")
    try:
        data = read_own(path, remedy)
    except FileNotFoundError:
        data = None
    try:
        before = set() if data is None else _load(own_text(data, path, remedy))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        said, why = shown(path), " ".join(str(error).split())[:200]
        notice(
            Text(
                f"{said}: 상태 파일이 아니다({why}). 이번에 새로 시작한다",
                f"{said}: is no state file ({why}); this run starts anew",
            )
        )
        before = set()
    unsure = {url for url, verdict in verdicts.items() if verdict.outcome is Outcome.UNSURE}
    again = Remembered(*({url for url in urls if _hash(url) in before} for urls in (broken, unsure)))
    kept = sorted({_hash(url) for url in broken | again.undecided})
    text = json.dumps({"version": _STATE_VERSION, "broken": kept}, indent=1) + "\n"
    try:
        write_whole(path, text.encode("utf-8"), before=data)
    except OSError as error:
        said, why_not = shown(path), unwritable_reason(error)
        message = Text(
            f"{said}: {why_not.ko}. 있는 폴더의 파일을 준다: --state",
            f"{said}: {why_not.en}; name a file in a folder that is there: --state",
        )
        raise InputError(message) from error
    return again


def _load(text: str) -> set[str]:
    broken = json.loads(text)["broken"]
    if not isinstance(broken, list) or not all(isinstance(each, str) for each in broken):
        raise TypeError("broken must be a list of hashes")
    return set(broken)


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:24]
