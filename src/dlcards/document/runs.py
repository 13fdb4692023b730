"""What no single document shows: the documents of a run, looked at once for all of them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from dlcards.model import Context, Document

T = TypeVar("T")


class Same(Generic[T]):
    """A key for caches that means this very object.

    Documents are too large to be compared, and have no hash. The key holds its object, so no other
    object can come to have its ``id`` while a cache knows it.
    """

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def number_of(document: Document, context: Context) -> int:
    """Which document of the run this is; the one after the last where it is none of them.

    It is told by its path: while fixes are made, its text is newer than the run's.
    """
    return _numbers(Same(context.documents)).get(document.path, len(context.documents))


@lru_cache(maxsize=1)
def _numbers(documents: Same[tuple[Document, ...]]) -> dict[PurePosixPath, int]:
    return {document.path: number for number, document in enumerate(documents.value)}
