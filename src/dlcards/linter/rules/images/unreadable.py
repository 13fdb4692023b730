"""A picture's file is empty, damaged, or not what its ending says.

The page shows a broken picture, and the card can't be made: an HTML page saved as `.png` is a picture nowhere.
A whole picture with another ending (a JPEG that is named `.png`) is a note: browsers show it, and a deck packs it
under its true ending.

Save the picture again, or give the file the ending of what it is. A text that begins with
`version https://git-lfs…` stands in for a picture: fetch it with `git lfs pull`.

Checked are the length, the checksums of PNG, the end marks of JPEG, GIF and WebP, and whether SVG is
well-formed XML. No pixel is decoded.

Not found: a whole file that shows the wrong thing, damage inside the pixels of a JPEG, files of unknown
endings (unless empty).

Bad:

    ![손실 곡선](images/loss.png)

Good:

    ![손실 곡선](images/dot.gif)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from dlcards.document.answers import in_references
from dlcards.linter.rules.images.shared_pictures import pictures
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text
from dlcards.project.picture_bytes import FORMAT_OF_SUFFIX, inspect
from dlcards.project.pictures import place

KO = """
그림 파일이 비었거나, 손상되었거나, 내용이 확장자와 다르다.

페이지에는 깨진 그림이 보이고 카드는 만들 수 없다. HTML 페이지를 `.png`로 저장한 것은 어디서도 그림이 아니다. 온전한 그림이 확장자만 다르면(이름만 `.png`인 JPEG) 참고로만 알린다. 브라우저는 보여 주고, 덱에는 제 확장자로 담긴다.

그림을 다시 저장하거나 내용에 맞는 확장자를 붙인다. `version https://git-lfs…`로 시작하는 글은 그림 대신 놓인 것이니 `git lfs pull`로 그림을 받는다.

길이, PNG의 검사합, JPEG·GIF·WebP의 끝 표시, SVG의 XML 문법을 본다. 픽셀은 풀어 보지 않는다.

찾지 않는 것: 온전하지만 엉뚱한 것을 보여 주는 파일, JPEG의 픽셀 안쪽이 깨진 것, 모르는 확장자의 파일(비었을 때만 찾는다).
"""

EXAMPLE_FILES = {
    "answers/images/loss.png": b"<!DOCTYPE html><title>404</title>",
    "answers/images/dot.gif": b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2L\1\0;",
}


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pictures of the project that a browser could not show."""
    for link, path in pictures(document, context):
        data = context.files.read(path)
        if problem := _problem(data, path):
            message = Text(f"{problem.ko}: {path}", f"{problem.en}: {path}")
            is_shown = _is_whole(data) and path.suffix.lower() != ".svg"
            yield Diagnostic(
                place(link),
                message,
                spares_cards=is_shown or in_references(document, link.span),
                severity=Severity.NOTE if is_shown else None,
            )


def _is_whole(data: bytes | None) -> bool:
    """Whether bytes are pixels that every browser shows and a deck packs, whatever the file's name.

    An SVG is shown only where it is called one.
    """
    picture = inspect(data or b"")
    return picture.problem is None and picture.format in ("PNG", "JPEG", "GIF", "WebP")


def _problem(data: bytes | None, path: PurePosixPath) -> Text | None:
    if data is None:
        return Text("그림을 읽을 수 없다", "the picture can't be read")
    if not data:
        return Text("그림 파일이 비어 있다", "the picture is empty")
    expected = FORMAT_OF_SUFFIX.get(path.suffix.lower())
    if expected is None:
        return None
    picture = inspect(data)
    if picture.format in (expected, "Git LFS"):
        return picture.problem
    if not picture.format:
        return Text(f"그림이 아니거나 {expected}가 아닌 파일이다", f"the file is no {expected}")
    return Text(
        f"이름은 {expected}인데 내용은 {picture.format}이다", f"named {expected}, but it is {picture.format}"
    )


RULE = Rule("I005", "unreadable-image", Severity.ERROR, check)
