"""The package as the real Anki sees it, and what a learner keeps when it is imported again."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from dlcards.deck.package.notetypes import note_type
from dlcards.identity import lock as locks
from dlcards.linter.rules import NAMES
from dlcards.model import QUESTION_FIELDS, Config
from dlcards.project.config import load
from tests.support import ROOT
from tests.support.anki_collection import Imported, Learner, learner
from tests.support.deck_project import DAY, NOW, Project, png, question
from tests.support.documents import md

__all__ = ["learner"]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


RICH = md(r"""
    ## #1

    #### 층이란 **무엇**인가? $x<y$

    > 핵심: 층은 **함수**이고 `f`이며 $W_1x$이다.

    > 힌트: 함수를 생각하자.

    본문 ~~지움~~ **굵게** 각주[^n] [링크](#2) [파일](b.md#x) <script>alert(1)</script><b onclick="x()">b</b>

    $$
    \begin{aligned} \sum_{i<n} a_i & \{b\} \end{aligned}
    $$

    문장 $$E=mc^2$$ 안, ![그림](images/%EA%B7%B8%EB%A6%BC.png)와 <img src="images/그림.png" onerror="x()">

    | a | b |
    |:-:|--:|
    | `x\|y` | $z$ |

    ```python
    def f(x: int) -> int:
        return x < 1  # 주석
    ```

    - [x] 한 일
      1. 안쪽

         ```
         코드
         ```
    - [ ] 할 일

    <details><summary>더 보기</summary>

    숨은 **글**

    </details>

    [sound:a.mp3] [latex]x[/latex] {{c1::빈칸}} \(a\)

    [^n]: 각주의 *글*

    #### 꼬리질문

    - 왜?
      - 그래서.

    #### References

    - [a](https://a.b/c?d=e&f)

    ---

    ## #1-1

    #### 하위 질문?

    답이다.

    ---
""")


def test_everything_survives_into_the_fields(project: Project, learner: Learner) -> None:
    (project.root / "answers/images").mkdir()
    (project.root / "answers/images/그림.png").write_bytes(png())
    (project.root / "answers/b.md").write_text("# x\n", encoding="utf-8")
    text = RICH + question("2", "둘?")
    result, package = project.export(text)
    assert [entry.findings for entry in result.refused] == []
    assert learner.import_(package) == Imported(5, 0, 0, 0)  # with the first question's cloze and follow-up
    assert learner.complaints() == []
    note = learner.by_id()["1"]
    assert tuple(note.keys()) == QUESTION_FIELDS
    joiner = "\u2060"
    assert note["Question"] == rf"층이란 <strong>무엇</strong>{joiner}인가? \(x&lt;y\)"
    summary = r"층은 <strong>함수</strong>이고 <code>f</code>이며 \(W_1x\)이다."
    assert note["Summary"].replace(joiner, "") == summary
    assert note["Hint"] == "함수를 생각하자."
    assert note["Context"] == ""
    assert learner.by_id()["1-1"]["Context"] == f"#1 {note['Question']}"
    assert note["Source"] == "https://github.com/owner/name/blob/main/answers/a.md#1"
    answer = note["Answer"]
    for part in (
        "<del>지움</del>",
        "<strong>굵게</strong>",
        '<sup class="footnote">1</sup>',
        '<section class="footnotes"><ol>\n<li>각주의 <em>글</em></li>',
        '<a href="https://github.com/owner/name/blob/main/answers/a.md#2">링크</a>',
        '<a href="https://github.com/owner/name/blob/main/answers/b.md#x">파일</a>',
        r"\[\begin{aligned} \sum_{i&lt;n} a_i &amp; \{b\} \end{aligned}\]",
        r"문장 \(E=mc^2\) 안",
        '<th class="center">a</th><th class="right">b</th>',
        r'<td class="center"><code>x|y</code></td><td class="right">\(z\)</td>',
        '<pre class="code"><code><span class="k">def</span>',
        '<li class="task"><input checked="" disabled="" type="checkbox">',
        "<details><summary>더 보기</summary>",
        "<p>숨은 <strong>글</strong></p>",
        "&#91;sound:a.mp3]",
        "&#91;latex]x&#91;/latex]",
        "&#123;&#123;c1::빈칸&#125;&#125;",
        "<b>b</b>",
    ):
        assert part in answer, part
    for harm in ("<script", "alert(1)", "onclick", "onerror", "[sound:", "{{"):
        assert harm not in answer
    (name,) = {part.split('"')[0] for part in answer.split('src="')[1:]}
    assert name.startswith("dlcards-")
    assert name.endswith(".png")
    assert note["FollowUps"] == '<ul class="children"><li>#1-1 하위 질문?</li><li>왜?</li></ul>'
    assert note.tags == ["dlcards::answers::a::층이란_무엇인가_x_y"]
    assert learner.col.decks.id_for_name("시험 덱::1 질문")
    rendered = note.cards()[0].render_output()
    assert 'lang="ko"' in rendered.question_text
    assert "dlcards::a" not in rendered.question_text, "tags give the answer away"
    assert "<script" not in rendered.question_text + rendered.answer_text


def test_what_has_an_error_stays_out_and_is_named(project: Project) -> None:
    text = (
        question("1", "있다?")
        + question("2", "없다?", "")
        + question("3", "그림?", "![그림](images/없음.png)")
        + question("4", "밖의 그림?", "![그림](https://example.com/a.png)")
        + question("5", "TODO?", "TODO")
        + question("1", "같은 번호?")
    )
    result, _ = project.export(text)
    assert [card.card.id for card in result.identified.cards] == ["1"]
    assert [(entry.pair.id, entry.findings[0].code) for entry in result.refused] == [
        ("2", "Q001"),
        ("3", "I001"),
        ("5", "Q002"),
        ("1", "Q006"),
    ]
    assert [entry.valid.pair.id for entry in result.unmade] == ["4"]
    assert "https://example.com/a.png" in result.unmade[0].reason.en


def test_switching_a_rule_off_makes_no_card_of_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, Config(deck="덱", ignore=("Q001", "Q002")))
    result, _ = project.export(
        question("1", "없다?", "") + question("2", "예정?", "TODO") + question("3", "?")
    )
    assert [card.card.id for card in result.identified.cards] == ["3"]


def test_a_picture_that_is_none_blocks_its_pair(project: Project, tmp_path: Path) -> None:
    (project.root / "answers/fake.png").write_bytes(b"<html>")
    result, _ = project.export(question("1", "그림?", "![x](fake.png)") + question("2", "둘?"))
    assert [entry.findings[0].code for entry in result.refused] == ["I005"]
    off = Project(tmp_path, Config(deck="덱", ignore=("I005",)))
    (off.root / "answers/fake.png").write_bytes(b"<html>")
    result, _ = off.export(question("1", "그림?", "![x](fake.png)") + question("2", "둘?"))
    assert [entry.reason.en for entry in result.unmade] == ["not a picture (HTML): answers/fake.png"]
    assert result.media == 0


def test_two_pictures_of_one_name_are_two_and_equal_ones_are_one(project: Project, learner: Learner) -> None:
    for folder, shade in (("x", 0), ("y", 200), ("z", 0)):
        (project.root / "answers" / folder).mkdir()
        (project.root / "answers" / folder / "a.png").write_bytes(png(shade=shade))
    text = question("1", "?", "![x](x/a.png) ![y](y/a.png) ![z](z/a.png)")
    result, package = project.export(text)
    assert result.media == 2
    learner.import_(package)
    assert learner.complaints() == []


def test_a_learner_keeps_everything_over_an_update(project: Project, learner: Learner) -> None:
    """The table of the closing note: what each kind of change does to a learner who has studied."""
    words = ["하나인가?", "둘인가?", "다섯 번째 문제는 무엇을 묻는가?", "넷인가?", "여섯인가?", "일곱인가?"]
    told = "둘은 하나에 하나를 더한 수이고 셋보다 하나 작다."
    first = "".join(question(str(n), w, told if n == 2 else "답이다.") for n, w in enumerate(words, start=1))
    _, package = project.export(first)
    assert learner.import_(package) == Imported(6, 0, 0, 0)
    learner.study("시험 덱::1 질문", 6)
    before, schedules = learner.by_id(), learner.schedules()
    assert all(reps > 0 for _, reps, _ in schedules.values())
    unchanged = before["6"]
    unchanged.tags.append("내-태그")
    unchanged["Extra1"] = "내 메모"
    learner.col.update_note(unchanged)

    second = (
        question("1", "하나인가?", "고친 답이다.")  # edited answer
        + question("2", "둘이란 말인가?", told)  # reworded question
        + question("33", "다섯 번째 문제는 무엇을 묻는가?")  # renumbered
        + question("6", "일곱인가?")  # two, swapped in place and number
        + question("5", "여섯인가?")
        + question("7", "새 질문인가?")  # new; 4 is removed
    )
    result, package = project.export(second, days=30)
    assert learner.import_(package) == Imported(new=1, updated=3, duplicate=2, conflicting=0)
    after = learner.by_id()
    assert after["1"].guid == before["1"].guid
    assert "고친 답이다." in after["1"]["Answer"]
    assert after["2"].guid == before["2"].guid
    assert after["2"]["Question"] == "둘이란 말인가?"
    assert after["33"].guid == before["3"].guid
    assert after["4"].guid == before["4"].guid, "a package can't delete"
    assert [row.id for row in result.identified.retired] == ["4"]
    assert after["5"].mod == before["5"].mod
    kept = after["6"]
    assert kept.tags == ["dlcards::answers::a", "내-태그"]
    assert kept["Extra1"] == "내 메모"
    now = learner.schedules()
    assert {guid: now[guid] for guid in schedules} == schedules
    assert after["7"].cards()[0].reps == 0
    assert learner.complaints() == []


def test_a_question_that_comes_back_is_the_note_it_was(project: Project, learner: Learner) -> None:
    first, _ = project.export(question("1", "하나인가?") + question("2", "둘인가?"))
    gone, _ = project.export(question("1", "하나인가?"))
    assert [row.retired for row in gone.identified.lock.rows] == [False, True]
    back, package = project.export(question("1", "하나인가?") + question("2", "둘인가?"))
    assert [c.guid for c in back.identified.cards] == [c.guid for c in first.identified.cards]
    assert [c.mod for c in back.identified.cards] == [c.mod for c in first.identified.cards]
    assert not back.identified.retired
    assert learner.import_(package) == Imported(2, 0, 0, 0)


def test_another_question_under_an_old_number_is_a_new_note(project: Project) -> None:
    first, _ = project.export(question("1", "활성화 함수란 무엇인가?"))
    second, _ = project.export(question("1", "GPU 메모리는 어떻게 셈하는가?"))
    assert second.identified.new == 1
    assert second.identified.cards[0].guid != first.identified.cards[0].guid


def test_a_swap_of_two_numbers_swaps_no_schedule(project: Project) -> None:
    first, _ = project.export(question("1", "활성화 함수란?") + question("2", "비용 함수란?"))
    second, _ = project.export(question("2", "활성화 함수란?") + question("1", "비용 함수란?"))
    guids = {c.card.question: c.guid for c in first.identified.cards}
    assert {c.card.question: c.guid for c in second.identified.cards} == guids
    assert second.identified.new == 0


def test_a_changed_template_reaches_the_learner(
    project: Project, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, package = project.export(question("1", "하나인가?"))
    learner.import_(package)
    from dlcards.deck.package import notetypes

    name = note_type("question", "ko").name
    old = learner.col.models.by_name(name)
    notetypes._note_type.cache_clear()
    read = "dlcards.deck.package.notetypes._read"
    original = notetypes._read
    monkeypatch.setattr(read, lambda file: original(file) + ("\n/* new */" if file == "style.css" else ""))
    try:
        _, package = project.export(question("1", "하나인가?"), days=2)
    finally:
        notetypes._note_type.cache_clear()
    assert learner.import_(package).conflicting == 0
    new = learner.col.models.by_name(name)
    assert old is not None
    assert new is not None
    assert (old["id"], len(learner.col.models.all_names_and_ids())) == (
        new["id"],
        len(learner.col.models.all_names_and_ids()),
    )
    assert new["css"].endswith("/* new */")


def test_new_cards_come_in_the_order_of_the_document(project: Project, learner: Learner) -> None:
    _, package = project.export("".join(question(str(n), f"{n}째인가?") for n in (3, 1, 2)))
    learner.import_(package)
    notes = sorted(learner.by_id().values(), key=lambda note: note.cards()[0].due)
    assert [note["Id"] for note in notes] == ["3", "1", "2"]


def test_with_the_settings_of_the_readme_each_question_is_followed_by_its_blanks_and_follow_ups(
    project: Project, learner: Learner
) -> None:
    more = "> 핵심: **하나**와 **둘**이다.\n\n답이다.\n\n#### 꼬리질문\n\n- 왜 그런가?\n  - 그래서다."
    _, package = project.export("".join(question(str(n), f"{n}째인가?", more) for n in (2, 1)))
    learner.import_(package)
    notes = [card.note() for card in learner.new_cards("시험 덱")]
    asked = [(note["Id"][0], learner.deck(note).partition("::")[2]) for note in notes]
    kinds = ["1 질문", "2 빈칸", "2 빈칸", "3 꼬리질문"]
    assert asked == [(number, kind) for number in "21" for kind in kinds]


def test_the_same_input_gives_the_same_bytes(project: Project) -> None:
    text = "".join(question(str(n), f"{n}째인가?") for n in range(1, 30))
    first, _ = project.export(text)
    second, _ = project.export(text, days=400)
    assert first.package == second.package


def test_hash_seed_and_day_leave_no_trace_in_the_package(tmp_path: Path) -> None:
    """The command itself, in processes of their own."""
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "x.png").write_bytes(png())
    (folder / "y.png").write_bytes(png(shade=9))
    (folder / "a.md").write_text(
        question("1", "하나?", "![x](x.png) ![y](y.png)") + question("2", "둘?"), encoding="utf-8"
    )
    (tmp_path / "pyproject.toml").write_text('[tool.dlcards]\ndeck = "덱"\n', encoding="utf-8")
    sums = set()
    for seed, day in (("0", NOW), ("1", NOW + DAY), ("2", NOW + 900 * DAY)):
        command = [sys.executable, "-m", "dlcards", "export", str(folder)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": str(day)}
        subprocess.run(command, check=True, env=environment, capture_output=True)
        sums.add(hashlib.sha256((tmp_path / "build/덱.apkg").read_bytes()).hexdigest())
    assert len(sums) == 1


def test_the_lock_reads_back_what_it_wrote(project: Project) -> None:
    project.export(question("1", "하나?") + question("2-1", "둘?"))
    result, _ = project.export(question("1", "하나?"))
    lock = result.identified.lock
    assert locks.load(locks.dump(lock), "deck.lock") == lock


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda t: "", "restore it"),
        (lambda t: "x" + t, "deck.lock:1: is no deck.lock"),
        (lambda t: t.replace('"dlcards-lock": 1', '"dlcards-lock": 2'), "newer dlcards"),
        (lambda t: t.replace("\n", "\n<<<<<<< HEAD\n", 1), "deck.lock:2: a merge conflict"),
        (lambda t: t.replace('"mod":', '"mood":', 1), "deck.lock:2: can't be read"),
        (lambda t: t.replace('"id": "1"', '"id": 1'), "deck.lock:2: can't be read"),
        (lambda t: t + t.splitlines()[1] + "\n", 'deck.lock:4: the "guid" of line 2 again'),
    ],
)
def test_a_damaged_lock_is_named_by_line(project: Project, damage: Any, message: str) -> None:
    result, _ = project.export(question("1", "하나?") + question("2", "둘?"))
    with pytest.raises(locks.LockError) as raised:
        locks.load(damage(locks.dump(result.identified.lock)), "deck.lock")
    assert message in str(raised.value)


def test_the_schema_is_frozen() -> None:
    """Any of these numbers or names changed would lose every learner's progress on an update."""
    korean = note_type("question", "ko")
    assert (korean.id, korean.name) == (1763809471000, "dlcards 질문")
    assert [(field["name"], field["id"]) for field in korean.fields] == [
        (name, 5871402116390000 + index)
        for index, name in enumerate(
            [
                "Id",
                "Question",
                "Context",
                "Hint",
                "Summary",
                "Answer",
                "FollowUps",
                "References",
                "Source",
                "Updated",
                "Extra1",
                "Extra2",
            ]
        )
    ]
    assert [template["id"] for template in korean.templates] == [2764913508170000]
    assert len({note_type("question", language).id for language in ("ko", "en", "ja", "zh")}) == 4


def test_the_projects_own_configuration_loads() -> None:
    root = ROOT
    assert load(root, NAMES).config.deck
    labels: Iterable[str] = (str(template["qfmt"]) for template in note_type("question", "ko").templates)
    assert "[[" not in "".join(labels)
