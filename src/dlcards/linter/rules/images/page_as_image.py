"""A GitHub page stands where a picture should: `…/blob/main/a.png`.

That address answers with a page of HTML around the picture, not with the picture: it is broken
everywhere but on GitHub itself. (The export knows what was meant, and packs the picture.)

The fix takes the path in the checkout when the address is this repository's own and the file is
there, and for other repositories the address of the file itself (`…/raw/main/a.png`).

Not found: pages of other sites used as pictures (the link checker sees what they answer).

Bad:

    ![loss curve](https://github.com/owner/name/blob/main/images/loss.png)

Good:

    ![loss curve](https://github.com/owner/name/raw/main/images/loss.png)
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Rule, Severity, Text
from dlcards.project.addresses import blob_page, local_target
from dlcards.project.files import MARKDOWN_SUFFIXES

KO = """
그림이 있어야 할 자리에 GitHub 페이지 주소(`…/blob/main/a.png`)가 있다.

그 주소는 그림이 아니라 그림을 둘러싼 HTML 페이지로 답한다. GitHub 밖에서는 깨진 그림이 된다. 내보내기는 뜻한 그림을 찾아 담는다.

이 저장소의 주소이고 파일이 체크아웃에 있으면 `--fix`가 그 경로로, 다른 저장소의 주소면 파일 자체의 주소(`…/raw/main/a.png`)로 바꾼다.

찾지 않는 것: 다른 사이트의 페이지를 그림으로 쓴 경우(링크 검사기가 답을 본다).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pictures whose address is a GitHub ``blob`` page."""
    for link in document.links:
        page = blob_page(link.url) if link.kind.is_image else None
        if page is None:
            continue
        target = local_target(link.url, document.path, context.config)
        instead: str | None = page.raw_url
        if target is not None:
            instead = _relative(target.path, document.path) if context.files.exists(target.path) else None
        fix = None
        # A document is no picture at any address: its author meant a link.
        is_document = page.path.suffix.lower() in MARKDOWN_SUFFIXES
        if instead and not link.by_reference and not is_document:
            fix = Fix((Edit(link.url_span, instead),), frozenset({Aspect.ADDRESSES}))
        message = Text(
            f"그림 자리에 GitHub 페이지 주소가 있다: {page.path}"
            + ("" if instead else " (이 저장소에 그 파일도 없다)"),
            f"a GitHub page stands where a picture should: {page.path}"
            + ("" if instead else " (and this repository has no such file)"),
        )
        place = link.span if link.by_reference else link.url_span
        # The export knows what was meant.
        yield Diagnostic(place, message, fix, spares_cards=instead is not None)


def _relative(path: PurePosixPath, document: PurePosixPath) -> str:
    """The path as a link in ``document`` writes it, with what CommonMark can't read encoded."""
    relative = posixpath.relpath(path, document.parent)
    return "".join(c if ord(c) > 127 else quote(c, safe="/-._~!$&'*+,;=:@") for c in relative)


RULE = Rule("I003", "page-as-image", Severity.NOTE, check, fixable=True)
