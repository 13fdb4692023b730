"""Anki's templates, filled as Anki fills them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dlcards.deck.export import Export, Order
from dlcards.deck.package.apkg import field_values
from dlcards.deck.package.notetypes import NoteType, note_type
from dlcards.deck.preview.templating import render_cards
from dlcards.identity.lock import Lock
from tests.support.anki_collection import Learner, learner
from tests.support.documents import FakeFiles, context, document
from tests.support.exports import export
from tests.support.pictures import PNG
from tests.support.preview import DOCUMENT

__all__ = ["learner"]


def notes_of(text: str) -> Export:
    files = FakeFiles(contents={"answers/p.png": PNG})
    return export(
        [document(text)], context(files=files), Path("/nowhere"), Order("덱", Lock(), 1_700_000_000)
    )


def test_cards_are_what_the_real_anki_makes_of_them(learner: Learner, tmp_path: Path) -> None:
    """Its ``data-cloze`` apart, which only scripts read."""
    result = notes_of(DOCUMENT)
    (tmp_path / "deck.apkg").write_bytes(result.package)
    learner.import_(tmp_path / "deck.apkg")
    notes = learner.notes()
    compared = 0
    for identified in result.identified.cards:
        ours = render_cards(note_type(identified.card.kind, "ko"), field_values(identified))
        theirs = sorted(notes[identified.guid].cards(), key=lambda card: int(card.ord))
        for sides, card in zip(ours, theirs, strict=True):
            output = card.render_output()
            for mine, its in ((sides.front, output.question_text), (sides.back, output.answer_text)):
                assert mine == re.sub(r' data-cloze="[^"]*"', "", its)
                compared += 1
    assert compared == 10


def kind(front: str, back: str = "", *, cloze: bool = False) -> NoteType:
    names = ("A", "B", "Text")
    return NoteType(
        1, "n", tuple({"name": name} for name in names), ({"qfmt": front, "afmt": back},), "", cloze
    )


@pytest.mark.parametrize(
    ("template", "fields", "shown"),
    [
        ("{{A}}-{{B}}", {"A": "1", "B": "2"}, "1-2"),
        ("{{ A }}", {"A": "{{B}}"}, "{{B}}"),
        ("x{{#A}}[{{A}}]{{/A}}y", {"A": "1"}, "x[1]y"),
        ("x{{#A}}[{{A}}]{{/A}}y", {"A": " <br><div></div>\n"}, "xy"),
        ("x{{^A}}none{{/A}}y", {}, "xnoney"),
        ("x{{^A}}none{{/A}}y", {"A": "1"}, "xy"),
        ("{{#A}}1{{#B}}2{{/B}}3{{/A}}", {"A": "1"}, "13"),
        ("{{#B}}1{{#A}}2{{/A}}3{{/B}}", {"A": "1"}, ""),
    ],
)
def test_templates_are_filled(template: str, fields: dict[str, str], shown: str) -> None:
    (sides,) = render_cards(kind(template), fields)
    assert sides.front == shown


def test_a_cloze_note_has_a_card_for_each_number() -> None:
    first, third = render_cards(
        kind("{{cloze:Text}}", "{{FrontSide}}|{{cloze:Text}}", cloze=True),
        {"Text": "{{c1::a::hint}} {{c3::b}} {{c1::c}}"},
    )
    assert first.front.count("[hint]") == first.front.count("[...]") == 1
    assert '<span class="cloze-inactive" data-ordinal="3">b</span>' in first.front
    assert third.back.startswith(f"{third.front}|")
    assert third.back.endswith(
        '<span class="cloze" data-ordinal="3">b</span> <span class="cloze-inactive" data-ordinal="1">c</span>'
    )


@pytest.mark.parametrize("template", ["{{C}}", "{{type:A}}", "{{#A}}", "{{/A}}", "{{#A}}{{#B}}{{/A}}{{/B}}"])
def test_what_is_unknown_in_a_template_is_an_error(template: str) -> None:
    with pytest.raises(ValueError, match="template"):
        render_cards(kind(template), {"A": "1", "B": "1"})
