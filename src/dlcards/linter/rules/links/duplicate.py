"""One address twice in the references of one question.

The list looks longer than it is, and a reader who opens both finds the same page. Often one of the two
should have been another address that was never pasted.

Take one of the two away, or put in the address that was meant. `http` and `https`, a `/` at the end and
percent-encoding make no difference; a fragment does (`#section-2` is another place).

Not found: an address twice in one entry or paragraph (`[title](u) — <u>`), the same address under two questions, two
addresses of one page (`arxiv.org/abs/…` and `arxiv.org/pdf/…`).

Bad:

    ## #1

    #### 배치 정규화란?

    층마다 입력의 분포를 고르게 한다.

    #### References

    - [Batch Normalization](https://arxiv.org/abs/1502.03167)
    - [배치 정규화 정리](http://arxiv.org/abs/1502.03167/)

Good:

    ## #1

    #### 배치 정규화란?

    층마다 입력의 분포를 고르게 한다.

    #### References

    - [Batch Normalization](https://arxiv.org/abs/1502.03167)
    - [Layer Normalization](https://arxiv.org/abs/1607.06450)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from urllib.parse import unquote

from dlcards.document.text import shown
from dlcards.model import (
    Context,
    Diagnostic,
    Document,
    LinkKind,
    Node,
    Related,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
한 질문의 참고 자료에 같은 주소가 두 번 나온다.

목록이 실제보다 길어 보이고, 둘 다 열어 본 사람은 같은 페이지를 만난다. 둘 중 하나는 다른 주소를 붙여 넣으려다 만 것일 때가 많다.

하나를 지우거나 뜻했던 주소로 바꾼다. `http`와 `https`, 끝의 `/`, 퍼센트 인코딩은 따지지 않는다. `#` 뒤가 다르면 다른 곳으로 본다.

찾지 않는 것: 한 항목이나 문단 안에서 되풀이한 주소(`[제목](u) — <u>`), 다른 질문에 적힌 같은 주소, 한 글의 서로 다른 주소(`arxiv.org/abs/…`와 `arxiv.org/pdf/…`).
"""

_ADDRESS = lazy_compile(r"(?:https?:)?//(?P<host>[^/?#]*)(?P<path>[^?#]*)(?P<rest>.*)", re.I | re.S)
_KINDS = (LinkKind.LINK, LinkKind.AUTOLINK, LinkKind.BARE, LinkKind.HTML_LINK)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find references that lead where an earlier one of the same question leads."""
    places = [(link.span, link.url) for link in document.links if link.kind in _KINDS and link.url.strip()]
    places.sort()
    starts = [span.start for span, _ in places]
    for pair in document.pairs:
        seen: dict[str, tuple[Span, Span]] = {}
        for entry in _entries(pair.references):
            first_in = bisect_left(starts, entry.start)
            for span, url in places[first_in : bisect_left(starts, entry.end)]:
                first, its_entry = seen.setdefault(_same(url), (span, entry))
                if its_entry != entry:
                    yield _duplicate(span, url, first)


def _duplicate(span: Span, url: str, first: Span) -> Diagnostic:
    message = Text(
        f"참고 자료에 같은 주소가 두 번 나온다: {shown(url, 60)}",
        f"one address twice in the references: {shown(url, 60)}",
    )
    related = Related(first, Text("처음 것은 여기", "the first one is here"))
    return Diagnostic(span, message, related=(related,))


def _entries(blocks: tuple[Node, ...]) -> Iterator[Span]:
    """The places of the references' entries: the text of each list item, or a paragraph of its own."""
    for block in blocks:
        if block.kind in ("paragraph", "block_text", "table_row", "block_html", "heading"):
            yield block.span
        else:
            yield from _entries(block.children)


def _same(url: str) -> str:
    """What two addresses of one place have in common."""
    match = _ADDRESS.fullmatch(unquote(url.strip()))
    if match is None:
        return unquote(url.strip())
    return match["host"].casefold() + match["path"].rstrip("/") + match["rest"]


RULE = Rule("L006", "duplicate-link", Severity.WARNING, check)
