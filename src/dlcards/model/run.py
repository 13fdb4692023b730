"""The documents of a run, as far as one may matter to another, to a report, and to the next run."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeVar

from dlcards.model.document import Reading

T = TypeVar("T")


class Facts(NamedTuple):
    """What a run keeps of a document when its nodes are gone.

    Attributes:
        path: The document's path.
        name: What the lock and the baseline call it.
        layout: Its layout; empty where no questions were found.
        layout_detected: Whether that was detected, not configured.
        readings: How the layouts read it.
        questions: How many questions it has.
        answered: How many of them have an answer that is more than a placeholder.
        is_question: Whether it has none, but its title or its name asks one.
        anchors: Everything in it that a fragment can lead to.
        told: What rules say of it to its run, by the name of :class:`dlcards.model.Across`, in values of
            JSON; what has nothing to say is left out.
    """

    path: PurePosixPath
    name: str
    layout: str
    layout_detected: bool
    readings: tuple[Reading, ...]
    questions: int
    answered: int
    is_question: bool
    anchors: frozenset[str]
    told: Mapping[str, Any]


class Run:
    """The facts of all documents of a run, in order, and what is made of them once for all."""

    def __init__(self, facts: Sequence[Facts] = ()) -> None:
        self.facts = tuple(facts)
        self._numbers = {each.path: number for number, each in enumerate(self.facts)}
        self._made: dict[Hashable, Any] = {}

    def number(self, path: PurePosixPath) -> int:
        """Which document of the run this is; the one after the last where it is none of them.

        It is told by its path: while fixes are made, its text is newer than the run's.
        """
        return self._numbers.get(path, len(self.facts))

    def with_(self, facts: Facts) -> Run:
        """This run, or one with a document more where it is none of this one's."""
        return self if facts.path in self._numbers else Run((*self.facts, facts))

    def told(self, name: str) -> list[tuple[Facts, Any]]:
        """The documents that have something to say under a name, with what they say."""
        return [(each, said) for each in self.facts if (said := each.told.get(name))]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` returned when ``key`` was asked for the first time."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made
