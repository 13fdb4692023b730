"""From a valid pair to its cards: the question, the blanks of its summary, its follow-ups."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from dlcards.deck.cards.blanks import make_blanks
from dlcards.deck.cards.finish import plain, without_lost_pictures
from dlcards.deck.cards.html import FieldRenderer
from dlcards.deck.cards.media import Media, MediaError, all_of
from dlcards.deck.cards.words import difference, in_order, words_in
from dlcards.document.answers import on_card
from dlcards.document.follow_ups import FollowUp, read_follow_ups
from dlcards.document.language import language_of
from dlcards.document.layouts.parts import goes_into_depth
from dlcards.document.topics import answer_of, answer_source, topics
from dlcards.identity.evidence import fingerprint
from dlcards.linter.engine import ValidPair
from dlcards.model import (
    KINDS,
    Card,
    Config,
    Document,
    Faults,
    Kind,
    Node,
    Pair,
    Span,
    Text,
    Unguarded,
    tag_of,
)
from dlcards.project.addresses import is_external, local_target
from dlcards.project.hosting import configured_pages

# A question of fewer characters says what it asks only under its heading: "장단점은?", "Why?".
_TELLING = 10
# What stands below a question's words in its heading, which is smaller on the back; legible there, too.
# Not in style.css: that is a part of the note types, and every deck's would be new for it.
_ASKED = "margin-top: 10px; font-size: 0.77em; font-size: max(0.77em, 16px); font-weight: 400"


class RefusedCard(NamedTuple):
    """A pair whose card could not be made, and why."""

    valid: ValidPair
    reason: Text


def make_cards(
    pairs: Iterable[ValidPair],
    config: Config,
    media: Media,
    kinds: Collection[Kind] = KINDS,
    tags: Iterable[str] = (),
    faults: Faults | None = None,
) -> Iterator[tuple[Card, ...] | RefusedCard]:
    """The cards of each pair, or why none could be made: pictures can't be had, or words would be lost.

    A pair's question comes first, then its cloze, then its follow-ups.

    Args:
        pairs: The pairs of one or more documents.
        config: The project's configuration.
        media: Where the cards' pictures are packed.
        kinds: Which kinds of cards to make; questions always.
        tags: Tags for every card besides its own.
        faults: Where a bug that a pair meets is noted, so that the others get cards; raised when None.
    """
    faults = Unguarded() if faults is None else faults
    makers: dict[PurePosixPath, _Maker] = {}
    for valid in pairs:
        document = valid.document
        made: tuple[Card, ...] | RefusedCard = RefusedCard(valid, _BUG)
        with faults.caught(document.path, f"#{valid.pair.id}"):
            if document.path not in makers:
                makers[document.path] = _Maker(document, config, media, kinds, tuple(tags))
            try:
                made = tuple(makers[document.path].cards(valid.pair))
            except (MediaError, LostWordsError) as error:
                made = RefusedCard(valid, error.message)
        yield made


_BUG = Text("프로그램의 오류다", "a bug in dlcards")


class LostWordsError(Exception):
    """A card that would not show all words of its pair; ``message`` says which."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


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
        self._pages = configured_pages(config)
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
        self._topics = topics(document)
        self._asked_often = Counter(pair.question for pair in document.pairs)
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
        self._renderer.begin()
        packed = set(self._media.packed)
        follow_ups = (
            list(read_follow_ups(pair.follow_ups, self._config)) if "follow-up" in self._kinds else []
        )
        answer = on_card(pair, self._config)
        question = self._question(pair, answer, follow_ups)
        cards = [question]
        if "cloze" in self._kinds and (cloze := self._cloze(pair, question)):
            cards.append(cloze)
        answered = [entry for entry in follow_ups if entry.answer]
        cards += [self._follow_up(pair, entry, question) for entry in answered]
        if self._errors:
            self._media.forget(packed)
            raise all_of(self._errors)
        if lost := self._lost(pair, answer, cards, answered):
            self._media.forget(packed)
            raise LostWordsError(lost)
        return cards

    def _lost(
        self, pair: Pair, answer: Sequence[Node], cards: Sequence[Card], follow_ups: Sequence[FollowUp]
    ) -> Text | None:
        """What the law of ``words.py`` has against the cards of a pair; None where it holds.

        Args:
            pair: The pair.
            answer: The blocks of its answer that are on its card.
            cards: Its cards.
            follow_ups: Its follow-ups that are cards of their own, in the order of ``cards``.
        """
        words, inline, brief = self._renderer.words, self._renderer.inline_words, self._renderer.brief_words
        question = cards[0].fields
        assert pair.question_node is not None
        asked = inline(pair.question_node.children) + words(pair.asked)
        parts = [
            (asked, question["Question"]),
            (brief(pair.hint), question["Hint"]),
            (brief(pair.summary), question["Summary"]),
            (words(answer), question["Answer"]),
        ]
        parts += [(words_in(question["Summary"]), _without_blanks(card)) for card in cards if card.terms]
        derived = [card.fields for card in cards if card.kind == "follow-up"]
        for entry, fields in zip(follow_ups, derived, strict=True):
            parts += [
                (inline(entry.question), fields["Question"]),
                (words(entry.answer), fields["Summary"]),
            ]
        found = [difference(expected, words_in(html)) for expected, html in parts]
        found += self._lost_follow_ups(pair, words_in(question["FollowUps"]), follow_ups)
        found.append(_nothing_shown(question["Summary"] + question["Answer"]))
        # What a picture that can't be had says stands between the words of the references.
        if not in_order(said := words(pair.references), said_there := words_in(question["References"])):
            found.append(difference(said, said_there))
        return next((text for text in found if text), None)

    def _lost_follow_ups(self, pair: Pair, listed: str, cards: Sequence[FollowUp]) -> Iterator[Text | None]:
        """What stands under the heading of follow-ups, and neither on the card nor on cards of its own.

        The fields of those have been held against question and answer; a mark that parts the two may be gone.
        """
        inline, words = self._renderer.inline_words, self._renderer.words
        own = {id(entry.item): inline(entry.question) + words(entry.answer) for entry in cards}
        for block in pair.follow_ups:
            for part in block.children if block.kind == "list" else (block,):
                said = self._renderer.words((part,), footnotes=False)
                if said not in listed and _letters(said) != _letters(own.get(id(part), "")):
                    yield difference(said, "")

    def _question(self, pair: Pair, answer: Sequence[Node], follow_ups: list[FollowUp]) -> Card:
        assert pair.question_node is not None
        renderer = self._renderer
        fields = {
            "Id": plain(pair.id),
            "Question": renderer.question(pair.question_node.children) + self._shown(pair),
            "Context": self._context(pair),
            "Hint": renderer.brief(pair.hint),
            "Summary": renderer.brief(pair.summary),
            "Answer": renderer.blocks(_folded(answer, self._config)),
            "FollowUps": self._what_comes_next(pair, follow_ups),
            "References": self._references(pair),
            "Source": self._page(pair.slug),
        }
        tag = tag_of(self._document.name, self._topics[pair.id].headings or self._group(pair))
        tags = tuple(dict.fromkeys([tag, *self._tags]))
        return Card(
            "question",
            self._document.name,
            pair.id,
            pair.question,
            fields,
            tags,
            self._language,
            above=self._topics[pair.id].above,
            topic=" / ".join(self._topics[pair.id].headings),
            answer=fingerprint(answer_of(pair, self._document)),
            order=pair.span.start,
            anchor=pair.slug,
        )

    def _cloze(self, pair: Pair, question: Card) -> Card | None:
        """The summary with a blank for each bold term; None without one."""
        text, terms = make_blanks(question.fields["Summary"])
        if not terms:
            return None
        fields = {
            "Id": plain(pair.id),
            "Text": text,
            "Context": self._asked(pair),
            "Extra": question.fields["Answer"],
            "Source": question.fields["Source"],
        }
        return replace(question, kind="cloze", fields=fields, terms=terms)

    def _follow_up(self, pair: Pair, follow_up: FollowUp, question: Card) -> Card:
        answer = follow_up.answer
        has_notes = any(node.kind == "footnote_ref" for block in answer for node in block.walk())
        fields = {
            "Id": plain(pair.id),
            "Question": self._renderer.inline(follow_up.question),
            "Context": self._asked(pair),
            "Summary": self._renderer.blocks(answer) if has_notes else self._renderer.brief(answer),
            "Source": question.fields["Source"],
        }
        known_by = fingerprint(answer_source(answer, self._document))
        return replace(question, kind="follow-up", question=follow_up.words, fields=fields, answer=known_by)

    def _references(self, pair: Pair) -> str:
        """The references; a picture among them that can't be had is but its words."""
        before = len(self._errors)
        html = self._renderer.blocks(pair.references)
        if len(self._errors) == before or self._config.error_free:
            return html
        del self._errors[before:]
        return without_lost_pictures(html)

    def _group(self, pair: Pair) -> tuple[str, ...]:
        """The words of the question that a pair and its sub-questions stand under; none for one by itself."""
        top = self._by_id.get(pair.id.partition("-")[0]) if pair.parent_id else pair
        return (top.question,) if top and self._children[top.id] else ()

    def _context(self, pair: Pair) -> str:
        """The question or heading that a question stands under, where it needs that to say what it asks."""
        if parent := self._by_id.get(pair.parent_id or ""):
            return f"#{plain(parent.id)} {self._asked(parent)}"
        says_all = len(pair.question) >= _TELLING and self._asked_often[pair.question] < 2
        headings = self._topics[pair.id].headings
        return "" if says_all or not headings else plain(headings[-1])

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
        items = [
            f"#{plain(child.id)} {self._asked(child)}" for child in self._children[pair.id] if child.question
        ]
        rest = pair.follow_ups
        whole = [entry for entry in follow_ups if entry.answer or entry.only_asks]
        if whole and len(whole) == sum(len(node.children) for node in rest if node.kind == "list"):
            items += [self._renderer.inline(entry.question) for entry in whole]
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
        if is_external(url):
            return url
        if url.startswith("#"):
            return self._page(unquote(url[1:])) or None
        target = local_target(url, self._document.path, self._config)
        return self._pages.of(target.path, target.fragment) if target and self._pages else None

    def _page(self, fragment: str) -> str:
        """The document's page; empty without a configured repository."""
        return self._pages.of(self._document.path, fragment) if self._pages else ""


def _folded(answer: Sequence[Node], config: Config) -> Sequence[Node]:
    """An answer whose depth is one node: its heading, and what stands below it."""
    at = next((index for index, node in enumerate(answer) if goes_into_depth(node, config)), 0)
    if all(
        node.kind == "blank_line" for node in answer[:at]
    ):  # else what is folded away would be all there is
        return answer
    inside = tuple(answer[at:])
    return [*answer[:at], Node("fold", Span(inside[0].span.start, inside[-1].span.end), inside)]


def _letters(words: str) -> list[str]:
    return [character for character in words if character.isalnum()]


def _nothing_shown(back: str) -> Text | None:
    """Why a back is none: there is nothing to see on it."""
    if words_in(back) or re.search(r"<(?:img|input|hr)\b", back):
        return None
    return Text("카드 뒷면에 보이는 것이 없다", "the card's back would show nothing")


def _without_blanks(cloze: Card) -> str:
    """The text of a cloze with its blanks filled in."""
    return re.sub(r"\{\{c\d+::|\}\}", "", cloze.fields["Text"])
