"""What an earlier run said of the same documents, so that it can be said again.

Nothing else is loaded or read for it than the bytes of the documents, and what rules asked of other files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from dlcards.project.asked import Answers
from dlcards.project.sources import Sources
from dlcards.project.store import Store, key_of


class Said(NamedTuple):
    """What a run said.

    Attributes:
        report: What it printed.
        failing: Whether there was something among it that makes the exit code 1.
    """

    report: str
    failing: bool


class Showing(NamedTuple):
    """How findings are shown and judged.

    Attributes:
        format_: The name of a format; empty for how often each rule fires.
        language: The language to speak.
        width: How many cells of a source line to show.
        failing: The severities that make the exit code 1.
        paths: The paths of the run, as a shell would take them.
    """

    format_: str
    language: str
    width: int
    failing: tuple[str, ...]
    paths: str = ""


class Memory:
    """What earlier runs said, of which none had a file that it could not read.

    Args:
        store: Where it is kept; None to neither read nor keep anything.
        sources: The documents of this run.
        showing: How it is said.
        accepted: The bytes of the baseline; None where there is none.
    """

    def __init__(
        self, store: Store | None, sources: Sources, showing: Showing, accepted: bytes | None
    ) -> None:
        self.showing = showing
        self.accepted = accepted
        self._store = store
        self._sources = sources
        self._answers = Answers(sources.files, sources.digests)
        documents = (part for each in sources.digests.items() for part in each)
        self._key = key_of(["said", repr((sources.config, showing, accepted)), *documents])

    def recall(self) -> Said | None:
        """What was said, where it would be said again today."""
        # Without documents it is not the same run everywhere that has nothing to say.
        if not self._store or self._sources.found_unread or not self._sources.digests:
            return None
        data = self._store.get(self._key)
        if data is None:
            return None
        head, _, report = data.partition(b"\n")
        failing, asked = json.loads(head)
        return Said(report.decode("utf-8", "surrogatepass"), failing) if self._answers.are(asked) else None

    def keep(self, said: Said, asked: Iterable[tuple[str, str, str]]) -> None:
        """Remember what was said, and what was asked of the project's files for it."""
        if self._store and not self._sources.unreadable:
            head = json.dumps([said.failing, sorted(asked)], separators=(",", ":"))
            report = said.report.encode("utf-8", "surrogatepass")
            self._store.put(self._key, head.encode() + b"\n" + report)
