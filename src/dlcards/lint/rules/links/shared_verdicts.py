"""The links of a document with what the link checker says of them."""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.model import Context, Document, Link, Outcome, Span, Verdict
from dlcards.project.addresses import web_address


def judged(document: Document, context: Context, *outcomes: Outcome) -> Iterator[tuple[Link, Verdict]]:
    """Each link whose address has one of these outcomes, with the verdict, in the document's order."""
    if not context.verdicts:
        return
    for link in document.links:
        verdict = context.verdicts.get(web_address(link.url, document.path, context.config))
        if verdict is not None and verdict.outcome in outcomes and not link.by_reference:
            yield link, verdict


def place(link: Link) -> Span:
    """The address of a link, or the whole link where it has none in place."""
    return link.url_span if link.url_span.end > link.url_span.start else link.span
