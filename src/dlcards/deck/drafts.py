"""The documents of a deck on their way into it: parsed only where no earlier export knows what comes of them.

What rules say of a document, and what cards come of it, is kept under the hash of all that it is made of: the
program, the configuration, the document, and which cards are wanted. It counts where the project's files
still answer every question as they did, pictures included. So an export with it is to the byte what one
without is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from dlcards.deck.cards.make import RefusedCard, make_each
from dlcards.deck.cards.media import Media, MediaError, remote_pictures
from dlcards.deck.made import Made, dump_made, load_made
from dlcards.identity.keys import question_keys
from dlcards.identity.matching import Key
from dlcards.links.urls import Address
from dlcards.lint.engine import RefusedPair, ValidPair, conclude, errors_in, examine
from dlcards.lint.finding import Finding
from dlcards.lint.records import Examined, Record, dump, load
from dlcards.model import KINDS, Card, Config, Context, Document, Kind, PairPlace, Run, TextDocument
from dlcards.project.asked import AskedFiles, are_as_asked
from dlcards.project.store import Store, key_of


class Wanted(NamedTuple):
    """Which cards are wanted: their kinds, and tags for every card besides its own."""

    kinds: Collection[Kind] = KINDS
    tags: Sequence[str] = ()


class Draft:
    """A document of a deck.

    Args:
        document: The document, which is parsed once somebody has to know more than its text.
        context: Configuration and files.
        store: What earlier exports have made; None to neither read nor keep anything.
        whole: Whether the document is one question as a whole.

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
        self._key = (repr(context.config), str(whole), str(document.path), document.text)
        self._errors: list[Finding] = []
        self._known = self._recalled_examination()
        self._made: Made | None = None

    @cached_property
    def parsed(self) -> Document:
        """The document, parsed."""
        if isinstance(self.document, Document):
            return self.document
        # Not above: where nothing but one document has changed, one is all that must be parsed.
        from dlcards.document.build import build

        return build(self.document.path, self.document.text, self._context.config, whole=self._whole)

    @property
    def anchors(self) -> frozenset[str]:
        """What a fragment can lead to."""
        return self._known.facts.anchors if self._known else self.parsed.anchors

    @cached_property
    def examined(self) -> Examined:
        """What the rules say of it by itself."""
        if self._known:
            return self._known
        files = AskedFiles(self._context.files)
        examined = examine(self.parsed, replace(self._context, files=files), structural=True)
        if self._store:
            self._store.put(key_of(["examined", *self._key]), dump(Record(examined, files.noted())))
        return examined

    def _recalled_examination(self) -> Examined | None:
        known = self._store.get(key_of(["examined", *self._key])) if self._store else None
        record = load(known) if known else None
        return record.examined if record and are_as_asked(record.asked, self._context.files) else None

    def conclude(self, run: Run) -> None:
        """Find out what keeps its pairs out, once all documents of the run are examined."""
        context = replace(self._context, run=run)
        found = conclude(self.document, self.examined, context, structural=True)
        self._errors = [finding for finding in found if finding.blocks_export(context.config)]

    def recall(self, wanted: Wanted) -> None:
        """Take what an earlier export has made of it, if as many pairs were fit for a deck."""
        if self._store and (known := self._store.get(self._key_of_cards(wanted))):
            made = load_made(known)
            fit = [not errors_in(place, self._errors) for place in made.places]
            if fit == [bool(cards) for cards in made.cards]:
                self._made = made

    def valid(self) -> list[ValidPair]:
        """Its pairs that are fit for a deck and have no cards yet."""
        if self._made:
            return []
        pairs = self.parsed.pairs
        return [ValidPair(self.parsed, pair) for pair in pairs if not errors_in(pair, self._errors)]

    def refused(self) -> list[RefusedPair]:
        """Its pairs that are not."""
        places = self._made.places if self._made else [_place(pair) for pair in self.parsed.pairs]
        return [
            RefusedPair(self.document, place, errors)
            for place in places
            if (errors := errors_in(place, self._errors))
        ]

    def _key_of_cards(self, wanted: Wanted) -> str:
        return key_of(["cards", json.dumps([sorted(wanted.kinds), list(wanted.tags)]), *self._key])
