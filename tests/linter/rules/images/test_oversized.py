"""I006 oversized-image: what is found and in which words, and what is small enough."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.images.cases import in_images
from tests.support.documents import messages
from tests.support.pictures import png

LIMITS = Config(image_bytes=100, image_width=10)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (png(10), None),
        (png(10) + b"\0" * (100 - len(png(10))), None),
        (png(11), "11 pixels wide (limit 10)"),
        (png(10) + b"\0" * (101 - len(png(10))), "101 bytes (limit 100)"),
        (
            png(1_000) + b"\0" * 1_000,
            f"{1_000 + len(png(1_000)):,} bytes (limit 100), 1,000 pixels wide (limit 10)",
        ),
        (b"\0" * 101, "101 bytes (limit 100)"),
    ],
)
def test_oversized_image(data: bytes, found: str | None) -> None:
    said = messages("![그림](images/a.png)", "I006", LIMITS, in_images(a_png=data))
    assert said == ([f"oversized picture: answers/images/a.png, {found}"] if found else [])
