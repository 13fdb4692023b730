"""I007 unused-image: clean cases first, then what is found and in which document."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.model import Config
from tests.support.documents import FakeFiles, context_of, document
from tests.support.pictures import PNG, SVG


def unused(
    texts: dict[str, str], paths: dict[str, bytes], config: Config | None = None
) -> dict[str, list[str]]:
    """The unused pictures of a run over ``texts``, by the document that reports them."""
    config = config or Config()
    files = FakeFiles(contents={**paths, **{path: text.encode() for path, text in texts.items()}})
    documents = tuple(build(PurePosixPath(path), text, config) for path, text in texts.items())
    context = context_of(documents, config, files)
    found = {
        str(one.path): [
            finding.diagnostic.message.en.removeprefix("unused picture: ")
            for finding in lint(one, context)
            if finding.code == "I007"
        ]
        for one in documents
    }
    return {path: names for path, names in found.items() if names}


A = "![가](images/a.png)"
AB = {"answers/images/a.png": PNG, "answers/images/b.png": PNG}


@pytest.mark.parametrize(
    ("texts", "paths"),
    [
        pytest.param({"answers/x.md": A}, {"answers/images/a.png": PNG}, id="used"),
        pytest.param({"answers/x.md": f"{A} ![나](./images/b.png)"}, AB, id="written otherwise"),
        pytest.param({"answers/x.md": f"{A} ![나](images/B.PNG)"}, AB, id="another letter case"),
        pytest.param({"answers/x.md": f'{A}\n\n<source srcset="images/b.png 2x">'}, AB, id="in HTML"),
        pytest.param({"answers/x.md": f"{A}\n\n<!-- images/b.png -->"}, AB, id="in a comment"),
        pytest.param({"answers/x.md": f"---\ncover: images/b.png\n---\n{A}"}, AB, id="in front matter"),
        pytest.param(
            {"answers/x.md": A, "answers/y.md": "![나](images/b.png)"}, AB, id="by another document"
        ),
        pytest.param({"answers/x.md": A, "README.md": "![나](answers/images/b.png)"}, AB, id="by one above"),
        pytest.param({"answers/x.md": A}, {**AB, "answers/z.md": b""}, id="not all documents are in the run"),
        pytest.param({"answers/x.md": A}, {**AB, "README.md": b"answers/images/b.png"}, id="by a file above"),
        pytest.param({"answers/x.md": A}, {**AB, "answers/index.html": b"'images/b.png'"}, id="by a page"),
        pytest.param({"answers/x.md": A}, {**AB, "answers/images/c.png": PNG}, id="most are unused"),
        pytest.param({"answers/x.md": "글"}, AB, id="no picture is used"),
        pytest.param(
            {"answers/x.md": A}, {"answers/images/a.png": PNG, "answers/images/a.psd": b""}, id="no picture"
        ),
        pytest.param(
            {"answers/x.md": "![가](figures/a.png)"},
            {"answers/figures/a.png": PNG, "answers/figures/b.png": PNG},
            id="a folder of another name",
        ),
        pytest.param(
            {"answers/x.md": "![가](<images/그림 하나.png>) ![나](images/%EA%B0%80%20%EB%82%98.png)"},
            {"answers/images/그림 하나.png": PNG, "answers/images/가 나.png": PNG},
            id="names with blanks",
        ),
    ],
)
def test_no_unused_image(texts: dict[str, str], paths: dict[str, bytes]) -> None:
    assert unused(texts, paths) == {}


@pytest.mark.parametrize(
    ("texts", "paths", "found"),
    [
        pytest.param({"answers/x.md": A}, AB, {"answers/x.md": ["answers/images/b.png"]}, id="one document"),
        pytest.param(
            {"answers/y.md": A, "answers/x.md": "글", "README.md": "글"},
            AB,
            {"answers/x.md": ["answers/images/b.png"]},
            id="once, for the first document beside the folder",
        ),
        pytest.param(
            {"x.md": "![가](assets/a.png)"},
            {"assets/a.png": PNG, "assets/a-old.png": PNG},
            {"x.md": ["assets/a-old.png"]},
            id="at the root",
        ),
        pytest.param(
            {"answers/x.md": "![가](../img/2024/a.png)"},
            {"img/2024/a.png": PNG, "img/2024/b.svg": SVG, "img/c.png": PNG},
            {"answers/x.md": ["img/2024/b.svg"]},
            id="a folder in it; not one that nothing uses",
        ),
    ],
)
def test_unused_image(texts: dict[str, str], paths: dict[str, bytes], found: dict[str, list[str]]) -> None:
    assert unused(texts, paths) == found


def test_a_document_that_was_mended_since_the_run_began_counts_as_it_is_now() -> None:
    files = FakeFiles(contents=AB)
    before, now = document(A), document(f"{A} ![나](images/b.png)")
    context = context_of([before], Config(), files)
    assert not [finding for finding in lint(now, context) if finding.code == "I007"]
