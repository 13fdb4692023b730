"""What learners do to a note in Anki's editor, scene by scene, with real keys.

Each finds its note and its place by a rule, so that it can be played on other answers, too, whatever wrote their
HTML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from tests.support.desktop import Steps
from tests.support.desktop_editor import Hand


def _has(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern, re.S).search


_PROSE = _has(r"</em>.*<img")
_DISPLAYED = r"\\\["
_END = "range(at(prose()))"
_IN_FRONT_OF_THE_STOP = "range(at(prose(), 1))"
_LAST_WORD = "range(at(prose(), 4), at(prose(), 1))"
_IMPORTED = "range(at(texts(all('pre .nn').at(-1)).at(-1)))"


def open_and_leave(hand: Hand) -> Steps:
    """Nothing is done in the field."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)


def letter(hand: Hand) -> Steps:
    """The last letter of a sentence gives place to another one."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_IN_FRONT_OF_THE_STOP)
    yield from hand.press("Backspace")
    yield from hand.type("까")


def sentence(hand: Hand) -> Steps:
    """A new sentence at the end of a paragraph."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    yield from hand.type(" 새로 넣은 문장이다.")


def word_deleted(hand: Hand) -> Steps:
    """The last word of a paragraph and its stop are chosen and deleted."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose("range(at(prose(), 5), at(prose()))")
    yield from hand.press("Delete")


def double_blanks(hand: Hand) -> Steps:
    """Two blanks in a row, and one at the end."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    yield from hand.type("  두 칸  띄움 ")


def special_characters(hand: Hand) -> Steps:
    """What means something in HTML, in Anki's templates, in TeX or in markdown."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    yield from hand.type(' a < b & c > d "q" {{x}} \\(y\\) $z$ *w* 1. _v_')


def decomposed_hangul(hand: Hand) -> Steps:
    """A syllable in three letters, as macOS names files."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    yield from hand.type(" " + unicodedata.normalize("NFD", "한글"))


def bold(hand: Hand) -> Steps:
    """The last word, with Ctrl+B."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_LAST_WORD)
    yield from hand.press("Ctrl+B")


def italic(hand: Hand) -> Steps:
    """The last word, with Ctrl+I."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_LAST_WORD)
    yield from hand.press("Ctrl+I")


def bold_taken_away(hand: Hand) -> Steps:
    """The first bold term of a summary, with Ctrl+B: a blank less."""
    yield from hand.open("Summary", _has("<strong>.*<strong>"))
    yield from hand.choose("words(all('strong')[0])")
    yield from hand.press("Ctrl+B")


def bold_added_to_a_summary(hand: Hand) -> Steps:
    """The first two letters, with Ctrl+B: a blank more."""
    yield from hand.open("Summary", _has("^[^<]{5}.*<strong>"))
    yield from hand.choose("range([texts(field)[0], 0], [texts(field)[0], 2])")
    yield from hand.press("Ctrl+B")


def list_item(hand: Hand) -> Steps:
    """Enter at the end of a list's first item, and a new one."""
    yield from hand.open("Answer", _has("<ul>"))
    yield from hand.choose("range(end(all('ul > li')[0]))")
    yield from hand.press("Return")
    yield from hand.type("새 항목이다.")


def nested_list_item(hand: Hand) -> Steps:
    """Enter at the end of a nested list, and a new item."""
    yield from hand.open("Answer", _has("<li>(?:(?!</li>).)*<ul>"))
    yield from hand.choose("range(end(all('li li').at(-1)))")
    yield from hand.press("Return")
    yield from hand.type("안쪽 새 항목이다.")


def enter_at_the_end_of_a_paragraph(hand: Hand) -> Steps:
    """A new paragraph."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    yield from hand.press("Return")
    yield from hand.type("새 문단이다.")


def shift_enter(hand: Hand) -> Steps:
    """A new line in the paragraph."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    yield from hand.press("Shift+Return")
    yield from hand.type("줄을 바꾼 말.")


def enter_in_the_midst_of_a_paragraph(hand: Hand) -> Steps:
    """The last word becomes a paragraph."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose("range(at(prose(), 4))")
    yield from hand.press("Return")


def backspace_before_a_paragraph(hand: Hand) -> Steps:
    """What follows a displayed formula is pulled into it."""
    yield from hand.open("Answer", _has(_DISPLAYED))
    yield from hand.choose("range([after(all('anki-mathjax[block=true]')[0]), 0])")
    yield from hand.press("Backspace")


def name_in_code(hand: Hand) -> Steps:
    """A name in the first line of a code block gets longer."""
    yield from hand.open("Answer", _has("<pre"))
    yield from hand.choose(_IMPORTED)
    yield from hand.type("_x")


def enter_in_code(hand: Hand) -> Steps:
    """A new line after the first line of a code block."""
    yield from hand.open("Answer", _has("<pre"))
    yield from hand.choose(_IMPORTED)
    yield from hand.press("Return")
    yield from hand.type("y = 1")


def inline_code(hand: Hand) -> Steps:
    """Code in a sentence gets longer."""
    yield from hand.open("Answer", _has("[^>]<code>"))
    yield from hand.choose("range(end(all(':not(pre) > code')[0], 1))")
    yield from hand.type("_x")


def formula(hand: Hand) -> Steps:
    """The first formula of a sentence, in Anki's little editor for it."""
    yield from hand.open("Answer", _has(r"\\\(.*</em>"))
    yield from hand.choose("range(end(field))")
    yield from hand.click("field.querySelector('anki-mathjax:not([block=true]) img')")
    yield from hand.press("End")
    yield from hand.type("+1")


def formula_with_signs(hand: Hand) -> Steps:
    """A displayed formula that has a sign which HTML writes otherwise."""
    yield from hand.open("Answer", _has(_DISPLAYED + r"[^]]*[<&]"))
    yield from hand.choose("range(end(field))")
    signs = (
        "[...field.querySelectorAll('anki-mathjax[block=true]')].find(m => /[<&]/.test(m.dataset.mathjax))"
    )
    yield from hand.click(f"{signs}.querySelector('img')")
    yield from hand.press("Ctrl+End")
    yield from hand.type("+1")


def picture_pasted(hand: Hand) -> Steps:
    """A picture from the clipboard at the end of a paragraph."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    yield from hand.paste(picture=True)


def html_pasted(hand: Hand) -> Steps:
    """A piece of a web page at the end of a paragraph."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    link = '<a href="https://example.org/x?a=1&amp;b=2">링크</a>'
    yield from hand.paste(
        f'<p style="color: red">붙인 <b>굵은</b> {link} <code>x</code></p><ul><li>하나</li></ul>'
    )


def table_cell(hand: Hand) -> Steps:
    """A word more in a cell."""
    yield from hand.open("Answer", _has("<td>"))
    yield from hand.choose("range(end(all('td')[0]))")
    yield from hand.type(" 더")


def heading(hand: Hand) -> Steps:
    """A word more in a heading."""
    yield from hand.open("Answer", _has("<h[1-6]>"))
    yield from hand.choose("range(end(all('h1, h2, h3, h4, h5, h6')[0]))")
    yield from hand.type(" 둘")


def inside_a_blank(hand: Hand) -> Steps:
    """The first term of a cloze gets longer."""
    yield from hand.open("Text", _has(r"\{\{c1::"))
    yield from hand.choose("(at => range(at, at))([texts(field)[0], texts(field)[0].data.indexOf('}}')])")
    yield from hand.type("들")


def list_button(hand: Hand) -> Steps:
    """A paragraph becomes a list."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.choose(_END)
    yield from hand.press("Ctrl+,")


def question(hand: Hand) -> Steps:
    """A word more in a question."""
    yield from hand.open("Question", _has("무엇"))
    yield from hand.choose("range([texts(field)[0], 0])")
    yield from hand.type("도대체 ")


def hint(hand: Hand) -> Steps:
    """A word more in a hint."""
    yield from hand.open("Hint", _has("."))
    yield from hand.choose("range([texts(field)[0], 0])")
    yield from hand.type("먼저 ")


def reference(hand: Hand) -> Steps:
    """The year of a reference, which stands in its link."""
    yield from hand.open("References", _has("</a>"))
    yield from hand.choose("range(end(all('a')[0], 2), end(all('a')[0], 1))")
    yield from hand.type("9")


def follow_ups_answer(hand: Hand) -> Steps:
    """A sentence more in the answer of a follow-up."""
    yield from hand.open("Summary", _has("^[^<]+<code>"))
    yield from hand.choose("range(end(field))")
    yield from hand.type(" 그래서 함께 견준다.")


def tags(hand: Hand) -> Steps:
    """Two tags more."""
    yield from hand.open("Answer", _PROSE)
    yield from hand.click("document.querySelector('.tag-spacer')")
    yield from hand.type("leech")
    yield from hand.press("Return")
    yield from hand.type("내태그")
    yield from hand.press("Return")


SCENES = (
    open_and_leave,
    letter,
    sentence,
    word_deleted,
    double_blanks,
    special_characters,
    decomposed_hangul,
    bold,
    italic,
    bold_taken_away,
    bold_added_to_a_summary,
    list_item,
    nested_list_item,
    enter_at_the_end_of_a_paragraph,
    shift_enter,
    enter_in_the_midst_of_a_paragraph,
    backspace_before_a_paragraph,
    name_in_code,
    enter_in_code,
    inline_code,
    formula,
    formula_with_signs,
    picture_pasted,
    html_pasted,
    table_cell,
    heading,
    inside_a_blank,
    list_button,
    question,
    hint,
    reference,
    follow_ups_answer,
    tags,
)
