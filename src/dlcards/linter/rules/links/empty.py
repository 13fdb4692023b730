"""A link without an address, or without words to click.

The first leads nowhere, the second can't be seen; screen readers read it out as "link".

Write the missing half, or take the link away. Where both are missing (`[]()`) it is but a note: a place kept for a link.

Not found: a link around a picture, whose words are the picture's alternative text (I002).

Bad:

    See [the paper]().

Bad:

    See [](https://doi.org/10.1038/nature14539).

Good:

    See [the paper](https://doi.org/10.1038/nature14539).
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.once import nodes_of
from dlcards.document.text import shown
from dlcards.model import Context, Diagnostic, Document, LinkKind, Rule, Severity, Text

KO = """
주소가 없거나 누를 글자가 없는 링크다.

앞의 것은 아무 데로도 가지 않고, 뒤의 것은 보이지 않는다. 화면 낭독기는 "링크"라고만 읽는다.

빠진 쪽을 채우거나 링크를 없앤다.

둘 다 없으면(`[]()`) 링크를 적을 자리로 보고 참고로만 알린다.

찾지 않는 것: 그림을 감싼 링크. 그 글자는 그림의 대체 텍스트다(I002).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find links with an empty half."""
    if all(link.url.strip() and link.text.strip() for link in document.links):
        return
    pictured = {
        node.span
        for node in nodes_of(document, "link")
        if any(child.kind in ("image", "inline_html") for child in node.children)
    }
    for link in document.links:
        if link.kind.is_image or link.kind is LinkKind.AUTOLINK or link.by_reference:
            continue
        milder = None
        if not link.url.strip():
            # Nothing at all is a place that is kept for a link, and the page shows none.
            if link.kind is LinkKind.LINK and not link.text.strip() and link.span not in pictured:
                milder = Severity.NOTE
            message = Text(
                f'주소가 없는 링크: "{shown(link.text)}"', f'link without an address: "{shown(link.text)}"'
            )
        elif link.kind is LinkKind.LINK and not link.text.strip() and link.span not in pictured:
            message = Text(f"글자가 없는 링크: {shown(link.url)}", f"link without words: {shown(link.url)}")
        else:
            continue
        yield Diagnostic(link.span, message, spares_cards=True, severity=milder)


RULE = Rule("L005", "empty-link", Severity.ERROR, check)
