"""A link and a heading that differ, where nothing tells which of both is wrong."""

from __future__ import annotations

from dlcards.document.mistyped import Mistyped
from dlcards.document.text import line_of
from dlcards.model import Diagnostic, Document, Link, Related, Text


def in_doubt(document: Document, link: Link, found: Mistyped) -> Diagnostic:
    """What a rule says of such a link: both places, and no suggestion."""
    message = Text(
        f"없는 앵커로 이어진다: #{found.anchor}. 비슷한 제목은 #{found.heading.slug}인데 어느 쪽이 맞는지 "
        "알 수 없다",
        f"#{found.anchor} does not exist; the heading #{found.heading.slug} is nearly that, and nothing "
        "tells which of both is wrong",
    )
    heading = Related(line_of(document, found.heading.node), Text("비슷한 제목", "the heading"))
    return Diagnostic(link.url_span, message, None, (heading,), spares_cards=True)
