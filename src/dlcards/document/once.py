"""What several rules ask of one document: found out when it is first asked for, and kept with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from operator import attrgetter
from typing import Concatenate, Generic, ParamSpec, TypeVar

from dlcards.model import Document, Node

P = ParamSpec("P")
T = TypeVar("T")


def once(find: Callable[Concatenate[Document, P], T]) -> Callable[Concatenate[Document, P], T]:
    """Let a function of a document, and of other arguments that are hashable, find out its answer once.

    Whoever is given the answer must leave it as it is.
    """

    @wraps(find)
    def kept(document: Document, /, *args: P.args, **kwargs: P.kwargs) -> T:
        # As functools.cached_property does: the document itself is frozen, and cannot be a key.
        answers = vars(document).setdefault("_answers", {})
        key = (find, args)
        if key not in answers:
            answers[key] = find(document, *args, **kwargs)
        answer: T = answers[key]
        return answer

    return kept


class Same(Generic[T]):
    """A key that means this very object, whether or not it has a hash.

    It holds its object, so no other one can come to have its ``id`` while an answer is kept.
    """

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@once
def _by_kind(document: Document) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in document.nodes():
        found.setdefault(node.kind, []).append(node)
    return found


def nodes_of(document: Document, *kinds: str) -> Sequence[Node]:
    """The nodes of some kinds, in the order of their places."""
    by_kind = _by_kind(document)
    if len(kinds) == 1:
        return by_kind.get(kinds[0], [])
    return sorted((node for kind in kinds for node in by_kind.get(kind, ())), key=attrgetter("span"))
