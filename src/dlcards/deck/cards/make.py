"""From a valid pair to its cards: the question, the blanks of its summary, its follow-ups."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from dlcards.deck.cards.follow_ups import FollowUp, read_follow_ups
from dlcards.deck.cards.html import WORD_JOINER, FieldRenderer, without_lost_pictures
from dlcards.deck.cards.media import Media, MediaError, all_of
from dlcards.deck.cards.words import difference, in_order, words_in
from dlcards.document.answers import on_card
from dlcards.document.language import language_of
from dlcards.lint.engine import ValidPair
from dlcards.model import KINDS, Card, Config, Document, Kind, Node, Pair, Text, bytes_of, name_of
from dlcards.project.addresses import is_external, local_target

# More blanks than this make a sentence a puzzle; further bold words stay bold.
MAX_TERMS = 3
# A bold term of rendered HTML that holds no other one.
_TERM = re.compile(r"<(strong|b)>((?:(?!</?(?:strong|b)>).)+)</\1>", re.DOTALL)
# What stands below a question's words in its heading, which is smaller on the back; legible there, too.
# Not in style.css: that is a part of the note types, and every deck's would be new for it.
_ASKED = "margin-top: 10px; font-size: 0.77em; font-size: max(0.77em, 16px); font-weight: 400"
_MATH = re.compile(r"\\\(.*?\\\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RefusedCard:
    """A pair whose card could not be made, and why."""

    valid: ValidPair
    reason: Text


def make_cards(
    pairs: Iterable[ValidPair],
    config: Config,
    media: Media,
    kinds: Collection[Kind] = KINDS,
    tags: Iterable[str] = (),
) -> tuple[list[Card], list[RefusedCard]]:
    """The cards of ``pairs``, and the pairs whose pictures can't be had or whose words would be lost.

    A pair's question comes first, then its cloze, then its follow-ups; pairs keep their order.

    Args:
        pairs: The pairs of one or more documents.
        config: The project's configuration.
        media: Where the cards' pictures are packed.
        kinds: Which kinds of cards to make; questions always.
        tags: Tags for every card besides its own.
    """
    cards: list[Card] = []
    refused: list[RefusedCard] = []
    makers: dict[PurePosixPath, _Maker] = {}
    for valid in pairs:
        document = valid.document
        if document.path not in makers:
            makers[document.path] = _Maker(document, config, media, kinds, tuple(tags))
        try:
            cards += makers[document.path].cards(valid.pair)
        except (MediaError, LostWordsError) as error:
            refused.append(RefusedCard(valid, error.message))
    return cards, refused


class LostWordsError(Exception):
    """A card that would not show all words of its pair; ``message`` says which."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def source_url(document: Document, fragment: str, config: Config) -> str:
    """Where a place of a document stands on GitHub; empty without a configured repository."""
    if not config.repository:
        return ""
    place = f"#{quote(fragment)}" if fragment else ""
    return f"{_blob(config)}/{quote(bytes_of(document.path))}{place}"


def _blob(config: Config) -> str:
    return f"https://github.com/{quote(config.repository)}/blob/{quote(config.branch)}"


class _Maker:
    """Makes the cards of one document."""

    def __init__(
        self,
        document: Document,
        config: Config,
        media: Media,
        kinds: Collection[Kind],
        tags: tuple[str, ...],
    ) -> None:
        self._document = document
        self._config = config
        self._media = media
        self._kinds = kinds
        self._tags = tags
        self._errors: list[MediaError] = []
        footnotes: dict[str, Node] = {}
        for node in document.nodes():
            if node.kind == "footnote_definition":
                footnotes.setdefault(node.str_attr("key"), node)
        self._language = language_of(document, config)
        self._renderer = FieldRenderer(document, self._language, footnotes, self._image, self._link)
        self._by_id = {pair.id: pair for pair in document.pairs}
        self._children: dict[str | None, list[Pair]] = defaultdict(list)
        for pair in document.pairs:
            self._children[pair.parent_id].append(pair)

    def cards(self, pair: Pair) -> list[Card]:
        """The cards of a pair: its question first.

        Raises:
            MediaError: A picture can't be had.
            LostWordsError: A card would not show all words of the pair.
        """
        self._errors.clear()
        packed = set(self._media.packed)
        follow_ups = list(read_follow_ups(pair.follow_ups)) if "follow-up" in self._kinds else []
        question = self._question(pair, follow_ups)
        cards = [question]
        if "cloze" in self._kinds and (cloze := self._cloze(pair, question)):
            cards.append(cloze)
        answered = [entry for entry in follow_ups if entry.answer]
        cards += [self._follow_up(pair, entry, question) for entry in answered]
        if self._errors:
            self._media.forget(packed)
            raise all_of(self._errors)
        if lost := self._lost(pair, cards, answered):
            self._media.forget(packed)
            raise LostWordsError(lost)
        return cards

    def _lost(self, pair: Pair, cards: Sequence[Card], follow_ups: Sequence[FollowUp]) -> Text | None:
        """What the law of ``words.py`` has against the cards of a pair; None where it holds.

        Args:
            pair: The pair.
            cards: Its cards.
            follow_ups: Its follow-ups that are cards of their own, in the order of ``cards``.
        """
        words, inline, question = self._renderer.words, self._renderer.inline_words, cards[0].fields
        assert pair.question_node is not None
        asked = inline(pair.question_node.children) + words(pair.asked)
        parts = [
            (asked, question["Question"]),
            (inline(pair.hint), question["Hint"]),
            (inline(pair.summary), question["Summary"]),
            (words(on_card(pair, self._config)), question["Answer"]),
        ]
        parts += [(words_in(question["Summary"]), _without_blanks(card)) for card in cards if card.terms]
        derived = [card.fields for card in cards if card.kind == "follow-up"]
        for entry, fields in zip(follow_ups, derived, strict=True):
            answer = inline(lone) if (lone := _lone(entry.answer)) else words(entry.answer)
            parts += [
                (inline(entry.question), fields["Question"]),
                (answer, fields["Summary"]),
            ]
        found = [difference(expected, words_in(html)) for expected, html in parts]
        found += self._lost_follow_ups(pair, words_in(question["FollowUps"]), derived)
        # What a picture that can't be had says stands between the words of the references.
        if not in_order(said := words(pair.references), said_there := words_in(question["References"])):
            found.append(difference(said, said_there))
        return next((text for text in found if text), None)

    def _lost_follow_ups(
        self, pair: Pair, listed: str, cards: Sequence[Mapping[str, str]]
    ) -> Iterator[Text | None]:
        """What stands under the heading of follow-ups, and neither on the card nor on cards of its own."""
        own = "".join(words_in(fields["Question"] + fields["Summary"]) for fields in cards)
        for block in pair.follow_ups:
            for part in block.children if block.kind == "list" else (block,):
                said = self._renderer.words((part,), footnotes=False)
                if said not in listed and said not in own:
                    yield difference(said, "")

    def _question(self, pair: Pair, follow_ups: list[FollowUp]) -> Card:
        assert pair.question_node is not None
        renderer, path = self._renderer, self._document.path
        parent = self._by_id.get(pair.parent_id or "")
        fields = {
            "Id": pair.id,
            "Question": renderer.question(pair.question_node.children) + self._shown(pair),
            "Context": f"#{parent.id} {self._asked(parent)}" if parent else "",
            "Hint": renderer.inline(pair.hint),
            "Summary": renderer.inline(pair.summary),
            "Answer": renderer.blocks(on_card(pair, self._config)),
            "FollowUps": self._what_comes_next(pair, follow_ups),
            "References": self._references(pair),
            "Source": source_url(self._document, pair.slug, self._config),
        }
        topic = pair.id.partition("-")[0]
        tag = f"dlcards::{'_'.join(name_of(path.stem).split())}::{topic}"
        tags = tuple(dict.fromkeys([tag, *self._tags]))
        return Card("question", self._document.name, pair.id, pair.question, fields, tags, self._language)

    def _cloze(self, pair: Pair, question: Card) -> Card | None:
        """The summary with a blank for each bold term; None without one."""
        text, terms = make_blanks(question.fields["Summary"])
        if not terms:
            return None
        fields = {
            "Id": pair.id,
            "Text": text,
            "Context": self._asked(pair),
            "Extra": question.fields["Answer"],
            "Source": question.fields["Source"],
        }
        return replace(question, kind="cloze", fields=fields, terms=terms)

    def _follow_up(self, pair: Pair, follow_up: FollowUp, question: Card) -> Card:
        lone = _lone(follow_up.answer)
        fields = {
            "Id": pair.id,
            "Question": self._renderer.inline(follow_up.question),
            "Context": self._asked(pair),
            "Summary": self._renderer.inline(lone) if lone else self._renderer.blocks(follow_up.answer),
            "Source": question.fields["Source"],
        }
        return replace(question, kind="follow-up", question=follow_up.words, fields=fields)

    def _references(self, pair: Pair) -> str:
        """The references; a picture among them that can't be had is but its words."""
        before = len(self._errors)
        html = self._renderer.blocks(pair.references)
        if len(self._errors) == before or self._config.error_free:
            return html
        del self._errors[before:]
        return without_lost_pictures(html)

    def _shown(self, pair: Pair) -> str:
        """What a question asks about, below its words: code, choices, a picture."""
        # A heading can't stand in the heading that the question is on a card.
        blocks = [
            Node("paragraph", node.span, node.children) if node.kind == "heading" else node
            for node in pair.asked
        ]
        html = self._renderer.blocks(blocks)
        return f'<div style="{_ASKED}">{html}</div>' if html else ""

    def _asked(self, pair: Pair) -> str:
        """The question of a pair, without its pictures: where it only reminds."""
        nodes = pair.question_node.children if pair.question_node else ()
        return self._renderer.inline([node for node in nodes if all(n.kind != "image" for n in node.walk())])

    def _what_comes_next(self, pair: Pair, follow_ups: list[FollowUp]) -> str:
        """Sub-questions and follow-ups; the answers of follow-ups only where these are no cards."""
        items = [f"#{child.id} {self._asked(child)}" for child in self._children[pair.id] if child.question]
        rest = pair.follow_ups
        if follow_ups and len(follow_ups) == sum(len(node.children) for node in rest if node.kind == "list"):
            items += [self._renderer.inline(entry.question) for entry in follow_ups]
            rest = tuple(node for node in rest if node.kind != "list")
        entries = "".join(f"<li>{item}</li>" for item in items)
        return (f'<ul class="children">{entries}</ul>' if items else "") + self._renderer.blocks(rest)

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


def make_blanks(html: str) -> tuple[str, tuple[str, ...]]:
    """``html`` with its first bold terms as Anki's clozes, and the terms in plain words.

    A term that stands twice is one blank, shown in both places at once.
    """
    terms: list[str] = []

    def blank(match: re.Match[str]) -> str:
        # Anki ends a cloze at "}}" and reads "::" as the beginning of a hint.
        inner = _MATH.sub(lambda math: _open_braces(math[0]), match[2]).replace("::", "&#58;&#58;")
        inner = re.sub(r"\}$", "&#125;", inner)
        words = " ".join(unescape(re.sub(r"<[^>]*>", "", inner)).replace(WORD_JOINER, "").split())
        if not words or (words not in terms and len(terms) == MAX_TERMS):
            return match[0]
        if words not in terms:
            terms.append(words)
        return f"{{{{c{terms.index(words) + 1}::{inner}}}}}"

    return _TERM.sub(blank, html), tuple(terms)


def _lone(answer: Sequence[Node]) -> Sequence[Node]:
    """The inlines of an answer that is but one paragraph without footnotes; else none."""
    is_lone = len(answer) == 1 and answer[0].kind in ("block_text", "paragraph")
    has_notes = any(node.kind == "footnote_ref" for block in answer for node in block.walk())
    return answer[0].children if is_lone and not has_notes else ()


def _without_blanks(cloze: Card) -> str:
    """The text of a cloze with its blanks filled in."""
    return re.sub(r"\{\{c\d+::|\}\}", "", cloze.fields["Text"])


def _open_braces(math: str) -> str:
    """Math without "}}", which TeX reads the same with a blank between; the sanitizer writes entities."""
    while "}}" in math or "&#125;&#125;" in math:
        math = math.replace("&#125;&#125;", "} }").replace("}}", "} }")
    return math
