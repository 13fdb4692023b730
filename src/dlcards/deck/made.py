"""What comes of a document in an export, as bytes, and back: for the next export."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from dlcards.identity.key import Key
from dlcards.links.urls import Address
from dlcards.model import Card, PairPlace, Span


class Made(NamedTuple):
    """What comes of a document.

    Attributes:
        pairs: Its pairs, in order.
        cards: The cards of each; none of one that has no cards.
        absent: What the questions without cards are known again by.
        remote: The pictures of other sites that the cards need.
        pictures: What the address of each picture became in the package; None where it can't be had.
    """

    pairs: tuple[PairPlace, ...]
    cards: tuple[tuple[Card, ...], ...]
    absent: tuple[Key, ...]
    remote: tuple[Address, ...]
    pictures: Mapping[str, str | None]


def dump(made: Made) -> bytes:
    """What comes of a document as compressed JSON."""
    cards = [[_listed(card) for card in of_pair] for of_pair in made.cards]
    values = [made.pairs, cards, made.absent, made.remote, made.pictures]
    return zlib.compress(json.dumps(values, separators=(",", ":")).encode(), 1)


def load(data: bytes) -> Made:
    """What :func:`dump` made bytes of."""
    pairs, cards, absent, remote, pictures = json.loads(zlib.decompress(data))
    return Made(
        tuple(PairPlace(id_, Span(*span), Span(*place)) for id_, span, place in pairs),
        tuple(tuple(map(_card, of_pair)) for of_pair in cards),
        tuple(Key(*key) for key in absent),
        tuple(Address(*address) for address in remote),
        pictures,
    )


def _listed(card: Card) -> list[Any]:
    known_by = [card.language, card.above, card.topic, card.answer, card.order]
    asked = [card.kind, card.document, card.id, card.question]
    return [asked, card.fields, card.tags, known_by, card.terms, card.anchor]


def _card(values: list[Any]) -> Card:
    (kind, document, id_, question), fields, tags, known_by, terms, anchor = values
    language, above, topic, answer, order = known_by
    asked = kind, document, id_, question
    return Card(*asked, fields, tuple(tags), language, above, topic, answer, order, tuple(terms), anchor)
