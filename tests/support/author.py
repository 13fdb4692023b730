"""An author of a document, who writes it in one of several layouts and changes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Asked:
    """A question of the document as its author sees it: ``key`` is what it is, whatever it is called."""

    key: str
    words: str
    summary: str = ""
    answer: str = ""
    follow_ups: tuple[tuple[str, str, str], ...] = ()  # key, question, answer
    shade: int = -1  # of its picture; none below 0
    below: bool = False  # whether it is a sub-question of the last one that is none


# How a question and what stands below it are written, by layout: of top questions and of sub-questions.
LAYOUTS = {
    "native": ("## #{number}\n\n#### {words}\n\n{body}\n\n---\n",) * 2,
    "heading": ("## {number}. {words}\n\n{body}\n", "### {words}\n\n{body}\n"),
    "details": ("<details>\n<summary>{words}</summary>\n\n{body}\n\n</details>\n",) * 2,
}


@dataclass
class Author:
    """Writes the document: questions, each with its sub-questions; a question's number is its place."""

    groups: list[list[Asked]]
    drawer: dict[str, list[Asked]] = field(default_factory=dict)
    layout: str = "native"

    @property
    def questions(self) -> list[Asked]:
        """All questions in order."""
        return [asked for group in self.groups for asked in group]

    def find(self, key: str) -> Asked:
        return next(asked for asked in self.questions if asked.key == key)

    def place(self, key: str) -> int:
        return next(number for number, group in enumerate(self.groups) if group[0].key == key)

    def change(self, key: str, **changes: object) -> None:
        self.groups = [
            [replace(asked, **changes) if asked.key == key else asked for asked in group]  # type: ignore[arg-type]
            for group in self.groups
        ]

    def fill(self, key: str, topic: str) -> None:
        """Answer a question."""
        self.change(key, **answered(key, topic))

    def move(self, key: str, place: int) -> None:
        self.groups.insert(place, self.groups.pop(self.place(key)))

    def insert(self, asked: Asked, place: int) -> None:
        below = Asked(f"{asked.key}-단점", "단점은?", answer=f"{asked.key}의 단점은 이것이다.", below=True)
        self.groups.insert(place, [asked, below])

    def remove(self, key: str) -> None:
        self.drawer[key] = self.groups.pop(self.place(key))

    def bring_back(self, key: str, place: int) -> None:
        self.groups.insert(place, self.drawer.pop(key))

    def edit_all(self) -> None:
        """Add a sentence to every answer."""
        for asked in self.questions:
            if asked.answer:
                self.change(asked.key, answer=f"{asked.answer} 한 문장을 더한다.")

    def split(self, key: str, words: str, other: Asked) -> None:
        """Ask a question in two: the first goes on under new words, the second is new."""
        self.change(key, words=words)
        self.groups.insert(self.place(key) + 1, [other])

    def numbers(self) -> list[str]:
        """The ids of the questions: 1, 2, 2-1, 3, …."""
        numbers: list[str] = []
        top = under = 0
        for asked in self.questions:
            top, under = (top, under + 1) if asked.below else (top + 1, 0)
            numbers.append(f"{top}-{under}" if asked.below else str(top))
        return numbers

    def text(self) -> str:
        sections = "\n".join(map(self._section, self.questions, self.numbers()))
        return f"# 모든 질문\n\n{sections}" if self.layout == "heading" else sections

    def _section(self, asked: Asked, number: str) -> str:
        parts = []
        if asked.summary:
            parts.append(f"> 핵심: {asked.summary}")
        if asked.answer:
            parts.append(asked.answer)
        if asked.shade >= 0:
            parts.append(f"![{asked.key}의 그래프](images/{asked.key}.png)")
        if asked.follow_ups:
            items = [f"- {question}\n  - {answer}" for _, question, answer in asked.follow_ups]
            parts += ["#### 꼬리질문", "\n".join(items)]
        body = "\n\n".join([*parts, "#### References", "- [출처 (2020)](https://arxiv.org/abs/1)"])
        return LAYOUTS[self.layout][asked.below].format(number=number, words=asked.words, body=body)


def answered(key: str, topic: str) -> dict[str, object]:
    """An answer about a topic, with two terms and two follow-ups."""
    return {
        "summary": f"{topic}의 핵심은 **{topic} 원리**이고 조건은 **{topic} 조건**이다.",
        "answer": f"{topic}에 관한 설명이다. 식으로는 $f_{{{len(topic)}}}(x)$이다.",
        "follow_ups": (
            (f"{key}-언제", f"{topic}에서 그 방법을 언제 쓰지 않나?", f"{topic}의 조건이 깨질 때다."),
            (f"{key}-비용", f"{topic}에 드는 계산 비용은 얼마인가?", f"{topic}의 크기에 비례한다."),
        ),
    }
