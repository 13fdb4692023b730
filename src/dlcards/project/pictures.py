"""The pictures of a document that are files of the project."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from dlcards.model import Context, Document, Files, Link, Span
from dlcards.project.addresses import blob_page, local_target


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
