"""What a document, as it might become, would have a pair's cards be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from dlcards.deck.cards.make import RefusedCard, make_cards
from dlcards.deck.cards.media import Media
from dlcards.document.build import build
from dlcards.links.downloads import Remote
from dlcards.linter.engine import ValidPair
from dlcards.model import KINDS, Card, Config, Document, Files, Kind, Text
from dlcards.roundtrip.canonical import original
from dlcards.roundtrip.places import Passage, Place, passages


class Rendering(NamedTuple):
    """A pair's cards, and what they are made of.

    Attributes:
        document: The document.
        cards: The cards, the question's first.
        passages: Where their fields stand.
        pictures: The addresses of their pictures in the document, by the pictures' names in the deck
            (:func:`dlcards.roundtrip.canonical.original`).
    """

    document: Document
    cards: tuple[Card, ...]
    passages: Mapping[Place, Passage]
    pictures: Mapping[str, str]

    def card(self, kind: Kind, number: int) -> Card | None:
        """The pair's card of a kind, counted from 0."""
        of_kind = [card for card in self.cards if card.kind == kind]
        return of_kind[number] if number < len(of_kind) else None


@dataclass(frozen=True)
class Workbench:
    """What it takes to make cards as an export would.

    Attributes:
        root: The folder that paths start from.
        config: The configuration.
        files: The project's files, with what is to become of them.
        remote: The pictures of other sites.
        kinds: Which kinds of cards to make.
        tags: Tags for every card besides its own.
    """

    root: Path
    config: Config
    files: Files
    remote: Remote = field(default_factory=dict)
    kinds: Collection[Kind] = KINDS
    tags: tuple[str, ...] = ()

    def rebuilt(self, document: Document, text: str) -> Document:
        """A document with another text.

        Where a heading has another anchor for it, its contents lead there: without, the heading might be no
        question any more. Links in answers stay, as they stand on other cards.
        """
        whole = document.layout == "file" and document.layout_detected
        after = build(document.path, text, self.config, whole=whole)
        relinked = _relinked(document, after)
        return after if relinked is None else build(document.path, relinked, self.config, whole=whole)

    def render(self, document: Document, number: int) -> Rendering | Text:
        """The cards of a document's pair, counted from 0; or why there are none.

        Whether an error stands in the pair is not asked here: what is taken in the end, an export proves.
        """
        pair = document.pairs[number]
        media = Media(self.root, self.config, self.files, self.remote)
        (made,) = make_cards([ValidPair(document, pair)], self.config, media, self.kinds, self.tags)
        if isinstance(made, RefusedCard):
            return made.reason
        addresses = {original(name): url for url, name in media.asked.items() if name}
        return Rendering(document, made, passages(document, pair, self.config), addresses)

    def name_of(self, address: str, path: PurePosixPath) -> str:
        """The name in the deck of a picture that a document shows.

        Raises:
            MediaError: It can't be packed.
        """
        return Media(self.root, self.config, self.files, self.remote).add(address, path)

    def with_files(self, files: Files) -> Workbench:
        """The same with other files."""
        return replace(self, files=files)


def _relinked(before: Document, after: Document) -> str | None:
    """The text of a document with its links, but those in its questions, leading where they led before."""
    if len(before.headings) != len(after.headings):
        return None
    anchors = zip(before.headings, after.headings, strict=True)
    moved = {old.slug: new.slug for old, new in anchors if old.slug != new.slug}
    asked = [pair.span for pair in before.pairs]
    edits = [
        (new.url_span, moved[slug])
        for old, new in zip(before.links, after.links, strict=False)
        if old.url == new.url
        and old.url.startswith("#")
        and not old.by_reference
        and (slug := unquote(old.url[1:])) in moved
        and not any(span.holds(old.span) for span in asked)
    ]
    text = after.text
    for span, slug in reversed(edits):
        text = f"{text[: span.start]}#{slug}{text[span.end :]}"
    return text if edits else None
