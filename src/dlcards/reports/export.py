"""``dlcards export``: what it says: what it holds, what changed, what was left out and why, what is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dlcards.identity.lock import Lock, Row, anki_search
from dlcards.model import Severity, Text, counted, name_of
from dlcards.project.files import shown

if TYPE_CHECKING:
    from dlcards.deck.export import Export


def contents(result: Export, asked: int) -> Text:
    """What the package holds of so many questions, in a line."""
    cards = [entry.card for entry in result.identified.cards]
    count = Counter({"cloze": 0, "follow-up": 0})
    for card in cards:
        count[card.kind] += len(card.terms) if card.kind == "cloze" else 1
    packed = count["question"]
    return Text(
        f"질문 {asked}개 가운데 {packed}개를 담았다. 카드 {count.total()}장(질문 {packed}, "
        f"빈칸 {count['cloze']}, 꼬리질문 {count['follow-up']}), 그림 {result.media}개, 노트 {len(cards)}개",
        f"packed {packed} of {counted(asked, 'question')}: {counted(count.total(), 'card')} "
        f"({counted(packed, 'question')}, {counted(count['cloze'], 'blank')}, "
        f"{counted(count['follow-up'], 'follow-up')}), {counted(result.media, 'picture')}, "
        f"{counted(len(cards), 'note')}",
    )


def first_steps(lock: Path) -> Text:
    """What to do with a deck that was made for the first time."""
    then = to_commit(lock)
    return Text(
        f"Anki에서 연다: 파일을 두 번 누르거나 파일 → 가져오기\n{then.ko}",
        f"open it in Anki: double-click the file, or File → Import\n{then.en}",
    )


def to_commit(lock: Path) -> Text:
    """What to do with a lock that was made for the first time."""
    return Text(
        f"{shown(lock)}을 문서와 함께 커밋한다. 학습 기록이 이 파일로 이어진다\n",
        f"commit {shown(lock)} with the documents: learners' progress hangs on it\n",
    )


def changes(result: Export, old: Lock) -> Text:
    """How many notes changed since the last lock, in brackets."""
    new, changed, gone = result.identified.new, result.identified.changed, len(_newly_retired(result, old))
    return Text(
        f"(새것 {new}, 바뀐 것 {changed}, 사라진 것 {gone})", f" ({new} new, {changed} changed, {gone} gone)"
    )


def _newly_retired(result: Export, old: Lock) -> list[Row]:
    before = {row.guid for row in old.rows if not row.retired}
    return [row for row in result.identified.retired if row.guid in before]


def left_out(result: Export, language: str) -> str:
    """What was left out of the deck, a line each with file, line and reason."""
    lines = []
    for refused in result.refused:
        for finding in refused.findings:
            if finding.severity is Severity.NOTE:
                continue
            line, _ = refused.document.position(finding.diagnostic.span.start)
            said = finding.diagnostic.message.in_(language)
            lines.append(f"{name_of(refused.document.path)}:{line}: {finding.code} {said}")
    # A document that only lists questions is told in a line.
    lists = Counter(
        refused.document.path
        for refused in result.refused
        if all(finding.severity is Severity.NOTE for finding in refused.findings)
    )
    for path, count in lists.items():
        said = Text(f"답 없는 질문 {count}개", f"{counted(count, 'question')} without answers").in_(language)
        lines.append(f"{name_of(path)}: {said}")
    for without in result.unmade:
        line, _ = without.valid.document.position(without.valid.pair.place.start)
        where = f"{name_of(without.valid.document.path)}:{line}: #{without.valid.pair.id}"
        lines.append(f"{where}: {without.reason.in_(language)}")
    lines += [
        f"{name_of(entry.card.document)}: #{entry.card.id}: {entry.message.in_(language)}"
        for entry in result.identified.ambiguous
    ]
    return _listed(Text("담지 않은 것:", "Left out:"), lines, language)


def reworded(result: Export, language: str) -> str:
    """Which cards were taken for known ones with other words: learners keep their schedules."""
    lines = [
        f'#{row.id} "{row.question}" → #{card.id} "{card.question}"'
        for row, card in result.identified.reworded
    ]
    head = Text(
        "말이 바뀌었지만 같은 카드로 보아 일정을 이은 것. 다른 질문이면 deck.lock에서 그 줄을 지우고 다시 "
        "내보낸다:",
        "Reworded, and taken for the same cards, schedules kept. Where it is another question, delete its "
        "line in deck.lock and export again:",
    )
    return _listed(head, lines, language)


def gone(result: Export, old: Lock, language: str) -> str:
    """What is gone from the documents since the last lock."""
    retired = _newly_retired(result, old)
    questions = {row.guid for row in retired if row.kind == "question"}
    # Whoever finds a question finds what was derived from it.
    gone = [
        f"#{row.id} {row.question}: {anki_search(row)}"
        for row in retired
        if row.kind == "question" or row.parent not in questions
    ]
    head = Text(
        "문서에서 사라진 것. 학습하던 사람에게는 카드가 남는다. Anki 검색식으로 찾아 지울 수 있다:",
        "Gone from the documents. Learners keep the cards; Anki's search finds what to delete:",
    )
    return _listed(head, gone, language)


def unscaled(result: Export, language: str) -> str:
    """Which pictures are wider than they should be."""
    lines = [f"{where}: {reason.in_(language)}" for where, reason in result.unscaled.items()]
    return _listed(Text("그대로 담은 그림:", "Pictures packed as they are:"), lines, language)


def languages(result: Export, lock: Path, target: Path) -> Text | None:
    """What is to be said where notes have the labels of another language than their document, or had."""
    kept = [entry for entry in result.identified.cards if entry.language != entry.card.language]
    if kept:
        had, now = (
            ", ".join(sorted(found))
            for found in ({e.language for e in kept}, {e.card.language for e in kept})
        )
        return Text(
            f"노트 {len(kept)}개는 문서의 언어({now})가 아니라 처음 내보낸 언어({had})의 노트 유형을 지킨다. "
            "바꾸면 이미 가져간 사람의 카드가 더는 갱신되지 않기 때문이다. 아무도 가져가지 않았다면 "
            f"{shown(lock)}과 {shown(target)}를 지우고 다시 내보낸다",
            f"still of the note types of the first export's language ({had}), not the documents' ({now}): "
            f"{counted(len(kept), 'note')}. With others, the cards of those who have them would no longer "
            f"be updated. If nobody has imported them, delete {shown(lock)} and {shown(target)} and export "
            "again",
        )
    if result.switched:
        return Text(
            f"노트 {result.switched}개의 노트 유형을 설정한 언어의 것으로 바꾼다. "
            f"{shown(lock)}이 아직 커밋되지 않아 아무도 가져가지 않은 것으로 본다. "
            "시험 삼아 가져왔다면 Anki에서 그 노트를 지우고 다시 가져온다",
            f"now of the note types of the configured language: {counted(result.switched, 'note')}. "
            f"{shown(lock)} is not committed yet, so nobody should have them. If you have imported them as a "
            "trial, delete those notes in Anki before you import again",
        )
    return None


def _listed(head: Text, lines: Sequence[str], language: str) -> str:
    return "\n".join([head.in_(language), *(f"  {line}" for line in lines)]) + "\n" if lines else ""
