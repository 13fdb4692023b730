"""What cards come of a document, as bytes, and back: for the next export."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from dlcards.identity.matching import Key
from dlcards.links.urls import Address
from dlcards.model import Card, PairPlace, Span


class Made(NamedTuple):
    """What cards come of a document, and of which pictures.

    Attributes:
        places: Where its questions are, in order.
        keys: What each is known again by; None where the question is missing.
        cards: The cards of each; none of one that was refused.
        remote: The pictures of other sites that they need.
        pictures: What the address of each picture became in the package; None where it can't be had.
    """

    places: tuple[PairPlace, ...]
    keys: tuple[Key | None, ...]
    cards: tuple[tuple[Card, ...], ...]
    remote: tuple[Address, ...]
    pictures: Mapping[str, str | None]


def dump_made(made: Made) -> bytes:
    """What was made of a document as compressed JSON."""
    cards = [[_listed(card) for card in cards] for cards in made.cards]
    values = [made.places, made.keys, cards, made.remote, made.pictures]
    return zlib.compress(json.dumps(values, separators=(",", ":")).encode(), 1)


def load_made(data: bytes) -> Made:
    """What :func:`dump_made` made bytes of."""
    places, keys, cards, remote, pictures = json.loads(zlib.decompress(data))
    return Made(
        tuple(PairPlace(id_, Span(*span), Span(*place)) for id_, span, place in places),
        tuple(key and Key(*key) for key in keys),
        tuple(tuple(_card(*values) for values in of_pair) for of_pair in cards),
        tuple(Address(*address) for address in remote),
        pictures,
    )


def _listed(card: Card) -> list[object]:
    return [
        [card.kind, card.document, card.id, card.question],
        card.fields,
        card.tags,
        [card.language, card.above, card.topic, card.answer, card.order],
        card.terms,
    ]


def _card(asked: list, fields: dict, tags: list, known: list, terms: list) -> Card:  # type: ignore[type-arg]
    return Card(*asked, fields, tuple(tags), *known, tuple(terms))
