"""Learners' edits back into the documents, proven by an export of what these would become."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dlcards.api.export import Deck, made
from dlcards.api.fetching import Fetch, fetcher
from dlcards.api.options import DeckOptions
from dlcards.api.read import load_config
from dlcards.identity.identify import numbered
from dlcards.identity.package import PackageNote
from dlcards.model import Card, Config, Document, Fault, InputError, Text
from dlcards.project.files import Unreadable, shown
from dlcards.project.git import has_history
from dlcards.project.pictures import with_width
from dlcards.roundtrip.base import History, PackageVersions, Versions
from dlcards.roundtrip.held import Held
from dlcards.roundtrip.pull import Proof, Pulled
from dlcards.roundtrip.pull import pull as carry_all
from dlcards.roundtrip.reader import Edit, Present
from dlcards.roundtrip.trial import Workbench

if TYPE_CHECKING:
    from dlcards.links.downloads import Remote
    from dlcards.links.urls import Address

# What of a note may change with another question's words, which it repeats.
_REPEATED = frozenset({"Context", "FollowUps"})


class Found(NamedTuple):
    """What a pull came to.

    Attributes:
        pulled: What came of each edit, and the documents as they would become.
        deck: The deck that the documents make as they are; nothing of it is written.
        unreadable: What could not be read.
        faults: The bugs of dlcards that documents have met.
    """

    pulled: Pulled
    deck: Deck
    unreadable: Sequence[Unreadable]
    faults: Sequence[Fault]


def pull(
    learners: Callable[[str], Sequence[Held]],
    paths: Sequence[str | os.PathLike[str]],
    options: DeckOptions,
    *,
    config: Config | None = None,
    base: Sequence[PackageNote] | None = None,
    only: Collection[str] = (),
    fetch: Fetch | None = None,
    notice: Callable[[Text], None] = lambda message: None,
) -> Found:
    """Carry learners' edits into the documents, as far as that can be proven. Nothing is written.

    Args:
        learners: Gives what each of them has, by the name of the deck.
        paths: Files and folders, as for an export.
        options: How the deck is made.
        config: The configuration; None for that of the project that the first path stands in.
        base: The notes of the package that the learners had, where git does not know it.
        only: The ids of the questions to look at; all when empty.
        fetch: Gets the pictures of other sites; None for the link checker's way.
        notice: Takes what the user should know meanwhile.

    Raises:
        InputError: The input can't be used, or no question has one of the ids.
    """
    config = with_width(config or load_config((paths or ["."])[0]), options.max_image_width)
    get = fetch or fetcher(offline=options.offline)
    remote: dict[Address, bytes | Text] = {}

    def kept(addresses: Sequence[Address], config: Config) -> Remote:
        missing = [address for address in addresses if address not in remote]
        remote.update(get(missing, config) if missing else {})
        return {address: remote[address] for address in addresses if address in remote}

    def deck_of(options: DeckOptions, unsaved: Mapping[str, str | bytes] = MappingProxyType({})) -> Deck:
        with made(paths, options, config=config, fetch=kept, notice=notice, unsaved=unsaved) as deck:
            return deck

    deck = deck_of(options)
    if deck.export.identified.changed and options.follow_ups:
        # A question's card shows the answers of follow-ups that were exported without cards of their own.
        without = replace(options, follow_ups=False)
        other = deck_of(without)
        if _unchanged(other) > _unchanged(deck):
            options, deck = without, other
    root = deck.files.root
    bench = Workbench(root, config, deck.files, remote, tuple(options.kinds), tuple(options.tags))
    present = Present(
        bench,
        deck.files,
        {draft.document.name: draft.parsed for draft in deck.drafts},
        {card.guid: card for card in deck.cards},
        {row.guid: row for row in deck.export.identified.lock.rows},
        {row.guid: row for row in deck.before.rows},
    )
    known = {row.id for row in present.rows.values()}
    if unknown := [number for number in only if number not in known]:
        said = ", ".join(f"#{number}" for number in unknown)
        raise InputError(Text(f"--only: 그런 번호의 질문이 없다: {said}", f"--only: no question {said}"))
    pulled = carry_all(
        learners(deck.name),
        present,
        _versions(deck, bench, base, notice),
        _proof(deck, bench, partial(deck_of, options)),
        only,
    )
    return Found(pulled, deck, deck.unreadable, deck.faults)


def _unchanged(deck: Deck) -> int:
    """How many questions' notes are as the last export made them."""
    before = {row.guid: row.hash for row in deck.before.rows if row.kind == "question"}
    return sum(before.get(row.guid) == row.hash for row in deck.export.identified.lock.rows)


def _versions(
    deck: Deck, bench: Workbench, base: Sequence[PackageNote] | None, notice: Callable[[Text], None]
) -> Versions:
    """Where earlier versions of the notes are to be had."""
    if base is not None:
        return PackageVersions(base)
    if not has_history(deck.lock_path):
        said = shown(deck.lock_path)
        notice(
            Text(
                f"git에 {said}의 이력이 없거나 다 받지 않았다(git fetch --unshallow). "
                "예전 패키지를 고친 것이면 그 패키지도 준다: --base",
                f"git has no history of {said}, or not all of it (git fetch --unshallow); "
                "if an earlier package was edited, give that, too: --base",
            )
        )
    return History(bench, deck.files.relative(deck.lock_path))


def _proof(deck: Deck, bench: Workbench, deck_of: Callable[[Mapping[str, str | bytes]], Deck]) -> Proof:
    """Makes a deck of what the documents would become, and compares it with the one that they make."""

    def proof(
        documents: Mapping[PurePosixPath, Document],
        pictures: Mapping[PurePosixPath, bytes],
        taken: Sequence[Edit],
    ) -> Text | None:
        touched = {edit.document for edit in taken}
        files = {path: documents[path].text.encode() for path in touched} | dict(pictures)
        after = deck_of({os.path.normpath(bench.root / path): data for path, data in files.items()})
        pairs = {(edit.document, edit.target.pair) for edit in taken if edit.target}
        return _difference(deck, after, bench, documents, pairs)

    return proof


def _difference(
    before: Deck,
    after: Deck,
    bench: Workbench,
    documents: Mapping[PurePosixPath, Document],
    pairs: Collection[tuple[PurePosixPath, int]],
) -> Text | None:
    """What an export of the changed documents does else than show what was edited; None for nothing."""
    old, new = ({card.guid: card for card in deck.cards} for deck in (before, after))
    if gone := old.keys() - new.keys():
        were = {draft.document.path: draft.parsed for draft in before.drafts}
        own = any(_of_pair(old[guid].card, were, pairs, bench.config) for guid in gone)
        return _left_out(before, after) or (_UNKNOWN if own else _OTHER_NOTES)
    if new.keys() - old.keys() or [c.guid for c in before.cards] != [c.guid for c in after.cards]:
        return _OTHER_NOTES
    rows = {row.guid: row for row in after.export.identified.lock.rows}
    shown_by_pair = []
    for path, number in pairs:
        rendering = bench.render(documents[path], number)
        if isinstance(rendering, Text):
            return rendering
        shown_by_pair += [(path, card) for card in rendering.cards]
    places = {path for path, _ in pairs}
    for guid, found in new.items():
        card, was = found.card, old[guid].card
        path = bench.config.from_home(card.document)
        if _of_pair(card, documents, pairs, bench.config):
            said = [
                numbered(each, rows[guid].terms).fields
                for where, each in shown_by_pair
                if where == path and each.kind == card.kind
            ]
            if dict(card.fields) not in [dict(fields) for fields in said]:
                return _OTHERWISE
            continue
        names = card.fields.keys() | was.fields.keys()
        changed = {name for name in names if card.fields.get(name) != was.fields.get(name)}
        if changed and not (path in places and changed <= _REPEATED):
            return Text(f"다른 노트가 바뀐다: #{card.id}", f"another note would change: #{card.id}")
    return None


def _of_pair(
    card: Card,
    documents: Mapping[PurePosixPath, Document],
    pairs: Collection[tuple[PurePosixPath, int]],
    config: Config,
) -> bool:
    """Whether a card is one of some pairs'."""
    path = config.from_home(card.document)
    return any(where == path and documents[path].pairs[k].span.start == card.order for where, k in pairs)


def _left_out(before: Deck, after: Deck) -> Text | None:
    """Why a question would be left out."""
    known = {(refused.document.path, refused.pair.id) for refused in before.export.refused}
    for refused in after.export.refused:
        if (refused.document.path, refused.pair.id) not in known:
            finding = refused.findings[0]
            why = finding.diagnostic.message
            code = f"#{refused.pair.id} {finding.code} {finding.name}"
            return Text(
                f"질문이 덱에서 빠진다: {code}: {why.ko}", f"a question would be left out: {code}: {why.en}"
            )
    return None


_UNKNOWN = Text(
    "내보내면 같은 노트로 알아보지 못한다: 질문과 답이 함께 바뀌었거나, 다른 질문과 같은 말이 되었다. "
    "하나를 고쳐 내보낸 뒤 다른 것을 고친다",
    "an export would not know the note again: question and answer change at once, or it asks what another "
    "one asks; change one, export, then change the other",
)
_OTHER_NOTES = Text("다른 노트가 생기거나 없어진다", "other notes would come or go")
_OTHERWISE = Text("내보내면 고친 것과 다른 카드가 된다", "an export would make another card of it")
