"""The documents of a deck on their way into it: parsed only where no earlier export knows what comes of them.

What the rules say of a document, and what cards come of it, is kept under the hash of all that it is made of:
the program, the configuration, the document, and which cards are wanted. It counts where the project's files
still answer every question as they did, pictures included. So an export with it is to the byte what one
without is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from dlcards.deck import made as records
from dlcards.deck.cards.make import RefusedCard, make_cards
from dlcards.deck.cards.media import Media, remote_pictures
from dlcards.deck.made import Made
from dlcards.document.layouts import made_of_files
from dlcards.identity.key import Key
from dlcards.identity.keys import question_keys
from dlcards.links.urls import Address
from dlcards.linter.engine import RefusedPair, ValidPair, conclude, errors_in, examine
from dlcards.linter.finding import Finding
from dlcards.linter.records import Examined, Record, dump, load
from dlcards.model import KINDS, Card, Context, Document, Faults, Kind, PairPlace, Run, TextDocument
from dlcards.project.asked import Answers, AskedFiles
from dlcards.project.files import Checkout
from dlcards.project.store import Store, key_of


class Wanted(NamedTuple):
    """Which cards are wanted: their kinds, and tags for every card besides its own."""

    kinds: Collection[Kind] = KINDS
    tags: Sequence[str] = ()


class Outcome(NamedTuple):
    """What came of a document.

    Attributes:
        cards: The cards, in order.
        unmade: The pairs that no card could be made of.
        absent: What its questions without cards are known again by.
    """

    cards: Sequence[Card]
    unmade: Sequence[RefusedCard]
    absent: Sequence[Key]


class Draft:
    """A document of a deck.

    Args:
        document: The document; its text is parsed when somebody has to know more.
        context: Configuration and files.
        store: What earlier exports have made; None to neither read nor keep anything.
        whole: Whether it is one question as a whole.

    Attributes:
        document: The document.
    """

    def __init__(
        self, document: TextDocument, context: Context, store: Store | None = None, *, whole: bool = False
    ) -> None:
        self.document = document
        self._context = context
        self._store = store
        self._whole = whole
        self._pairs: tuple[PairPlace, ...] = ()
        self._errors: list[tuple[Finding, ...]] = []  # that keep out each of them
        self._made: Made | None = None
        self._known = self._recalled()

    @cached_property
    def parsed(self) -> Document:
        """The document, parsed."""
        if isinstance(self.document, Document):
            return self.document
        # Not above: where nothing has changed no parser is needed.
        from dlcards.document.build import build

        return build(self.document.path, self.document.text, self._context.config, whole=self._whole)

    @property
    def anchors(self) -> frozenset[str]:
        """What a fragment can lead to."""
        return self._known.facts.anchors if self._known else self.parsed.anchors

    @cached_property
    def examined(self) -> Examined:
        """What the rules say of it by itself, those that may keep a pair out of a deck."""
        if self._known:
            return self._known
        files, faults = AskedFiles(self._context.files), len(self._context.faults)
        examined = examine(self.parsed, self._context._replace(files=files), structural=True)
        if self._store and len(self._context.faults) == faults:
            self._store.put(self._key("examined"), dump(Record(examined, files.noted())))
        return examined

    def settle(self, run: Run, wanted: Wanted) -> None:
        """Part the pairs, once all documents of the run are examined, and take cards that are made already.

        Args:
            run: The facts of all documents.
            wanted: Which cards are wanted.
        """
        context = self._context._replace(run=run)
        found = conclude(self.document, self.examined, context, structural=True)
        errors = [finding for finding in found if finding.blocks_export(context.config)]
        known = self._store.get(self._key("cards", wanted)) if self._store else None
        made = records.load(known) if known else None
        self._pairs = made.pairs if made else tuple(pair.outline for pair in self.parsed.pairs)
        self._errors = errors_in(self._pairs, errors)
        # Cards of pairs that were refused then there are none.
        are_same = made and [not own for own in self._errors] == list(map(bool, made.cards))
        self._made = made if are_same else None

    def valid(self) -> list[ValidPair]:
        """The pairs that cards are yet to be made of."""
        if self._made:
            return []
        pairs = zip(self.parsed.pairs, self._errors, strict=True)
        return [ValidPair(self.parsed, pair) for pair, errors in pairs if not errors]

    def refused(self) -> list[RefusedPair]:
        """The pairs that stay out of the deck."""
        pairs = zip(self._pairs, self._errors, strict=True)
        return [RefusedPair(self.document, pair, errors) for pair, errors in pairs if errors]

    @cached_property
    def remote(self) -> tuple[Address, ...]:
        """The pictures of other sites that its cards need."""
        if self._made:
            return self._made.remote
        return tuple(remote_pictures(self.valid(), self._context.config))

    def outcome(self, valid: Iterable[ValidPair], media: Media, wanted: Wanted) -> Outcome:
        """Its cards; their pictures are packed.

        Args:
            valid: What :meth:`valid` said, as it goes by.
            media: Where pictures are packed.
            wanted: Which cards are wanted.
        """
        if self._made and media.take(self._made.pictures, self.document.path):
            return Outcome(_joined(self._made.cards), (), self._made.absent)
        if self._made:  # a picture is another one
            self._made = None
            valid = self.valid()
        media.asked.clear()
        context = self._context
        made = list(make_cards(valid, context.config, media, wanted.kinds, wanted.tags, context.faults))
        unmade = tuple(each for each in made if isinstance(each, RefusedCard))
        next_made = iter(() if isinstance(each, RefusedCard) else each for each in made)
        cards = tuple(() if errors else next(next_made) for errors in self._errors)
        without = [pair for pair, own in zip(self.parsed.pairs, cards, strict=True) if not own]
        absent = tuple(key for _, key in question_keys(self.parsed, without)) if without else ()
        # What can't be had may be there next time.
        if self._store and not unmade:
            result = Made(self._pairs, cards, absent, self.remote, dict(media.asked))
            self._store.put(self._key("cards", wanted), records.dump(result))
        return Outcome(_joined(cards), unmade, absent)

    def _recalled(self) -> Examined | None:
        known = self._store.get(self._key("examined")) if self._store else None
        record = load(known) if known else None
        holds = record is not None and Answers(self._context.files).are(record.asked)
        return record.examined if record and holds else None

    def _key(self, what: str, wanted: Wanted | None = None) -> str:
        cards = json.dumps([sorted(wanted.kinds), list(wanted.tags)] if wanted else None)
        document = self.document
        return key_of(
            [what, cards, repr(self._context.config), str(self._whole), str(document.path), document.text]
        )


def open_drafts(
    documents: Sequence[TextDocument], context: Context, files: Checkout, store: Store | None
) -> list[Draft]:
    """The documents of a run as drafts; those that are one question each are found out.

    Args:
        documents: The documents, in order.
        context: Configuration and files.
        files: The same files; they learn the documents' anchors.
        store: What earlier exports have made; None to neither read nor keep anything.

    Returns:
        The drafts, without those of documents that have met a bug.
    """
    drafts = [Draft(document, context, store) for document in documents]
    drafts = _sound(drafts, context.faults, lambda draft: files.add(draft.document.path, draft.anchors))
    drafts = _sound(drafts, context.faults, lambda draft: draft.examined)
    whole = made_of_files({draft.document.path: draft.examined.facts.is_question for draft in drafts})
    drafts = [
        Draft(draft.document, context, store, whole=True) if draft.document.path in whole else draft
        for draft in drafts
    ]
    return _sound(drafts, context.faults, lambda draft: draft.examined)


def settle(drafts: Sequence[Draft], wanted: Wanted, faults: Faults) -> list[Draft]:
    """Part the pairs of all documents of a run into those fit for a deck and the others.

    Returns:
        The documents, without those that have met a bug: nobody knows whether their pairs are fit.
    """
    drafts = _sound(drafts, faults, lambda draft: draft.examined)
    run = Run([draft.examined.facts for draft in drafts])
    drafts = _sound(drafts, faults, lambda draft: draft.settle(run, wanted))
    return _sound(drafts, faults, lambda draft: draft.remote)


def _sound(drafts: Iterable[Draft], faults: Faults, work: Callable[[Draft], object]) -> list[Draft]:
    """The drafts that meet no bug in some work."""
    sound = []
    for draft in drafts:
        before = len(faults)
        with faults.caught(draft.document.path, "export"):
            work(draft)
        if len(faults) == before:
            sound.append(draft)
    return sound


def _joined(cards: Iterable[tuple[Card, ...]]) -> list[Card]:
    return [card for of_pair in cards for card in of_pair]
