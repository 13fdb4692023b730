"""The links of a document with what the link checker says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from dlcards.model import Context, Document, Facts, Outcome, Span, Verdict
from dlcards.project.addresses import external_links

NAME = "addresses"


class Address(NamedTuple):
    """A link that only the network can answer.

    Attributes:
        asked: The address to ask for.
        url: The link's address as it is meant.
        written: As it is written in place.
        link: Where the link begins.
        link_end: Where it ends.
        start: Where its address begins.
        end: Where that ends; at its beginning for a link that has none in place.
    """

    asked: str
    url: str
    written: str
    link: int
    link_end: int
    start: int
    end: int

    @property
    def is_in_place(self) -> bool:
        """Whether the address stands in the link."""
        return self.end > self.start

    @property
    def place(self) -> Span:
        """The address, or the whole link where it has none in place."""
        return Span(self.start, self.end) if self.is_in_place else Span(self.link, self.link_end)


def tell(document: Document, context: Context) -> list[list[Any]]:
    """The links that only the network can answer, as :class:`Address`."""
    return [
        list(Address(asked, link.url, link.url_span.of(document.text), *link.span, *link.url_span))
        for _, link, asked in external_links([document], context.config)
    ]


def links_of(facts: Facts) -> Iterator[Address]:
    """The links of a document that only the network can answer, in order."""
    return (Address(*values) for values in facts.told.get(NAME, ()))


def addresses(documents: Iterable[Facts]) -> list[str]:
    """The addresses in documents that only the network can answer, each once."""
    return list(dict.fromkeys(link.asked for facts in documents for link in links_of(facts)))


def judged(facts: Facts, context: Context, *outcomes: Outcome) -> Iterator[tuple[Address, Verdict]]:
    """Each link whose address has one of these outcomes, with the verdict, in the document's order."""
    for address in links_of(facts) if context.verdicts else ():
        verdict = context.verdicts.get(address.asked)
        if verdict is not None and verdict.outcome in outcomes:
            yield address, verdict
