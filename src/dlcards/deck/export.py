"""The whole way from documents to a package, without the file system's and the clock's part of it."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from dlcards.deck.cards.make import RefusedCard
from dlcards.deck.cards.media import Fetch, Media
from dlcards.deck.description import description
from dlcards.deck.drafts import Draft, Outcome, Wanted, settle
from dlcards.deck.languages import switched, with_languages
from dlcards.deck.package.apkg import make_package
from dlcards.deck.package.notetypes import NoteType, note_type
from dlcards.identity.identify import Identified, identify, question_key, with_note_types
from dlcards.identity.key import Key
from dlcards.identity.lock import Lock
from dlcards.identity.matching import same_question
from dlcards.linter.engine import RefusedPair, ValidPair
from dlcards.model import KINDS, Config, Context, Kind, Text
from dlcards.project.hosting import Pages, source_of

Track = Callable[[Sequence[ValidPair]], Iterable[ValidPair]]


class Export(NamedTuple):
    """What an export came to.

    Attributes:
        package: The bytes of the .apkg.
        identified: The cards with their notes, and the lock as it must be written.
        language: The language of the deck as a whole: the configured one, else that of most cards.
        switched: How many notes of the lock have another note type than before, as their language changed.
        refused: The pairs with an error in them.
        unmade: The pairs with a picture that can't be had, or with words that their cards would lose.
        media: How many pictures were packed.
        pictures: The pictures by their names in the package.
        unscaled: The pictures that were left wider than the configuration wants, and why.
        description: What the deck says of itself, as HTML.
        pages: The repository's pages on the web, as ordered.
    """

    package: bytes
    identified: Identified
    language: str
    switched: int
    refused: tuple[RefusedPair, ...]
    unmade: tuple[RefusedCard, ...]
    media: int
    pictures: Mapping[str, bytes]
    unscaled: Mapping[str, Text]
    description: str
    pages: Pages | None


class Order(NamedTuple):
    """What deck is wanted.

    Attributes:
        deck: The main deck's name.
        lock: The lock of the last export.
        now: The second that new and changed notes are stamped with.
        kinds: Which kinds of cards to make.
        tags: Tags for every card besides its own.
        is_published: Whether others may have the notes of the lock. If so, they keep their note types,
            whatever language is configured now.
        pages: The repository's pages on the web; None where they are not known.
    """

    deck: str
    lock: Lock
    now: int
    kinds: Collection[Kind] = KINDS
    tags: Sequence[str] = ()
    is_published: bool = True
    pages: Pages | None = None


def export(
    drafts: Sequence[Draft],
    context: Context,
    root: Path,
    order: Order,
    *,
    track: Track = lambda pairs: pairs,
    fetch: Fetch = lambda addresses: {},
    read: Iterable[str] = (),
) -> Export:
    """Make the package of all valid pairs.

    Args:
        drafts: The documents, in the order in which their cards are to be studied.
        context: Configuration and files.
        root: The folder that picture paths start from.
        order: What deck is wanted.
        track: Watches the pairs go by that cards are made of, for a progress bar.
        fetch: Gets the pictures of other sites.
        read: The names of documents that were read, too, and hold no questions.
    """
    wanted = Wanted(order.kinds, order.tags)
    drafts = settle(drafts, wanted, context.faults)
    valid = [draft.valid() for draft in drafts]
    addresses = list(dict.fromkeys(address for draft in drafts for address in draft.remote))
    media = Media(root, context.config, context.files, fetch(addresses) if addresses else {})
    passing = iter(track([pair for pairs in valid for pair in pairs]))
    done: list[tuple[Draft, Outcome]] = []
    for draft, pairs in zip(drafts, valid, strict=True):
        own, packed = islice(passing, len(pairs)), set(media.packed)
        with context.faults.caught(draft.document.path, "export"):
            done.append((draft, draft.outcome(own, media, wanted)))
        if not (done and done[-1][0] is draft):  # a bug: the document is as one that was not read
            media.forget(packed)
            deque(own, maxlen=0)
    drafts, outcomes = [draft for draft, _ in done], [outcome for _, outcome in done]
    next(passing, None)  # a progress bar ends with what it tracks
    cards = [card for outcome in outcomes for card in outcome.cards]
    absent = [key for outcome in outcomes for key in outcome.absent]
    read = {*read, *(draft.document.name for draft in drafts)}
    before = with_languages(order.lock, {*_languages(context.config), *(card.language for card in cards)})
    held = before if order.is_published else switched(before, context.config)
    questions = [*(question_key(card) for card in cards if card.kind == "question"), *absent]
    lock, unread = _follow_documents(held, read, questions, context)
    found = identify(cards, lock, order.deck, order.now, order.kinds, absent, unread)
    types = {kind.id: kind for kind in (note_type(e.card.kind, e.language) for e in found.cards)}
    contents = {number: _content(kind) for number, kind in types.items()}
    paths = {name: context.config.from_home(name) for name in dict.fromkeys(card.document for card in cards)}
    identified = found._replace(
        cards=tuple(
            entry._replace(source=source_of(paths[card.document], card.anchor, order.pages, context.files))
            for entry in found.cards
            for card in (entry.card,)
        ),
        lock=with_note_types(found.lock, contents, order.now),
    )
    mods = {number: mod for number, _, mod in identified.lock.note_types}
    about = description(identified.cards, paths.values(), context.files, order.pages)
    return Export(
        package=make_package(order.deck, identified.cards, mods, media.packed, about),
        identified=identified,
        language=context.config.language or _most_common(card.language for card in cards),
        switched=sum(old != new for old, new in zip(before.rows, held.rows, strict=True)),
        refused=tuple(refused for draft in drafts for refused in draft.refused()),
        unmade=tuple(unmade for outcome in outcomes for unmade in outcome.unmade),
        media=len(media.packed),
        pictures=media.packed,
        unscaled=media.unscaled,
        description=about,
        pages=order.pages,
    )


def _follow_documents(
    lock: Lock, read: set[str], questions: Sequence[Key], context: Context
) -> tuple[Lock, set[str]]:
    """The lock with the rows of a renamed document moved along, and the documents that were not looked at.

    A document was renamed if it is the only one that is gone, another is the only new one, and a question of
    the one is in the other, in its words or by its answer.
    """
    known = {row.document for row in lock.rows}
    unread = {name for name in known - read if name and context.files.exists(context.config.from_home(name))}
    gone, new = known - read - unread - {""}, read - known
    if len(gone) != 1 or len(new) != 1:
        return lock, unread
    (old,), (name,) = gone, new
    keys = [key for key in questions if key.document == name]
    was = [row for row in lock.rows if row.document == old and row.kind == "question"]
    if not any(same_question(key, row) for key in keys for row in was):
        return lock, unread
    rows = tuple(replace(row, document=name) if row.document == old else row for row in lock.rows)
    return replace(lock, rows=rows), unread


def _languages(config: Config) -> set[str]:
    return {config.language, *config.languages.values()} - {""}


def _most_common(languages: Iterable[str]) -> str:
    return next((language for language, _ in Counter(languages).most_common(1)), "ko")


def _content(note_type: NoteType) -> str:
    return json.dumps(
        [note_type.name, note_type.templates, note_type.css], ensure_ascii=False, sort_keys=True
    )
