"""What may be wanted of a deck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dlcards.model import KINDS, Kind


@dataclass(frozen=True, kw_only=True)
class DeckOptions:
    """What is wanted of a deck: the arguments of :func:`dlcards.export`, each with its default."""

    output: Path | None = None
    format: str = "apkg"
    name: str = ""
    lock: Path | None = None
    adopt: Path | None = None
    cloze: bool = True
    follow_ups: bool = True
    tags: Sequence[str] = ()
    max_image_width: int | None = None
    offline: bool = False
    cache: bool = True
    now: int | None = None

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of cards to make, in their order."""
        made = {"question": True, "cloze": self.cloze, "follow-up": self.follow_ups}
        return [kind for kind in KINDS if made[kind]]
