"""A card of `deck.lock` whose question is gone from the documents.

Whoever studies the deck keeps the card: a package can add and update notes, not delete them. It is
never updated again, and nobody tells its learners.

If the question was reworded and renumbered at once, give it back its number or its words, and export:
the card is known again. If it is gone for good, tell the learners the Anki search in the message, which
finds the card to delete. A card whose question comes back is the card it was.

Not found: anything without a lock, or when only some of the lock's documents are linted.

Bad:

    ## #1

    #### What is deep learning?

    Learning in many layers.

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## #2

    #### What is a layer?

    A function with parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from dlcards.document.swallowed import open_fences, swallowed
from dlcards.document.text import shown
from dlcards.identity import NAME, VERSION
from dlcards.model import (
    Across,
    Context,
    Diagnostic,
    Document,
    Facts,
    Rule,
    Run,
    Severity,
    Span,
    Text,
    TextDocument,
)

if TYPE_CHECKING:
    from dlcards.identity.lock import Lock
    from dlcards.identity.matching import Match

KO = """
`deck.lock`에 적힌 카드의 질문이 문서에서 사라졌다.

덱을 학습하던 사람에게는 그 카드가 그대로 남는다. 패키지는 노트를 더하고 고칠 뿐 지우지 못한다. 카드는 다시는 갱신되지 않고, 학습하는 사람은 그 사실을 모른다.

질문을 다듬으면서 번호까지 바꿨다면 번호나 말을 되돌린 뒤 내보낸다. 그러면 같은 카드로 알아본다. 정말 없앤 것이라면 메시지에 적힌 Anki 검색식을 알려 카드를 지우게 한다. 질문이 돌아오면 카드도 본래의 카드로 돌아온다.

찾지 않는 것: 잠금 파일이 없는 덱, 잠금 파일의 문서 가운데 일부만 검사한 경우.
"""

_LOCK = f"""{{"dlcards-lock": {VERSION}, "note-types": {{}}}}
{{"guid": "a", "kind": "question", "document": "answers/deep-learning.md", "id": "1", "question": "What is deep learning?", "hash": "", "mod": 1}}
{{"guid": "b", "kind": "question", "document": "answers/deep-learning.md", "id": "2", "question": "What is a layer?", "hash": "", "mod": 1}}
"""
EXAMPLE_FILES = {f"answers/{NAME}": _LOCK.encode()}


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: a lock is of a whole deck."""
    return iter(())


def tell(document: Document, context: Context) -> dict[str, Any] | None:
    """The lock that a document's cards stand in, the end of its first line, and its questions: key and place."""
    path = lock_path(document, context)
    if path is None:
        return None
    # Not above, here and below: most documents that are linted have no lock.
    from dlcards.identity.keys import question_keys

    questions = [[list(key), *pair.place] for pair, key in question_keys(document)]
    # Questions that an open fence has swallowed are not gone: closing it (M006) brings them back.
    for fence, inner in zip(open_fences(document), swallowed(document, context.config), strict=True):
        questions += [[list(key), *fence.span] for _, key in question_keys(inner)]
    return {"lock": str(path), "end": document.line_span(0).end, "questions": questions}


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find living rows of the lock that no question of the run is."""
    told = facts.told.get(ACROSS.name)
    if told is None or facts.path != _first_document(told["lock"], facts, context.run):
        return
    lock = read_lock(told["lock"], context)
    if lock is None:
        return
    living = [row for row in lock.rows if not row.retired and row.kind == "question"]
    read = {other.name for other in context.run.facts}
    if any(row.document not in read and is_there(row.document, context) for row in living):
        return
    from dlcards.identity.lock import anki_search

    found = match_questions(told["lock"], lock, context).match
    known = {row.guid for row in found.rows.values()}
    known |= {row.guid for rows in found.ambiguous.values() for row in rows}
    for row in living:
        if row.guid in known:
            continue
        search = anki_search(row)
        message = Text(
            f'#{row.id} "{shown(row.question)}" 카드의 질문이 사라졌다. Anki에서 찾는 검색식: {search}',
            f'the question of card #{row.id} "{shown(row.question)}" is gone; Anki finds it by {search}',
        )
        yield Diagnostic(Span(0, told["end"]), message)


def lock_path(document: Document, context: Context) -> PurePosixPath | None:
    """The lock that a document's cards stand in: the configured one, else the nearest one upwards."""
    if context.config.lock:
        path = PurePosixPath(context.config.lock)
        return path if context.files.exists(path) else None
    for folder in document.path.parents:
        if context.files.exists(folder / NAME):
            return folder / NAME
    return None


def read_lock(path: str, context: Context) -> Lock | None:
    """The lock at ``path``; None where it can't be read, which ``export`` says with its line."""

    def read() -> Lock | None:
        from dlcards.identity.lock import LockError, load

        data = context.files.read(PurePosixPath(path))
        try:
            return load(data.decode("utf-8"), path) if data is not None else None
        except (UnicodeDecodeError, LockError):
            return None

    return context.run.once(("lock", path), read)


def is_there(name: str, context: Context) -> bool:
    """Whether there is a document that the lock calls ``name``."""
    return bool(name) and context.files.exists(context.config.from_home(name))


class Matched(NamedTuple):
    """Which rows the questions of a run are.

    Attributes:
        match: The rows by the number of a question.
        questions: For each of them its document, its id and its place.
    """

    match: Match
    questions: list[tuple[PurePosixPath, str, Span]]


def match_questions(path: str, lock: Lock, context: Context) -> Matched:
    """Which row of the lock at ``path`` each question of the run is; what stands in documents that were not
    read is none of them.
    """
    run = context.run

    def matched() -> Matched:
        from dlcards.identity.key import Key
        from dlcards.identity.matching import match

        keys, questions = [], []
        for facts, told in run.told(ACROSS.name):
            for values, start, end in told["questions"]:
                keys.append(Key(*values))
                questions.append((facts.path, keys[-1].id, Span(start, end)))
        read = {facts.name for facts in run.facts}
        rows = [row for row in lock.rows if row.document in read or not is_there(row.document, context)]
        return Matched(match(keys, rows), questions)

    return run.once(("matched", path), matched)


def _first_document(path: str, facts: Facts, run: Run) -> PurePosixPath:
    """The document that speaks for a lock: the first of the run with questions under it."""
    with_questions = (
        other.path for other, told in run.told(ACROSS.name) if other.questions and told["lock"] == path
    )
    return next(with_questions, facts.path)


ACROSS = Across("identity", tell, check_across)
RULE = Rule("D001", "identity-lost", Severity.WARNING, check, across=ACROSS)
