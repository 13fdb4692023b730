"""What the words of a heading, a bold line or a summary say: whether they ask, and how they are numbered."""

from __future__ import annotations

import re

from dlcards.document.text import has_hangul

_MARK = re.compile(r"[?？؟]")
_AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|can|could|would|should|will|might|may|must|have|has|had)(?:n['’]?t)?"
)
_ENGLISH = re.compile(
    # A clause asks where its verb comes before its subject: "what is it", but not "what it is".
    r"(?:(?:in|for|on|at|to|by|with|from|under|of) )?(?:what|why|how|when|which|who|whose|whom|where)\b"
    rf"(?: \S+){{0,4}}? {_AUXILIARY} [^\W_]"
    r"|(?:what|which|who|how) (?:of|about|if|makes?|happens?|causes?|means|many|much|long|often|to)\b"
    r"|(?:what|why|how|when|who|where)['’]?(?:s|re)\b"
    r"|(?:explain|describe|differentiate|distinguish|discuss|elaborate|justify)\b"
    r"|(?:define|compare|contrast|mention|illustrate|demonstrate|summari[sz]e) \w"
    r"|tell (?:me|us)\b|walk (?:me|us)\b|talk about\b"
    r"|(?:give|provide|write|list|name|state|implement|create|design|find|show|identify|outline)"
    r" (?:me|us|an?|the|some|any|all|down|out|examples?|code|your|two|three|four|five|\d+)\b"
    r"|(?:is|are|was|were|do|does|did|can|could|should|would|will|have|has) (?:\S+ ){1,}\S"
    r"|(?:the )?(?:main |key |major )?differences? between\b|true or false\b"
    r"|(?:suppose|imagine|assume|given|consider|if) (?:\S+ ){2,}",
    re.I,
)
_KOREAN = re.compile(
    r"무엇|무슨|어떻|어떤|어느|왜|언제|누가|뭔가|몇\s*[가개]"
    r"|(?:설명|서술|비교|구현|계산|증명|제시|소개|작성|나열|정의|기술)(?:하시|하라|하세요|해\s*(?:보|주|봐|줘|라))"
    r"|설명하|설명해|말해|말씀|논하|구하시|고르시|고르세요|쓰시오|써\s*보|예를 들어\s*보"
    r"|(?:이란|란|인가|는가|은가|한가|던가|을까|일까|ㄹ까|할까|될까|습니까|ㅂ니까|입니까|니까|나요|가요|까요)\W*\Z"
)
# How Korean questions that are nouns end; so do plenty of headings that ask nothing.
_KOREAN_NOUNS = re.compile(r"차이|이란|란(?![가-힣])|방법|이유|장단점|종류|특징")
_CHINESE = re.compile(
    r"什么|什麼|怎么|怎麼|怎样|怎樣|如何|为何|為何|哪些|哪个|哪個|哪种|哪種|哪里|吗\W*\Z|嗎\W*\Z|区别|區別|谈谈|談談|说说|說說"
    r"|说一下|讲讲|讲一下|介绍一下|解释|解釋|简述|簡述|是否|有何|多少"
)
_JAPANESE = re.compile(
    r"とは\W*\Z|ですか|でしょうか|ますか|なぜ|どの|どう|何が|何を|何で|述べよ|説明せよ|説明して|違い(?:は|を)"
)

# The ways in which lines say that they are questions: a letter with a number, a number alone.
_LETTER = (
    r"(?:Q(?:uestion|ues|n)?s?|질문|문제|문항|문|问题|問題|问|問|質問|Вопрос|Питання|Frage|Pregunta|Pergunta|Domanda"
    r"|Pertanyaan|Câu(?: hỏi)?)"
)
_DIGITS = r"\d+(?:[-.]\d+)*"
_END = r"[.:)\]、．：）]"
LETTERED = re.compile(
    rf"\[?{_LETTER}\s*\.?\s*(?:\d*(?:[-.]\d+)*)\s*{_END}+\s*\S.*|{_LETTER}\s*[#.]?\s*{_DIGITS}\b.*",
    re.I | re.S,
)
NUMBERED = re.compile(
    rf"(?:No\.?\s*)?[\[(#]?(?P<number>{_DIGITS})\s*(?:{_END}+\s*\S|(?<=\.\d)\s+\S|(?<=\d[.]\d\d)\s+\S).*",
    re.S,
)
_NUMBER = re.compile(
    rf"(?:{_LETTER}\s*[.#]?\s*{_DIGITS}\s*{_END}*|(?:{_LETTER})?\s*\.?\s*\[?\d*(?:[-.]\d+)*\s*{_END})\s*",
    re.I,
)


def without_number(question: str) -> str:
    """A question's words without the number in front of it: ``Q3. …``, ``12) …``."""
    return _NUMBER.sub("", question, count=1) if _NUMBER.match(question) else question


def is_marked(text: str) -> bool:
    """Whether there is a question mark."""
    return bool(_MARK.search(text))


def asks(text: str) -> bool:
    """Whether the words ask: by a mark, by how they begin (``Explain …``), or by how they end (``…인가``).

    English words inside a Korean phrase do not: ``is 연산자``.
    """
    if is_marked(text):
        return True
    words = without_number(text).strip(" \t*_`\"'“‘:-–—.·>")
    if has_hangul(words):
        return bool(_KOREAN.search(words))
    return bool(_ENGLISH.match(words) or _CHINESE.search(words) or _JAPANESE.search(words))


def may_ask(text: str) -> bool:
    """Whether the words ask, or name something that a number in front of it makes a question of."""
    return asks(text) or bool(_KOREAN_NOUNS.search(text))


def number_of(text: str) -> tuple[int, ...]:
    """The number in front of a numbered line: ``(5, 1)`` for ``5-1. …``; nothing without one."""
    match = NUMBERED.fullmatch(text)
    return tuple(int(part) for part in re.split(r"[-.]", match["number"])) if match else ()
