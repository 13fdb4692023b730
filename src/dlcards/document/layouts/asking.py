"""What the words of a heading, a bold line or a summary say: whether they ask, and how they are numbered."""

from __future__ import annotations

import re
from functools import lru_cache

from dlcards.document.layouts.question_words import (
    CHINESE,
    ENGLISH,
    JAPANESE,
    KOREAN,
    NOUNS,
    OTHERS,
)
from dlcards.document.text import has_hangul
from dlcards.model import lazy_compile

_MARK = lazy_compile(r"[?？؟]")
# What parts the sentences of a question: it may tell first, and ask then.
_SENTENCES = lazy_compile(r"(?<=[.!。])\s+")

# The ways in which lines say that they are questions: a letter with a number, a number alone.
_LETTER = (
    r"(?:Q(?:uestion|ues|n)?s?|질문|문제|문항|문|问题|問題|问|問|質問|Вопрос|Питання|Frage|Pregunta|Pergunta|Domanda"
    r"|Pertanyaan|Câu(?: hỏi)?)"
)
_DIGITS = r"\d+(?:[-.]\d+)*"
_END = r"[.:)\]、．：）]"
LETTERED = lazy_compile(
    rf"\[?{_LETTER}\s*\.?\s*(?:\d*(?:[-.]\d+)*)\s*{_END}+\s*\S.*|{_LETTER}\s*[#.]?\s*{_DIGITS}\b.*",
    re.I | re.S,
)
NUMBERED = lazy_compile(
    rf"(?:No\.?\s*)?[\[(#]?(?P<number>{_DIGITS})\s*(?:{_END}+\s*\S|(?<=\.\d)\s+\S|(?<=\d[.]\d\d)\s+\S).*",
    re.S,
)
_NUMBER = lazy_compile(
    rf"(?:{_LETTER}\s*[.#]?\s*{_DIGITS}\s*{_END}*|(?:{_LETTER})?\s*\.?\s*\[?\d*(?:[-.]\d+)*\s*{_END})\s*",
    re.I,
)


def without_number(question: str) -> str:
    """A question's words without the number in front of it: ``Q3. …``, ``12) …``."""
    return _NUMBER.sub("", question, count=1) if _NUMBER.match(question) else question


def is_marked(text: str) -> bool:
    """Whether there is a question mark."""
    return bool(_MARK.search(text))


@lru_cache(maxsize=4096)  # each layout asks about the same words
def asks(text: str) -> bool:
    """Whether the words ask: by a mark, by how they begin (``Explain …``), or by how they end (``…인가``).

    English words inside a Korean phrase do not: ``is 연산자``.
    """
    if is_marked(text):
        return True
    words = without_number(text).strip(" \t*_`\"'“‘:-–—.·>")
    if has_hangul(words):
        return bool(KOREAN.search(words))
    if not words.isascii() and (CHINESE.search(words) or JAPANESE.search(words)):
        return True
    return any(ENGLISH.match(said) or OTHERS.match(said) for said in _SENTENCES.split(words))


def may_ask(text: str) -> bool:
    """Whether the words ask, or name something that a number in front of it makes a question of."""
    return asks(text) or bool(NOUNS.search(text))


def number_of(text: str) -> tuple[int, ...]:
    """The number in front of a numbered line: ``(5, 1)`` for ``5-1. …``; nothing without one."""
    match = NUMBERED.fullmatch(text)
    return tuple(int(part) for part in re.split(r"[-.]", match["number"])) if match else ()
