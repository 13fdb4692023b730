"""``dlcards pull``: what learners edited in the real Anki, back in the documents."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path

import pytest

from dlcards.roundtrip.canonical import canonical
from tests.support.ankiconnect import closed_port, running_anki
from tests.support.command import invoke, run
from tests.support.deck_project import png
from tests.support.learners import DOCUMENT, Shared, git
from tests.support.packages import with_sql

FIRST, SECOND = "Id:1 Question:_* Answer:_*", "Id:2 Question:_* Answer:_*"


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared(tmp_path)


def edited(shared: Shared, name: str, *edits: tuple[str, str, str, str]) -> Path:
    """The package of a learner who has replaced words: (search, field, old, new)."""
    someone = shared.learner(name)
    for query, field, old, new in edits:
        someone.edit(query, field, lambda html, old=old, new=new: html.replace(old, new, 1))  # type: ignore[misc]
    path = shared.given_back(someone, name)
    someone.close()
    return path


def test_nothing_edited_is_an_empty_patch(shared: Shared) -> None:
    patch, report = shared.pull(edited(shared, "a"))
    assert patch == ""
    assert "노트 4개 가운데 0개를 고쳤다" in report
    assert git(shared.root, "status", "--porcelain", "--untracked-files=no") == ""


def test_a_mended_word_is_a_patch_of_one_line_that_git_applies(shared: Shared) -> None:
    package = edited(shared, "a", (FIRST, "Answer", "추상적인 표현", "추상적인 특징"))
    lock = (shared.root / "deck.lock").read_bytes()
    patch, report = shared.pull(package)
    changed = [line for line in patch.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == [
        "-딥러닝은 특징을 사람이 만들지 않고 배운다. 층마다 *조금씩* 더 추상적인 표현을 만든다.",
        "+딥러닝은 특징을 사람이 만들지 않고 배운다. 층마다 *조금씩* 더 추상적인 특징을 만든다.",
    ]
    assert "a.md:11: #1 질문 Answer: 가져왔다" in report
    assert "[-표현을-]{+특징을+}" in report
    assert shared.text == DOCUMENT
    git(shared.root, "apply", "-", data=patch.encode())
    assert shared.text == DOCUMENT.replace("추상적인 표현", "추상적인 특징")
    assert (shared.root / "deck.lock").read_bytes() == lock


def test_what_was_taken_exports_to_the_learners_field_and_is_there_the_next_time(shared: Shared) -> None:
    someone = shared.learner("a")
    guid = someone.edit(FIRST, "Summary", lambda html: html.replace("여러 층으로", "<i>여러</i> 층으로"))
    wanted = someone.notes()[guid]["Summary"]
    before = shared.fields()
    package = shared.given_back(someone, "a")
    someone.close()
    patch, _ = shared.pull(package, "--write")
    assert patch == ""
    assert "*여러* 층으로" in shared.text
    after = shared.fields()
    assert after.keys() == before.keys()
    assert canonical(after[guid].fields["Summary"]) == canonical(wanted)
    changed = {
        (note.guid, name)
        for note in after.values()
        for name, value in note.fields.items()
        if value != before[note.guid].fields[name] and name != "Updated"
    }
    cloze = next(note.guid for note in after.values() if note.is_cloze)
    assert changed == {(guid, "Summary"), (cloze, "Text")}
    patch, report = shared.pull(package)
    assert patch == ""
    assert "이미 문서에 있다 1" in report or "0개를 고쳤다" in report


def test_blanks_go_into_the_summary(shared: Shared) -> None:
    package = edited(shared, "a", ("note:*cloze* OR Text:_*", "Text", "한 갈래", "큰 갈래"))
    patch, _ = shared.pull(package)
    assert "**머신러닝**의 큰 갈래이다." in patch


@pytest.mark.parametrize(
    ("field", "old", "new", "says"),
    [
        ("Text", "{{c2::", "{{c5::", "빈칸의 번호가 달라져"),
        ("Text", "{{c2::", "{{c1::", "빈칸의 번호가 달라져"),
        ("Text", "{{c1::표현}}", "<b>표현</b>", "빈칸의 번호가 달라져"),
        ("Text", "여러 층", "{{c3::}}여러 층", "빈칸의 번호가 달라져"),
        ("Text", "여러 층", "<b>여러</b> 층", "굵은 글씨는 빈칸이 된다"),
        ("Text", "표현}}", "<b>표현</b>}}", "굵은 글씨는 빈칸이 된다"),
        ("Text", "표현}}", "표{{c3::현}}}}", "빈칸 안의 빈칸"),
        ("Text", "표현}}", "표현::귀띔}}", "빈칸의 귀띔(::)"),
        ("Summary", "표현</strong>", "특징</strong>", "빈칸의 번호가 달라져"),
    ],
)
def test_no_card_of_a_blank_comes_or_goes_but_as_the_learner_has_it(
    shared: Shared, field: str, old: str, new: str, says: str
) -> None:
    package = edited(shared, "a", ("Text:_*" if field == "Text" else FIRST, field, old, new))
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert says in report


@pytest.mark.parametrize(
    "added",
    ["<div>" * 10_000, "<b>" * 10_000, "<span>" * 10_000, "<blockquote>" * 10_000, "<ul><li>" * 10_000]
    + ["<pre><code>" + "<span>" * 10_000, "<table><tr><td>" * 5_000, "\x9b31m"],
)
def test_what_nobody_writes_is_by_hand(shared: Shared, added: str) -> None:
    """Elements ten thousand deep, and what a terminal would obey."""
    package = edited(shared, "a", (SECOND, "Answer", "옮긴다", f"{added}움직인다"))
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "#2 질문 Answer: 손으로 고친다" in report
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", report)
    assert max(map(len, report.splitlines())) < 5_000


def test_no_line_of_a_merge_comes_into_a_document(shared: Shared) -> None:
    marks = "&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD\n"
    package = edited(shared, "a", (SECOND, "Answer", '<pre class="code"><code>', f"<pre><code>{marks}"))
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "병합하다가 남은 표시로 보일" in report
    package = edited(shared, "b", (SECOND, "Answer", "<p>", f"<p>{marks}</p><p>"))
    patch, _ = shared.pull(package)
    assert r"+\<\<\<\<\<\<\< HEAD" in patch


def test_follow_ups_and_references_and_hints(shared: Shared) -> None:
    package = edited(
        shared,
        "a",
        ("Question:*얕은*", "Summary", "덜 배운다", "적게 배운다"),
        (FIRST, "Hint", "누가", "어떻게"),
        (FIRST, "References", "https://example.com/a", "https://example.com/new"),
    )
    shared.pull(package, "--write")
    assert "- **얕은 망과 무엇이 다른가?**\n  - 층이 적어 표현을 적게 배운다." in shared.text
    assert "> **힌트**: 특징을 어떻게 만드는지" in shared.text
    assert "(https://example.com/new)" in shared.text


def test_a_follow_up_that_only_asks_is_edited_where_it_is_listed(tmp_path: Path) -> None:
    text = DOCUMENT.replace("  - 층이 적어 표현을 덜 배운다.\n", "")
    package = edited(shared := Shared(tmp_path, text), "a", (FIRST, "FollowUps", "무엇이", "어디가"))
    shared.pull(package, "--write")
    assert "- **얕은 망과 어디가 다른가?**\n" in shared.text


def test_a_question_and_its_answer_at_once_would_be_another_note(shared: Shared) -> None:
    package = edited(
        shared,
        "a",
        ("Question:*얕은*", "Summary", "덜 배운다", "적게 배운다"),
        ("Question:*얕은*", "Question", "무엇이 다른가", "견주면"),
    )
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "같은 노트로 알아보지 못한다" in report


def test_comments_and_suppressions_stay(shared: Shared) -> None:
    package = edited(shared, "a", (FIRST, "Answer", "마지막 문단이다", "맨 마지막 문단이다"))
    shared.pull(package, "--write")
    assert "<!-- dlcards-disable-next-line K005 -->\n맨 마지막 문단이다[^1]." in shared.text


def test_colour_is_never_called_the_same(shared: Shared) -> None:
    package = edited(shared, "a", (SECOND, "Answer", "기울기의", '<span style="color: red">기울기</span>의'))
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "서식이 바뀌었다" in report
    assert "color: red" in report


def test_a_note_is_taken_whole_or_not_at_all(shared: Shared) -> None:
    package = edited(
        shared,
        "a",
        (SECOND, "Answer", "옮긴다", "움직인다"),
        (SECOND, "Question", "무엇인가", "<u>무엇</u>인가"),
    )
    patch, report = shared.pull(package, code=0)
    assert "움직인다" in patch
    assert "<u>무엇</u>" in patch
    package = edited(
        shared,
        "b",
        (SECOND, "Answer", "옮긴다", "움직인다"),
        (SECOND, "Question", "무엇", '<font color="red">무엇</font>'),
    )
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "Question: " in report


def test_what_is_derived_is_by_hand_and_names_its_place(shared: Shared) -> None:
    someone = shared.learner("a")
    someone.edit(SECOND, "Id", lambda html: "3")
    someone.edit("Text:_*", "Context", lambda html: html + " 덧붙임")
    patch, report = shared.pull(shared.given_back(someone, "a"), code=1)
    someone.close()
    assert patch == ""
    assert "a.md:36: #2 질문 Id: 손으로 고친다" in report
    assert "#1 빈칸 Context: 손으로 고친다" in report


def test_what_lists_the_follow_ups_is_edited_in_these(shared: Shared) -> None:
    package = edited(shared, "a", (FIRST, "FollowUps", "얕은", "작은"))
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "#1 질문 FollowUps: 손으로 고친다: 꼬리질문을 늘어놓은 필드다" in report


def test_a_word_replaced_in_the_whole_deck_is_taken_wherever_it_stands(tmp_path: Path) -> None:
    """As Anki's "find and replace" does it, also where fields repeat others and in the words of pictures."""
    themes = (
        '<picture>\n<source media="(prefers-color-scheme: dark)" srcset="night.png">\n'
        '<img src="day.png" alt="표현이 배우는 그림">\n</picture>\n\n'
    )
    text = DOCUMENT.replace("손실은", f"{themes}손실은").replace("무엇인가?", "어떻게 배우는가?")
    shared = Shared(tmp_path, text, {"day.png": png(3, 1), "night.png": png(3, 2)})
    someone = shared.learner("a")
    found = someone.col.find_and_replace(
        note_ids=list(someone.col.find_notes("")),
        search="배우는",
        replacement="익히는",
        regex=False,
        match_case=False,
        field_name=None,
    )
    assert found.count == 4
    wanted = {guid: dict(note.items()) for guid, note in someone.notes().items()}
    package = shared.given_back(someone, "a")
    someone.close()
    _, report = shared.pull(package, "--write")
    assert "손으로 고친다 0 · 충돌 0" in report
    assert shared.text.count("배우는") == 0
    for guid, note in shared.fields().items():
        for name in ("Question", "Context", "Summary", "Answer", "FollowUps", "Text", "Extra"):
            assert canonical(note.fields.get(name, "")) == canonical(wanted[guid].get(name, "")), name


def test_tags_are_listed_and_no_more(shared: Shared) -> None:
    someone = shared.learner("a")
    note = next(iter(someone.by_id().values()))
    note.tags += ["어려움", "marked"]
    someone.col.update_note(note)
    patch, report = shared.pull(shared.given_back(someone, "a"))
    someone.close()
    assert patch == ""
    assert "태그 어려움:" in report


def test_a_pasted_picture_comes_with_the_patch(shared: Shared) -> None:
    someone = shared.learner("a")
    name = someone.col.media.write_data("paste-1.png", png(3, 7))
    someone.edit(
        SECOND, "Answer", lambda html: html.replace("옮긴다.</p>", f'옮긴다.</p><p><img src="{name}"></p>')
    )
    package = shared.given_back(someone, "a")
    someone.close()
    patch, report = shared.pull(package)
    git(shared.root, "apply", "-", data=patch.encode())
    (picture,) = (shared.root / "images").iterdir()
    assert picture.read_bytes() == png(3, 7)
    assert f"![](images/{picture.name})" in shared.text
    assert f"images/{picture.name}: 새 그림" in report
    picture.unlink()
    git(shared.root, "checkout", "-q", "--", "a.md")
    shared.pull(package, "--write")
    assert picture.read_bytes() == png(3, 7)
    patch, _ = shared.pull(package)
    assert patch == ""


def test_a_picture_that_nobody_has_is_by_hand(shared: Shared) -> None:
    package = edited(shared, "a", (SECOND, "Answer", "옮긴다.", '옮긴다. <img src="away.png">'))
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "그림이 없다: away.png" in report


def test_documents_that_moved_on(shared: Shared) -> None:
    """The learner has the first of three versions; what others changed since stays."""
    first = shared.deck.read_bytes()
    package = shared.folder / "first.apkg"
    package.write_bytes(first)
    shared.version(DOCUMENT.replace("사람이 만들지 않고", "사람이 짓지 않고"), "v2")
    shared.version(shared.text.replace("픽셀을 본다", "화소를 본다"), "v3")
    someone = shared.learner("a", package)
    someone.edit(FIRST, "Answer", lambda html: html.replace("추상적인 표현", "추상적인 특징"))
    given = shared.given_back(someone, "a")
    shared.pull(given, "--write")
    for words in ("사람이 짓지 않고", "화소를 본다", "추상적인 특징"):
        assert words in shared.text
    someone.close()


def test_what_changed_from_month_to_month_is_no_edit_where_git_does_not_know_it(shared: Shared) -> None:
    """An old note that was edited lately is newer than the documents, and not made from them."""
    first = shared.folder / "v1.apkg"
    shared.document.write_text(DOCUMENT.replace("추상적인 표현", "추상적인 특징"), encoding="utf-8")
    code, said = invoke(shared.root, "export", SOURCE_DATE_EPOCH=str(int(time.time()) - 40 * 86_400))
    assert code == 0, said
    shutil.rmtree(shared.root / ".git")
    someone = shared.learner("a", first)
    someone.edit(FIRST, "Answer", lambda html: html.replace("픽셀을", "화소를"))
    package = shared.given_back(someone, "a")
    someone.close()
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "#1 질문: 손으로 고친다: 무엇을 고쳤는지 알 수 없다" in report
    patch, _ = shared.pull(package, "--base", str(first))
    assert "+- 입력층은 화소를 본다." in patch
    assert "추상적인 표현" not in patch


def test_a_version_that_came_back_and_went_again_is_nothing(shared: Shared) -> None:
    package = edited(shared, "a")
    for number, words in enumerate(("특징", "표현", "벡터"), start=2):
        shared.version(DOCUMENT.replace("추상적인 표현", f"추상적인 {words}"), f"v{number}")
    patch, report = shared.pull(package)
    assert patch == ""
    assert "0개를 고쳤다" in report


def test_a_lock_of_an_unfinished_merge_hides_no_older_one(shared: Shared) -> None:
    package = edited(shared, "a", (FIRST, "Answer", "픽셀을", "화소를"))
    lock = shared.root / "deck.lock"
    whole = lock.read_bytes()
    lock.write_bytes(whole + b"<<<<<<< HEAD\n")
    git(shared.root, "commit", "-qam", "unfinished")
    lock.write_bytes(whole)
    shared.version(DOCUMENT.replace("추상적인 표현", "추상적인 특징"), "v2")
    patch, _ = shared.pull(package)
    assert "+- 입력층은 화소를 본다." in patch


def test_a_version_that_was_released_from_a_branch_is_known(shared: Shared) -> None:
    """Though nothing of the branch came into the merge."""
    git(shared.root, "checkout", "-q", "-b", "side")
    package = shared.version(DOCUMENT.replace("추상적인 표현", "추상적인 특징"), "side")
    git(shared.root, "checkout", "-q", "-")
    git(shared.root, "merge", "-q", "-s", "ours", "-m", "merged", "side")
    someone = shared.learner("a", package)
    patch, report = shared.pull(shared.given_back(someone, "a"))
    someone.close()
    assert patch == ""
    assert "0개를 고쳤다" in report


def test_the_words_of_a_question_that_is_gone_are_told(shared: Shared) -> None:
    package = edited(shared, "a", (SECOND, "Answer", "옮긴다", "움직인다"))
    shared.version(DOCUMENT[: DOCUMENT.index("---\n\n## #2")], "v2")
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "a.md: #2 질문 Answer: 손으로 고친다: 문서에서 없어진 질문이다" in report
    assert "[-옮긴다.-]{+움직인다.+}" in report


def test_an_older_version_that_nobody_edited_is_nothing(shared: Shared) -> None:
    package = edited(shared, "a")
    shared.version(DOCUMENT.replace("사람이 만들지 않고", "사람이 짓지 않고"), "v2")
    patch, report = shared.pull(package)
    assert patch == ""
    assert "0개를 고쳤다" in report


@pytest.mark.parametrize(
    ("theirs", "code", "says"),
    [("특징", 0, "이미 문서에 있다 1"), ("벡터", 1, "문서에서도 같은 낱말을 다르게 고쳤다")],
)
def test_the_same_words_changed_on_both_sides(shared: Shared, theirs: str, code: int, says: str) -> None:
    package = edited(shared, "a", (FIRST, "Answer", "추상적인 표현", "추상적인 특징"))
    shared.version(DOCUMENT.replace("추상적인 표현", f"추상적인 {theirs}"), "v2")
    patch, report = shared.pull(package, code=code)
    assert patch == ""
    assert says in report
    assert "<<<<" not in shared.text


def test_several_learners(shared: Shared) -> None:
    """Equal edits once, different words together, the same words in two ways as a conflict that shows both."""
    one = edited(shared, "a", (FIRST, "Answer", "추상적인 표현", "추상적인 특징"))
    same = edited(shared, "b", (FIRST, "Answer", "추상적인 표현", "추상적인 특징"))
    other = edited(shared, "c", (FIRST, "Answer", "픽셀을", "화소를"))
    against = edited(shared, "d", (FIRST, "Answer", "추상적인 표현", "추상적인 벡터"))
    patch, report = shared.pull(one, same, other)
    assert "추상적인 특징" in patch
    assert "화소를" in patch
    assert "가져왔다 2 · 이미 문서에 있다 1" in report
    patch, report = shared.pull(one, against, other, code=1)
    assert "추상적인" not in [line for line in patch.splitlines() if line.startswith("+")]
    assert "화소를" in patch
    assert "특징" in report
    assert "벡터" in report
    assert "충돌 2" in report


def test_a_package_that_holds_a_note_twice_is_one_edit(shared: Shared) -> None:
    spoil = with_sql(
        "update notes set mod = mod + 1, flds = replace(flds, '옮긴다', '움직인다')",
        "insert into notes select id + 1000, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data from notes",
    )
    twice = shared.folder / "twice.apkg"
    twice.write_bytes(spoil(shared.deck.read_bytes(), shared.folder))
    _, report = shared.pull(twice)
    assert "노트 4개 가운데 1개를 고쳤다: 가져왔다 1 · 이미 문서에 있다 0" in report


def test_only_some_questions(shared: Shared) -> None:
    package = edited(
        shared, "a", (FIRST, "Answer", "픽셀을", "화소를"), (SECOND, "Answer", "옮긴다", "움직인다")
    )
    patch, _ = shared.pull(package, "--only", "2")
    assert "움직인다" in patch
    assert "화소를" not in patch
    _, report = shared.pull(package, "--only", "2", "--only", "9", code=2)
    assert "--only: 그런 번호의 질문이 없다: #9" in report


def test_a_base_that_git_does_not_know(shared: Shared) -> None:
    package = shared.folder / "first.apkg"
    package.write_bytes(shared.deck.read_bytes())
    given = edited(shared, "a", (FIRST, "Answer", "추상적인 표현", "추상적인 특징"))
    changed = DOCUMENT.replace("사람이 만들지 않고", "사람이 짓지 않고")
    shutil.rmtree(shared.root / ".git")
    shared.document.write_text(changed, encoding="utf-8")
    patch, report = shared.pull(given, "--base", str(package))
    assert "추상적인 특징" in patch
    assert "-딥러닝은 특징을 사람이 짓지 않고" in patch
    assert "git에 deck.lock의 이력이 없거나" not in report


def test_json_holds_all(shared: Shared) -> None:
    package = edited(shared, "a", (FIRST, "Answer", "추상적인 표현", "추상적인 특징"))
    out, report = shared.pull(package, "--format", "json")
    said = json.loads(out)
    (edit,) = said["edits"]
    assert edit["outcome"] == "taken"
    assert (edit["path"], edit["line"], edit["id"]) == ("a.md", 11, "1")
    assert said["patch"].startswith("diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n")
    assert said["summary"]["taken"] == 1
    assert report == ""


def test_a_closed_collection_is_read_and_not_touched(shared: Shared) -> None:
    someone = shared.learner("a")
    someone.edit(SECOND, "Answer", lambda html: html.replace("옮긴다", "움직인다"))
    someone.close()
    collection = shared.folder / "a" / "collection.anki2"
    before = {path.name: path.read_bytes() for path in collection.parent.iterdir() if path.is_file()}
    patch, _ = shared.pull(collection)
    assert "움직인다" in patch
    after = {path.name: path.read_bytes() for path in collection.parent.iterdir() if path.is_file()}
    assert after == before


def test_a_learner_keeps_schedules_and_sees_the_edit(shared: Shared) -> None:
    """Import, study, edit, export, pull, write, export, import: the schedule kept, the edit there."""
    someone = shared.learner("a")
    someone.study("덱::1 질문", 1)
    guid = someone.edit(FIRST, "Answer", lambda html: html.replace("추상적인 표현", "추상적인 특징"))
    other = someone.edit(SECOND, "Question", lambda html: html + '<font color="red">!</font>')
    schedules, notes = someone.schedules(), {g: dict(n.items()) for g, n in someone.notes().items()}
    shared.pull(shared.given_back(someone, "a"), "--write", code=1)
    code, said = invoke(shared.root, "export", "--no-cache")
    assert code == 0, said
    someone.import_(shared.deck)
    assert someone.schedules() == schedules
    now = {g: dict(n.items()) for g, n in someone.notes().items()}
    assert now.keys() == notes.keys()
    assert canonical(now[guid]["Answer"]) == canonical(notes[guid]["Answer"])
    assert now[other] == notes[other], "what nobody took stays the learner's"
    assert someone.complaints() == []
    someone.close()


def test_what_a_learner_sees_of_the_next_release(shared: Shared) -> None:
    """As docs/edits has it: what was taken is there with the deck's tags, what was not only until it changes."""
    someone = shared.learner("a")
    taken = someone.edit(FIRST, "Answer", lambda html: html.replace("추상적인 표현", "추상적인 특징"))
    left = someone.edit(SECOND, "Question", lambda html: html + '<font color="red">!</font>')
    for note in someone.notes().values():
        note.tags.append("어려움")
        someone.col.update_note(note)
    shared.pull(shared.given_back(someone, "a"), "--write", code=1)
    package = shared.version(shared.text.replace("픽셀을 본다", "화소를 본다"), "v2")
    someone.import_(package)
    now = someone.notes()
    assert "추상적인 특징" in now[taken]["Answer"]
    assert "화소를 본다" in now[taken]["Answer"]
    assert "어려움" not in now[taken].tags
    assert "red" in now[left]["Question"]
    assert "어려움" in now[left].tags
    package = shared.version(shared.text.replace("매개변수를 옮긴다", "매개변수를 조금 옮긴다"), "v3")
    someone.import_(package)
    assert "red" not in someone.notes()[left]["Question"]
    someone.close()


@pytest.mark.parametrize(
    "option", [("--max-image-width", "2"), ("--no-follow-ups",), ("--no-cloze",), ("--tag", "x")]
)
def test_a_deck_that_was_exported_with_options(tmp_path: Path, option: tuple[str, ...]) -> None:
    """What these make of cards is nothing that a learner has done."""
    text = DOCUMENT.replace("손실은", "![그림](a.png)\n\n손실은")
    shared = Shared(tmp_path, text, {"a.png": png(4, 3)})
    code, said = invoke(shared.root, "export", "--no-cache", *option)
    assert code == 0, said
    git(shared.root, "commit", "-q", "-a", "--allow-empty", "-m", "options")
    package = edited(shared, "a", (FIRST, "Answer", "픽셀을", "화소를"))
    patch, report = shared.pull(package)
    assert [line for line in patch.splitlines() if line[:1] in "+-"][2:] == [
        "-- 입력층은 픽셀을 본다.",
        "+- 입력층은 화소를 본다.",
    ]
    assert "1개를 고쳤다: 가져왔다 1" in report


def test_cards_that_an_earlier_program_made_otherwise_are_no_base(shared: Shared) -> None:
    """What differs may be the program's doing, and taking it would be a change that nobody has made."""
    package = edited(shared, "a", (FIRST, "Answer", "픽셀을", "화소를"))
    lock = shared.root / "deck.lock"
    hashes = re.sub(r'("hash": ?")....', r"\g<1>0000", lock.read_text(encoding="utf-8"))
    lock.write_text(hashes, encoding="utf-8")
    git(shared.root, "commit", "-q", "-a", "--amend", "-m", "made by an earlier program")
    patch, report = shared.pull(package, code=1)
    assert patch == ""
    assert "다른 카드를 만든다" in report
    patch, _ = shared.pull(package, "--base", shared.deck)
    assert "화소를" in patch


def test_a_field_that_is_alike_everywhere_ends_in_time(shared: Shared) -> None:
    someone = shared.learner("a")
    someone.edit(FIRST, "Answer", lambda html: f"<p>{'가 ' * 20_000}</p>")
    someone.edit(SECOND, "Answer", lambda html: html.replace("옮긴다", "움직인다"))
    package = shared.given_back(someone, "a")
    someone.close()
    patch, _ = shared.pull(package, code=1)
    assert "움직인다" in patch


def test_a_running_anki_is_asked(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for a card that was moved to another deck, and without an address where AnkiConnect listens."""
    someone = shared.learner("a")
    guid = someone.edit(SECOND, "Answer", lambda html: html.replace("옮긴다", "움직인다"))
    moved = someone.notes()[guid].cards()[0]
    elsewhere = someone.col.decks.id("다른 덱")
    assert elsewhere is not None
    someone.col.set_deck([moved.id], elsewhere)
    with running_anki(someone) as anki:
        patch, report = shared.pull("--ankiconnect", anki.url)
        assert "움직인다" in patch
        assert "가져왔다 1" in report
        monkeypatch.setattr("dlcards.roundtrip.ankiconnect.DEFAULT", anki.url)
        assert shared.pull("--ankiconnect", "a.md") == (patch, report)
        assert shared.pull("--ankiconnect") == (patch, report)
        assert "움직인다" in someone.notes()[guid]["Answer"]
    someone.close()


def test_an_anki_that_is_closed_is_said_before_any_work(shared: Shared) -> None:
    done = run(shared.root, "pull", "--lang", "ko", f"--ankiconnect=http://127.0.0.1:{closed_port()}")
    assert done.returncode == 2
    assert "Anki" in done.stderr.decode()
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "학습자가 고친 것이 든 .apkg 파일이나"),
        (("a.md",), "Anki가 내보낸 파일(.apkg)이나"),
        (("none.apkg",), "none.apkg: 패키지를 읽을 수 없다"),
        (("dlcards.toml",), "패키지를 읽을 수 없다"),
    ],
)
def test_what_is_no_learners_is_refused(shared: Shared, arguments: tuple[str, ...], says: str) -> None:
    done = run(shared.root, "pull", "--lang", "ko", *arguments)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert done.stdout == b""
