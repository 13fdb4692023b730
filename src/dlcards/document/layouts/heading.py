"""The ``heading`` layout: a heading asks, also inside a list item, and what stands below it answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dlcards.document.labels import announces_answer, begins_answer, is_any_articles
from dlcards.document.layouts.asking import (
    LETTERED,
    asks,
    is_marked,
    may_ask,
    number_of,
)
from dlcards.document.layouts.contents import leads_to_anchors
from dlcards.document.layouts.folds import innermost
from dlcards.document.layouts.parts import Section, is_announcement, level_of, part_name, words
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Heading, Node

_FEWEST = 2
# Of so few headings two may ask by chance, and say nothing of the third.
_FEWEST_OTHERS = 3
# Without a single question mark a handful of headings that begin with "What" or "How" may be an article's.
_FEWEST_UNMARKED = 5
_LETTERED_MARKS = 0.9
# So often a heading says what others of its level say.
_AGAIN = 3


def find(source: Source) -> Found:
    """The questions that are headings; the answer goes up to the next heading that is none of its own."""
    stream = _Stream(source)
    chosen, marks = _questions(stream, source)
    chosen = _without_groups(chosen, stream)
    sections = tuple(_sections(stream, {id(candidate.node) for candidate in chosen}, source))
    asking = sum(candidate.asks for candidate in chosen)
    return Found(sections, marks, asking, certain=bool(source.config.question_pattern and sections))


class _Candidate(NamedTuple):
    """A heading that may be a question.

    Attributes:
        node: The heading.
        text: Its words.
        number: Its own number or that of the list item that it begins.
        asks: Whether its words ask, or an answer is announced below it.
        plain: Whether they only may: no question mark, no announced answer.
        kind: Where it stands: its level, and whether it begins a list item.
    """

    node: Node
    text: str
    number: tuple[int, ...]
    asks: bool
    plain: bool
    kind: tuple[int, bool]


class _Stream:
    """The blocks of a document in one line: items of lists that hold headings are taken out of them.

    An answer whose indent is too small to stand in its item follows its heading all the same.

    Attributes:
        blocks: The blocks; None where an item begins that only holds other items.
        numbers: The number of the list item that a heading begins, by the ``id()`` of its node.
        parts: The ``id()`` of the headings that are the parts of a pattern that every answer follows.
    """

    def __init__(self, source: Source) -> None:
        self.blocks: list[Node | None] = []
        self.numbers: dict[int, tuple[int, ...]] = {}
        headings = [heading for heading in source.headings if not part_name(heading.node, source.config)]
        # What the project says asks, asks.
        self.parts = set() if source.config.question_pattern else _parts_of_answers(headings)
        top = set(map(id, source.blocks))
        self._nested = {id(heading.node) for heading in source.headings} - top
        self._add(source.blocks)

    def _add(self, blocks: Iterable[Node]) -> None:
        for block in blocks:
            if block.kind == "list" and self._holds_headings(block):
                self._add_items(block)
            else:
                self.blocks.append(block)

    def _add_items(self, items: Node) -> None:
        start = items.attrs.get("start")
        ordered = items.attrs.get("ordered")
        for index, item in enumerate(items.children):
            first = next((child for child in item.children if child.kind != "blank_line"), None)
            if first is not None and first.kind == "heading":
                number = (start if isinstance(start, int) else 1) + index
                self.numbers[id(first)] = (number,) if ordered else ()
            elif self._holds_headings(item):
                self.blocks.append(None)
            else:
                # A further item below a question is a part of its answer.
                self.blocks.append(Node("list", item.span, (item,), attrs=items.attrs))
                continue
            self._add(item.children)

    def _holds_headings(self, node: Node) -> bool:
        return bool(self._nested) and any(id(inner) in self._nested for inner in node.walk())

    def below(self, index: int) -> Iterator[Node | None]:
        """All blocks below one."""
        for number in range(index + 1, len(self.blocks)):
            yield self.blocks[number]

    def section(self, index: int) -> Iterator[Node]:
        """What stands below a heading, up to the next heading."""
        for number in range(index + 1, len(self.blocks)):
            block = self.blocks[number]
            if block is None or block.kind == "heading":
                return
            yield block


def _parts_of_answers(headings: Sequence[Heading]) -> set[int]:
    """The ``id()`` of the headings of a level that says the same again and again: ``Example``.

    Above it stand the questions, so that there are about as many of them. Where only what is said again asks,
    it is asked of each topic: ``Pros and cons?``
    """
    levels: dict[int, list[Heading]] = defaultdict(list)
    for heading in headings:
        levels[heading.level].append(heading)
    parts: set[int] = set()
    for level, inside in levels.items():
        said = Counter(words(heading.text) for heading in inside)
        repeated = [heading for heading in inside if said[words(heading.text)] >= _AGAIN]
        above = max((others for other, others in levels.items() if other < level), key=len, default=[])
        is_pattern = 3 * len(repeated) >= 2 * len(inside) and 2 * len(above) >= max(said.values())
        asking = sum(asks(heading.text) for heading in above)
        only_repeated_ask = 2 * asking < len(above) and all(asks(heading.text) for heading in repeated)
        if is_pattern and not only_repeated_ask:
            parts |= {id(heading.node) for heading in inside}
    return parts


def _questions(stream: _Stream, source: Source) -> tuple[list[_Candidate], float]:
    """The headings that are questions by the surest of their marks, and how plain these are."""
    candidates = list(_candidates(stream, source))
    if source.config.question_pattern:
        from dlcards.document.pattern import Search  # not above: few projects write one

        search = Search(source.config.question_pattern, source.name)
        return [one for one in candidates if search.finds(one.text)], 1.0
    marked = [one for one in candidates if one.asks]
    lettered = [one for one in candidates if LETTERED.fullmatch(one.text)]
    if len(lettered) >= _FEWEST and 3 * len(lettered) >= len(marked):
        return lettered, _LETTERED_MARKS
    numbered = [one for one in candidates if one.number]
    asking = [one for level in _levels(numbered) for one in _asking_runs(level)]
    asking.sort(key=lambda one: one.node.span.start)
    # Where headings that ask without a number are far more, the numbers are headings inside answers.
    if len(asking) >= _FEWEST and 3 * len(asking) >= len(marked):
        return asking, len(asking) / len(numbered)
    by_level = _asking_levels(candidates)
    if len(by_level[0]) >= _FEWEST or not numbered:
        return by_level
    return numbered, 0.0


def _without_groups(chosen: list[_Candidate], stream: _Stream) -> list[_Candidate]:
    """The questions, without those that only head questions of a deeper level, which answer them."""
    levels = {id(one.node): one.kind[0] for one in chosen}
    groups: set[int] = set()
    above: Node | None = None  # a question that nothing stands below so far
    for block in stream.blocks:
        if block is None or id(block) in levels:
            if block and above and levels[id(block)] > levels[id(above)]:
                groups.add(id(above))
            above = block
        elif block.kind not in ("blank_line", "thematic_break"):
            above = None
    return [one for one in chosen if id(one.node) not in groups]


def _candidates(stream: _Stream, source: Source) -> Iterator[_Candidate]:
    config = source.config
    named = set(
        map(words, (*config.contents_headings, *config.references_headings, *config.follow_ups_headings))
    )
    texts = {id(heading.node): heading for heading in source.headings}
    answers = innermost([f for f in source.folds if f.is_label and announces_answer(f.words)])
    for index, block in enumerate(stream.blocks):
        heading = texts.get(id(block)) if block is not None else None
        if block is None or heading is None or not heading.text or words(heading.text) in named:
            continue
        if id(block) in stream.parts:
            continue
        text = heading.text
        if begins_answer(text) or id(block) in answers or is_any_articles(text) or _leads_on(stream, index):
            continue
        marked = is_marked(text)
        answered = not marked and any(is_announcement(below, config) for below in stream.section(index))
        asking = answered or asks(text)
        # "Q. Sort a list" is a question even before anybody has answered it.
        if not asking and not LETTERED.fullmatch(text) and _only_heads_others(stream, index):
            continue
        number = number_of(text) or stream.numbers.get(id(block), ())
        plain = not answered and not marked
        yield _Candidate(block, text, number, asking, plain, (heading.level, id(block) in stream.numbers))


def _leads_on(stream: _Stream, index: int) -> bool:
    """Whether a heading only heads a part of the contents: below it are links to anchors, folded or not."""
    lists = []
    for block in stream.section(index):
        if block.kind == "list":
            lists.append(block)
        elif block.kind not in ("block_html", "blank_line", "thematic_break"):
            return False
    return bool(lists) and all(map(leads_to_anchors, lists))


def _only_heads_others(stream: _Stream, index: int) -> bool:
    """Whether nothing stands between a heading and the next one that is no part of its answer."""
    for block in stream.below(index):
        if block is None or block.kind not in ("blank_line", "thematic_break"):
            return block is None or (block.kind == "heading" and id(block) not in stream.parts)
    return True


def _levels(candidates: Iterable[_Candidate]) -> list[list[_Candidate]]:
    """The headings of each kind: those inside an answer may be numbered, too."""
    levels: dict[tuple[int, bool], list[_Candidate]] = defaultdict(list)
    for one in candidates:
        levels[one.kind].append(one)
    return list(levels.values())


def _asking_runs(numbered: Sequence[_Candidate]) -> list[_Candidate]:
    """The numbered headings of a level that are questions.

    Numbers alone number chapters and steps, too: most of them must have something to ask, of the whole
    level or of a run, which ends where the numbers start again.
    """
    asking = sum(may_ask(one.text) or one.asks for one in numbered)
    if 3 * asking >= 2 * len(numbered):
        return list(numbered)
    runs: list[list[_Candidate]] = []
    for one in numbered:
        if not runs or one.number[0] < runs[-1][-1].number[0] or one.number == runs[-1][-1].number:
            runs.append([])
        runs[-1].append(one)
    kept = []
    for run in runs:
        asking = sum(may_ask(one.text) or one.asks for one in run)
        most = 3 * asking >= 2 * len(run) if all(one.plain for one in run) else 2 * asking >= len(run)
        if asking >= _FEWEST and most:
            kept += run
    return kept


def _asking_levels(candidates: Sequence[_Candidate]) -> tuple[list[_Candidate], float]:
    """The headings of the levels that mostly ask, and the share of those that do.

    Where two of three ask, the others ask in other words; where half of them do, only those that ask count.
    """
    chosen: set[int] = set()
    total = 0
    for level in _levels(candidates):
        asking = [one for one in level if one.asks]
        unmarked = all(one.plain for one in level)
        most = 3 * len(asking) >= 2 * len(level)
        if not asking or 2 * len(asking) < len(level):
            continue
        if unmarked and not (most and len(asking) >= _FEWEST_UNMARKED):
            continue
        all_of_them = len(level) > _FEWEST_OTHERS and most
        chosen.update(id(one) for one in (level if all_of_them else asking))
        total += len(level)
    kept = [one for one in candidates if id(one) in chosen]
    return kept, sum(one.asks for one in kept) / total if total else 0.0


def _sections(stream: _Stream, questions: set[int], source: Source) -> Iterator[Section]:
    blocks = stream.blocks
    count = 0
    around = innermost([fold for fold in source.folds if fold.closed])
    folded = {block: fold.start for block, fold in around.items()}
    for index, block in enumerate(blocks):
        if block is None or id(block) not in questions:
            continue
        count += 1
        level = level_of(block)
        end = index + 1
        while end < len(blocks) and not _ends(blocks[end], level, questions, source):
            end += 1
            # A heading in a fold that opens below the question is a part of the answer.
            while end < len(blocks) and folded.get(id(blocks[end]), 0) > block.span.start:
                if id(blocks[end]) in questions:
                    break
                end += 1
        body = [below for below in blocks[index + 1 : end] if below is not None]
        following = next((other for other in stream.below(end - 1) if other is not None), None)
        stop = following.span.start if following else len(source.text)
        slug = source.slugs.get(id(block), "")
        asked, body = _asked_below(plain_text(block.children), body, source)
        yield Section(slug or str(count), block, slug, block, body, stop, asked)


def _asked_below(words: str, body: list[Node], source: Source) -> tuple[list[Node], list[Node]]:
    """What asks below a heading that only says which question it is (``Question 5``), and the rest.

    That is what stands above choices with boxes to tick, or else a paragraph with a question mark.
    """
    if (
        asks(words)
        or not LETTERED.fullmatch(words)
        or any(is_announcement(below, source.config) for below in body)
    ):
        return [], body
    inside = [below for below in body if below.kind != "blank_line"]
    boxes = next((index for index, below in enumerate(inside) if _has_boxes(below)), 0)
    if not boxes and len(inside) > 1 and inside[0].kind == "paragraph":
        boxes = int(is_marked(plain_text(inside[0].children)))
    if any(below.kind == "heading" for below in inside[:boxes]):
        return [], body
    return inside[:boxes], inside[boxes:] if boxes else body


def _has_boxes(block: Node) -> bool:
    return block.kind == "list" and any("checked" in item.attrs for item in block.children)


def _ends(block: Node | None, level: int, questions: set[int], source: Source) -> bool:
    if block is None or id(block) in questions:
        return True
    if block.kind != "heading" or level_of(block) > level or part_name(block, source.config):
        return False
    return not begins_answer(plain_text(block.children))
