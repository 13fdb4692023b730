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

from dlcards.document.text import shown
from dlcards.identity.keys import question_keys
from dlcards.identity.lock import NAME, VERSION, Lock, LockError, anki_search, load
from dlcards.identity.matching import Match, match
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text

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
    """Find living rows of the lock that no question of the run is."""
    path = lock_path(document, context)
    if path is None or document.path != _first_document(path, context, document):
        return
    lock = read_lock(path, context)
    if lock is None:
        return
    documents = run_documents(document, context)
    living = [row for row in lock.rows if not row.retired and row.kind == "question"]
    read = {other.name for other in documents}
    if any(row.document not in read and is_there(row.document, context) for row in living):
        return
    found = match_questions(documents, lock, context)
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
        yield Diagnostic(Span(0, document.line_span(0).end), message)


def lock_path(document: Document, context: Context) -> PurePosixPath | None:
    """The lock that a document's cards stand in: the configured one, else the nearest one upwards."""
    if context.config.lock:
        path = PurePosixPath(context.config.lock)
        return path if context.files.exists(path) else None
    for folder in document.path.parents:
        if context.files.exists(folder / NAME):
            return folder / NAME
    return None


def read_lock(path: PurePosixPath, context: Context) -> Lock | None:
    """The lock at ``path``; None where it can't be read, which ``export`` says with its line."""
    data = context.files.read(path)
    try:
        return load(data.decode("utf-8"), str(path)) if data is not None else None
    except (UnicodeDecodeError, LockError):
        return None


def run_documents(document: Document, context: Context) -> tuple[Document, ...]:
    """The documents of the run, in order; the one at hand where rules are run on it alone."""
    return context.documents or (document,)


def is_there(name: str, context: Context) -> bool:
    """Whether there is a document that the lock calls ``name``."""
    return bool(name) and context.files.exists(context.config.from_home(name))


def match_questions(documents: tuple[Document, ...], lock: Lock, context: Context) -> Match:
    """Which row each question of the run is; what stands in documents that were not read is none of them."""
    keys = [key for document in documents for _, key in question_keys(document)]
    read = {document.name for document in documents}
    rows = [row for row in lock.rows if row.document in read or not is_there(row.document, context)]
    return match(keys, rows)


def _first_document(path: PurePosixPath, context: Context, document: Document) -> PurePosixPath:
    """The document that speaks for a lock: the first of the run with questions under it."""
    for other in run_documents(document, context):
        if other.pairs and lock_path(other, context) == path:
            return other.path
    return document.path


RULE = Rule("D001", "identity-lost", Severity.WARNING, check)
