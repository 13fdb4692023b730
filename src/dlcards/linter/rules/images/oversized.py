"""A picture is larger than it need be: over `image-bytes`, or wider than `image-width`.

A phone downloads the whole file to show it as wide as a thumb is long, and every learner's collection
keeps it for years. A screenshot of 4,000 pixels becomes unreadable when it is shrunk to a card.

Scale the picture down to what it is shown at, crop what does not matter, and save graphs as SVG or with
few colours. The limits are `image-bytes` (500,000) and `image-width` (2,000) in the configuration.

Not found: pictures on other sites, the width of SVG, which has no pixels, and of AVIF.

Bad:

    ![손실 곡선](images/loss.gif)

Good:

    ![손실 곡선](images/small.gif)
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.linter.rules.images.shared_pictures import pictures
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text
from dlcards.project.picture_bytes import inspect
from dlcards.project.pictures import place

KO = """
그림이 필요보다 크다. `image-bytes`보다 크거나 `image-width`보다 넓다.

휴대 전화는 손가락 한 마디 너비로 보여 줄 그림을 통째로 내려받고, 배우는 사람의 컬렉션은 그것을 몇 년이고 지닌다. 4,000픽셀짜리 화면 갈무리는 카드 너비로 줄이면 읽을 수도 없다.

보여 줄 크기로 줄이고, 쓸모없는 데는 잘라 내고, 그래프는 SVG나 적은 색으로 저장한다. 한도는 설정의 `image-bytes`(500,000)와 `image-width`(2,000)다.

찾지 않는 것: 다른 사이트의 그림, 픽셀이 없는 SVG와 AVIF의 너비.
"""

EXAMPLE_FILES = {
    "answers/images/loss.gif": b"GIF89a\xa0\x0f\1\0\0\0\0;",
    "answers/images/small.gif": b"GIF89a\x80\2\1\0\0\0\0;",
}


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pictures of the project over the configured size or width."""
    most_bytes, most_pixels = context.config.image_bytes, context.config.image_width
    for link, path in pictures(document, context):
        data = context.files.read(path) or b""
        width = inspect(data).width or 0
        ko, en = [], []
        if len(data) > most_bytes:
            ko.append(f"{len(data):,}바이트(한도 {most_bytes:,})")
            en.append(f"{len(data):,} bytes (limit {most_bytes:,})")
        if width > most_pixels:
            ko.append(f"너비 {width:,}픽셀(한도 {most_pixels:,})")
            en.append(f"{width:,} pixels wide (limit {most_pixels:,})")
        if ko:
            message = Text(
                f"그림이 너무 크다: {path}, {', '.join(ko)}", f"oversized picture: {path}, {', '.join(en)}"
            )
            yield Diagnostic(place(link), message)


RULE = Rule("I006", "oversized-image", Severity.NOTE, check)
