"""A picture's file does not exist, or the picture has no address at all.

The page shows a broken picture, and the card can't be made.

Paths are looked up in the checkout, letter case included: `a.PNG` for `a.png` works on a Mac and breaks
on GitHub. The message says so when only the case, or the Unicode form of a Korean name, differs. Where only the
form differs, the card is made all the same. A path that leads out of the repository (`../../photos/a.png`, or a
symbolic link) shows no picture to anybody else, and what stands there is never packed into a deck.

Not found: pictures on other sites (I004), a GitHub page used as a picture (I003).

Bad:

    ![loss curve](images/no-such-file.png)

Good:

    The loss goes down.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from dlcards.document.answers import in_references
from dlcards.document.text import shown
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text
from dlcards.project.addresses import blob_page, is_external, local_target, on_one_computer, web_address
from dlcards.project.closest import closest_file
from dlcards.project.pictures import place, stored

KO = """
그림 파일이 없거나 그림에 주소가 없다.

페이지에는 깨진 그림이 보이고, 카드는 만들 수 없다.

파일은 체크아웃에서 대소문자까지 따져 찾는다. `a.png`를 `a.PNG`로 적으면 맥에서는 보이지만 GitHub에서는 깨진다. 대소문자나 한글 이름의 유니코드 형태(NFC/NFD)만 다르면 메시지가 알려 준다. 형태만 다르면 카드는 만들어진다. 저장소 밖으로 나가는 경로(`../../photos/a.png`)와 심볼릭 링크의 그림은 다른 사람에게 보이지 않으며, 덱에도 절대 담지 않는다.

찾지 않는 것: 다른 사이트의 그림(I004), 그림 자리에 쓴 GitHub 페이지 주소(I003).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pictures whose file is not there."""
    for link in document.links:
        if not link.kind.is_image:
            continue
        if _leaves(link.url, document, context):
            message = Text(
                f"저장소 밖으로 나가는 경로라 그림이 보이지 않는다: {shown(link.url)}",
                f"the path leads out of the repository, so no picture is shown: {shown(link.url)}",
            )
            yield Diagnostic(place(link), message, spares_cards=in_references(document, link.span))
            continue
        if link.by_reference:
            continue  # the definition is L002's
        if not link.url.strip():
            message = Text("그림에 주소가 없다", "picture without an address")
            yield Diagnostic(link.span, message, spares_cards=in_references(document, link.span))
            continue
        if on_one_computer(link.url):
            message = Text(
                f"글쓴이의 컴퓨터에만 있는 그림이다: {shown(link.url)}",
                f"a picture on its author's computer alone: {shown(link.url)}",
            )
            yield Diagnostic(link.url_span, message, spares_cards=in_references(document, link.span))
            continue
        target = None if blob_page(link.url) else local_target(link.url, document.path, context.config)
        if target is None:
            continue
        if context.files.leaves(target.path):
            message = Text(
                f"저장소 밖에 있는 그림으로 나가는 링크다: {target.path}",
                f"a link leads from {target.path} out of the repository, which has no such picture",
            )
            yield Diagnostic(link.url_span, message, spares_cards=in_references(document, link.span))
            continue
        if context.files.exists(target.path):
            if context.files.ignored(target.path):
                message = Text(
                    f"git이 무시해 저장소에는 없는 그림이다: {target.path}",
                    f"git ignores it, so the repository has no such picture: {target.path}",
                )
                yield Diagnostic(link.url_span, message, spares_cards=True)
            continue
        meant = _meant(target.path, context)
        message = Text(
            f"그림 파일이 없다: {target.path}{meant.ko}", f"no such picture: {target.path}{meant.en}"
        )
        # GitHub tells the forms of Unicode apart; the package takes the picture all the same.
        is_spared = stored(target.path, context.files) is not None or in_references(document, link.span)
        yield Diagnostic(link.url_span, message, spares_cards=is_spared)


def _meant(path: PurePosixPath, context: Context) -> Text:
    """What to add about a file that may have been meant."""
    if near := context.files.similar(path):
        return Text(
            f". 대소문자나 유니코드 형태만 다른 파일이 있다: {near}",
            f"; only letter case or Unicode form differs from {near}",
        )
    if near := closest_file(path, context.files):
        return Text(f". 혹시 {near}인가?", f"; did you mean {near}?")
    return Text("", "")


def _leaves(url: str, document: Document, context: Context) -> bool:
    """Whether a path leads out of the repository, and not to where GitHub has files themselves."""
    if is_external(url) or not url.partition("#")[0].partition("?")[0].strip():
        return False
    if local_target(url, document.path, context.config) is not None:
        return False
    address = web_address(url, document.path, context.config)
    return "/raw/" not in address and "raw=true" not in address


RULE = Rule("I001", "missing-image", Severity.ERROR, check)
