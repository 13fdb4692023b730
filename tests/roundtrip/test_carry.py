"""The law of the whole: what a learner wrote is what the changed document's card says, or nothing changes."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dlcards.identity.package import PackageNote
from dlcards.model import Card, Document, Text
from dlcards.roundtrip.base import Version
from dlcards.roundtrip.canonical import unseen
from dlcards.roundtrip.carry import DERIVED, Refused, Target, carry, unsaid
from dlcards.roundtrip.edit import FieldEdit, edits
from dlcards.roundtrip.trial import Workbench
from tests.support.answered import FILES, LAYOUTS, read, texts
from tests.support.learner_edits import KINDS, as_phone
from tests.support.seen import seen

# Each example makes several edits, and the decks of as many documents.
BOUNDED = settings(max_examples=settings.default.max_examples // 5 if settings.default else 5)
_COMMENT = re.compile(r"<!--.*?-->")


def bench_of(layout: str) -> Workbench:
    return Workbench(Path("/nowhere"), LAYOUTS[layout].config, FILES)


def cards_of(bench: Workbench, document: Document) -> list[tuple[Card, ...]]:
    """The cards of each pair; none of one that has none."""
    made = (bench.render(document, number) for number in range(len(document.pairs)))
    return [() if isinstance(each, Text) else each.cards for each in made]


def targets(cards: Sequence[tuple[Card, ...]]) -> list[tuple[Target, Card]]:
    found = []
    for pair, of_pair in enumerate(cards):
        kinds = [card.kind for card in of_pair]
        for place, card in enumerate(of_pair):
            number = kinds[:place].count(card.kind)
            found.append((Target(card.kind, number, pair, card.terms), card))
    return found


def place_of(target: Target) -> tuple[int, str, int]:
    return target.pair, target.kind, target.number


def saved(card: Card, field: str, html: str) -> list[FieldEdit]:
    """What is read of a note whose field a learner has saved."""
    fields = {**card.fields, field: html}
    note = PackageNote("guid", 1, [], fields, card.kind == "cloze", "ko")
    return edits(note, Version(card.fields, 0))


def carried(
    bench: Workbench, document: Document, target: Target, read_edits: Sequence[FieldEdit]
) -> Document | None:
    """The document with the edits in it; None for edits that are refused."""
    try:
        after = carry(bench, document, target, read_edits, {}, {})
    except Refused:
        return None
    return None if unsaid(bench, after, target, read_edits) else after


def without_context(cards: tuple[Card, ...]) -> list[dict[str, str]]:
    """The fields of some notes; a heading in another answer may be in their context."""
    return [{name: html for name, html in card.fields.items() if name != "Context"} for card in cards]


@BOUNDED
@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data(), is_phone=st.booleans())
def test_what_a_learner_wrote_is_what_the_card_says(layout: str, data: st.DataObject, is_phone: bool) -> None:
    document, bench = read(data.draw(texts(layout)), layout), bench_of(layout)
    assume(document.pairs)  # code at its beginning may hide the rest
    before = cards_of(bench, document)
    chance = random.Random(data.draw(st.integers(0, 2**32), label="chance"))
    target, card = chance.choice(targets(before))
    field = chance.choice([name for name, html in card.fields.items() if html and name not in DERIVED])
    html = card.fields[field]
    for number_of_edits in (1, 1, 1, 3):
        kinds = chance.sample(sorted(KINDS), number_of_edits)
        edited = html
        for kind in kinds:
            edited = KINDS[kind](edited, chance) or edited
        if seen(edited) == seen(html):
            continue
        read_edits = saved(card, field, as_phone(edited) if is_phone else edited)
        assert [each.field for each in read_edits] == [field]
        after = carried(bench, document, target, read_edits)
        if after is None:
            continue
        cards = cards_of(bench, after)
        (made,) = (card for each, card in targets(cards) if place_of(each) == place_of(target))
        assert seen(made.fields[field]) == seen(edited), kinds
        # Nothing else changes.
        for number, (old, new) in enumerate(zip(before, cards, strict=True)):
            assert [c.kind for c in old] == [c.kind for c in new]
            # What a footnote that several answers have would change elsewhere, an export finds.
            if number != target.pair and document.text.count("[^1]") <= 2:
                assert without_context(old) == without_context(new)
        assert _COMMENT.findall(after.text) == _COMMENT.findall(document.text)
        assert after.text.startswith("\ufeff") == document.text.startswith("\ufeff")
        if document.newline == "\r\n":
            assert "\n" not in after.text.replace("\r\n", "")
        # Taken once, it is there; and the note as it is now is no edit.
        assert carry(bench, after, target, read_edits, {}, {}) is after
        assert saved(made, field, made.fields[field]) == []


@BOUNDED
@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_nothing_changed_changes_nothing(layout: str, data: st.DataObject) -> None:
    document, bench = read(data.draw(texts(layout)), layout), bench_of(layout)
    for target, card in targets(cards_of(bench, document)):
        for field, html in card.fields.items():
            assert saved(card, field, html) == []
            assert saved(card, field, as_phone(html)) == []
            if field not in DERIVED and html:
                same = FieldEdit(field, html, html)
                assert carry(bench, document, target, [same], {}, {}) is document


@BOUNDED
@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_what_others_changed_since_stays(layout: str, data: st.DataObject) -> None:
    """The document has another word somewhere; the learner has edited a field as it was before."""
    document, bench = read(data.draw(texts(layout)), layout), bench_of(layout)
    assume(document.pairs)
    chance = random.Random(data.draw(st.integers(0, 2**32), label="chance"))
    found = targets(cards_of(bench, document))
    words = [match.span() for match in re.finditer(r"(?<![\w&/.:#])[가-힣]{2,}(?!\w)", document.text)]
    for _ in range(4):
        start, end = chance.choice(words)
        today = read(document.text[:start] + "그동안" + document.text[end:], layout)
        target, card = chance.choice(found)
        now = [each for place, each in targets(cards_of(bench, today)) if place_of(place) == place_of(target)]
        field = chance.choice([name for name, html in card.fields.items() if html and name not in DERIVED])
        kind, seed = chance.choice(sorted(KINDS)), chance.random()
        edited = KINDS[kind](card.fields[field], random.Random(seed))
        if edited is None or len(now) != 1 or seen(edited) == seen(card.fields[field]):
            continue
        # The same edit of the field as it is today: as many words stand in it.
        wanted = KINDS[kind](now[0].fields[field], random.Random(seed))
        after = carried(bench, today, target, saved(card, field, edited))
        if after is None:
            continue
        (made,) = (c for place, c in targets(cards_of(bench, after)) if place_of(place) == place_of(target))
        assert wanted is not None
        assert seen(made.fields[field]) == seen(wanted), kind


def one(text: str, edited: str) -> str | None:
    """The document of one question with a text as its answer, which a learner has edited; None if refused."""
    document, bench = read(LAYOUTS["file"].write([text]), "file"), bench_of("file")
    ((target, card),) = targets(cards_of(bench, document))
    after = carried(bench, document, target, saved(card, "Answer", edited))
    return after.text if after else None


@pytest.mark.parametrize(
    "hidden", ["<!-- 말 -->", "<!-- dlcards-disable-next-line K005 -->", "[//]: # (말)", "[x]: https://a.b"]
)
@pytest.mark.parametrize("edited", ["<p>가</p><p>라</p>", "<p>가 라</p>", "<p>라</p>", "<p>나</p><p>라</p>"])
def test_what_no_card_shows_is_still_there(hidden: str, edited: str) -> None:
    text = f"가\n\n{hidden}\n\n나\n\n다"
    after = one(text, edited)
    assert after is None or hidden in after


def test_a_comment_that_is_shown_as_code_may_go() -> None:
    assert one("앞 `<!-- 말 -->` 뒤", "<p>앞 뒤</p>") == LAYOUTS["file"].write(["앞 뒤"])


@pytest.mark.parametrize(
    ("text", "edited", "becomes"),
    [
        # Behind the last paragraph, before what its footnotes are shown as.
        ("가[^1]\n\n[^1]: 나", '<p>가<sup class="footnote">1</sup></p><p>다</p><section class="footnotes"><ol><li>나</li></ol></section>', "가[^1]\n\n다\n\n[^1]: 나"),
        # What a comment is for stays below it.
        ("가\n\n<!-- 말 -->\n나", "<p>가</p><p>다</p><p>나</p>", "가\n\n다\n\n<!-- 말 -->\n나"),
        ("가", r"<p>가</p><p>\[x_1\]</p>", "가\n\n$$\nx_1\n$$"),
        # Links that say their address.
        ("<https://a.b> 가", '<p><a href="https://a.b">글</a> 가</p>', "[글](https://a.b) 가"),
        ("<https://a.b> 가", '<p><a href="https://a.c">https://a.b</a> 가</p>', "[https://a.b](https://a.c) 가"),
        ("<https://a.b> 가", "<p><a href='https://a.b'>https://a.b</a> 나</p>", "<https://a.b> 나"),
        ("가 나", '<p>가 <a href="https://a.b/c d">나</a></p>', "가 [나](https://a.b/c%20d)"),
        ("가 나", '<p>가 <a href="https://a.b/%">나</a></p>', "가 [나](https://a.b/%)"),
        ("[가](https://a.b/나) 다", '<p><a href="https://a.b/%EB%82%98">가</a> 라</p>', "[가](https://a.b/나) 라"),
        ("<https://a.b/나> 다", '<p><a href="https://a.b/%EB%82%98">https://a.b/나</a> 라</p>', "<https://a.b/나> 라"),
        ("가 나", '<p>가 <a href="https://a.b/c_(d)">나</a></p>', "가 [나](https://a.b/c_(d))"),
    ],
)  # fmt: skip
def test_edits_as_their_author_would_write_them(text: str, edited: str, becomes: str) -> None:
    assert one(text, edited) == LAYOUTS["file"].write([becomes])


def test_addresses_below_a_text_do_not_hide_its_words() -> None:
    text = "[가][x] [x] 다\n\n[x]: https://a.b '제목'"
    link = "<a href='https://a.b' title='제목'>{}</a>"
    edited = f"<p>{link.format('가')} {link.format('x')} 라</p>"
    assert one(text, edited) == LAYOUTS["file"].write([text.replace("다", "라")])


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        ("배우는", "<i>배우는</i>", "질문 1은 **표현**을 *배우는* **갈래 1**이다."),
        ("{{c1::표현}}", "{{c1::표상}}", "질문 1은 **표상**을 배우는 **갈래 1**이다."),
        ("{{c1::표현}}", "표현", "질문 1은 표현을 배우는 **갈래 1**이다."),
        ("배우는", "{{c3::배우는}}", "질문 1은 **표현**을 **배우는** **갈래 1**이다."),
        ("배우는", "<b>배우는</b>", None),
        ("배우는", "{{c1::배우는}}", None),
        ("{{c1::표현}}", "{{c1::표현::도움말}}", None),
    ],
)
def test_blanks_are_the_learners(old: str, new: str, summary: str | None) -> None:
    text = LAYOUTS["native"].write(["답이다.", "둘째 답이다."])
    document, bench = read(text, "native"), bench_of("native")
    target, card = next(each for each in targets(cards_of(bench, document)) if each[0].kind == "cloze")
    html = card.fields["Text"]
    assert old in html
    after = carried(bench, document, target, saved(card, "Text", html.replace(old, new)))
    wanted = summary and text.replace("질문 1은 **표현**을 배우는 **갈래 1**이다.", summary)
    assert (after.text if after else None) == wanted


def test_a_part_that_was_removed_is_removed_the_next_time_too() -> None:
    text = LAYOUTS["native"].write(["답이다.", "둘째 답이다."])
    document, bench = read(text, "native"), bench_of("native")
    target, card = targets(cards_of(bench, document))[0]
    for field in ("Hint", "References"):
        edit = saved(card, field, "")
        after = carried(bench, document, target, edit)
        if after is not None:
            assert carry(bench, after, target, edit, {}, {}) is after


@pytest.mark.parametrize(
    "edited", [r"<p>가</p>\[a\]<p>나</p>", r"<p>가 \[a\] 나</p>", r"<p>가<br>\[a\]<br>나</p>"]
)
def test_a_displayed_formula_gets_lines_of_its_own(edited: str) -> None:
    assert one("가 나", edited) == LAYOUTS["file"].write(["가\n\n$$\na\n$$\n\n나"])


def test_an_address_as_people_read_it() -> None:
    after = one("가 나", '<p>가 <a href="https://a.b/나_(다)">나</a></p>')
    assert after == LAYOUTS["file"].write(["가 [나](https://a.b/%EB%82%98_(%EB%8B%A4))"])


@pytest.mark.parametrize(
    ("edited", "reason"),
    [
        ("<p>가</p><table><tr><td>나</td></tr></table>", "headers"),
        ("<p>가</p><details><summary>나</summary>다</details>", "no marks for <details>"),
        ("<p><big>가</big></p>", "no source was found"),
    ],
)
def test_why_what_markdown_can_not_say_is_left(edited: str, reason: str) -> None:
    document, bench = read(LAYOUTS["file"].write(["가"]), "file"), bench_of("file")
    ((target, card),) = targets(cards_of(bench, document))
    with pytest.raises(Refused, match=reason):
        carry(bench, document, target, saved(card, "Answer", edited), {}, {})


def test_an_edit_that_is_there_already_lacks_no_direction_of_its_words() -> None:
    before, after = (
        read(LAYOUTS["file"].write([text]), "file") for text in ("מילים `a` וגם `b`\n\nעוד", "מילים\n\nעוד")
    )
    bench = bench_of("file")
    ((target, card),) = targets(cards_of(bench, before))
    ((_, now),) = targets(cards_of(bench, after))
    changed = saved(card, "Answer", now.fields["Answer"])
    assert unseen(card.fields["Answer"]) != unseen(now.fields["Answer"])
    assert carry(bench, after, target, changed, {}, {}) is after


@pytest.mark.parametrize(
    ("text", "edited", "after"),
    [
        ("<p>가 나</p>", '<p>가 <i>나 &lt; <a href="https://a.b/?c&amp;d">다</a></i></p>', '<p>가 <em>나 &lt; <a href="https://a.b/?c&amp;d">다</a></em></p>'),
        ("<p>가</p>\n<p>나</p>", "<p>가</p><p>다</p><p>나</p>", "<p>가</p>\n<p>다</p>\n<p>나</p>"),
        ("<ul>\n<li>가</li>\n</ul>", "<ul>\n<li>가</li><li>나</li>\n</ul>", "<ul>\n<li>가</li>\n<li>나</li>\n</ul>"),
        ("<ul>\n<li>가</li>\n</ul>", "<ul>\n<li>가 *나* &amp;lt;</li>\n</ul>", "<ul>\n<li>가 *나* &amp;lt;</li>\n</ul>"),
    ],
)  # fmt: skip
def test_in_raw_html_words_and_blocks_get_marks_of_html(text: str, edited: str, after: str) -> None:
    assert one(text, edited) == LAYOUTS["file"].write([after])


def test_a_field_that_is_empty_on_both_sides_is_there_already() -> None:
    before, after = (
        read(f"# 질문\n\n## 1. 무엇인가?\n\n가\n{more}\n## 2. 왜 그런가?\n\n나\n", "heading")
        for more in ("\n#### References\n\n- [다](https://a.b)\n", "")
    )
    bench = bench_of("heading")
    (target, card), _ = targets(cards_of(bench, before))
    emptied = saved(card, "References", "<br>")
    assert emptied
    assert carry(bench, after, target, emptied, {}, {}) is after


def test_a_paragraph_between_another_and_its_list_stands_apart() -> None:
    edited = "<p>가:</p><p>라</p><ul><li>나</li><li>다</li></ul>"
    assert one("가:\n- 나\n- 다", edited) == LAYOUTS["file"].write(["가:\n\n라\n- 나\n- 다"])


@pytest.mark.parametrize("gone", range(3))
def test_an_item_goes_with_the_marks_that_no_card_shows(gone: int) -> None:
    items = [f"- [{word}](없다.md#{word})" for word in ("가", "나", "다")]
    shown = [f"<li>{word}</li>" for word in ("가", "나", "다")]
    left, kept = (each[:gone] + each[gone + 1 :] for each in (items, shown))
    assert one("\n".join(items), f"<ul>{''.join(kept)}</ul>") == LAYOUTS["file"].write(["\n".join(left)])
