"""Questions of a deck, and the lock that knows their cards."""

from __future__ import annotations

from collections.abc import Mapping

from dlcards.identity.lock import Lock, Row, dump
from tests.support.documents import PATH, FakeFiles

# Above the text of a case: nothing but a question becomes a card.
HEAD = "## #1\n\n#### 질문?\n\n"


def asking(questions: Mapping[str, str]) -> str:
    """A document of questions, by their ids."""
    return "".join(f"## #{id}\n\n#### {question}\n\n답이다.\n\n" for id, question in questions.items())


def locked(questions: Mapping[str, str], *, document: str = str(PATH), retired: bool = False) -> FakeFiles:
    """Files with a lock that knows questions, by their ids."""
    rows = [
        Row(f"guid {id}", "question", document, id, question, "", 1, retired)
        for id, question in questions.items()
    ]
    return FakeFiles(contents={"answers/deck.lock": dump(Lock(tuple(rows))).encode()})
