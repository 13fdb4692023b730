"""Follow-up questions with their answers: the items of the lists under the follow-ups heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dlcards.document.answers import says_something
from dlcards.document.inlines import parted
from dlcards.document.labels import without_start
from dlcards.markdown import plain_text
from dlcards.model import Config, Node, Span, lazy_compile

_HOLDS_WORDS = ("block_text", "paragraph", "heading")
# What asks before an answer in the same line; a period before a blank has ended a sentence that did not ask.
_ASKED = lazy_compile(
    r"(?:(?:[^.!。?？؟]|[.!](?!\s))*[?？؟]+[\"'”’»」』)\]*]*(?=\s|[-\u2013\u2014:：→⇒=]|\Z))+"
)
_SEPARATOR = lazy_compile(r"(?:\s|[-\u2013\u2014:：→⇒=>])*")
_MARK_AT_END = lazy_compile(r"[?？؟]\W*\Z")
_NO_PROSE = frozenset({"codespan", "inline_math", "link"})


class FollowUp(NamedTuple):
    """An item of the list.

    Attributes:
        item: The item.
        question: The inlines of its first paragraph, up to an answer in the same paragraph.
        words: The same in plain words.
        answer: What stands below: usually a nested list. Empty for a question that only asks, or whose answer
            is a placeholder.
    """

    item: Node
    question: tuple[Node, ...]
    words: str
    answer: tuple[Node, ...]

    @property
    def only_asks(self) -> bool:
        """Whether the item holds nothing but the question, not even a promise of an answer."""
        return not self.answer and sum(child.kind != "blank_line" for child in self.item.children) == 1


def read_follow_ups(blocks: Sequence[Node], config: Config) -> Iterator[FollowUp]:
    """The follow-ups of all lists among ``blocks``, in order."""
    for block in blocks:
        if block.kind == "list":
            yield from filter(None, (_follow_up(item, config) for item in block.children))


def _follow_up(item: Node, config: Config) -> FollowUp | None:
    first, *rest = [child for child in item.children if child.kind != "blank_line"] or (None,)
    if first is None or first.kind not in _HOLDS_WORDS:
        return None
    question, answer = tuple(first.children), _without_bullet(rest)
    if not rest:
        question, said = _asked_and_said(first)
        answer = (Node("paragraph", Span(said[0].span.start, said[-1].span.end), said),) if said else ()
    words = " ".join(plain_text(question).split())
    if not words:
        return None
    return FollowUp(item, question, words, answer if says_something(answer, config) else ())


def _asked_and_said(block: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The inlines of a paragraph that ask, and those that answer them in the same line or right below."""
    inlines = tuple(block.children)
    match = _ASKED.match(_prose(inlines))
    if match is None:
        return inlines, ()
    asked, rest = parted(inlines, match.end())
    said = tuple(without_start(block._replace(children=rest), _SEPARATOR).children)
    words = plain_text(said)
    if not any(map(str.isalnum, words)) or _MARK_AT_END.search(words):
        return inlines, ()
    return asked, said


def _prose(inlines: Sequence[Node]) -> str:
    """As :func:`plain_text`, with a NUL for each character of code, math and links."""
    parts = []
    for node in inlines:
        words = plain_text([node])
        if node.kind in _NO_PROSE:
            parts.append("\0" * len(words))
        else:
            parts.append(_prose(node.children) if node.children else words)
    return "".join(parts)


def _without_bullet(blocks: Sequence[Node]) -> tuple[Node, ...]:
    """What a lone item of a lone list holds; an answer needs no bullet."""
    if len(blocks) == 1 and blocks[0].kind == "list" and len(blocks[0].children) == 1:
        return tuple(blocks[0].children[0].children)
    return tuple(blocks)
