"""The files of a deck, in the format that was asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dlcards.cli.output import writing
from dlcards.project.files import write_whole

if TYPE_CHECKING:
    from dlcards.deck.export import Export


def write_deck(target: Path, result: Export, format_: str, deck: str, language: str) -> Path | None:
    """Write the deck, each file whole or not at all; exits with 2 where something can't be written.

    Args:
        target: The file.
        result: What to write.
        format_: One of :data:`dlcards.deck.package.formats.FORMATS`.
        deck: The main deck's name.
        language: The language of the note types' and decks' names.

    Returns:
        The folder of the pictures, where they are not in the file and there are any.
    """
    from dlcards.deck.cards.media import SUFFIXES
    from dlcards.deck.package.formats import as_csv, as_json

    cards, pictures = result.identified.cards, result.pictures
    if format_ == "apkg":
        with writing(target):
            write_whole(target, result.package)
        return None
    data = as_csv(deck, cards, language) if format_ == "csv" else as_json(deck, cards, language, pictures)
    folder = target.with_suffix(".media")
    # New pictures before the file that names them, old ones after it: it never names what is not there.
    if pictures:
        with writing(folder):
            folder.mkdir(exist_ok=True)
    for name, content in pictures.items():
        with writing(folder / name):
            write_whole(folder / name, content)
    with writing(target):
        write_whole(target, data)
    ours = re.compile(rf"dlcards-[0-9a-f]{{24}}(-\d+)?\.({'|'.join(SUFFIXES.values())})")
    for old in folder.glob("dlcards-*"):
        if old.name not in pictures and ours.fullmatch(old.name) and old.is_file():
            with writing(old):
                old.unlink()
    return folder if pictures else None
