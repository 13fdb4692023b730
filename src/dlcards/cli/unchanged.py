"""What the last export was made of and what it said, so that one that would change nothing is not made.

Kept beside the decks in ``build/``; whoever deletes it loses nothing but time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dlcards
from dlcards.cli.watch import Watch
from dlcards.files import write_whole
from dlcards.model import LANGUAGES, Text

NAME = ".dlcards-exports.json"


class Memory:
    """The last export with the same paths and options.

    Args:
        build: The folder to keep it in.
        watch: Watches the documents; what else the export reads is added to it.
        call: The paths and options, which make one export another one's equal.
    """

    def __init__(self, build: Path, watch: Watch, call: Sequence[object]) -> None:
        self._path = build / NAME
        self._watch = watch
        code = Path(dlcards.__file__).parent
        for path in sorted(code.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                watch.add(path)
        said = json.dumps([dlcards.__version__, Path.cwd(), call], default=str)
        self._key = hashlib.sha256(said.encode()).hexdigest()[:16]

    def recall(self) -> tuple[Text, int] | None:
        """What the last export said, and its exit code; None where something has changed since."""
        entry = self._load().get(self._key)
        try:
            if entry is not None and self._watch.is_as(entry["files"]):
                return Text(*(str(entry["said"][language]) for language in LANGUAGES)), int(entry["code"])
        except (AttributeError, KeyError, TypeError, ValueError):
            pass  # written by another version: as good as nothing
        return None

    def keep(self, said: Text, code: int, written: list[Path]) -> None:
        """Remember an export by what it read and wrote; without a word where that can't be written."""
        for path in written:
            self._watch.renew(path)
        words = {language: said.in_(language) for language in LANGUAGES}
        entry = {"files": self._watch.states(), "said": words, "code": code}
        data = json.dumps({**self._load(), self._key: entry}, ensure_ascii=False).encode()
        with contextlib.suppress(OSError):
            write_whole(self._path, data)

    def _load(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
