"""A question of which nobody can tell which card of `deck.lock` it is, or whether it is a new one.

Its words and its answer were changed at once, or two cards are as like it.

Were it guessed, one question's schedule could end up on another's text: a learner would be asked in
three months what they have never seen.

Change one thing at a time, with an export between: the words or the answer. Or say it in `deck.lock`: if the
question is a card's, write its words into that line's `question` and delete the line's `answer`; if it is
new, write `"retired": true` into the lines of the cards that it is not.

Not found: a question whose words or answer have stayed (it is that card), or one like none (it is new).

Bad:

    ## #3

    #### What is the use of an activation function?

    It bends.

Good:

    ## #1

    #### What is the use of an activation function in a net?

    It bends.

    ## #2

    #### What is the use of an activation function in a GAN?

    It bends.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.text import shown
from dlcards.identity import NAME, VERSION
from dlcards.linter.rules.deck.identity_lost import match_questions, read_lock, tell
from dlcards.model import Across, Context, Diagnostic, Document, Facts, Rule, Severity, Text, TextDocument

KO = """
`deck.lock`의 어느 카드인지, 아니면 새 질문인지 알 수 없는 질문이다. 말과 답이 한꺼번에 바뀌었거나, 두 카드가 똑같이 닮았다.

짐작으로 정하면 한 질문의 일정이 다른 질문의 글에 붙을 수 있다. 학습하는 사람은 본 적도 없는 질문을 석 달 뒤에 만난다.

말이든 답이든 하나를 되돌려 내보낸 다음 나머지를 바꾼다. 아니면 `deck.lock`에 적어 알린다. 그 카드의 질문이면 그 줄의 `question`을 이 말로 바꾸고 `answer`를 지운다. 새 질문이면 이 질문이 아닌 카드의 줄에 `"retired": true`를 적는다.

찾지 않는 것: 말이나 답이 그대로인 질문(그 카드다), 아무 카드도 닮지 않은 질문(새 카드다).
"""

_LOCK = f"""{{"dlcards-lock": {VERSION}, "note-types": {{}}}}
{{"guid": "a", "kind": "question", "document": "answers/deep-learning.md", "id": "1", "question": "What is the use of an activation function in a net?", "hash": "", "mod": 1}}
{{"guid": "b", "kind": "question", "document": "answers/deep-learning.md", "id": "2", "question": "What is the use of an activation function in a GAN?", "hash": "", "mod": 1}}
"""
EXAMPLE_FILES = {f"answers/{NAME}": _LOCK.encode()}


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: a lock is of a whole deck."""
    return iter(())


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find questions that the lock can't decide on."""
    told = facts.told.get(ACROSS.name)
    lock = read_lock(told["lock"], context) if told and facts.questions else None
    if told is None or lock is None:
        return
    matched = match_questions(told["lock"], lock, context)
    for number, rows in matched.match.ambiguous.items():
        path, id_, place = matched.questions[number]
        if path != facts.path:
            continue
        cards = ", ".join(f'#{row.id} "{shown(row.question)}"' for row in rows)
        which = "this card" if len(rows) == 1 else "one of these cards"
        message = Text(
            f"#{id_}: 어느 카드인지, 새 질문인지 알 수 없다: {cards}",
            f"#{id_} may be {which} or a new question: {cards}",
        )
        yield Diagnostic(place, message)


ACROSS = Across("identity", tell, check_across)
RULE = Rule("D002", "identity-ambiguous", Severity.ERROR, check, across=ACROSS)
