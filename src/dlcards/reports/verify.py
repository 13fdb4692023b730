"""``dlcards export --verify``: the rehearsal's findings and counts in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dlcards.model import Document, Text, counted

if TYPE_CHECKING:
    from dlcards.deck.anki.verify import Finding, OldNote, Update, Verified
    from dlcards.identity.identify import IdentifiedCard

_KINDS = {"cloze": Text(" 빈칸", " cloze"), "follow-up": Text(" 꼬리질문", " follow-up")}


def verification(
    verified: Verified,
    cards: Sequence[IdentifiedCard],
    documents: Sequence[Document],
    against: Path | None,
    language: str,
) -> str:
    """What comes of importing a package: findings with their places, decks, what learners see.

    Args:
        verified: The rehearsal.
        cards: The cards that are in the package.
        documents: The documents that they come from.
        against: The earlier package, if there was one.
        language: The language of the report.
    """
    lines = _report(verified, places(cards, documents), against)
    return "".join(line.in_(language) + "\n" for line in lines)


def places(cards: Iterable[IdentifiedCard], documents: Iterable[Document]) -> dict[str, Text]:
    """Where each note comes from, by its GUID: document, line, id, and the kind of a derived one."""
    lines = {
        (document.name, pair.id): f"{document.path}:{document.position(pair.place.start)[0]}"
        for document in documents
        for pair in document.pairs
    }
    found = {}
    for entry in cards:
        card = entry.card
        where = f"{lines[card.document, card.id]}: #{card.id}"
        kind = _KINDS.get(card.kind, Text("", ""))
        found[entry.guid] = Text(f"{where}{kind.ko}", f"{where}{kind.en}")
    return found


def _report(verified: Verified, where: dict[str, Text], against: Path | None) -> list[Text]:
    notes = sum(deck.notes for deck in verified.decks)
    cards = sum(deck.cards for deck in verified.decks)
    count = len(verified.findings)
    lines = [
        Text(
            f"검사(Anki {verified.anki}): 노트 {notes}개, 카드 {cards}장. "
            + (f"문제 {count}개:" if count else "문제 없음"),
            f"Checked with Anki {verified.anki}: {counted(notes, 'note')}, {counted(cards, 'card')}, "
            + (f"{counted(count, 'problem')}:" if count else "no problems"),
        )
    ]
    lines += [_finding_line(finding, where) for finding in verified.findings]
    lines += [
        Text(
            f"  {deck.name}: 노트 {deck.notes}개, 카드 {deck.cards}장",
            f"  {deck.name}: {counted(deck.notes, 'note')}, {counted(deck.cards, 'card')}",
        )
        for deck in verified.decks
        if not count
    ]
    if verified.update is not None:
        lines += _update_lines(verified.update, str(against))
    return lines


def _finding_line(finding: Finding, where: dict[str, Text]) -> Text:
    place, message = where.get(finding.guid), finding.message
    if place is None:
        return Text(f"  {message.ko}", f"  {message.en}")
    return Text(f"  {place.ko}: {message.ko}", f"  {place.en}: {message.en}")


def _update_lines(update: Update, against: str) -> list[Text]:
    """What the learner of an earlier package sees."""
    gone, emptied, stay = len(update.orphaned), len(update.emptied), update.left_behind
    new, updated, waiting = len(update.new), len(update.updated), len(update.waiting)
    lines = [
        Text(
            f"{against}로 학습하던 사람에게: 새 노트 {new}개, 갱신 {updated}개, "
            f"그대로 {update.unchanged}개, 덱에서 사라진 노트 {gone}개, 빈 카드가 생기는 노트 {emptied}개",
            f"For a learner of {against}: {counted(new, 'note')} new, {updated} updated, "
            f"{update.unchanged} unchanged, {gone} gone from the deck, {emptied} with empty cards",
        )
    ]
    if gone:
        said = "  사라졌어도 남는 노트. Anki에서 찾아 지우는 검색식:"
        lines.append(Text(said, "  Gone, but they stay; Anki's search finds what to delete:"))
        lines += _old_note_lines(update.orphaned)
    if waiting:
        lines.append(
            Text(
                f"  이번에 빠졌지만 돌아올 노트 {waiting}개. 그대로 두면 일정이 이어진다:",
                f"  Left out this time, {counted(waiting, 'note')}; schedules go on when they are back:",
            )
        )
        lines += _old_note_lines(update.waiting)
    if emptied:
        said = "  빈 카드가 생기는 노트. Anki의 도구 → 빈 카드로 지운다:"
        lines.append(Text(said, "  With empty cards, which Tools → Empty Cards in Anki deletes:"))
        lines += _old_note_lines(update.emptied)
    if stay:
        lines.append(
            Text(
                f"  카드 {stay}장은 이전 덱 이름 아래에 남는다. Anki는 이미 있는 카드를 옮기지 않는다",
                f"  {counted(stay, 'card')} of the earlier package's decks stay there: Anki moves no card",
            )
        )
    return lines


def _old_note_lines(notes: Iterable[OldNote]) -> list[Text]:
    lines = []
    found: dict[str, list[OldNote]] = {}
    for note in notes:
        found.setdefault(note.search, []).append(note)
    for search, (first, *others) in found.items():
        name = f"#{first.id} {first.words}" if first.id else first.words
        more = Text(f" (노트 {len(others) + 1}개)", f" ({len(others) + 1} notes)")
        lines.append(
            Text(
                f"    {name}{more.ko if others else ''}: {search}",
                f"    {name}{more.en if others else ''}: {search}",
            )
        )
    return lines
