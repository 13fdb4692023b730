"""The files of a deck, in the format that was asked for."""

from __future__ import annotations

import re
from pathlib import Path

from dlcards.deck.cards.media import SUFFIXES
from dlcards.deck.export import Export
from dlcards.deck.package.formats import as_csv, as_json
from dlcards.project.disk import Reach, make_folder, remove, write_whole


def write_deck(target: Path, result: Export, format_: str, deck: str) -> Path | None:
    """Write the deck, each file whole or not at all.

    Args:
        target: The file.
        result: What to write.
        format_: One of :data:`dlcards.deck.package.formats.FORMATS`.
        deck: The main deck's name.

    Returns:
        The folder of the pictures, where they are not in the file and there are any.
    """
    cards, pictures = result.identified.cards, result.pictures
    if format_ == "apkg":
        write_whole(target, result.package)
        return None
    if format_ == "csv":
        data = as_csv(deck, cards)
    else:
        data = as_json(deck, cards, result.language, pictures, result.description)
    folder, beside = target.with_suffix(".media"), Reach.of(target.parent)
    # New pictures before the file that names them, old ones after it: it never names what is not there.
    if pictures:
        make_folder(folder, beside)
    for name, content in pictures.items():
        write_whole(folder / name, content, beside)
    write_whole(target, data)
    ours = re.compile(rf"dlcards-[0-9a-f]{{24}}(-\d+)?\.({'|'.join(SUFFIXES.values())})")
    for old in folder.glob("dlcards-*"):
        if old.name not in pictures and ours.fullmatch(old.name) and old.is_file():
            remove(old, beside)
    return folder if pictures else None
