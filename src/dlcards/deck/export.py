"""The whole way from documents to a package, without the file system's and the clock's part of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dlcards.deck.cards import RefusedCard, make_cards
from dlcards.deck.identity import Identified, identify
from dlcards.deck.media import Media
from dlcards.deck.notetypes import NoteType, question_type
from dlcards.deck.package import make_package
from dlcards.lint import RefusedPair, ValidPair, valid_pairs
from dlcards.lock import Lock
from dlcards.model import Context, Document

Track = Callable[[Sequence[ValidPair]], Iterable[ValidPair]]


@dataclass(frozen=True, slots=True)
class Export:
    """What an export came to.

    Attributes:
        package: The bytes of the .apkg.
        identified: The cards with their notes, and the lock as it must be written.
        refused: The pairs with an error in them.
        without_picture: The pairs with a picture that can't be had.
        media: How many pictures were packed.
    """

    package: bytes
    identified: Identified
    refused: tuple[RefusedPair, ...]
    without_picture: tuple[RefusedCard, ...]
    media: int


def export(
    documents: Sequence[Document],
    context: Context,
    root: Path,
    deck: str,
    lock: Lock,
    now: int,
    track: Track = lambda pairs: pairs,
) -> Export:
    """Make the package of all valid pairs.

    Args:
        documents: The documents, in the order in which their cards are to be studied.
        context: Configuration and files.
        root: The folder that picture paths start from.
        deck: The main deck's name.
        lock: The lock of the last export.
        now: The second that new and changed notes are stamped with.
        track: Watches the pairs go by, for a progress bar.
    """
    valid, refused = valid_pairs(documents, context)
    media = Media(root, context.config, context.files)
    cards, without_picture = make_cards(track(valid), context.config, media)
    note_type = question_type(context.config.language)
    identified = identify(cards, lock, {note_type.id: _content(note_type)}, deck, now)
    (mod,) = (mod for number, _, mod in identified.lock.note_types if number == note_type.id)
    return Export(
        package=make_package(deck, identified.cards, note_type, mod, media.packed),
        identified=identified,
        refused=tuple(refused),
        without_picture=tuple(without_picture),
        media=len(media.packed),
    )


def _content(note_type: NoteType) -> str:
    return json.dumps(
        [note_type.name, note_type.templates, note_type.css], ensure_ascii=False, sort_keys=True
    )
