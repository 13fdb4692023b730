"""The notes of a release: a learner sees which questions are new, changed and gone, in both languages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import cmarkgfm
import pytest

from dlcards.deck.anki.verify import OldNote, Update, verify
from dlcards.reports.release import release_notes
from tests.support.command import invoke, write
from tests.support.deck_project import Project, question

NOTHING = Update(new=(), updated=(), unchanged=1, orphaned=(), waiting=(), emptied=(), left_behind=0)
FOLLOW = "답이다.\n\n#### 꼬리질문\n\n- 이어서 묻는가?\n  - 그렇다."
EARLIER = (
    question("1", "하나인가?")
    + question("2", "둘인가?")
    + question("3", "셋인가?")
    + question("4", "넷인가?")
)
LATER = (
    question("1", "하나인가?", "고친 답이다.")
    + question("2", "둘인가?", FOLLOW)
    + question("4", "넷인가?", "TODO")
    + question("5", "다섯인가?", FOLLOW.replace("이어서", "또"))
)


def test_what_learners_of_the_last_release_will_see(tmp_path: Path) -> None:
    project = Project(tmp_path)
    _, old = project.export(EARLIER)
    earlier = tmp_path / "earlier.apkg"
    earlier.write_bytes(old.read_bytes())
    result, _ = project.export(LATER, days=30)
    cards = result.identified.cards
    there = [entry.guid for entry in cards]
    waiting = {row.guid for row in result.identified.lock.rows if not row.retired} - set(there)
    notes = release_notes(cards, verify(result.package, there, "en", earlier, waiting).update)
    lists = dict(re.findall(r"### (\S+) .*\n\n((?:.|\n)*?)(?=\n###|\Z)", notes))
    items = {head: re.findall(r"(?m)^- (.*)$", body) for head, body in lists.items()}
    assert items == {
        "새로": ["`#2` 둘인가? · 꼬리질문 / follow-up: 이어서 묻는가?", "`#5` 다섯인가?"],
        "바뀐": ["`#1` 하나인가?", "`#2` 둘인가?"],
        "덱에서": ['`#3` 셋인가?: `"deck:시험 덱" "Id:3"`'],
        "이번": ["`#4` 넷인가?"],
    }
    assert "카드 5장. / Version " in notes
    assert "5 cards." in notes


def test_the_first_release_and_one_without_changes(tmp_path: Path) -> None:
    result, _ = Project(tmp_path).export(EARLIER)
    first = release_notes(result.identified.cards, None)
    assert "###" not in first
    assert "카드 4장" in first
    assert "바뀐 카드가 없다. / No card has changed." in release_notes(result.identified.cards, NOTHING)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script> & <b>굵게</b> &amp;",
        "**굵게** _기울게_ `코드` ~~지움~~ | 칸",
        "[링크](b.md) ![그림](a.png) [x]",
        "@everyone은 #12와 같은가",
        "1. 목록인가",
        "- 목록인가",
        "# 제목인가",
        "= 무엇인가",
        "> 인용인가",
        "\\ 뒤집은 빗금 \\*",
        "넓이는 $x_1 * y_2$인가",
    ],
)
@pytest.mark.parametrize("number", ["7", ""])
def test_words_of_a_question_stand_for_themselves(tmp_path: Path, words: str, number: str) -> None:
    result, _ = Project(tmp_path).export(EARLIER)
    update = NOTHING._replace(waiting=(OldNote(number, words, "x"),))
    html = cmarkgfm.github_flavored_markdown_to_html(release_notes(result.identified.cards, update))
    (item,) = re.findall(r"<li>((?:.|\n)*?)</li>", html)
    item = re.sub(r"<!--.*?-->", "", item).removeprefix("<code>#7</code> ")
    shown = unescape(item.replace("\u2060", ""))
    if "$" in words:  # GitHub takes formulas as they are
        shown = re.sub(r"</?em>", "", shown)
    assert shown == words
    assert not re.search(r"<(?!/?em>)", item)


def test_formulas_of_anki_are_those_of_github(tmp_path: Path) -> None:
    result, _ = Project(tmp_path).export(EARLIER)
    update = NOTHING._replace(waiting=(OldNote("", r"분배 함수 \(Z_1\)는 왜?", "x"),))
    assert "\n- 분배 함수 $Z_1$는 왜?\n" in release_notes(result.identified.cards, update)


def test_a_long_list_ends_somewhere(tmp_path: Path) -> None:
    result, _ = Project(tmp_path).export(EARLIER)
    gone = tuple(OldNote(str(number), "왜?", f'"Id:{number}"') for number in range(5_000))
    notes = release_notes(result.identified.cards, NOTHING._replace(orphaned=gone))
    assert "- … 4800개 더 / 4800 more" in notes
    assert len(notes) < 125_000


def test_the_command_writes_them(tmp_path: Path) -> None:
    write(tmp_path, EARLIER)
    options = ("-o", "new.apkg", "--lang", "en")
    assert invoke(tmp_path, "export", "-o", "old.apkg", "--notes", "notes.md")[0] == 0
    assert "###" not in (tmp_path / "notes.md").read_text(encoding="utf-8")
    (tmp_path / "notes.md").unlink()
    write(tmp_path, LATER)
    code, said = invoke(tmp_path, "export", *options, "--against", "old.apkg", "--notes", "notes.md")
    assert code == 0, said
    assert "Left out this time, 1 note; schedules go on when they are back:" in said
    assert "`#5` 다섯인가?" in (tmp_path / "notes.md").read_text(encoding="utf-8")
    for taken in ("a.md", "deck.lock", "new.apkg"):
        before = (tmp_path / taken).read_bytes()
        code, said = invoke(tmp_path, "export", *options, "--notes", taken)
        assert (code, (tmp_path / taken).read_bytes()) == (2, before)
        assert f"{taken} is another file of this run and is left alone" in said
    assert invoke(tmp_path, "export", *options, "--notes", "nowhere/notes.md")[0] == 2
