"""A learner's edit, carried into the source of a note and proven: as a card it says what they wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dlcards.identity.identify import numbered
from dlcards.model import Card, Document, Kind, Text, lazy_compile
from dlcards.roundtrip.canonical import canonical, unseen
from dlcards.roundtrip.edit import FieldEdit, blanks, filled
from dlcards.roundtrip.elements import Child, Element
from dlcards.roundtrip.merge import carried, merged
from dlcards.roundtrip.places import Passage, Place, place_of
from dlcards.roundtrip.trial import Rendering, Workbench
from dlcards.roundtrip.written import Style, is_markdown, unwritable, written

DERIVED = ("Id", "Context", "Source")
"""Fields that say again what other ones say, or the place: they follow, and have no source of their own."""
_PARTLY_DERIVED = "FollowUps"  # of those with cards of their own
_DEFINITIONS = lazy_compile(r"(?<!\n)(?:\n++\[[^\]\n]+\]:[^\n]*+)+\s*\Z")
_MARKER = lazy_compile(r"(?m)^[ \t>]*(?:<{7}|\|{7}|>{7})(?![<|>]).*$")
_COMMENT = lazy_compile(r"(?s)<!--.*?-->")


class Refused(Exception):
    """An edit that is not carried.

    Attributes:
        field: The field that it fails at.
        reason: Why, for whoever does it by hand.
        is_conflict: Whether the document has changed the same words in another way since.
    """

    def __init__(self, field: str, reason: Text, *, is_conflict: bool = False) -> None:
        super().__init__(reason.en)
        self.field = field
        self.reason = reason
        self.is_conflict = is_conflict


@dataclass(frozen=True)
class Target:
    """The note that an edit is for.

    Attributes:
        kind: Its kind.
        number: Which of its pair's of that kind.
        pair: Which pair of its document, counted from 0.
        terms: The terms of its question's blanks by their numbers, as the lock has them.
    """

    kind: Kind
    number: int
    pair: int
    terms: tuple[str, ...] = field(default=())


class Side(NamedTuple):
    """A field: its canonical form, and that as markdown."""

    form: tuple[Child, ...]
    text: str


def carry(
    bench: Workbench,
    document: Document,
    target: Target,
    edits: Sequence[FieldEdit],
    names: Mapping[str, str],
    addresses: Mapping[str, str],
) -> Document:
    """The document with all edits of a note in it; the same document where all of them are there already.

    Not those of derived fields, which other notes' edits may come to: see :func:`unsaid`.

    Args:
        bench: What it takes to make cards.
        document: The document as it is.
        target: The note.
        edits: What the learner changed of it.
        names: The names in the deck of the learner's own pictures, by those that the fields have for them.
        addresses: The addresses of those in the document, by their names in the deck.

    Raises:
        Refused: One of them is not carried, and so none is.
    """
    rendering = bench.render(document, target.pair)
    if isinstance(rendering, Text):
        raise Refused("", rendering)
    for edit in edits:
        if edit.field in DERIVED:
            continue
        try:
            rendering = _Step(bench, rendering, target, edit, names, addresses).carried()
        except Refused:
            if edit.field != _PARTLY_DERIVED:
                raise
    return rendering.document


def unsaid(
    bench: Workbench, document: Document, target: Target, edits: Sequence[FieldEdit]
) -> Refused | None:
    """What a learner has changed of a note's derived fields, and a document does not come to.

    Somebody who replaces a word wherever it stands changes a question, and all that repeats it.
    """
    derived = [edit for edit in edits if edit.field in (*DERIVED, _PARTLY_DERIVED)]
    rendering = bench.render(document, target.pair) if derived else None
    card = rendering.card(target.kind, target.number) if isinstance(rendering, Rendering) else None
    for edit in derived:
        now = card.fields.get(edit.field, "") if card else ""
        base, wanted = (written(canonical(html), Style()) for html in (edit.base, edit.learners))
        said = written(canonical(now), Style())
        if merged(base, said, wanted) != said or unseen(edit.base) != unseen(edit.learners):
            return Refused(edit.field, _derived(edit.field))
    return None


class _Step:
    """One field of a note on its way into the document."""

    def __init__(
        self,
        bench: Workbench,
        rendering: Rendering,
        target: Target,
        edit: FieldEdit,
        names: Mapping[str, str],
        addresses: Mapping[str, str],
    ) -> None:
        self._bench = bench
        self._rendering = rendering
        self._target = target
        self._edit = edit
        self._names = names
        self._addresses = {**rendering.pictures, **addresses}
        self._place = place_of(target.kind, target.number, edit.field)

    def carried(self) -> Rendering:
        """The pair with the edit in it."""
        field_, target = self._edit.field, self._target
        card = self._rendering.card(target.kind, target.number)
        passage = self._rendering.passages.get(self._place)
        if card is None:
            raise Refused(field_, _NO_PLACE)
        style = Style.of(passage.text if passage else "", lambda name: self._addresses.get(name, name))
        now = self._side(card.fields.get(field_, ""), style)
        base, learners = self._side(self._edit.base, style), self._side(self._edit.learners, style)
        lost = self._lost(card, card) or self._other_blanks(card, card)
        if now.form == learners.form and not lost:
            return self._rendering
        if passage is None:
            raise Refused(field_, _NO_PLACE)
        wanted = merged(base.text, now.text, learners.text)
        if wanted is None:
            raise Refused(field_, _CONFLICT, is_conflict=True)
        is_present = base.form == now.form
        if wanted == now.text and not (is_present and learners.form != now.form):
            if lost:
                raise Refused(field_, lost)
            return self._rendering
        if problem := self._problem():
            raise Refused(field_, problem)
        document = self._rendering.document
        reason = _not_proven(unwritable(base.text, learners.text))
        for text in self._candidates(passage.text, base, now, learners, style):
            trial = self._tried(passage, text)
            if isinstance(trial, Text):
                reason = trial
                continue
            made = trial.card(target.kind, target.number)
            if made is None or not self._leaves_the_rest(trial):
                continue
            said = self._side(made.fields.get(field_, ""), style)
            is_said = said.form == learners.form if is_present else said.text == wanted
            if not is_said or not _keeps_what_is_hidden(document, trial.document):
                continue
            if _markers(trial.document) - _markers(document):
                reason = _MARKERS
                continue
            lost = self._lost(card, made) or self._other_blanks(card, made) or self._lost_blanks(trial)
            if lost is None:
                return trial
            reason = lost
        raise Refused(field_, reason)

    def _candidates(self, source: str, base: Side, now: Side, learners: Side, style: Style) -> Iterator[str]:
        """What the source may become, as its author would write it before what is safe."""
        seen = set()
        definitions = _DEFINITIONS.search(source)
        below = definitions[0] if definitions else ""
        styles = [style._replace(escapes=False), style, style._replace(is_html=True)]
        if source.startswith("<") and "\n\n" not in source:
            styles = styles[-1:] + styles[:-1]  # a block of HTML ends at a blank line: all of it is HTML
        for own in styles:
            before, after, edited = (written(side.form, own) for side in (base, now, learners))
            wanted = merged(before, after, edited)
            # Once more without definitions below, whose addresses and titles stand in the links of a field.
            parts = (source, ""), (source[: -len(below)], below)
            for text in (
                candidate + rest
                for part, rest in (parts if below else parts[:1])
                for candidate in (carried(after, part, wanted) if wanted is not None else ())
            ):
                if text not in seen and text != source and is_markdown(text):
                    seen.add(text)
                    yield text

    def _side(self, html: str, style: Style) -> Side:
        form = canonical(filled(html, self._edit.field), lambda name: self._names.get(name, name))
        return Side(form, written(form, style))

    def _tried(self, passage: Passage, text: str) -> Rendering | Text:
        """The pair with another text in the place of a passage; else why it has no cards then."""
        before = self._rendering.document
        document = self._bench.rebuilt(before, passage.replaced(before, text))
        ids, others = ([pair.id for pair in each.pairs] for each in (document, before))
        # Its own id may be made of the words of its question.
        own = self._target.pair
        if len(ids) != len(others) or ids[:own] != others[:own] or ids[own + 1 :] != others[own + 1 :]:
            return _OTHER_QUESTIONS
        return self._bench.render(document, self._target.pair)

    def _leaves_the_rest(self, trial: Rendering) -> bool:
        """Whether nothing of the pair's notes changes but what is made of the same place."""
        before, after = self._rendering.cards, trial.cards
        if [card.kind for card in before] != [card.kind for card in after]:
            return False
        for (kind, number, old), new in zip(_counted(before), after, strict=True):
            for name in old.fields.keys() | new.fields.keys():
                same = old.fields.get(name) == new.fields.get(name)
                if not same and not _follows(place_of(kind, number, name), self._place):
                    return False
        return True

    def _other_blanks(self, before: Card, made: Card) -> Text | None:
        """What of the blanks of a cloze is not as the learner has them, each with its number."""
        if self._edit.field != "Text":
            return None
        base, learners = (Counter(blanks(html)) for html in (self._edit.base, self._edit.learners))
        was, now = (Counter(blanks(self._numbered(card))) for card in (before, made))
        if any(now[blank] != learners[blank] for blank in (base - learners) + (learners - base)):
            return _OTHER_BLANKS
        return _NEW_BLANK if now - was - learners else None

    def _lost_blanks(self, trial: Rendering) -> Text | None:
        """Whether a term that was reworded on the question's card gets a blank of another number."""
        clozes = [rendering.card("cloze", 0) for rendering in (self._rendering, trial)]
        if self._edit.field != "Summary" or self._target.kind != "question":
            return None
        was, now = ({n for n, _ in blanks(self._numbered(card))} if card else set() for card in clozes)
        return _OTHER_BLANKS if was - now and now - was else None

    def _numbered(self, card: Card) -> str:
        return numbered(card, self._target.terms).fields["Text"]

    def _problem(self) -> Text | None:
        """What of a cloze's blanks no document can say."""
        if self._edit.field != "Text":
            return None
        before, after = (blanks(html) for html in (self._edit.base, self._edit.learners))
        if not after:
            return _NO_BLANK
        known = {words for _, words in before}
        new = [words for _, words in after if words not in known]
        if any("{{" in words for words in new):
            return _NESTED
        if any("::" in words for words in new):
            return _HINT
        was_bold, is_bold = (
            _count(canonical(html), "strong") for html in (self._edit.base, self._edit.learners)
        )
        return _NEW_BLANK if is_bold > was_bold else None

    def _lost(self, before: Card, made: Card) -> Text | None:
        """What a learner has changed that no canonical form sees, and the card does not show."""
        base, learners = unseen(self._edit.base), unseen(self._edit.learners)
        was, now = (unseen(card.fields.get(self._edit.field, "")) for card in (before, made))
        lost = [
            said
            for said in sorted(base.keys() | learners.keys())
            if learners[said] not in (base[said], now[said])
            and learners[said] - base[said] != now[said] - was[said]
        ]
        return _style(lost) if lost else None


def _markers(document: Document) -> Counter[str]:
    """The lines that look like a merge's, also in code: who looks for them does not know what code is."""
    return Counter(_MARKER.findall(document.text))


def _count(children: Iterable[Child], name: str) -> int:
    """How many elements of a name there are, at any depth."""
    elements = [child for child in children if isinstance(child, Element)]
    return sum((element.name == name) + _count(element.children, name) for element in elements)


def _keeps_what_is_hidden(before: Document, after: Document) -> bool:
    """Whether what no card shows is still there: comments, suppressions among them, and definitions."""
    return not _hidden(before) - _hidden(after)


def _hidden(document: Document) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in document.nodes():
        if node.kind in ("block_html", "inline_html"):
            found.update(_COMMENT.findall(node.raw))
        elif node.kind in ("definition", "footnote_definition"):
            found[f"[{node.attrs.get('label', node.attrs.get('key'))}]:"] += 1
    return found


def _counted(cards: tuple[Card, ...]) -> Iterator[tuple[Kind, int, Card]]:
    count: dict[Kind, int] = {}
    for card in cards:
        count[card.kind] = count.get(card.kind, -1) + 1
        yield card.kind, count[card.kind], card


def _follows(place: Place, changed: Place) -> bool:
    """Whether what is made of a place may change with another one."""
    if place == changed:
        return True
    if place.field == _PARTLY_DERIVED:
        return changed.kind == "follow-up"
    return place.field in DERIVED and changed == Place("question", 0, "Question")


def _style(attributes: list[str]) -> Text:
    said = ", ".join(attributes)[:200]
    return Text(
        f"색·크기처럼 마크다운에 없는 서식이 바뀌었다: {said}",
        f"markdown has no marks for what changed, such as colour or size: {said}",
    )


def _not_proven(unwritable: Sequence[str]) -> Text:
    if "cell" in unwritable:
        return Text(
            "마크다운 표는 머리 행 하나로 시작한다. 어느 행이 머리인지 정해 써넣는다",
            "a table of markdown begins with one row of headers; write it with the row that heads it",
        )
    if unwritable:
        said = ", ".join(f"<{name}>" for name in unwritable)
        return Text(f"마크다운으로 적을 수 없는 것이 있다: {said}", f"markdown has no marks for {said}")
    return _NOT_PROVEN


def _derived(field_: str) -> Text:
    if field_ == "Source":
        return Text(
            "저장소와 질문의 자리에서 나오는 필드다. 설정의 repository를 고친다",
            "it comes from the repository and the question's place; change repository in the configuration",
        )
    if field_ == _PARTLY_DERIVED:
        return _FOLLOW_UPS
    if field_ == "Id":
        return Text(
            "질문의 번호에서 나오는 필드다. 번호를 고친다", "it is the question's number; change that"
        )
    return Text(
        "질문이나 제목에서 나오는 필드다. 거기서 고친다", "it repeats a question or a heading; change that"
    )


_NO_PLACE = Text(
    "문서에 이 필드를 적은 자리가 없다. 써넣는다", "nothing in the document makes this field; write it there"
)
_CONFLICT = Text(
    "문서에서도 같은 낱말을 다르게 고쳤다", "the document has changed the same words in another way"
)
_NOT_PROVEN = Text(
    "고친 대로 카드가 되는 원문을 찾지 못했다",
    "no source was found that makes the card as it was edited",
)
_FOLLOW_UPS = Text(
    "꼬리질문을 늘어놓은 필드다. 꼬리질문의 카드나 문서에서 고친다",
    "it lists the follow-ups; edit their own cards, or the document",
)
_OTHER_BLANKS = Text(
    "빈칸의 번호가 달라져 그 카드의 학습 기록을 잃는다",
    "a blank would get another number, and its card lose its schedule",
)
_NEW_BLANK = Text(
    "문서에서 핵심의 굵은 글씨는 빈칸이 된다. 빈칸으로 고치거나 다르게 강조한다",
    "what is bold in a summary becomes a blank; make it one, or stress it in another way",
)
_NO_BLANK = Text("빈칸이 하나도 남지 않아 노트가 없어진다", "no blank is left, so the note would be gone")
_HINT = Text("빈칸의 귀띔(::)을 적을 자리가 문서에 없다", "documents have no place for a blank's hint (::)")
_MARKERS = Text(
    "병합하다가 남은 표시로 보일 줄이 생긴다", "a line would look like a mark that a merge has left behind"
)
_NESTED = Text("빈칸 안의 빈칸은 문서에 적을 수 없다", "documents can't have a blank within a blank")
_OTHER_QUESTIONS = Text("문서의 질문이 달라진다", "the document would have other questions")
