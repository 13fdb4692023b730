"""Words from right to left: each block goes its own way, unless its author says which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deck.cards.test_html import field
from tests.support.decks import answer, made, question

AROUND = '<div style="text-align: start">{}</div>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("CNN هو", '<p dir="auto">CNN هو</p>'),
        ('<p dir="rtl">CNN هو</p>', '<p dir="rtl">CNN هو</p>'),
        ('<div dir="rtl">\n\nCNN هو\n\n- a\n\n</div>\n\nهو',
         '<div dir="rtl">\n\n<p>CNN هو</p>\n<ul style="padding: 0 1.4em">\n<li>a</li>\n</ul>\n</div>\n\n<p dir="auto">هو</p>'),
        ("<div>\n\nهو `a`<br>b\n\n</div>", '<div>\n\n<p dir="auto">هو <code dir="ltr">a</code><br>b</p>\n</div>'),
        ('<div dir="rtl">\n\n```\nهو\n```\n\n</div>',
         '<div dir="rtl">\n\n<pre class="code" dir="ltr"><code dir="ltr">هو</code></pre>\n</div>'),
    ],
)  # fmt: skip
def test_blocks(text: str, html: str) -> None:
    assert field(text) == AROUND.format(html)


def test_what_stands_around_the_document_is_kept(tmp_path: Path) -> None:
    text = f'<div dir="rtl">\n\n{question("CNN هو شبكة.")}</div>\n'
    assert (
        answer(made(tmp_path, text)) == '<div dir="rtl" style="text-align: start"><p>CNN هو شبكة.</p></div>'
    )
    other = f'<div dir="rtl">\n\nهو\n\n</div>\n\n{question("CNN هو شبكة.")}'
    assert answer(made(tmp_path, other)) == AROUND.format('<p dir="auto">CNN هو شبكة.</p>')
