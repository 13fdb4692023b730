"""A fragment that differs from its heading's anchor only in letter case or in Unicode form.

GitHub's script finds the heading all the same, other renderers and editors don't: there the link leads to
the top of the page. In Unicode a Korean word has two forms, composed (`가`) and decomposed (`ᄀ` and
`ᅡ`); they look the same, and a file name copied on a Mac brings the second one along.

The fix writes the anchor as the heading has it, percent-encoded where the link was.

Not found: fragments that lead nowhere (L001, T001), fragments of pages elsewhere.

Bad:

    [배치 정규화](#Batch-Normalization)는 층마다 입력의 분포를 고르게 한다.

    ## Batch Normalization

Good:

    [배치 정규화](#batch-normalization)는 층마다 입력의 분포를 고르게 한다.

    ## Batch Normalization
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from dlcards.document.anchors import resolves
from dlcards.model import (
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Link,
    LinkKind,
    Related,
    Rule,
    Severity,
    Span,
    Text,
)
from dlcards.project.addresses import decoded_fragment, local_target

KO = """
링크의 앵커가 제목의 앵커와 대소문자나 유니코드 형태만 다르다.

GitHub의 스크립트는 그래도 제목을 찾아 주지만 다른 렌더러와 편집기는 찾지 못해 페이지 맨 위로 간다. 유니코드에서 한글은 완성형(`가`)으로도 자모를 이은 꼴(`ᄀ`과 `ᅡ`)로도 적는데 둘은 똑같아 보인다. 맥에서 복사한 파일 이름이 둘째 꼴을 데려온다.

`--fix`는 제목의 앵커 그대로 적는다. 퍼센트 인코딩으로 적혀 있었으면 그렇게 적는다.

찾지 않는 것: 아무 데로도 가지 않는 앵커(L001, T001), 바깥 페이지의 앵커.
"""

_PREFIX = "user-content-"


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find fragments that only GitHub's leniency resolves."""
    indexes: dict[frozenset[str], dict[str, list[str]]] = {}
    headings = {heading.slug: heading.node.span for heading in document.headings}
    for link in document.links:
        if link.by_reference or link.kind.is_image or "#" not in link.url:
            continue
        anchors: frozenset[str] | None = document.anchors
        if not link.url.startswith("#"):
            target = local_target(link.url, document.path, context.config)
            anchors = context.files.anchors(target.path) if target else None
        fragment = decoded_fragment(link.url).removeprefix(_PREFIX)
        if not anchors or fragment in anchors or not resolves(fragment, anchors):
            continue
        if anchors not in indexes:
            indexes[anchors] = {}
            for anchor in sorted(anchors):
                indexes[anchors].setdefault(_fold(anchor), []).append(anchor)
        meant = indexes[anchors].get(_fold(fragment), [])
        if meant:
            own = headings.get(meant[0]) if link.url.startswith("#") else None
            related = (Related(own, Text("제목은 여기", "the heading is here")),) if own else ()
            message = Text(
                f"앵커와 {_difference(fragment, meant[0]).ko}만 다르다: #{fragment} / #{meant[0]}",
                f"#{fragment} differs from the anchor #{meant[0]} only in {_difference(fragment, meant[0]).en}",
            )
            fix = _fix(document, link, meant[0]) if len(meant) == 1 else None
            yield Diagnostic(link.url_span, message, fix, related)


def _difference(fragment: str, anchor: str) -> Text:
    if fragment.casefold() == anchor.casefold():
        return Text("대소문자", "letter case")
    return Text("유니코드 형태", "Unicode form")


def _fix(document: Document, link: Link, anchor: str) -> Fix | None:
    source = link.url_span.of(document.text)
    before, sharp, written = source.partition("#")
    if not sharp or decoded_fragment(source) != decoded_fragment(link.url):
        return None  # the address is written with entities or backslashes
    if "%" in written:
        anchor = quote(anchor)
        if re.search(r"%(?:[a-f]\w|\w[a-f])", written):
            anchor = re.sub(r"%\w\w", lambda code: code.group().lower(), anchor)
    if written.startswith(_PREFIX):
        anchor = _PREFIX + anchor
    start = link.url_span.start + len(before) + 1
    # The source of a definition counts as words.
    changes = {Aspect.ADDRESSES, Aspect.WORDS} if link.kind is LinkKind.DEFINITION else {Aspect.ADDRESSES}
    return Fix((Edit(Span(start, link.url_span.end), anchor),), frozenset(changes))


def _fold(anchor: str) -> str:
    return unicodedata.normalize("NFC", anchor).casefold()


RULE = Rule("L009", "anchor-case", Severity.WARNING, check, fixable=True, default=False)
