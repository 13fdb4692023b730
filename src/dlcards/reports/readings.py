"""Which layout was found in each document, how sure, and what nearly fits: ``dlcards stats --why``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dlcards.document.layouts import SURE
from dlcards.document.text import shown
from dlcards.model import Document, Facts, Reading, Text, json_of, name_of
from dlcards.reports.rule_counts import table

_HEADS = {
    "ko": ("문서", "레이아웃", "확신", "질문", "묻는 꼴", "덮은 글"),
    "en": ("document", "layout", "sure", "questions", "asking", "covered"),
}
_LEGEND = {
    "ko": "묻는 꼴: 질문답게 묻는 것의 몫. 덮은 글: 질문 아래에 선 글의 몫.\n"
    "(괄호): 더 확실한 레이아웃에 밀렸거나 확신이 모자란다.",
    "en": "asking: the share that ask; covered: the share of the text under them;\n"
    "(in brackets): less sure than another layout, or not sure enough.",
}
_CONFIGURED = {"ko": "설정", "en": "configured"}
_NONE = {
    "ko": "질문이 보이는 문서가 없다. 제목마다 질문이라면 [tool.dlcards]에:\n  {line}\n",
    "en": "No document looks like questions. If every heading is one, write into [tool.dlcards]:\n  {line}\n",
}
_EVERY_HEADING = 'layouts = { "*.md" = "heading" }\n  question-pattern = "."'
_NEARLY = {
    "ko": "{name}: 질문이 있을지 모른다. {readings}.",
    "en": "{name}: may hold questions: {readings}.",
}
_WRITE = {
    "ko": "맞으면 [tool.dlcards]에:\n  {line}",
    "en": "If so, write into [tool.dlcards]:\n  {line}",
}
_UNANSWERED = {
    "ko": "{name}: 목록에 질문 {questions}개가 답 없이 있다. 카드는 만들지 않는다.",
    "en": "{name}: its lists hold {questions} questions without answers; they make no cards.",
}
_READING = {
    "ko": "{layout}로 읽으면 질문 {questions} (확신 {sure})",
    "en": "read as {layout}, it has {questions} questions ({sure} sure)",
}
# A reading below half of that is no guess worth telling, nor are more documents than that.
_LEAST = 0.15
_MOST_DOCUMENTS = 5


def render(documents: Sequence[Document], language: str) -> str:
    """A table of the documents that look like questions, and what to write where none is sure."""
    rows: list[tuple[str, ...]] = [_HEADS[language]]
    for document in documents:
        if document.pairs and not document.readings:
            count = str(len(document.pairs))
            rows.append((name_of(document.path), document.layout, _CONFIGURED[language], count, "", ""))
        for index, reading in enumerate(reading for reading in document.readings if reading.sure >= _LEAST):
            taken = not index and document.layout
            layout = reading.layout if taken else f"({reading.layout})"
            name = name_of(document.path) if not index else ""
            rows.append((name, layout, *_numbers(reading)))
    if len(rows) == 1:
        return _NONE[language].format(line=_EVERY_HEADING)
    unsure = nearly(documents, language)
    return f"{table(rows)}\n{_LEGEND[language]}\n" + (f"\n{unsure}\n" if unsure else "")


def nearly(documents: Sequence[Document | Facts], language: str) -> str:
    """The documents without cards: those that only list questions, and those that nearly fit layouts,
    with the configuration that makes them fit.
    """
    found = []
    for document in documents:
        name = name_of(shown(str(document.path), 80))
        if document.layout and document.readings and not document.readings[0].answered:
            count = document.readings[0].questions
            found.append((count, _UNANSWERED[language].format(name=name, questions=count), ""))
        near = [r for r in document.readings if _LEAST <= r.sure < SURE and r.answered]
        if document.layout or not near:
            continue
        said = ", ".join(
            _READING[language].format(layout=r.layout, questions=r.questions, sure=_percent(r.sure))
            for r in near
        )
        entry = f"{json_of(str(document.path))} = {json_of(near[0].layout)}"
        found.append((near[0].questions, _NEARLY[language].format(name=name, readings=said), entry))
    found.sort(key=lambda one: -one[0])
    told = found[:_MOST_DOCUMENTS]
    # One line for all of them: the configuration takes a key once.
    entries = ", ".join(entry for _, _, entry in told if entry)
    write = [_WRITE[language].format(line=f"layouts = {{ {entries} }}")] if entries else []
    return "\n".join([*(text for _, text, _ in told), *write])


def no_questions(files: Sequence[object], near: Mapping[str, str]) -> Text:
    """That there are no questions, and what to do about it.

    Args:
        files: The documents.
        near: What :func:`nearly` says of them, by language.
    """
    where = ", ".join(map(str, files[:_MOST_DOCUMENTS])) + (", …" if len(files) > _MOST_DOCUMENTS else "")
    more = {language: f"\n{said}" if said else "" for language, said in near.items()}
    return Text(
        f"질문이 없다: {where}{more['ko'] or '. 무엇이 거의 맞는지: dlcards stats --why'}",
        f"no questions in {where}{more['en'] or '; what nearly fits: dlcards stats --why'}",
    )


def _numbers(reading: Reading) -> tuple[str, str, str, str]:
    asking = _percent(reading.asking / reading.questions)
    return _percent(reading.sure), str(reading.questions), asking, _percent(reading.covered)


def _percent(share: float) -> str:
    return f"{share:.0%}"
