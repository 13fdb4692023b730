"""Decks of a text, without the command around them."""

from __future__ import annotations

from pathlib import Path

from dlcards.deck.cards.media import Fetch
from dlcards.deck.export import Export, Order
from dlcards.document.build import build
from dlcards.identity.lock import Lock
from dlcards.model import Config, Context
from dlcards.project.files import Checkout
from tests.support.exports import export

NOW = 1_760_000_000
CONFIG = Config(deck="시험 덱", repository="owner/name")


def question(answer: str, number: str = "1") -> str:
    """A question of that number with a proper reference."""
    words = f"{number}번째 질문인가?"
    return (
        f"## #{number}\n\n#### {words}\n\n{answer}\n\n#### References\n\n- [출처](https://a.b/c)\n\n---\n\n"
    )


def made(root: Path, text: str, config: Config = CONFIG, fetch: Fetch | None = None) -> Export:
    """The deck of ``text`` as ``docs/a.md`` of the project at ``root``."""
    path = root / "docs" / "a.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    files = Checkout(root, config)
    document = build(files.relative(path), text, config)
    context = Context(config, files)
    return export(
        [document], context, root, Order(config.deck, Lock(), NOW), fetch=fetch or (lambda addresses: {})
    )


def answer(result: Export) -> str:
    """The field of the answer of a deck of one question."""
    assert not result.refused, [finding.diagnostic.message.en for finding in result.refused[0].findings]
    assert not result.unmade, result.unmade[0].reason.en
    (card,) = (entry.card for entry in result.identified.cards if entry.card.kind == "question")
    return card.fields["Answer"]
