"""``dlcards push``: what Anki has taken, what it has kept, what would be overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from dlcards.model import Document, Text, counted
from dlcards.project.systems import command_line
from dlcards.reports.verify import places

if TYPE_CHECKING:
    from dlcards.identity.identify import IdentifiedCard
    from dlcards.roundtrip.pushed import Pushed

_TAKING = Text("문서로 가져오는 명령", "What takes them into the documents")


def pushed(found: Pushed, own: Mapping[str, Sequence[str]]) -> Text:
    """What came of an import, in a line; ``own`` are the notes that were edited in Anki."""
    late, missing = len(found.kept) - len(own), len(found.missing)
    ko, en = "", ""
    if own:
        ko += f", Anki에서 고쳐 그대로 둔 것 {len(own)}개"
        en += f", {len(own)} kept as edited in Anki"
    if late:
        ko += f", 갱신하지 않은 것 {late}개"
        en += f", {late} not updated"
    if missing:
        ko += f", 받지 않은 것 {missing}개"
        en += f", {missing} not taken"
    new, updated = len(found.new), len(found.updated)
    return Text(
        f"Anki: 새 노트 {new}개, 갱신 {updated}개, 그대로 {found.unchanged}개{ko}\n",
        f"Anki: {counted(new, 'note')} new, {updated} updated, {found.unchanged} unchanged{en}\n",
    )


def kept(
    found: Pushed,
    own: Mapping[str, Sequence[str]],
    cards: Sequence[IdentifiedCard],
    documents: Iterable[Document],
    pull: Sequence[str],
    language: str,
) -> str:
    """The notes that Anki has otherwise than the documents, with their places; empty where there are none.

    Args:
        found: What came of the import.
        own: Those of them that were edited in Anki, with the fields that differ.
        cards: The cards that were in the package.
        documents: The documents that they come from.
        pull: The command that takes edits into the documents, word by word.
        language: The language of the report.
    """
    if not (found.kept or found.missing):
        return ""
    where = places(cards, documents)
    lines = []
    if own:
        lines += [
            Text("Anki에서 고쳤고 문서에는 없는 것:", "Edited in Anki, and not in the documents:"),
            *_listed(own, where),
            _command(pull),
        ]
    if late := {guid: names for guid, names in found.kept.items() if guid not in own}:
        said = Text(
            "이 판이 나온 뒤에 Anki에서 손대어(태그 따위) 갱신하지 않은 것. 그 답을 다음에 고치면 들어간다:",
            "Not updated, since they were touched in Anki (a tag, say) after this version was made; their "
            "next change arrives:",
        )
        lines += [said, *_listed(late, where)]
    if found.missing:
        said = Text(
            "Anki가 받지 않은 것. 그 노트의 유형이나 필드를 Anki에서 바꾸었는지 본다:",
            "Not taken by Anki; look whether the note's type or its fields were changed there:",
        )
        lines += [said, *_listed(dict.fromkeys(found.missing, ()), where)]
    return "".join(line.in_(language) + "\n" for line in lines)


def endangered(
    found: Mapping[str, Sequence[str]],
    cards: Sequence[IdentifiedCard],
    documents: Iterable[Document],
    pull: Sequence[str],
    language: str,
) -> str:
    """The notes that were edited in Anki and would be overwritten; arguments as those of :func:`kept`."""
    head = Text(
        "Anki에서 고쳤고, 문서에서도 그 뒤에 바뀌어 덮어쓰게 될 것:",
        "Edited in Anki, and changed in the documents since then, so that they would be overwritten:",
    )
    lines = [head, *_listed(found, places(cards, documents)), _command(pull)]
    return "".join(line.in_(language) + "\n" for line in lines)


def _listed(found: Mapping[str, Sequence[str]], where: Mapping[str, Text]) -> list[Text]:
    names = {guid: f" ({', '.join(fields)})" if fields else "" for guid, fields in found.items()}
    return [Text(f"  {where[g].ko}{name}", f"  {where[g].en}{name}") for g, name in names.items()]


def _command(words: Sequence[str]) -> Text:
    said = command_line(*words)
    return Text(f"{_TAKING.ko}: {said}", f"{_TAKING.en}: {said}")
