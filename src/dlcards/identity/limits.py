"""How much is read of what comes from elsewhere, and what ends its reading."""

from __future__ import annotations

from typing import NamedTuple

from dlcards.model import Text


class Limits(NamedTuple):
    """How much of a package, or of a collection, is read.

    Attributes:
        listing: Bytes of an archive's list of files, and of a package's list of media.
        whole: Bytes of all files in an archive, unpacked.
        database: Bytes of the unpacked database; of a package in an archive.
        value: Bytes of any value in it: a note's fields, all note types.
        notes: How many notes; how many fields and templates of note types.
        steps: How many steps SQLite's machine makes for one query; some ten a note.
    """

    listing: int = 8 << 20
    whole: int = 8 << 30
    database: int = 1 << 30
    value: int = 16 << 20
    notes: int = 500_000
    steps: int = 50_000_000


class Refused(Exception):
    """Why a package or a collection is refused, in both languages, for whoever knows its name."""

    def __init__(self, ko: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(ko, en)
