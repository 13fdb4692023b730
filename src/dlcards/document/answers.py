"""What of a question's blocks answers it, and whether that is more than a promise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from dlcards.document.elements import ends_in, html_nodes
from dlcards.document.labels import NAVIGATION, announces_answer, without_start
from dlcards.document.once import Same, once
from dlcards.document.raw_html import as_seen
from dlcards.document.text import TAG, block_text, fold
from dlcards.markdown import plain_text
from dlcards.model import Config, Document, Node, Pair, Span, lazy_compile, nodes_in

# How much may follow a placeholder that still says nothing: "TODO: add a picture".
_REST = 24
_FEWEST = 5  # questions that an index has
# What may stand around a placeholder, and what begins the rest, also as Chinese and Japanese write it.
_MARKS = " .…!?~()[]<>*-_:·。．！？～（）［］【】〈〉＊－＿：、"
_LEAD = lazy_compile(rf"[\s{re.escape(_MARKS)}]*")
_BEFORE_REST = ":-,(：－，、（"
_SUMMARY = lazy_compile(r"<summary\b[^>]*>[^<]*(?:<(?!/summary)[^<]*)*</summary>", re.I)
_NO_WORDS = frozenset({"image", "codespan", "inline_math", "block_math", "block_code"})
_SAY_NOTHING = frozenset({"blank_line", "thematic_break", "definition", "footnote_definition"})
# What cards show besides words; no films, sounds, frames and drawings (``raw_html.LEFT_OUT``).
_SHOWS_SOMETHING = lazy_compile(r"<(?:img|input)\b", re.I)
_FOLD = lazy_compile(r"(?:<details\b[^>]*>\s*)?<summary\b[^>]*>(?P<words>.*?)</summary>", re.I | re.S)
# "A." before an answer, where the question has a "Q."; other letters may be choices.
_LETTER = lazy_compile(r"\s*A\s*\d*(?:[-.]\d+)*\s*[.:)\uff1a]\s*(?=\S)")
_QUESTION_LETTER = lazy_compile(r"\W*Q(?:uestion)?\b|\W*Q\d", re.I)
# Zero-width characters, soft hyphens and marks of direction show nothing.
_VISIBLE = lazy_compile("[^\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_PREFIX = lazy_compile(r"\W*(?P<label>[^:\uff1a\n]{1,24})[:\uff1a]\s*(?=\S)")


class Answer(NamedTuple):
    """A pair's answer.

    Attributes:
        pair: The pair.
        blocks: What of it says something: its :func:`substance`.
        is_said: Whether that is more than a placeholder.
    """

    pair: Pair
    blocks: list[Node]
    is_said: bool


def answers(document: Document, config: Config) -> Sequence[Answer]:
    """The answers of a document's pairs, in their order."""
    return _answers(document, Same(config))


@once
def _answers(document: Document, config: Same[Config]) -> Sequence[Answer]:
    found = [(pair, substance(pair, config.value)) for pair in document.pairs]
    return [Answer(pair, blocks, _are_said(blocks, config.value)) for pair, blocks in found]


def substance(pair: Pair, config: Config) -> list[Node]:
    """The blocks of an answer that say something.

    Blank lines, rules, ``<br>``, comments, definitions, lines that only lead back to the top and
    lines that only announce an answer (``Answer:``) do not.
    """
    blocks = [block for block in pair.body if not _is_filler(block, config)]
    if all(block.kind == "heading" for block in blocks):
        blocks = []  # a heading only announces what stands below it
    return [*pair.summary, *blocks]


def on_card(pair: Pair, config: Config) -> list[Node]:
    """The blocks of an answer for a card's back: no labels, no fold around it, no way back to the top."""
    kept: list[Node] = []
    begun = False
    for block in pair.body:
        if block.kind == "block_html":
            unfolded = _FOLD.sub(_without_label, block.raw)
            block = block if unfolded == block.raw else Node("block_html", block.span, raw=unfolded)
        if _only_leads(block, config):
            continue
        if not begun and block.kind in ("paragraph", "heading"):
            block = _without_prefix(block, pair)
        begun = begun or block.kind not in ("blank_line", "block_html", "thematic_break")
        if (rest := _without_way_back(block)) is not None:
            kept.append(rest)
    # A rule that parted the answer from what is gone parts nothing.
    while kept and kept[-1].kind in ("blank_line", "thematic_break"):
        kept.pop()
    return kept


def _without_label(match: re.Match[str]) -> str:
    return "" if announces_answer(TAG.sub("", match["words"])) else match[0]


def _only_leads(block: Node, config: Config) -> bool:
    """Whether a block says something, but only that an answer follows, or leads elsewhere."""
    if block.kind not in ("paragraph", "heading", "block_html") or not _is_filler(block, config):
        return False
    seen = _seen(block)
    words = TAG.sub(" ", seen.raw) if block.kind == "block_html" else plain_text(seen.children)
    return bool(words.strip()) and not _SUMMARY.search(block.raw)


def _without_way_back(block: Node) -> Node | None:
    """A list without the way back to the top that its indent has put at its end; None where that is all."""
    if block.kind in ("paragraph", "block_text"):
        leads = _leads_away(block, plain_text(block.children))
        return None if leads and _holds(block, {"link"}) else block
    if block.kind not in ("list", "list_item"):
        return block
    children = list(block.children)
    while children:
        last = children.pop()
        rest = None if last.kind == "blank_line" else _without_way_back(last)
        if rest is not None:
            same = rest is last and len(children) == len(block.children) - 1
            return block if same else block._replace(children=(*children, rest))
    return None


def _without_prefix(block: Node, pair: Pair) -> Node:
    words = plain_text(block.children)
    prefix = _PREFIX.match(words)
    if prefix and announces_answer(prefix["label"]):
        return without_start(block, _PREFIX)
    if _LETTER.match(words) and _QUESTION_LETTER.match(pair.question):
        return without_start(block, _LETTER)
    return block


def is_answered(pair: Pair, config: Config) -> bool:
    """Whether a question has an answer that is more than a placeholder."""
    return _are_said(substance(pair, config), config)


def says_something(blocks: Sequence[Node], config: Config) -> bool:
    """Whether some blocks are more than filler and placeholders."""
    return _are_said([block for block in blocks if not _is_filler(block, config)], config)


def _are_said(blocks: Sequence[Node], config: Config) -> bool:
    has_lines = False
    for block in blocks:
        for line in lines_of([block]):
            if not is_placeholder(line, config):
                return True
            has_lines = True
    return bool(blocks) and not has_lines


def is_index(document: Document, config: Config) -> bool:
    """Whether a document only lists questions, for whoever wants to ask them: none or hardly one is answered.

    Where the questions have numbers as anchors, or the layout is configured, answers are meant to come.
    """
    if not document.readings or document.layout == "native":
        return False
    if not document.readings[0].answered:
        return True
    return len(document.pairs) >= _FEWEST and not any(answer.is_said for answer in answers(document, config))


def in_references(document: Document, place: Span) -> bool:
    """Whether a place stands among the references of a question, which its card can do without."""
    return any(
        block.span.holds(place)
        for pair in document.pairs
        if pair.span.holds(place)
        for block in pair.references
    )


def is_placeholder(line: str, config: Config) -> bool:
    """Whether a line of plain text only promises an answer."""
    placeholders = _folded(config.placeholders)
    if not _may_begin_like_one(line, placeholders):
        return False
    words = fold(line).strip(_MARKS)
    for placeholder in placeholders:
        if not words.startswith(placeholder):
            continue
        follows = words[len(placeholder) :]
        if not follows or (follows[0] in _BEFORE_REST and len(follows) <= _REST):
            return True
    return False


def _may_begin_like_one(line: str, placeholders: tuple[str, ...]) -> bool:
    """Whether the first letter does not say already that a line begins with none of the placeholders."""
    if not is_normalized("NFC", line):
        return True
    lead = _LEAD.match(line)
    assert lead is not None
    first = line[lead.end() : lead.end() + 1].casefold()
    return first[:1] in _first_letters(placeholders)


@lru_cache(maxsize=8)
def _first_letters(placeholders: tuple[str, ...]) -> frozenset[str]:
    return frozenset(placeholder[:1] for placeholder in placeholders)


@lru_cache(maxsize=8)
def _folded(placeholders: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, placeholders))


def lines_of(blocks: Sequence[Node]) -> list[str]:
    """The lines of some blocks, without markup."""
    return [line for block in blocks for line in block_text(block, code="`").splitlines() if line.strip()]


def _seen(block: Node) -> Node:
    """A block as cards see it: what only looks like HTML says something, what cards leave out does not."""
    if block.kind == "block_html":
        raw = _html_seen(block.raw, block.span.start)
        return block if raw == block.raw else block._replace(raw=raw)
    return as_seen(block, ends_in((block,))) if html_nodes((block,)) else block


@lru_cache(maxsize=256)
def _html_seen(raw: str, start: int) -> str:
    """The source of a block of HTML as cards see it. Long ones are asked about several times a question."""
    block = Node("block_html", Span(start, start + len(raw)), raw=raw)
    return as_seen(block, ends_in((block,))).raw


def _is_filler(block: Node, config: Config) -> bool:
    if block.kind in _SAY_NOTHING:
        return True
    block = _seen(block)
    if block.kind == "block_html":
        # What a <summary> says only announces what unfolds below it.
        words = TAG.sub(" ", _SUMMARY.sub(" ", block.raw))
        leads = _is_label(words, config) or _leads_away(block, words)
        return not _SHOWS_SOMETHING.search(block.raw) and leads
    if _holds(block, _NO_WORDS):
        return False
    if any(_SHOWS_SOMETHING.search(node.raw) for node in html_nodes((block,))):
        return False
    words = plain_text(block.children) if block.kind == "paragraph" else block_text(block)
    return _is_label(words, config) or _leads_away(block, words)


def _leads_away(block: Node, words: str) -> bool:
    """Whether the words of a block only lead elsewhere; ``Index`` alone, without a link, may be an answer."""
    if not NAVIGATION.match(words) or _holds(block, _NO_WORDS):
        return False
    links = block.kind == "block_html" or _holds(block, {"link", "inline_html"})
    return links or len(words.split()) > 1


def _holds(block: Node, kinds: frozenset[str] | set[str]) -> bool:
    return not kinds.isdisjoint([node.kind for node in nodes_in((block,))])


def _is_label(words: str, config: Config) -> bool:
    """Whether ``words`` are none at all, or only announce an answer."""
    said = fold(words).strip(" :：.-*")
    if announces_answer(words):
        return True
    return not _VISIBLE.search(said) or (len(said) < 40 and said in map(fold, config.answer_labels))
