"""Edits of one or more learners, proven by an export: each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.api.options import DeckOptions
from dlcards.api.pull import pull
from dlcards.identity.package import PackageNote, package_notes
from dlcards.roundtrip.held import Held
from dlcards.roundtrip.pull import Outcome, Pulled
from tests.support.command import invoke, write
from tests.support.deck_project import png
from tests.support.documents import md

TEXT = md("""
    ## #1

    #### 하나는 무엇인가?

    첫째 답은 가나 다라 마바 사아이다.

    둘째 문단이다.

    ---

    ## #2

    #### 둘은 무엇인가?

    다른 답은 자차 카타이다.

    ---

    ## #3

    #### 둘은 무엇이 아닌가?

    셋째 답이다.
""")


class Project:
    """A folder with a deck, and what learners hold of it."""

    def __init__(self, folder: Path, text: str = TEXT) -> None:
        self.root = folder
        write(folder, 'deck = "덱"\n', "dlcards.toml")
        self.document = folder / "a.md"
        self.export(text)

    def export(self, text: str) -> None:
        self.document.write_text(text, encoding="utf-8")
        code, said = invoke(self.root, "export", "--no-cache", SOURCE_DATE_EPOCH="1700000000")
        assert code == 0, said
        self.notes = list(package_notes(self.root / "build" / "덱.apkg"))

    def held(
        self, name: str, *edits: tuple[str, str, str, str], media: dict[str, bytes] | None = None
    ) -> Held:
        """What a learner has who has replaced words: (the question's number, field, old, new)."""
        notes = [*self.notes]
        for number, field, old, new in edits:
            place = next(k for k, note in enumerate(notes) if note.fields["Id"] == number)
            html = notes[place].fields[field]
            assert old in html
            fields = {**notes[place].fields, field: html.replace(old, new, 1)}
            notes[place] = notes[place]._replace(fields=fields, mod=notes[place].mod + 1)
        return Held(name, notes, (media or {}).get)

    def pull(
        self, *learners: Held, only: tuple[str, ...] = (), base: Sequence[PackageNote] | None = None
    ) -> Pulled:
        before = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}
        options = DeckOptions(offline=True, cache=False)
        found = pull(lambda deck: learners, [self.root], options, only=only, base=base)
        after = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}
        assert after == before, "a pull writes nothing"
        return found.pulled

    def text(self, pulled: Pulled) -> str:
        """The document as it would become."""
        return next((text for _, text in pulled.documents), self.document.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("pull"))


def outcomes(pulled: Pulled) -> list[Outcome]:
    return [result.outcome for result in pulled.results]


def test_nothing_edited(project: Project) -> None:
    pulled = project.pull(project.held("a"), project.held("b"))
    assert pulled == Pulled((), (), {}, (), 6, 0)


def test_edits_of_several_notes_and_learners_together(project: Project) -> None:
    one = project.held("a", ("1", "Answer", "가나", "나가"), ("2", "Answer", "자차", "차자"))
    other = project.held("b", ("1", "Answer", "사아이다", "아사이다"))
    pulled = project.pull(one, other)
    assert outcomes(pulled) == [Outcome.TAKEN] * 3
    wanted = TEXT.replace("가나", "나가").replace("자차", "차자").replace("사아이다", "아사이다")
    assert project.text(pulled) == wanted


def test_equal_edits_once(project: Project) -> None:
    edits = ("1", "Answer", "가나", "나가")
    pulled = project.pull(project.held("a", edits), project.held("b", edits))
    assert outcomes(pulled) == [Outcome.TAKEN, Outcome.THERE]
    assert project.text(pulled) == TEXT.replace("가나", "나가")


def test_of_those_who_contradict_one_another_none_is_taken(project: Project) -> None:
    held = [project.held(new, ("1", "Answer", "가나", new)) for new in ("일", "이", "삼")]
    free = project.held("d", ("1", "Answer", "사아이다", "아사이다"))
    for learners in ((*held, free), (free, *held), (held[2], free, held[0], held[1])):
        pulled = project.pull(*learners)
        by_name = {result.edit.learner: result for result in pulled.results}
        assert by_name["d"].outcome is Outcome.TAKEN
        for name in ("일", "이", "삼"):
            assert by_name[name].outcome is Outcome.CONFLICT
            assert by_name[name].reason
        assert project.text(pulled) == TEXT.replace("사아이다", "아사이다")


def test_a_note_is_taken_whole_or_not_at_all(project: Project) -> None:
    half = project.held(
        "a", ("1", "Answer", "가나", "나가"), ("1", "Question", "하나", '<font color="red">하나</font>')
    )
    pulled = project.pull(half)
    assert outcomes(pulled) == [Outcome.BY_HAND]
    assert pulled.results[0].field == "Question"
    assert pulled.documents == ()


def test_what_an_export_would_not_take_is_by_hand_and_the_rest_is_taken(project: Project) -> None:
    """A question that says what another one says: an export can't tell the two apart."""
    twin = project.held(
        "a", ("3", "Question", "둘은 무엇이 아닌가", "둘은 무엇인가"), ("1", "Answer", "가나", "나가")
    )
    pulled = project.pull(twin)
    by_id = {result.edit.id: result for result in pulled.results}
    assert by_id["1"].outcome is Outcome.TAKEN
    assert "나가" in project.text(pulled)
    assert by_id["3"].outcome is Outcome.BY_HAND
    assert by_id["3"].reason
    assert "무엇이 아닌가" in project.text(pulled)


def test_only_some_questions(project: Project) -> None:
    held = project.held("a", ("1", "Answer", "가나", "나가"), ("2", "Answer", "자차", "차자"))
    pulled = project.pull(held, only=("2",))
    assert [result.edit.id for result in pulled.results] == ["2"]
    assert pulled.notes == 1


def test_notes_of_other_decks_are_passed_over(project: Project) -> None:
    strange = PackageNote("other", 1, [], {"Question": "가?", "Answer": "나"}, False, "ko")
    pulled = project.pull(Held("a", [strange], lambda name: None))
    assert (pulled.results, pulled.strange) == ((), 1)


def test_a_picture_comes_only_with_the_edit_that_shows_it(project: Project) -> None:
    media = {"paste-1.png": png(3, 7), "paste-2.png": png(3, 9)}
    shown = ("1", "Answer", "가나", '가나<img src="paste-1.png">')
    refused = ("2", "Answer", "자차", '<font color="red">자차</font><img src="paste-2.png">')
    pulled = project.pull(project.held("a", shown, refused, media=media))
    assert sorted(result.outcome.value for result in pulled.results) == ["by-hand", "taken"]
    assert list(pulled.pictures.values()) == [media["paste-1.png"]]
    (path,) = pulled.pictures
    assert f"![]({path})" in project.text(pulled)


def test_tags(project: Project) -> None:
    note = project.notes[0]._replace(tags=[*project.notes[0].tags, "어려움"])
    (tagged,) = project.pull(Held("a", [note], lambda name: None)).tagged
    assert (tagged.id, tagged.tags, tagged.line) == (note.fields["Id"], ("어려움",), 3)


def test_edits_of_before_the_documents_changed_need_a_base(tmp_path: Path) -> None:
    own = Project(tmp_path)
    held = own.held("a", ("1", "Answer", "가나", "나가"))
    changed = TEXT.replace("둘째 문단이다", "둘째 문단이 아니다")

    own.document.write_text(changed, encoding="utf-8")
    code, said = invoke(own.root, "export", "--no-cache", SOURCE_DATE_EPOCH="1800000000")
    assert code == 0, said
    assert outcomes(own.pull(held)) == [Outcome.BY_HAND], "no git, and nothing that says what it was"
    found = pull(
        lambda deck: [held], [own.root], DeckOptions(offline=True, cache=False), base=list(own.notes)
    ).pulled
    assert outcomes(found) == [Outcome.TAKEN]
    assert own.text(found) == changed.replace("가나", "나가")


_EDITS = st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from(["가나", "다라", "이다", "답", "둘째"]))


@settings(max_examples=max(4, settings.default.max_examples // 10) if settings.default else 4)
@given(st.lists(st.lists(st.tuples(_EDITS, st.sampled_from("xyz")), max_size=2), min_size=1, max_size=3))
def test_whatever_learners_edit_what_was_taken_is_there_the_next_time(
    project: Project, lives: list[list[tuple[tuple[str, str], str]]]
) -> None:
    learners = []
    for number, life in enumerate(lives):
        notes = {note.fields["Id"]: note.fields["Answer"] for note in project.notes}
        changes = {(where, old): new for (where, old), new in life if old in notes[where]}
        edits = [(where, "Answer", old, new) for (where, old), new in changes.items()]
        learners.append(project.held(f"{number}", *edits))
    pulled = project.pull(*learners)
    text = project.text(pulled)
    before = project.document.read_bytes()
    try:
        project.document.write_text(text, encoding="utf-8")
        # Outside of git nothing else tells what they had.
        again = project.pull(*learners, base=project.notes)
        assert again.documents == ()
        taken = {
            (r.edit.learner, r.edit.guid)
            for r in pulled.results
            if r.outcome in (Outcome.TAKEN, Outcome.THERE)
        }
        left = {(r.edit.learner, r.edit.guid) for r in again.results if r.outcome is not Outcome.THERE}
        assert not taken & left
    finally:
        project.document.write_bytes(before)


def test_a_footnote_that_two_answers_have_is_by_hand(tmp_path: Path) -> None:
    text = TEXT.replace("둘째 문단이다.", "둘째 문단이다[^1].").replace("셋째 답이다.", "셋째 답이다[^1].")
    own = Project(tmp_path, text + "\n[^1]: 각주의 글이다.\n")
    for number in ("1", "3"):
        pulled = own.pull(own.held("a", (number, "Answer", "각주의", "주석의")))
        assert outcomes(pulled) == [Outcome.BY_HAND]
        assert pulled.results[0].reason
        assert pulled.documents == ()
