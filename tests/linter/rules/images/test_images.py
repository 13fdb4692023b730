"""Several rules about pictures at once: what none of them reads."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.images.cases import in_images
from tests.support.documents import places


@pytest.mark.parametrize(
    "text", ["![그림](images/b.png)", "[글](images/a.png)", "![그림](https://a.b/a.png)"]
)
def test_what_is_no_picture_of_the_project_is_not_read(text: str) -> None:
    files = in_images(a_png=b"")
    assert places(text, "I005", Config(), files) == []
    assert places(text, "I006", Config(image_bytes=-1), files) == []
