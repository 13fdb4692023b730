"""A deck's life: thirty-six versions of one document, in several layouts, imported one after the other by one
learner.

    python -m tests.support.history

prints what Anki said of each version. The learner studies new cards after every import and edits notes
of their own now and then; time goes on by a day from version to version.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from dlcards.document.build import build
from dlcards.identity.lock import Lock
from tests.support.anki_collection import Imported, Learner
from tests.support.author import Asked, Author, answered
from tests.support.deck_project import CONFIG, DAY, Project, png

MEMO = "내가 적은 메모"
TAG = "내-태그"


def _first() -> list[list[Asked]]:
    topics = [
        ("비용", "비용 함수와 활성화 함수는 각각 무엇을 하나요?", "비용 함수"),
        ("초기화", "가중치 초기화 방법에는 어떤 것들이 있나요?", "가중치 초기화"),
        ("볼츠만", "볼츠만 머신은 무엇인가요?", "볼츠만 머신"),
        ("과적합", "오버피팅일 때 어떻게 대처해야 할까요?", "과적합"),
        ("렐루", "시그모이드보다 렐루를 많이 쓰는 이유는 무엇인가요?", "렐루"),
        ("경사", "경사 하강법을 쉽게 설명한다면 어떻게 말하겠나요?", "경사 하강법"),
        ("역전파", "역전파가 기울기를 구하는 과정을 말해 주세요.", "역전파"),
        ("배치", "배치 정규화의 효과와 주의할 점은 무엇인가요?", "배치 정규화"),
    ]
    questions = [Asked(key, words, **answered(key, topic)) for key, words, topic in topics]  # type: ignore[arg-type]
    unanswered = [
        Asked("드롭아웃", "드롭아웃이 일반화를 돕는 까닭은 무엇인가요?"),
        Asked("모멘텀", "모멘텀의 수식을 적어 보고 뜻을 설명해 주세요."),
        Asked("지피유", "학습에 필요한 GPU 메모리는 어떻게 셈하나요?"),
    ]
    groups = [[asked] for asked in questions + unanswered]
    # Sub-questions that say the same: only where they stand tells them apart.
    for group in groups:
        if group[0].key in ("초기화", "렐루", "배치"):
            key = group[0].key
            group.append(Asked(f"{key}-단점", "단점은?", answer=f"{key}의 단점은 이것이다.", below=True))
    return groups


def _follow_ups(
    author: Author, key: str, change: Callable[[tuple[str, str, str]], tuple[str, str, str]]
) -> None:
    asked = author.find(key)
    author.change(key, follow_ups=tuple(map(change, asked.follow_ups)))


def _new(key: str, words: str, topic: str) -> Asked:
    return Asked(key, words, **answered(key, topic))  # type: ignore[arg-type]


class Version:
    """What its author did, in words and as calls."""

    def __init__(self, change: str, *acts: Callable[[Author], None]) -> None:
        self.change = change
        self.acts = acts


VERSIONS = (
    Version("the first: 11 questions, 8 answered", lambda a: None),
    Version("an answer filled in", lambda a: a.fill("드롭아웃", "드롭아웃")),
    Version("an answer edited", lambda a: a.change("비용", answer="다시 쓴 설명이다.")),
    Version("a question reworded", lambda a: a.change("볼츠만", words="볼츠만 머신이란 무엇이며 어떻게 배우나요?")),
    Version("a question put first: all renumbered", lambda a: a.insert(
        _new("딥러닝", "딥러닝은 무엇인가요?", "딥러닝"), 0)),
    Version("a picture added", lambda a: a.change("렐루", shade=10)),
    Version("two questions swapped", lambda a: a.move("경사", a.place("렐루"))),
    Version("nothing", lambda a: None),
    Version("a question removed", lambda a: a.remove("과적합")),
    Version("a summary written anew, terms in another order", lambda a: a.change(
        "초기화", summary="먼저 **가중치 초기화 조건**을 보고 **가중치 초기화 원리**를 따른다.")),
    Version("the picture changed", lambda a: a.change("렐루", shade=200)),
    Version("a question split in two", lambda a: a.split(
        "비용", "비용 함수는 무엇을 하나요?", _new("활성화", "그렇다면 은닉층의 비선형성은 왜 필요할까요?", "비선형성"))),
    Version("a follow-up reworded", lambda a: _follow_ups(a, "배치", lambda f: (
        (f[0], f[1].replace("얼마인가?", "얼마나 되나?"), f[2])))),
    Version("follow-ups in another order", lambda a: a.change(
        "배치", follow_ups=a.find("배치").follow_ups[::-1])),
    Version("the removed question is back, elsewhere", lambda a: a.bring_back("과적합", 2)),
    Version("a follow-up added", lambda a: a.change("경사", follow_ups=(
        *a.find("경사").follow_ups, ("경사-새", "학습률은 어떻게 정하나?", "작은 것부터 열 배씩 올려 본다.")))),
    Version("a term replaced", lambda a: a.change(
        "역전파", summary="역전파의 핵심은 **연쇄 법칙**이고 조건은 **역전파 조건**이다.")),
    Version("all in reverse order", lambda a: a.groups.reverse()),
    Version("two answers filled in", lambda a: a.fill("모멘텀", "모멘텀"),
     lambda a: a.fill("지피유", "메모리")),
    Version("a follow-up's answer edited", lambda a: _follow_ups(a, "볼츠만", lambda f: (f[0], f[1], f[2] + " 더 있다."))),
    Version("nothing", lambda a: None),
    Version("a typo mended in a question", lambda a: a.change(
        "드롭아웃", words="드롭아웃이 일반화를 돕는 까닭은 무엇일까요?")),
    Version("the last put first", lambda a: a.move(a.groups[-1][0].key, 0)),
    Version("two removed", lambda a: a.remove("역전파"), lambda a: a.remove("초기화")),
    Version("a follow-up removed", lambda a: a.change("경사", follow_ups=a.find("경사").follow_ups[1:])),
    Version("one of the two is back", lambda a: a.bring_back("초기화", 0)),
    Version("a picture removed", lambda a: a.change("렐루", shade=-1)),
    Version("every answer edited", lambda a: a.edit_all()),
    Version("the other is back, reworded", lambda a: a.bring_back("역전파", 5),
     lambda a: a.change("역전파", words="역전파가 기울기를 구하는 과정을 설명해 주세요.")),
    Version("three questions inserted",
     lambda a: a.insert(_new("어텐션", "어텐션은 어떤 계산인가요?", "어텐션"), 1),
     lambda a: a.insert(_new("잔차", "잔차 연결이 깊은 망을 돕는 원리는?", "잔차"), 4),
     lambda a: a.insert(_new("혼합", "혼합 정밀도로 배울 때 조심할 것은?", "혼합"), 9)),
    Version("a removed follow-up is back", lambda a: a.change("경사", follow_ups=(
        ("경사-언제", "경사 하강법에서 그 방법을 언제 쓰지 않나?", "경사 하강법의 조건이 깨질 때다."),
        *a.find("경사").follow_ups))),
    Version("a summary loses its terms' emphasis but one", lambda a: a.change(
        "배치", summary="배치 정규화의 핵심은 **배치 정규화 원리**이다.")),
    Version("the emphasis is back", lambda a: a.change(
        "배치", summary="조건은 **배치 정규화 조건**이고 핵심은 **배치 정규화 원리**이다.")),
    Version("reworded twice in a row (1)", lambda a: a.change("지피유", words="학습에 필요한 GPU 메모리를 셈하는 방법은?")),
    Version("reworded twice in a row (2)", lambda a: a.change("지피유", words="학습할 때 GPU 메모리를 셈하는 방법은?")),
    Version("sorted by their words", lambda a: a.groups.sort(key=lambda group: group[0].words)),
)  # fmt: skip


@dataclass
class Seen:
    """A version after its import.

    Attributes:
        number: Its number, from 1.
        change: What its author did.
        imported: What Anki said.
        studied: How many of the learner's cards have been studied.
        edited: How many notes hold an edit of the learner's.
        problems: What went wrong; nothing, in a good world.
    """

    number: int
    change: str
    imported: Imported
    studied: int
    edited: int
    problems: list[str]


def live(
    folder: Path, learner: Learner, *, layout: str = "native", beside: bool = False, forget: bool = False
) -> Iterator[Seen]:
    """Write, export, import and study all versions, and look for harm after each.

    Args:
        folder: The project's folder.
        learner: Who imports them.
        layout: How the document is written: a key of :data:`tests.support.author.LAYOUTS`.
        beside: Whether another deck, of a document that asks the same and answers otherwise, is exported
            from the same folder with the same lock.
        forget: Whether every export begins without a lock: what harm looks like.
    """
    pattern = r"^\d+\. |^단점" if layout == "heading" else ""
    project = Project(folder, replace(CONFIG, layouts={"*": layout}, question_pattern=pattern))
    (folder / "answers/images").mkdir(exist_ok=True)
    author = Author(_first(), layout=layout)
    truth: dict[str, str] = {}  # what a note is, by its GUID, as the author meant it
    edited: dict[str, str] = {}  # the hash of the content under a learner's edit, by GUID
    for number, version in enumerate(VERSIONS, start=1):
        for act in version.acts:
            act(author)
        for asked in author.questions:
            if asked.shade >= 0:
                (folder / f"answers/images/{asked.key}.png").write_bytes(png(shade=asked.shade))
        if forget:
            project.lock = Lock()
        if beside:
            _export_beside(project, learner, author)
        result, package = project.export(author.text())
        before, count = learner.schedules(), len(learner.notes())
        imported = learner.import_(package)
        after = learner.schedules()
        problems = [f"schedule of {key} changed" for key, state in before.items() if after[key] != state]
        if len(learner.notes()) - count != imported.new:
            problems.append("notes that Anki did not count")
        if result.identified.ambiguous:
            problems.append("D002")
        ids = [
            entry.id for entry in build(PurePosixPath("answers/a.md"), author.text(), project.config).pairs
        ]
        problems += _identities(author, ids, learner, truth)
        hashes = {row.guid: row.hash for row in project.lock.rows}
        for guid, content in list(edited.items()):
            kept = MEMO in learner.notes()[guid]["Extra1"] and TAG in learner.notes()[guid].tags
            if hashes.get(guid, content) != content:
                del edited[guid]  # the author changed it since: Anki takes the newer one
            elif not kept:
                problems.append(f"the learner's edit of {guid} is lost")
        problems += [
            complaint
            for complaint in learner.complaints()
            # Those of pictures that are no longer on any card and of blanks that are gone are Anki's to tidy.
            if not complaint.startswith(("unused picture", "empty card"))
        ]
        for deck in ("1 질문", "2 빈칸", "3 꼬리질문"):
            learner.study(f"시험 덱::{deck}", 2)
        edited |= _edit(learner, number, project.now + DAY // 2, hashes)
        studied = sum(reps > 0 for _, reps, _ in learner.schedules().values())
        yield Seen(number, version.change, imported, studied, len(edited), problems)


def _export_beside(project: Project, learner: Learner, author: Author) -> None:
    """Export and import another deck of the folder, whose document asks the same."""
    own = project.config
    project.config = replace(own, deck="다른 덱")
    text = (
        author.text().replace("설명이다", "다른 덱의 풀이다").replace("이것이다", "다른 덱에서 보는 것이다")
    )
    _, package = project.export(text, "b.md", days=0)
    learner.import_(package)
    project.config = own


def _identities(author: Author, ids: list[str], learner: Learner, truth: dict[str, str]) -> Iterator[str]:
    """Every question, follow-up and term is on the note that it was on before, and on one only."""
    meant: dict[tuple[str, str], str] = {}
    for asked, number, number_of in zip(author.questions, ids, author.numbers(), strict=True):
        if asked.answer:
            words = (
                f"{number_of}. {asked.words}"
                if author.layout == "heading" and not asked.below
                else asked.words
            )
            meant[number, words] = asked.key
            meant |= {(number, question): key for key, question, _ in asked.follow_ups}
    found: dict[str, str] = {}
    for guid, note in learner.notes().items():
        if "Text" in note or not learner.deck(note).startswith("시험 덱"):
            continue
        key = meant.get((note["Id"], note["Question"]))
        if key is None:
            continue  # a question that is gone from the document
        if key in found:
            yield f"{key} stands on two notes"
        found[key] = guid
        if truth.setdefault(guid, key) != key:
            yield f"the note of {truth[guid]} became {key}"
    yield from (f"{key} is on no note" for key in set(meant.values()) - found.keys())
    known = {key: guid for guid, key in truth.items()}
    yield from (f"{key} moved to another note" for key, guid in found.items() if known.get(key, guid) != guid)
    for guid, note in learner.notes().items():
        if "Text" not in note or not learner.deck(note).startswith("시험 덱"):
            continue
        for card in note.cards():
            text = card.render_output().answer_text
            if 'class="cloze"' not in text:
                continue  # an empty card: its term is gone
            term = text.split('class="cloze"')[1].split(">")[1].split("<")[0]
            if truth.setdefault(f"{guid}/{term}", str(card.ord)) != str(card.ord):
                yield f"the blank of {term} is another card"


def _edit(learner: Learner, number: int, now: int, hashes: dict[str, str]) -> dict[str, str]:
    """Let the learner write a memo on three of their notes."""
    notes = sorted(learner.notes().items())
    chosen = {}
    for step in (3, 7, 11):
        guid, note = notes[number * step % len(notes)]
        note["Extra1"] = MEMO
        note.tags = sorted({*note.tags, TAG})
        learner.col.update_note(note)
        assert learner.col.db is not None
        learner.col.db.execute("UPDATE notes SET mod = ? WHERE id = ?", now, note.id)
        chosen[guid] = hashes.get(guid, "")
    return chosen


def main() -> None:
    """Print the table."""
    print("| version | change | new | updated | unchanged | studied cards | own edits kept | problems |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "project").mkdir()
        learner = Learner(Path(folder))
        for seen in live(Path(folder) / "project", learner):
            said = seen.imported
            numbers = (said.new, said.updated, said.duplicate, seen.studied, seen.edited)
            print(
                f"| {seen.number} | {seen.change} | {' | '.join(map(str, numbers))} | {seen.problems or 0} |"
            )
        learner.close()


if __name__ == "__main__":
    main()
