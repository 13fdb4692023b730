"""A link whose words say nothing about where it leads: `여기`, `링크`, `here`.

Whoever skims the page, or hears its links read out one after the other, learns nothing from "here". In a
list of references the title and the author are lost the day the address dies.

Let the words name the page: `[Dropout 논문](https://…)` for `논문은 [여기](https://…)`. The words are
those of `vague-link-texts` in the configuration, also with a number, a particle, brackets or a `이` before
them (`[이 링크]`, `[링크 2]`, `[[link]]`).

Not found: links in tables, where the row says what the link is about; an address as its own words.

Bad:

    자세한 내용은 [여기](https://cs231n.github.io/neural-networks-2/)에 있다.

Bad:

    - [링크 1](https://jmlr.org/papers/v15/srivastava14a.html)

Good:

    자세한 내용은 [CS231n 강의 노트](https://cs231n.github.io/neural-networks-2/)에 있다.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from dlcards.document.text import fold, is_hangul, shown
from dlcards.model import Context, Diagnostic, Document, Link, LinkKind, Rule, Severity, Text, lazy_compile

KO = """
링크의 글이 어디로 가는지 말해 주지 않는다. `여기`, `링크`, `here`가 그렇다.

훑어보는 사람도, 화면 낭독기로 링크만 차례로 듣는 사람도 "여기"에서는 아무것도 알 수 없다. 참고 자료라면 주소가 죽는 날 제목과 저자도 함께 사라진다.

글에 페이지의 이름을 적는다. `논문은 [여기](https://…)`보다 `[Dropout 논문](https://…)`이 낫다. 어떤 말을 막연하다고 볼지는 설정의 `vague-link-texts`가 정하고, 번호나 조사나 괄호가 붙거나 앞에 `이`가 와도(`[이 링크]`, `[링크 2]`, `[[link]]`) 같은 말로 본다.

찾지 않는 것: 표 안의 링크(같은 줄이 무슨 링크인지 말해 준다), 주소를 그대로 글로 쓴 링크.
"""

_LONGEST = 60
_EDGES = lazy_compile(r"^[\W_]+|[\W_]+$")
_NUMBER = lazy_compile(r"(?<![\d(])\s*\d+$")  # `링크 2`, but not the manual's `link(2)`
_BEFORE = lazy_compile(r"^(?:이|그|다음|아래|위|this|the)\s+")
_PARTICLES = ("에서는", "에서", "으로", "에는", *"에로를을는은가이의도")  # the longest first
_CLOSING_TAG = lazy_compile(r"([^<>\n]{1,60})</a\s*>", re.I)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find links whose words are in the configured list."""
    vague = {_bare(text) for text in context.config.vague_link_texts}
    tables = [node.span for node in document.blocks if node.kind == "table"]
    for link in document.links:
        words = _words(document, link)
        forms = _forms(words) if len(words) <= _LONGEST else ()
        found = next((form for form in forms if form in vague), "")
        table = bisect_right(tables, link.span.start, key=lambda span: span.start) - 1
        if found and not (table >= 0 and tables[table].holds(link.span)):
            message = Text(
                f'어디로 가는지 말해 주지 않는 링크: "{shown(words)}" → {shown(link.url, 50)}',
                f'a link that does not say where it leads: "{shown(words)}" → {shown(link.url, 50)}',
            )
            yield Diagnostic(link.span, message, cause=found)


def _words(document: Document, link: Link) -> str:
    if link.kind is LinkKind.LINK:
        return link.text
    if link.kind is LinkKind.HTML_LINK and (words := _CLOSING_TAG.match(document.text, link.span.end)):
        return words.group(1)
    return ""


def _forms(words: str) -> Iterator[str]:
    """The words themselves, then without what changes nothing about them."""
    form = _bare(words)
    yield form
    form = _bare(_BEFORE.sub("", _NUMBER.sub("", form)))
    yield form
    stems = (form.removesuffix(particle) for particle in _PARTICLES if form.endswith(particle))
    yield from (stem for stem in stems if stem and is_hangul(stem[-1]))


def _bare(words: str) -> str:
    return _EDGES.sub("", fold(words))


RULE = Rule("L014", "vague-link-text", Severity.NOTE, check)
