"""The layouts in which one line marks a question and everything up to the next one is its answer.

``heading``: a heading that reads like a question, also inside a list item. ``bold``: a paragraph that is
one bold span. ``file``: the whole file is one question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dlcards.document.layouts.parts import make_pair, part_name, words
from dlcards.document.layouts.source import Source
from dlcards.markdown import plain_text
from dlcards.model import Node, Pair, Span

# The ways in which headings say that they are questions: a number, a letter, a question mark.
_PATTERNS = (
    re.compile(r"(?:Q(?:uestion)?|질문|문제)\s*\.?\s*\d*(?:[-.]\d+)*\s*[.:)\]]\s*\S.*", re.I),
    re.compile(r"\[?\d+(?:[-.]\d+)*\s*[.:)\]]\s*\S.*"),
    re.compile(r".*[?？]\W*"),
)
_NUMBER = re.compile(r"(?:Q(?:uestion)?|질문|문제)?\s*\.?\s*\[?\d*(?:[-.]\d+)*\s*[.:)\]]\s*", re.I)
_FEWEST_QUESTIONS = 2


def fits_heading(source: Source) -> bool:
    """Whether at least two headings read like questions."""
    return len(list(_question_headings(source))) >= _FEWEST_QUESTIONS


def find_heading(source: Source) -> tuple[Pair, ...]:
    """The questions that are headings; the answer goes up to the next heading that is none of its own."""
    questions = {id(node) for node in _question_headings(source)}
    pairs: list[Pair] = []
    for blocks, outer_end in _containers(source):
        for index, block in enumerate(blocks):
            if id(block) not in questions:
                continue
            level = _level(block)
            end = index + 1
            while end < len(blocks) and not _begins_another(blocks[end], level, questions, source):
                end += 1
            stop = blocks[end].span.start if end < len(blocks) else outer_end
            slug = source.slugs.get(id(block), "")
            body = blocks[index + 1 : end]
            pairs.append(
                make_pair(slug or str(len(pairs) + 1), block, slug, block, body, stop, source.config)
            )
    return tuple(sorted(pairs, key=lambda pair: pair.span))


def fits_bold(source: Source) -> bool:
    """Whether at least two bold paragraphs read like questions, and no heading does."""
    asking = [block for block in source.blocks if _is_bold(block) and _asks(plain_text(block.children))]
    return len(asking) >= _FEWEST_QUESTIONS


def find_bold(source: Source) -> tuple[Pair, ...]:
    """The questions that are bold paragraphs, up to the next one or a heading."""
    blocks = source.blocks
    starts = [i for i, block in enumerate(blocks) if _is_bold(block) and _asks(plain_text(block.children))]
    pairs: list[Pair] = []
    for number, (start, following) in enumerate(
        zip(starts, [*starts[1:], len(blocks)], strict=False), start=1
    ):
        end = start + 1
        while end < following and not (
            blocks[end].kind == "heading" and not part_name(blocks[end], source.config)
        ):
            end += 1
        stop = blocks[end].span.start if end < len(blocks) else len(source.text)
        bold = blocks[start].children[0]
        question = Node("heading", blocks[start].span, bold.children)
        pairs.append(
            make_pair(str(number), question, "", question, blocks[start + 1 : end], stop, source.config)
        )
    return tuple(pairs)


def find_file(source: Source) -> tuple[Pair, ...]:
    """The one question of a file: its front matter's title, or its first heading."""
    blocks = [block for block in source.blocks if block.kind != "blank_line"]
    if not blocks:
        return ()
    title = _front_matter_title(blocks[0], source.text)
    heading = next((block for block in blocks if block.kind == "heading"), None)
    question = title or heading
    if question is None:
        return ()
    body = [block for block in source.blocks if block is not heading and block.kind != "front_matter"]
    if title and heading:
        body = [block for block in source.blocks if block.kind != "front_matter"]
    slug = source.slugs.get(id(heading), "") if heading and not title else ""
    return (make_pair(slug or "1", question, slug, question, body, len(source.text), source.config),)


def without_number(question: str) -> str:
    """A question's words without the number in front of it: ``Q3. …``, ``12) …``."""
    return _NUMBER.sub("", question, count=1) if _NUMBER.match(question) else question


def _question_headings(source: Source) -> Iterator[Node]:
    """The headings that are questions, by the pattern that most headings follow.

    Levels vary inside real files, so a level by itself decides nothing. A heading with a question mark
    counts only at levels where most headings have one: the others are headings inside answers.
    """
    named = (
        *source.config.contents_headings,
        *source.config.references_headings,
        *source.config.follow_ups_headings,
    )
    skipped = set(map(words, named))
    candidates = [h for h in source.headings if h.text and words(h.text) not in skipped]
    if source.config.question_pattern:
        wanted = re.compile(source.config.question_pattern)
        yield from (heading.node for heading in candidates if wanted.search(heading.text))
        return
    lettered, numbered, marked = ([h for h in candidates if p.fullmatch(h.text)] for p in _PATTERNS)
    for headings in (lettered, numbered):
        # Numbers alone number chapters, too: most of them must have something to ask. And where
        # question marks are far more, the numbers are headings inside answers.
        asking = [h for h in headings if _asks(h.text)]
        if (
            len(asking) >= _FEWEST_QUESTIONS
            and 2 * len(asking) >= len(headings)
            and 3 * len(asking) >= len(marked)
        ):
            yield from (heading.node for heading in headings)
            return
    every, asked = (Counter(h.level for h in headings) for headings in (candidates, marked))
    yield from (heading.node for heading in marked if 2 * asked[heading.level] >= every[heading.level])


_ASKING = re.compile(
    r"[?？]|(?i:\b(?:what|why|how|when|which|who|where|explain|describe|define|difference|list|name|write|is|are|can|does|do)\b)"
    r"|무엇|어떻|왜|설명|차이|이란|란\b|인가|방법|이유|말해|뭔가|장단점|종류|특징"
)


def _asks(text: str) -> bool:
    return bool(_ASKING.search(text))


def _level(heading: Node) -> int:
    level = heading.attrs.get("level")
    return level if isinstance(level, int) else 6


def _begins_another(block: Node, level: int, questions: set[int], source: Source) -> bool:
    if id(block) in questions:
        return True
    if block.kind == "list" and any(id(node) in questions for node in block.walk()):
        return True
    return block.kind == "heading" and _level(block) <= level and not part_name(block, source.config)


def _containers(source: Source) -> Iterator[tuple[Sequence[Node], int]]:
    """The lists of blocks that questions may stand in: the document's, and those of list items."""
    yield source.blocks, len(source.text)
    for block in source.blocks:
        for node in block.walk():
            if node.kind == "list_item" and any(child.kind == "heading" for child in node.children):
                yield node.children, node.span.end


def _is_bold(block: Node) -> bool:
    inlines = [node for node in block.children if node.raw.strip() or node.children]
    return block.kind == "paragraph" and len(inlines) == 1 and inlines[0].kind == "strong"


def _front_matter_title(block: Node, text: str) -> Node | None:
    """The ``title:`` of YAML front matter as a heading; quotes around it are no part of it."""
    if block.kind != "front_matter":
        return None
    match = re.search(r"^title:[ \t]*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)[ \t]*\r?$", block.raw, re.M)
    if not match:
        return None
    start = block.span.start + match.start("title")
    span = Span(start, block.span.start + match.end("title"))
    words_node = Node("text", span, raw=span.of(text))
    return Node("heading", span, (words_node,), attrs={"level": 1})
