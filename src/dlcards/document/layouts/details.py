"""The ``details`` layout: ``<summary>`` is the question, the rest of ``<details>`` the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from dlcards.document.html import Tag, tokens
from dlcards.document.layouts.folds import Fold
from dlcards.document.layouts.parts import Section
from dlcards.document.layouts.source import Found, Source
from dlcards.document.text import TAG
from dlcards.model import Node, Span, lazy_compile

# What authors write in a summary as if it were markdown, and mean so. Not "*" and "_" alone: "2*3*4".
_MEANT = lazy_compile(
    r"`(?P<code>[^`\n]+)`|(?<!\\)\$(?P<math>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\w$])"
    r"|(?<![\w*])\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*(?![\w*])"
)
_SUMMARY_END = lazy_compile(r"</summary\b", re.I)
_SHOWS_NOTHING = ("inline_html", "blank_line", "softbreak", "linebreak")
_MARKS = 0.7


def find(source: Source) -> Found:
    """The questions in summaries; nested ``<details>`` belong to the answer they stand in."""
    asked = [
        fold
        for fold in source.folds
        if not fold.is_label and not fold.is_group and not fold.belongs_to_another
    ]
    sections = [
        _section(fold, following, number, source)
        for number, (fold, following) in enumerate(zip(asked, [*asked[1:], None], strict=False), start=1)
    ]
    return Found(tuple(sections), _MARKS, sum(fold.asks for fold in asked))


def _section(fold: Fold, following: Fold | None, number: int, source: Source) -> Section:
    block, siblings = fold.block, fold.siblings
    # Nested in a quote or a list the HTML's own text has lost the marks of its lines; then the
    # question's place is the block's.
    at = source.text.find(fold.summary, block.span.start, block.span.end)
    span = Span(at, at + len(fold.summary)) if at >= 0 else block.span
    question = Node("heading", span, _inlines(fold.summary, span), attrs={"level": 6})
    asked, behind = _rest_of_summary(fold)
    if not question.children:
        first = next((node for node in asked if node.kind in ("paragraph", "heading")), None)
        if first is not None:
            span = first.span
            question = Node("heading", span, first.children, attrs={"level": 6})
            asked.remove(first)
    last, ends = _end(fold, following)
    body = [behind] if behind else []
    if fold.says >= 0:
        block = siblings[fold.begins]
        rest = block.raw[fold.says : ends if last == fold.begins and ends >= 0 else None]
        if TAG.sub("", rest).strip() or _shows(rest):
            body.append(Node("block_html", Span(max(span.end, block.span.start), block.span.end), raw=rest))
    if last > fold.begins:
        body += siblings[fold.begins + 1 : last]
        closing = siblings[last]
        if ends < 0:
            body.append(closing)
        elif closing.raw[:ends].strip():
            body.append(Node("block_html", closing.span, raw=closing.raw[:ends]))
    anchor = Node("heading", Span(_start(fold, source), span.end))
    stop = siblings[last].span.end
    if following is not None:
        stop = min(stop, max(_start(following, source), span.end))
    return Section(str(number), anchor, "", question, body, stop, asked)


def _rest_of_summary(fold: Fold) -> tuple[list[Node], Node | None]:
    """What stands in a summary behind its first block (a list, code), and what behind it in its last one.

    The latter of a block of HTML is left to whoever reads the answer.
    """
    if fold.begins <= fold.head:
        return [], None
    rest = [block for block in fold.siblings[fold.head + 1 : fold.begins] if block.kind != "blank_line"]
    last = fold.siblings[fold.begins]
    if fold.said < 0:
        before, behind = _parted(last)
        return [*rest, before] if before else rest, behind
    if last.raw[: fold.said].strip():
        rest.append(Node("block_html", last.span, raw=last.raw[: fold.said]))
    return rest, None


def _parted(node: Node) -> tuple[Node | None, Node | None]:
    """A node before and behind the end tag of a summary in it: a list whose last choice ends the summary."""
    for index, child in enumerate(node.children):
        if _ends_summary(child):
            before, behind = None, None
        elif any(map(_ends_summary, child.walk())):
            before, behind = _parted(child)
        else:
            continue
        left = [*node.children[:index], *([before] if before else [])]
        right = [*([behind] if behind else []), *node.children[index + 1 :]]
        return _holding(node, left), _holding(node, right)
    return node, None


def _ends_summary(node: Node) -> bool:
    return node.kind == "inline_html" and bool(_SUMMARY_END.match(node.raw))


def _holding(node: Node, children: Sequence[Node]) -> Node | None:
    """A node like another one, of some of its children; None where these show nothing."""
    shows = any(
        child.kind not in _SHOWS_NOTHING and (child.children or child.raw.strip()) for child in children
    )
    if not shows:
        return None
    return node._replace(span=Span(children[0].span.start, children[-1].span.end), children=tuple(children))


def _start(fold: Fold, source: Source) -> int:
    """Where a fold begins in the document."""
    block = fold.siblings[fold.first]
    if fold.siblings is source.blocks:
        return block.span.start + fold.opens
    at = source.text.find(fold.summary, block.span.start, block.span.end)
    return max(source.text.rfind("<details", block.span.start, max(at, block.span.start)), block.span.start)


def _end(fold: Fold, following: Fold | None) -> tuple[int, int]:
    """The sibling that a fold ends in, and where in its HTML; where nobody closed it, at the next one."""
    if fold.closed and fold.last >= fold.begins:
        inside = following is not None and following.outer is fold
        if not inside:
            return fold.last, fold.ends
    if following is not None and following.siblings is fold.siblings:
        if following.first > fold.begins:
            before = following.siblings[following.first].raw[: following.opens]
            return (following.first, following.opens) if before.strip() else (following.first - 1, -1)
        return fold.begins, following.opens
    level = _level_above(fold.siblings, fold.begins)
    for index in range(fold.begins + 1, len(fold.siblings)):
        block = fold.siblings[index]
        if block.kind == "heading" and isinstance(own := block.attrs.get("level"), int) and own <= level:
            return index - 1, -1
    return len(fold.siblings) - 1, -1


def _level_above(siblings: Sequence[Node], index: int) -> int:
    levels = (block.attrs.get("level") for block in reversed(siblings[:index]) if block.kind == "heading")
    level = next(levels, 6)
    return level if isinstance(level, int) else 6


def _shows(html: str) -> bool:
    may_show = "<img" in html.lower()
    return may_show and any(isinstance(token, Tag) and token.name == "img" for token in tokens(html, 0))


def _inlines(html: str, span: Span) -> tuple[Node, ...]:
    """What a summary says as inlines, all at its place: its tags, and what its author means by marks."""
    nodes: list[Node] = []
    code: list[str] | None = None
    for token in tokens(html.strip(), 0):
        if isinstance(token, Tag):
            if token.name == "code":
                if token.closes and code is not None:
                    nodes.append(Node("codespan", span, raw="".join(code)))
                code = None if token.closes else []
            elif token.name not in ("summary", "details"):
                nodes.append(Node("inline_html", span, raw=token.span.of(html.strip())))
        elif code is not None:
            code.append(token.text)
        else:
            nodes += _meant(" ".join(re.split(r"\s+", token.source)), span)
    if code:
        nodes.append(Node("text", span, raw="".join(code)))
    return tuple(nodes)


def _meant(text: str, span: Span) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    for match in _MEANT.finditer(text):
        nodes.append(Node("text", span, raw=unescape(text[at : match.start()])))
        if match["code"]:
            nodes.append(Node("codespan", span, raw=unescape(match["code"])))
        elif match["math"]:
            nodes.append(Node("inline_math", span, raw=unescape(match["math"])))
        else:
            words = Node("text", span, raw=unescape(match["strong"]))
            nodes.append(Node("strong", span, (words,)))
        at = match.end()
    nodes.append(Node("text", span, raw=unescape(text[at:])))
    return [node for node in nodes if node.raw or node.children]
