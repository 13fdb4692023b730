"""A link's fragment leads to no heading and no id, in this file or another one of the repository.

A reader clicks and stays where they are, or lands at the top of a long page.

The message names the nearest anchor. Anchors are GitHub's: the heading's words in lower case, blanks
as `-`, punctuation gone, a number behind repeated ones. Where several links of other documents lead to what is not
there, and none to what is nearly that, it asks whether the heading is mistyped; within a document that is L016.

Not found: fragments of pages elsewhere (the link checker looks at those), entries of the contents
(T001), anchors that differ only in letter case (L009), what a program writes between `<!-- NAME:START -->` and
`<!-- NAME:END -->`, as all-contributors does.

Bad:

    See [the second question](#2).

    ## #1

    #### What is deep learning?

    Learning in many layers.

Good:

    See [the first question](#1).

    ## #1

    #### What is deep learning?

    Learning in many layers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from dlcards.document.anchors import nearest, resolves
from dlcards.document.mistyped import mistyped
from dlcards.document.swallowed import swallowed_anchors
from dlcards.document.typos import slip_between
from dlcards.linter.rules.links.shared_doubt import in_doubt
from dlcards.model import (
    Across,
    Context,
    Diagnostic,
    Document,
    Facts,
    Link,
    Rule,
    Run,
    Severity,
    Span,
    Text,
    TextDocument,
    lazy_compile,
)
from dlcards.project.addresses import decoded_fragment, local_target

KO = """
링크의 `#` 뒤에 적힌 앵커가 이 파일에도, 링크가 가리키는 저장소 안의 파일에도 없다.

읽는 사람이 눌러도 그대로이거나 긴 문서의 맨 위에 닿는다.

메시지가 가장 비슷한 앵커를 알려 준다. 앵커는 GitHub의 규칙을 따른다. 제목을 소문자로 바꾸고, 공백은 `-`로, 문장 부호는 빼고, 되풀이되면 번호를 붙인다. 다른 문서의 링크 여럿이 한 앵커로 가려 하고 비슷한 앵커로 가는 것은 없으면, 제목을 잘못 적었는지 묻는다. 한 문서 안에서는 L016이다.

찾지 않는 것: 바깥 페이지의 앵커(링크 검사기가 본다), 목차의 항목(T001), 대소문자만 다른 앵커(L009), all-contributors처럼 프로그램이 `<!-- 이름:START -->`와 `<!-- 이름:END -->` 사이에 쓴 것.
"""


_GENERATED = lazy_compile(r"<!--\s*(?P<name>[A-Z][A-Z-]+):START\b.*?<!--\s*(?P=name):END\b", re.S)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find fragments without a target in the document itself."""
    # Where it is the heading that is wrong, L016 says so; where nothing tells which is, both are named.
    doubtful = {link.span: found for found in mistyped(document) for link in found.links}
    for link in _links(document):
        if not link.url.startswith("#") or resolves(fragment := decoded_fragment(link.url), document.anchors):
            continue
        # What an open fence has swallowed is M006's: closing it mends the link.
        if resolves(fragment, swallowed_anchors(document, context.config)):
            continue
        if found := doubtful.get(link.span):
            if not found.is_heading:
                yield in_doubt(document, link, found)
        else:
            yield from _findings(fragment, document.path, document.anchors, link.url_span)


def tell(document: Document, context: Context) -> list[list[Any]]:
    """The fragments that lead into other files: the fragment, the file, and where the address stands."""
    return [
        [decoded_fragment(link.url), str(target.path), *link.url_span]
        for link in _links(document)
        if not link.url.startswith("#") and (target := local_target(link.url, document.path, context.config))
    ]


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find fragments without a target in other documents."""
    for fragment, path, start, end in facts.told.get(ACROSS.name, ()):
        where = PurePosixPath(path)
        led = context.run.once(ACROSS, lambda: _led(context.run))
        yield from _findings(fragment, where, context.files.anchors(where), Span(start, end), led)


def _links(document: Document) -> Iterator[Link]:
    entries = {entry.link.span for entry in document.contents.entries} if document.contents else set()
    generated = [Span(*match.span()) for match in _GENERATED.finditer(document.text)]
    for link in document.links:
        if any(region.holds(link.span) for region in generated):
            continue
        if "#" not in link.url or link.span in entries or link.by_reference or link.kind.is_image:
            continue
        yield link


def _led(run: Run) -> Counter[tuple[str, str]]:
    """How many links of other documents lead to each anchor of a file."""
    return Counter((path, fragment) for _, told in run.told(ACROSS.name) for fragment, path, *_ in told)


def _findings(
    fragment: str,
    where: PurePosixPath,
    anchors: frozenset[str] | None,
    place: Span,
    led: Counter[tuple[str, str]] | None = None,
) -> Iterator[Diagnostic]:
    if anchors is None or resolves(fragment, anchors):
        return
    near = nearest(fragment, anchors)
    path = str(where)
    is_slip = bool(near) and slip_between(fragment.replace("-", " "), near.replace("-", " ")) is not None
    if led and is_slip and led[path, fragment] > 1 and not led[path, near]:
        # Many links against one heading that is nearly theirs: it may be the heading that is wrong.
        count = led[path, fragment]
        message = Text(
            f"{where}에 없는 앵커다: #{fragment}. 링크 {count}개가 그리로 이어진다. 비슷한 제목은 #{near}이니 "
            "제목이 틀렸는지 본다",
            f"{where} has no anchor #{fragment}, to which {count} links lead; it has #{near}: see whether that "
            "heading is mistyped",
        )
        yield Diagnostic(place, message, cause=f"{path}#{fragment}", spares_cards=True)
        return
    hint_ko = f". 혹시 #{near}인가?" if near else ""
    hint_en = f"; did you mean #{near}?" if near else ""
    message = Text(
        f"{where}에 없는 앵커다: #{fragment}{hint_ko}",
        f"{where} has no anchor #{fragment}{hint_en}",
    )
    yield Diagnostic(place, message, spares_cards=True)


ACROSS = Across("fragments", tell, check_across)
RULE = Rule("L001", "broken-anchor", Severity.ERROR, check, across=ACROSS)
