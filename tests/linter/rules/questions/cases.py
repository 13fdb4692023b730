"""Documents in a line: a section with any part of it bad, an answer with references, questions by their ids."""

from __future__ import annotations

from dlcards.model import Config

# The rules that are off by default; any length of an answer will do.
ON = Config(select=("Q011", "Q012", "Q013", "Q014", "Q015"), answer_length=(0, 10_000))


def section(
    body: str, *, anchor: str = "## #1", question: str = "#### 무엇인가?", references: str = "- [출처](u)"
) -> str:
    return f"{anchor}\n\n{question}\n\n{body}\n\n#### References\n\n{references}\n\n---\n"


BODY = "학습 데이터의 잡음까지 외운 상태다."


def answered(body: str = BODY, references: str = "", *, id: str = "1") -> str:
    end = f"\n\n#### References\n\n{references}" if references else ""
    return f"## #{id}\n\n#### 질문 {id}은?\n\n{body}{end}\n\n---\n\n"


def native(*questions: tuple[str, str]) -> str:
    return "".join(f"## #{id}\n\n#### {question}\n\n답\n\n---\n\n" for id, question in questions)


LETTERS = [f"{first}{second}" for first in "가나다라마바사아자차" for second in "갸냐댜랴먀뱌샤야쟈챠"]


def numbered(ids: str) -> str:
    return native(*((id, f"질문 {letter}의 뜻은?") for id, letter in zip(ids.split(), LETTERS, strict=False)))
