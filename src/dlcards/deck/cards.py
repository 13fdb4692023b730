"""From a valid pair to the fields of its card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from dlcards.addresses import is_external, local_target
from dlcards.deck.html import FieldRenderer
from dlcards.deck.media import Media, MediaError
from dlcards.lint import ValidPair
from dlcards.model import Config, Document, Pair, Text


@dataclass(frozen=True, slots=True)
class Card:
    """What a note of the deck holds, before it has an identity.

    Attributes:
        document: The path of its document.
        id: The id of the question, as in the document.
        question: Its plain words, by which it is known again when its number changes.
        fields: HTML by field name; fields that are not named are empty.
        tags: Anki's tags, without blanks.
    """

    document: str
    id: str
    question: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedCard:
    """A pair whose card could not be made, and why."""

    valid: ValidPair
    reason: Text


def make_cards(
    pairs: Iterable[ValidPair], config: Config, media: Media
) -> tuple[list[Card], list[RefusedCard]]:
    """The cards of ``pairs``, in their order, and the pairs whose pictures can't be had.

    Args:
        pairs: The pairs of one or more documents.
        config: The project's configuration.
        media: Where the cards' pictures are packed.
    """
    cards: list[Card] = []
    refused: list[RefusedCard] = []
    makers: dict[PurePosixPath, _Maker] = {}
    for valid in pairs:
        document = valid.document
        if document.path not in makers:
            makers[document.path] = _Maker(document, config, media)
        try:
            cards.append(makers[document.path].card(valid.pair))
        except MediaError as error:
            refused.append(RefusedCard(valid, error.message))
    return cards, refused


def source_url(document: Document, fragment: str, config: Config) -> str:
    """Where a place of a document stands on GitHub; empty without a configured repository."""
    if not config.repository:
        return ""
    place = f"#{quote(fragment)}" if fragment else ""
    return f"{_blob(config)}/{quote(str(document.path))}{place}"


def _blob(config: Config) -> str:
    return f"https://github.com/{config.repository}/blob/{config.branch}"


class _Maker:
    """Makes the cards of one document."""

    def __init__(self, document: Document, config: Config, media: Media) -> None:
        self._document = document
        self._config = config
        self._media = media
        self._errors: list[MediaError] = []
        footnotes = [node for node in document.nodes() if node.kind == "footnote_definition"]
        self._renderer = FieldRenderer(
            {node.str_attr("key"): node for node in footnotes}, self._image, self._link
        )
        self._by_id = {pair.id: pair for pair in document.pairs}
        self._children: dict[str | None, list[Pair]] = defaultdict(list)
        for pair in document.pairs:
            self._children[pair.parent_id].append(pair)

    def card(self, pair: Pair) -> Card:
        """The card of a pair.

        Raises:
            MediaError: A picture can't be had.
        """
        assert pair.question_node is not None
        renderer, path = self._renderer, self._document.path
        self._errors.clear()
        packed = set(self._media.packed)
        parent = self._by_id.get(pair.parent_id or "")
        fields = {
            "Id": pair.id,
            "Question": renderer.inline(pair.question_node.children),
            "Context": f"#{parent.id} {escape(parent.question, quote=False)}" if parent else "",
            "Hint": renderer.inline(pair.hint),
            "Summary": renderer.inline(pair.summary),
            "Answer": renderer.blocks(pair.body),
            "FollowUps": self._sub_questions(pair) + renderer.blocks(pair.follow_ups),
            "References": renderer.blocks(pair.references),
            "Source": source_url(self._document, pair.slug, self._config),
        }
        if self._errors:
            self._media.forget(packed)
            raise self._errors[0]
        topic = pair.id.partition("-")[0]
        tag = f"dlcards::{'_'.join(path.stem.split())}::{topic}"
        return Card(str(path), pair.id, pair.question, fields, (tag,))

    def _sub_questions(self, pair: Pair) -> str:
        items = [
            f"<li>#{child.id} {escape(child.question, quote=False)}</li>"
            for child in self._children[pair.id]
            if child.question
        ]
        return f'<ul class="children">{"".join(items)}</ul>' if items else ""

    def _image(self, url: str) -> str | None:
        try:
            return self._media.add(url, self._document.path)
        except MediaError as error:  # nh3 would swallow what its filter raises
            self._errors.append(error)
            return None

    def _link(self, url: str) -> str | None:
        document, config = self._document, self._config
        if is_external(url):
            return url
        if url.startswith("#"):
            return source_url(document, unquote(url[1:]), config) or None
        target = local_target(url, document.path, config)
        if target is None or not config.repository:
            return None
        fragment = f"#{quote(target.fragment)}" if target.fragment else ""
        return f"{_blob(config)}/{quote(str(target.path))}{fragment}"
