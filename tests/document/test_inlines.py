"""Inlines cut in two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dlcards.document.inlines import parted
from dlcards.markdown import parse, plain_text
from tests.support.documents import markdownish


@given(markdownish, st.integers(0, 60))
def test_both_pieces_together_say_what_all_said(text: str, at: int) -> None:
    for block in parse(text):
        for node in block.walk():
            if node.kind in ("paragraph", "heading"):
                words = plain_text(node.children)
                before, after = parted(node.children, at)
                assert plain_text(before) == words[:at]
                assert plain_text(after) == words[at:]


def test_emphasis_stands_in_both_and_a_picture_behind() -> None:
    (block,) = parse("**가? 나** 다")
    before, after = parted(block.children, 2)
    assert [(node.kind, plain_text([node])) for node in before] == [("strong", "가?")]
    assert [(node.kind, plain_text([node])) for node in after] == [("strong", " 나"), ("text", " 다")]
    (block,) = parse("<b>가?</b>![나](a.png)다")
    before, after = parted(block.children, 2)
    assert [node.kind for node in before] == ["inline_html", "text", "inline_html"]
    assert [node.kind for node in after] == ["image", "text"]
