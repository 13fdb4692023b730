"""The pictures of a document that are files of the project, found once for all rules that look at them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from dlcards.document.once import Same, once
from dlcards.model import Context, Document, Link
from dlcards.project.pictures import local_pictures


def pictures(document: Document, context: Context) -> Sequence[tuple[Link, PurePosixPath]]:
    """What :func:`dlcards.project.pictures.local_pictures` finds."""
    return _pictures(document, Same(context))


@once
def _pictures(document: Document, context: Same[Context]) -> Sequence[tuple[Link, PurePosixPath]]:
    return tuple(local_pictures(document, context.value))
