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
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote

from dlcards.document.anchors import resolves
from dlcards.model import (
    Across,
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Facts,
    Fix,
    Link,
    LinkKind,
    Related,
    Rule,
    Severity,
    Span,
    Text,
    TextDocument,
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
    """Find fragments that only GitHub's leniency resolves, in the document itself."""
    headings = {heading.slug: heading.node.span for heading in document.headings}
    for link in _links(document):
        if link.url.startswith("#") and (meant := _meant(_fragment(link.url), document.anchors)):
            own = headings.get(meant[0])
            related = (Related(own, Text("제목은 여기", "the heading is here")),) if own else ()
            yield _finding(_Written.of(document, link), meant, related)


def tell(document: Document, context: Context) -> list[list[Any]]:
    """The fragments that lead into other files: the file, and how the address is written."""
    return [
        [str(target.path), *_Written.of(document, link)]
        for link in _links(document)
        if not link.url.startswith("#") and (target := local_target(link.url, document.path, context.config))
    ]


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find fragments that only GitHub's leniency resolves, in other documents."""
    for path, *written in facts.told.get(ACROSS.name, ()):
        link = _Written(*written)
        anchors = context.files.anchors(PurePosixPath(path)) or frozenset()
        if meant := _meant(_fragment(link.url), anchors):
            yield _finding(link, meant)


class _Written(NamedTuple):
    """A link with a fragment: its address, how that is written in the source, where, and in a definition."""

    url: str
    source: str
    start: int
    end: int
    is_definition: bool

    @classmethod
    def of(cls, document: Document, link: Link) -> _Written:
        """How ``link`` is written."""
        source, is_definition = link.url_span.of(document.text), link.kind is LinkKind.DEFINITION
        return cls(link.url, source, *link.url_span, is_definition)


def _links(document: Document) -> Iterator[Link]:
    for link in document.links:
        if not link.by_reference and not link.kind.is_image and "#" in link.url:
            yield link


def _fragment(url: str) -> str:
    return decoded_fragment(url).removeprefix(_PREFIX)


def _meant(fragment: str, anchors: frozenset[str]) -> list[str]:
    """The anchors that a fragment leads to although it is none of them."""
    if fragment in anchors or not resolves(fragment, anchors):
        return []
    return _by_letters(anchors).get(_fold(fragment), [])


@lru_cache(maxsize=8)
def _by_letters(anchors: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for anchor in sorted(anchors):
        found.setdefault(_fold(anchor), []).append(anchor)
    return found


def _finding(link: _Written, meant: list[str], related: tuple[Related, ...] = ()) -> Diagnostic:
    fragment, anchor = _fragment(link.url), meant[0]
    difference = _difference(fragment, anchor)
    message = Text(
        f"앵커와 {difference.ko}만 다르다: #{fragment} / #{anchor}",
        f"#{fragment} differs from the anchor #{anchor} only in {difference.en}",
    )
    fix = _fix(link, anchor) if len(meant) == 1 else None
    return Diagnostic(Span(link.start, link.end), message, fix, related)


def _difference(fragment: str, anchor: str) -> Text:
    if fragment.casefold() == anchor.casefold():
        return Text("대소문자", "letter case")
    return Text("유니코드 형태", "Unicode form")


def _fix(link: _Written, anchor: str) -> Fix | None:
    before, sharp, written = link.source.partition("#")
    if not sharp or decoded_fragment(link.source) != decoded_fragment(link.url):
        return None  # the address is written with entities or backslashes
    if "%" in written:
        anchor = quote(anchor)
        if re.search(r"%(?:[a-f]\w|\w[a-f])", written):
            anchor = re.sub(r"%\w\w", lambda code: code.group().lower(), anchor)
    if written.startswith(_PREFIX):
        anchor = _PREFIX + anchor
    start = link.start + len(before) + 1
    # The source of a definition counts as words.
    changes = {Aspect.ADDRESSES, Aspect.WORDS} if link.is_definition else {Aspect.ADDRESSES}
    return Fix((Edit(Span(start, link.end), anchor),), frozenset(changes))


def _fold(anchor: str) -> str:
    return unicodedata.normalize("NFC", anchor).casefold()


ACROSS = Across("anchor-case", tell, check_across)
RULE = Rule("L009", "anchor-case", Severity.WARNING, check, fixable=True, default=False, across=ACROSS)
