"""What comes of an edit is judged by what is seen, and by the lines that changed."""

from __future__ import annotations

import pytest
from benchmarks.ankiops import dialect
from benchmarks.kinds import KINDS, common, edited
from benchmarks.outcomes import DAMAGED, LOST, REFORMATTED, TAKEN, Cards, judged
from benchmarks.report import Measured, edits

SOURCE = "가 나다.\n\n- 라\n- 마"
PAGE = "<p>가 나다.</p>\n<ul>\n<li>라</li>\n<li>마</li>\n</ul>"
WANTED = PAGE.replace("나다", "나까")


def outcome(source: str, made: str, wanted: str = WANTED, anchor: str = "나다") -> str:
    cards = Cards({"Answer": PAGE}, {"Answer": wanted}, {"Answer": made})
    return judged({"Answer": SOURCE}, {"Answer": source}, anchor, cards)


def test_an_edit_is_taken_where_its_line_alone_changes() -> None:
    assert outcome(SOURCE.replace("나다", "나까"), WANTED) == TAKEN
    assert (
        outcome(
            SOURCE.replace("나다", "**나다**"),
            PAGE.replace("나다", "<b>나다</b>"),
            PAGE.replace("나다", "<strong>나다</strong>"),
        )
        == TAKEN
    )


def test_a_new_line_beside_the_edited_one_is_part_of_the_edit() -> None:
    page = PAGE.replace("나다.", "나다.</p><p>새 문단")
    assert outcome(SOURCE.replace("나다.", "나다.\n\n새 문단"), page, page) == TAKEN


def test_numbers_below_a_new_item_are_no_other_lines() -> None:
    page = "<ol>\n<li>가</li>\n<li>나</li>\n</ol>"
    cards = [
        {"Answer": each}
        for each in (page, page.replace("가", "가</li><li>새"), page.replace("가", "가</li><li>새"))
    ]
    source, made = "1. 가\n2. 나", "1. 가\n2. 새\n3. 나"
    assert judged({"Answer": source}, {"Answer": made}, "가", Cards(*cards)) == TAKEN


def test_other_lines_to_the_same_effect_are_reformatted() -> None:
    assert outcome(SOURCE.replace("나다", "나까").replace("- ", "* "), WANTED) == REFORMATTED
    assert outcome(SOURCE.replace("나다", "나까") + "\n", WANTED) == REFORMATTED


def test_other_words_elsewhere_are_damage() -> None:
    assert outcome(SOURCE.replace("나다", "나까").replace("마", "바"), WANTED.replace("마", "바")) == DAMAGED


def test_damage_to_the_word_after_an_edit_is_no_loss_and_a_lost_break_is() -> None:
    page = "<pre><code># 가\n나</code></pre>"
    wanted = page.replace("# 가", "x\n# 가")
    for made, expected in ((wanted.replace("#", "\\#"), DAMAGED), (page, LOST)):
        cards = Cards({"Answer": page}, {"Answer": wanted}, {"Answer": made})
        assert judged({"Answer": ""}, {"Answer": ""}, "", cards) == expected
    broken = PAGE.replace("가 ", "가<br>")
    assert outcome(SOURCE, PAGE, broken) == LOST


@pytest.mark.parametrize("made", [PAGE, PAGE.replace("나다", "나끼"), PAGE.replace("가 나다.", "")])
def test_an_edit_that_is_not_seen_as_it_was_made_is_lost(made: str) -> None:
    assert outcome(SOURCE, made) == LOST


def test_what_was_deleted_and_is_there_again_is_lost() -> None:
    assert outcome(SOURCE, PAGE, PAGE.replace(" 나다.", "")) == LOST


def test_every_kind_is_made_in_two_programs_html_of_a_field() -> None:
    source = "처음의 낱말을 여기 두고 문장은 끝난다. 식은 $a=b$이다.\n\n- 항목이다.\n\n```python\ny\n```\n\n| 칸 |\n| --- |\n| 칸막이 |"
    ours = (
        r"<p>처음의 낱말을 여기 두고 문장은 끝난다. 식은 \(a=b\)이다.</p>"
        "\n<ul>\n<li>항목이다.</li>\n</ul>"
        '<pre class="code"><code>y</code></pre><table><tr><td>칸막이</td></tr></table>'
    )
    theirs = (
        r"처음의 낱말을 여기 두고 문장은 끝난다. 식은 \(a=b\)이다.<br><br><ul>"
        "\n<li>항목이다.</li>\n</ul>"
        '<pre><code class="language-python">y</code></pre><table><tr>\n<td>칸막이</td></tr></table>'
    )
    for kind in KINDS:
        places = common(kind, source, (ours, theirs))
        assert places, kind.name
        for page, place in zip((ours, theirs), places, strict=True):
            assert edited(kind, page, place) != page
    assert common(KINDS[0], f"{source} 끝난다.", (ours, theirs)) is None, "not once in the source"


def test_our_markdown_in_ankiops_words() -> None:
    ours = "**가** $x_1<2$ `$y$` ![그림](images/a.png)\n\n$$\na\n$$\n\n```\n$z$\n```"
    theirs = "{{c1::가}} \\(x_1\\lt 2\\) `$y$` ![그림](media/a.png)\n\n\\[a\\]\n\n```\n$z$\n```"
    assert dialect(ours, {"가": "{{c1::가}}"}) == theirs


def test_the_table_counts_and_sums() -> None:
    one = {"taken": 1, "reformatted": 0, "damaged": 0, "lost": 2, "by hand": 3}
    counts = {"letter": {"dlcards": one, "AnkiOps": one}, "word": {"dlcards": one}}
    measured = Measured(edits={**counts, "no edit at all": {"dlcards": {"changed": 0, "lines": 9}}})
    table = edits(measured)
    assert "| letter | 1 | 0 | 0 | 2 | 3 | 1 | 0 | 0 | 2 |" in table
    assert "| word | 1 | 0 | 0 | 2 | 3 | – | – | – | – |" in table
    assert "| *all* | 2 | 0 | 0 | 4 | 6 | 1 | 0 | 0 | 2 |" in table
    assert table.endswith("dlcards 0 of 9.")
