"""What may be wanted of a deck."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from dlcards.model import KINDS, Kind


@dataclass(frozen=True, kw_only=True)
class DeckOptions:
    """What is wanted of a deck; each default is that of ``dlcards export``.

    Attributes:
        output: The deck's file; None for ``build/NAME.apkg`` in the project.
        format: ``apkg``, ``csv`` or ``json``.
        name: The deck's name in Anki, ``::`` between levels; empty for the configuration's, else that of
            the first document with questions.
        lock: The lock's file; None for the configuration's, else the nearest ``deck.lock``.
        adopt: An earlier .apkg of the deck whose notes to keep.
        kinds: Which cards to make.
        tags: Tags for every note besides its own.
        max_image_width: Pixels that wider pictures are scaled down to; 0 for none, None for the
            configuration's.
        offline: Whether pictures of other sites are taken from the cache alone.
        cache: Whether cards of documents that have not changed may come from an earlier run.
        now: The second since 1970 that new and changed notes are stamped with; None for the present one.
    """

    output: Path | None = None
    format: str = "apkg"
    name: str = ""
    lock: Path | None = None
    adopt: Path | None = None
    kinds: Collection[Kind] = KINDS
    tags: Sequence[str] = ()
    max_image_width: int | None = None
    offline: bool = False
    cache: bool = True
    now: int | None = None
