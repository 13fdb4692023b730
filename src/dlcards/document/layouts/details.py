"""The ``details`` layout: ``<summary>`` is the question, the rest of ``<details>`` the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dlcards.document.layouts.parts import make_pair, words
from dlcards.document.layouts.source import Source
from dlcards.markdown import parse, plain_text
from dlcards.model import Node, Pair, Span

_SUMMARY = re.compile(r"<summary\b[^>]*>(?P<words>.*?)</summary>", re.I | re.S)
_OPEN = re.compile(r"<details\b", re.I)
_CLOSE = re.compile(r"</details\s*>", re.I)
_TAGS = re.compile(r"<[^>]*>")
# A summary that only says that something unfolds is no question.
_LABELS = frozenset(
    map(
        words,
        (
            "답",
            "답변",
            "정답",
            "해설",
            "보기",
            "더 보기",
            "펼치기",
            "접기",
            "answer",
            "answers",
            "show",
            "see",
        ),
    )
) | frozenset(
    map(
        words,
        ("solution", "details", "click", "답변 보기", "정답 보기", "답 보기", "see answer", "show answer"),
    )
)
_FEWEST_QUESTIONS = 2


def fits(source: Source) -> bool:
    """Whether at least two summaries say something to ask about."""
    found = (match for block in _html(source.blocks) for match in _SUMMARY.finditer(block.raw))
    return sum(1 for match in found if _is_question(_words(match))) >= _FEWEST_QUESTIONS


def find(source: Source) -> tuple[Pair, ...]:
    """The questions in summaries; nested ``<details>`` belong to the answer they stand in."""
    pairs: list[Pair] = []
    for siblings in _containers(source.blocks):
        index = 0
        while index < len(siblings):
            block = siblings[index]
            match = _SUMMARY.search(block.raw) if block.kind == "block_html" else None
            if not match or not _is_question(_words(match)):
                index += 1
                continue
            end = _closing(siblings, index)
            pairs.append(_pair(siblings, index, end, match, len(pairs) + 1, source))
            index = end + 1
    return tuple(sorted(pairs, key=lambda pair: pair.span))


def _pair(
    siblings: Sequence[Node], index: int, end: int, match: re.Match[str], number: int, source: Source
) -> Pair:
    block = siblings[index]
    # Nested in a quote or a list the HTML's own text has lost the marks of its lines; then the
    # question's place is the block's.
    at = source.text.find(match.group("words"), block.span.start, block.span.end)
    span = Span(at, at + len(match.group("words"))) if at >= 0 else block.span
    question = Node("heading", span, _inlines(match.group("words"), span), attrs={"level": 6})
    body: list[Node] = []
    rest = block.raw[match.end() :]
    if index == end:
        rest = _cut_closing(rest)
    if _TAGS.sub("", rest).strip():
        body.append(Node("block_html", Span(span.end, block.span.end), raw=rest))
    body += siblings[index + 1 : end]
    if end > index and (last := _cut_closing(siblings[end].raw)).strip():
        body.append(Node("block_html", siblings[end].span, raw=last))
    anchor = Node("heading", Span(block.span.start, span.end))
    stop = siblings[min(end, len(siblings) - 1)].span.end
    return make_pair(str(number), anchor, "", question, body, stop, source.config)


def _inlines(html: str, span: Span) -> tuple[Node, ...]:
    """The words of a summary as inlines, all at its place."""
    words_only = " ".join(_TAGS.sub("", html).split())
    paragraph = next(iter(parse(words_only)), None)
    if paragraph is None or paragraph.kind not in ("paragraph", "heading", "list"):
        return (Node("text", span, raw=words_only),)
    return (Node("text", span, raw=plain_text(paragraph.children) or words_only),)


def _closing(siblings: Sequence[Node], index: int) -> int:
    """The number of the sibling in which the ``<details>`` that opens at ``index`` closes."""
    depth = 0
    for end in range(index, len(siblings)):
        if siblings[end].kind == "block_html":
            depth += len(_OPEN.findall(siblings[end].raw)) - len(_CLOSE.findall(siblings[end].raw))
            if depth <= 0:
                return end
    return len(siblings) - 1


def _cut_closing(html: str) -> str:
    closing = list(_CLOSE.finditer(html))
    return html[: closing[-1].start()] if closing else html


def _html(blocks: Sequence[Node]) -> Iterator[Node]:
    for block in blocks:
        yield from (node for node in block.walk() if node.kind == "block_html")


def _containers(blocks: Sequence[Node]) -> Iterator[Sequence[Node]]:
    yield blocks
    for block in blocks:
        yield from (node.children for node in block.walk() if node.kind in ("list_item", "block_quote"))


def _words(match: re.Match[str]) -> str:
    return " ".join(_TAGS.sub("", match.group("words")).split())


def _is_question(text: str) -> bool:
    return bool(words(text)) and words(text) not in _LABELS
