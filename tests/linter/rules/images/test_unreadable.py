"""I005 unreadable-image: clean cases first, then what is found, where and in which words."""

from __future__ import annotations

import pytest

from dlcards.model import Config, Severity
from tests.linter.rules.images.cases import in_images
from tests.support.documents import FakeFiles, findings, places
from tests.support.pictures import GIF, JPEG, PNG, SVG


@pytest.mark.parametrize(
    "files",
    [
        in_images(a_png=PNG),
        in_images(a_PNG=PNG),
        in_images(a_jpg=JPEG),
        in_images(a_jpeg=JPEG),
        in_images(a_gif=GIF),
        in_images(a_svg=SVG),
        in_images(a_pdf=b"%PDF-1.7"),
        in_images(a_heic=b"anything"),
    ],
)
def test_no_unreadable_image(files: FakeFiles) -> None:
    (path,) = files.contents
    assert places(f"![그림]({path.removeprefix('answers/')})", "I005", Config(), files) == []


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (in_images(a_png=b""), "the picture is empty"),
        (in_images(a_heic=b""), "the picture is empty"),
        (in_images(a_png=PNG[:-5]), "the file is cut off"),
        (in_images(a_png=JPEG), "named PNG, but it is JPEG"),
        (in_images(a_jpg=PNG), "named JPEG, but it is PNG"),
        (in_images(a_png=b"<!doctype html>"), "named PNG, but it is HTML"),
        (in_images(a_svg=PNG), "named SVG, but it is PNG"),
        (in_images(a_gif=b"hello"), "the file is no GIF"),
        (in_images(a_svg=SVG[:-1]), "the SVG is not well-formed XML (1:90)"),
        (in_images(a_png=b"version https://git-lfs.github.com/spec/v1\n"), "a pointer of Git LFS"),
        (FakeFiles(paths=frozenset({"answers/images/a.png"})), "the picture can't be read"),
    ],
)
def test_unreadable_image(files: FakeFiles, message: str) -> None:
    (path,) = files.contents or files.paths
    url = path.removeprefix("answers/")
    text = f"> ![그림]({url})\r\n> ![그림][a]\r\n\r\n[a]: {url}\r\n"
    assert places(text, "I005", Config(), files) == [f"1:9 {url}", "2:3 ![그림][a]"]
    found = next(f for f in findings(text, Config(), files) if f.code == "I005")
    assert found.diagnostic.message.en.startswith(message)
    assert found.diagnostic.message.en.endswith(f": {path}")


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        (in_images(a_png=JPEG), Severity.NOTE),
        (in_images(a_jpg=GIF), Severity.NOTE),
        (in_images(a_png=JPEG[:-5]), Severity.ERROR),
        (in_images(a_png=b"<!doctype html>"), Severity.ERROR),
        (in_images(a_svg=PNG), Severity.ERROR),  # called an SVG, which browsers then look for
        (in_images(a_png=SVG), Severity.ERROR),
        (in_images(a_png=b""), Severity.ERROR),
    ],
)
def test_a_whole_picture_with_another_ending_is_a_note(files: FakeFiles, severity: Severity) -> None:
    (path,) = files.contents
    found = findings(f"![그림]({path.removeprefix('answers/')})", Config(), files)
    assert [f.severity for f in found if f.code == "I005"] == [severity]
