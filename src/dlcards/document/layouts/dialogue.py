"""The ``dialogue`` layout: a line that begins with ``Q:`` asks, and one that begins with ``A:`` answers.

So do headings that say only that: the paragraph below ``### Question`` asks, and what is below
``### Answer`` answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dlcards.document.labels import announces_answer, without_start
from dlcards.document.layouts.asking import LETTERED, asks
from dlcards.document.layouts.parts import Section, level_of, part_name, words
from dlcards.document.layouts.source import Found, Source
from dlcards.markdown import plain_text
from dlcards.model import Node, Span, lazy_compile

_NUMBER = r"\s*[#.]?\s*\d*(?:[-.]\d+)*\s*[.:)\]：．）]\s*"
_ASKS = lazy_compile(rf"\W*(?:Q|Question|Ques|문|문제|질문|问|問|問題|问题|質問){_NUMBER}", re.I)
_ANSWERS = lazy_compile(
    rf"\W*(?:A|Ans|Answer|답|답변|정답|答|答案|答え|回答|Antwort|Respuesta|Resposta|Réponse){_NUMBER}", re.I
)
_HEADS = lazy_compile(
    r"question|질문|문제|问题|問題|質問|вопрос|питання"
    r"|frage|pregunta|pergunta|domanda|pytanie|soru|câu hỏi|pertanyaan"
)
# What parts the question from its answer, and belongs to neither.
_NOTHING = ("blank_line", "thematic_break")
_MARKS = 0.9
_BREAKS = ("softbreak", "linebreak")


@dataclass(slots=True, eq=False, repr=False)
class _Turn:
    """A question and what was said until the next one.

    Attributes:
        level: Of the heading that says that a question follows; 0 of a line that asks.
    """

    inlines: tuple[Node, ...]
    span: Span
    level: int = 0
    asked: list[Node] = field(default_factory=list)
    answer: list[Node] = field(default_factory=list)
    answered: bool = False
    end: int = 0


def find(source: Source) -> Found:
    """The questions of ``Q:`` lines without the mark, up to the next one or a heading.

    Those below a heading that says so go up to a heading above it.
    """
    turns: list[_Turn] = []
    current: _Turn | None = None
    heads: list[tuple[int, bool]] = []  # the levels of the headings that a block stands below: do they ask?
    for block in _blocks(source.blocks):
        if block.kind == "heading" and not part_name(block, source.config):
            said, level = plain_text(block.children), level_of(block)
            heads = [(above, asking) for above, asking in heads if above < level]
            if _HEADS.fullmatch(words(said)):
                # Below a heading that asks it names a part of that question.
                current = None if any(asking for _, asking in heads) else _Turn((), block.span, level)
                continue
            heads.append((level, asks(said) or bool(LETTERED.fullmatch(said))))
            if current is None or not current.level or level < current.level:
                current = None
                continue
            if announces_answer(said) and not current.answered:
                current.answered = True
                current.end = block.span.end
                continue
        if current and current.level and not current.inlines:
            if block.kind == "paragraph":
                current.inlines, current.end = block.children, block.span.end
                turns.append(current)
            elif block.kind not in _NOTHING:
                current = None
            continue
        for piece in _pieces(block, source.text):
            if isinstance(piece, _Turn):
                current = piece
                turns.append(piece)
                piece.end = block.span.end
                continue
            if current is None:
                continue
            answers = _starts(piece, _ANSWERS)
            if answers and not current.answered:
                current.answered = True
                piece = without_start(piece, _ANSWERS)
            if current.answered or not piece.children:
                (current.answer if current.answered else current.asked).append(piece)
            else:
                current.asked.append(piece)
            current.end = block.span.end
    sections = []
    for index, turn in enumerate(turns):
        following = turns[index + 1].span.start if index + 1 < len(turns) else len(source.text)
        question = Node("heading", turn.span, turn.inlines, attrs={"level": 6})
        asked, answer = (turn.asked, turn.answer) if turn.answered else ([], turn.asked)
        asked = [block for block in asked if block.kind not in _NOTHING]
        while answer and answer[0].kind in _NOTHING:
            answer.pop(0)
        end = min(turn.end, following)
        number = str(index + 1)
        sections.append(Section(number, question, "", question, answer, end, asked))
    answered = sum(turn.answered for turn in turns)
    asking = sum(turn.answered or asks(plain_text(turn.inlines)) for turn in turns)
    # Who writes both "Q:" and "A:" means nothing else, however little of the text that is.
    marks = 1.0 if answered == len(turns) else _MARKS if answered or asking else 0.0
    certain = bool(turns) and asking == len(turns) and all(turn.level for turn in turns)
    return Found(tuple(sections), marks, asking, certain)


def _blocks(blocks: Sequence[Node]) -> Iterator[Node]:
    """The blocks; of a list whose items ask or answer, those of its items."""
    for block in blocks:
        if block.kind == "list" and any(_speaks(item) for item in block.children):
            for item in block.children:
                yield from _blocks(item.children)
        else:
            yield block


def _speaks(item: Node) -> bool:
    first = next((child for child in item.children if child.kind != "blank_line"), None)
    if first is None or first.kind not in ("paragraph", "block_text"):
        return False
    return _speaks_first(plain_text(first.children))


def _speaks_first(line: str) -> bool:
    """Whether a line asks or answers."""
    said = line.lstrip()
    return bool(_ASKS.match(said) or _ANSWERS.match(said))


def _pieces(block: Node, text: str) -> Iterator[Node | _Turn]:
    """A paragraph parted where a line asks or answers; any other block whole."""
    if block.kind not in ("paragraph", "block_text"):
        yield block
        return
    lines: list[list[Node]] = [[]]
    for inline in block.children:
        if inline.kind in _BREAKS:
            lines.append([])
        else:
            lines[-1].append(inline)
    parts: list[list[list[Node]]] = []
    for line in lines:
        if not parts or _speaks_first(plain_text(line)):
            parts.append([])
        parts[-1].append(line)
    if len(parts) == 1 and not _starts(block, _ASKS):
        yield block
        return
    for part in parts:
        inlines = _joined(part)
        if not inlines:
            continue
        node = Node("paragraph", Span(inlines[0].span.start, inlines[-1].span.end), inlines)
        if _starts(node, _ASKS):
            cut = without_start(node, _ASKS)
            yield _Turn(cut.children, node.span)
        else:
            yield node


def _joined(lines: Sequence[Sequence[Node]]) -> tuple[Node, ...]:
    joined: list[Node] = []
    for line in lines:
        if joined and line:
            at = line[0].span.start
            joined.append(Node("softbreak", Span(at, at)))
        joined += line
    return tuple(joined)


def _starts(block: Node, label: re.Pattern[str]) -> bool:
    if block.kind not in ("paragraph", "block_text") or not block.children:
        return False
    return bool(label.match(plain_text(block.children).lstrip()))
