"""The pictures of a document that are files of the project."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import PurePosixPath

from dlcards.model import Config, Context, Document, Files, InputError, Link, Span, Text
from dlcards.project.addresses import blob_page, local_target
from dlcards.project.systems import installing


def local_pictures(document: Document, context: Context) -> Iterator[tuple[Link, PurePosixPath]]:
    """The pictures of ``document`` whose file is in the project, with that file's path, in order."""
    for link in document.links:
        if link.kind.is_image and link.url.strip() and not blob_page(link.url):
            target = local_target(link.url, document.path, context.config)
            if target is not None and context.files.exists(target.path):
                yield link, target.path


def stored(path: PurePosixPath, files: Files) -> PurePosixPath | None:
    """The file that ``path`` means: of that very name, or of the same letters in another Unicode form.

    A Mac keeps Hangul decomposed (NFD) where documents write it composed (NFC); None where there is neither.
    """
    if files.exists(path):
        return path
    near = files.similar(path)
    is_same = near is not None and _composed(near) == _composed(path)
    return near if is_same else None


def _composed(path: PurePosixPath) -> str:
    return unicodedata.normalize("NFC", str(path))


def place(link: Link) -> Span:
    """What a report on a picture's address points at: the address, or the picture where it has none."""
    return link.span if link.by_reference else link.url_span


def with_width(config: Config, most: int | None) -> Config:
    """``config`` with the largest width of packed pictures, where one is given, in pixels.

    Raises:
        InputError: There is no such width, or pictures are to be scaled and Pillow is not installed.
    """
    if most is not None and most < 0:
        raise InputError(
            Text(f"그림의 너비는 0 이상이다: {most}", f"a picture's width is 0 or more, not {most}")
        )
    if most is not None:
        config = replace(config, max_image_width=most)
    if config.max_image_width and find_spec("PIL") is None:
        install = installing("images")
        raise InputError(
            Text(
                f"그림을 줄이려면 Pillow가 있어야 한다: {install}",
                f"scaling pictures down takes Pillow: {install}",
            )
        )
    return config
