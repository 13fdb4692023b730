"""Twelve words in a row stand in another answer too, or in a file that the project names.

Copied text doesn't answer the question that it was copied to; a learner reads it twice and remembers it
for neither. Copied from elsewhere, it is somebody else's work under the project's licence.

Say it in words of your own, or keep it at one place and link there. Files to compare with, such as an
older edition or a text that the answers must not take over, are `compare-with` in the configuration. The
finding stands at the later passage.

Words are compared without letter case, markup and marks. Numbers, code, math, references, follow-up
questions and quotes (`> …`) don't count; a summary does.

Not found: a passage in which every twelfth word was changed, and a translation.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    과적합은 모델이 학습 데이터의 규칙뿐 아니라 우연히 섞인 잡음까지 모두 외워 버려 새 데이터에서 틀리는 상태를 말한다.

    ## #2

    #### 규제는 왜 하나요?

    과적합은 모델이 학습 데이터의 규칙뿐 아니라 우연히 섞인 **잡음**까지 모두 외워 버려 새 데이터에서 틀리는 상태를 말한다.

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    과적합은 모델이 학습 데이터의 규칙뿐 아니라 우연히 섞인 잡음까지 모두 외워 버려 새 데이터에서 틀리는 상태를 말한다.

    ## #2

    #### 규제는 왜 하나요?

    과적합([#1](#1))을 줄이려고 한다.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from dlcards.document.build import build
from dlcards.document.text import shown
from dlcards.linter.rules.questions.shared_prose import prose
from dlcards.model import (
    Across,
    Context,
    Diagnostic,
    Document,
    Facts,
    Related,
    Rule,
    Severity,
    Span,
    Text,
    TextDocument,
    lazy_compile,
)

KO = """
열두 낱말이 잇달아, 다른 답이나 프로젝트가 지정한 파일에 있는 것과 같다.

베낀 글은 옮겨 온 자리의 질문에 답하지 않는다. 학습자는 같은 글을 두 번 읽고 어느 쪽으로도 기억하지 못한다. 밖에서 베꼈다면 남의 글을 프로젝트의 라이선스로 내놓는 셈이다.

제 말로 다시 쓰거나, 한 자리에만 두고 다른 자리에서 링크한다. 예전 판이나 옮겨 오면 안 되는 글처럼 견줄 파일은 설정의 `compare-with`에 적는다. 나중에 나온 대목을 짚는다.

대소문자, 마크업, 문장 부호는 따지지 않는다. 숫자, 코드, 수식, 참고 자료, 꼬리질문, 인용문(`> …`)은 세지 않지만 핵심은 센다.

찾지 않는 것: 열두 낱말마다 하나씩 바꾼 글, 번역한 글.
"""

_WORDS = 12
_WORD = lazy_compile(r"(?<!\w)[\d_]*[^\W\d_]\w*")  # a number is none
# A quote says that it is one.
_QUOTE = frozenset({"block_quote"})


class _Source(NamedTuple):
    """Where a passage stands first.

    Attributes:
        number: The number of its document in the run; -1 for a file to compare with.
        path: The document or file.
        name: Its answer's question, as ``#1``; empty in a file without questions.
        place: That question's place.
    """

    number: int
    path: PurePosixPath
    name: str
    place: Span


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: what is copied stands earlier in the run, or in other files."""
    return iter(())


def tell(document: Document, context: Context) -> list[list[Any]]:
    """The answers: id and place of the question, the places of their words, a hash of each twelve in a row."""
    told = []
    for pair in document.pairs:
        text = prose(pair.answer, _QUOTE)
        words = _words(text.text)
        if keys := _keys(text.text, words):
            places = [list(text.place(*word)) for word in words]
            told.append([pair.id, list(pair.place), places, keys])
    return told


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find passages that an earlier answer of the run has, or a file to compare with."""
    number = context.run.number(facts.path)
    everywhere = context.run.once(ACROSS, lambda: _first_of_all(context))
    own: dict[str, _Source] = {}

    def source_of(key: str) -> _Source | None:
        source = everywhere.get(key)
        is_earlier = source and source.number < number and source.path != facts.path
        return source if is_earlier else own.get(key)

    for id_, place, places, keys in facts.told.get(ACROSS.name, ()):
        start = 0
        while start < len(keys):
            source = source_of(keys[start])
            end = start + 1
            if source:
                while end < len(keys) and source_of(keys[end]):
                    end += 1
                words = places[start : end + _WORDS - 1]
                yield _finding(document, id_, source, Span(words[0][0], words[-1][1]), len(words))
            start = end
        here = _Source(number, facts.path, f"#{id_}", Span(*place))
        for key in keys:
            own.setdefault(key, here)


def _finding(document: TextDocument, id_: str, source: _Source, span: Span, words: int) -> Diagnostic:
    said = shown(span.of(document.text))
    name = source.name if source.path == document.path else f"{source.path} {source.name}".strip()
    message = Text(
        f'#{id_}: {words}낱말이 {name}에 있는 것과 같다: "{said}"',
        f'#{id_}: {words} words in a row stand in {name} too: "{said}"',
    )
    related: tuple[Related, ...] = ()
    if source.name and source.path == document.path:
        related = (Related(source.place, Text("먼저 나온 답은 여기", "the earlier answer is here")),)
    return Diagnostic(span, message, related=related)


def _first_of_all(context: Context) -> dict[str, _Source]:
    """Where each twelve words of the run, and of the files to compare with, stand first."""
    first: dict[str, _Source] = {}
    for path, name, text in _texts_to_compare(context):
        source = _Source(-1, path, name, Span(0, 0))
        for key in _keys(text, _words(text)):
            first.setdefault(key, source)
    for facts, told in context.run.told(ACROSS.name):
        number = context.run.number(facts.path)
        for id_, place, _, keys in told:
            source = _Source(number, facts.path, f"#{id_}", Span(*place))
            for key in keys:
                first.setdefault(key, source)
    return first


def _texts_to_compare(context: Context) -> Iterator[tuple[PurePosixPath, str, str]]:
    """The texts of the files to compare with: path, question, words."""
    for name in context.config.compare_with:
        path = PurePosixPath(name)
        content = context.files.read(path)
        if content is None:
            continue
        text = content.decode("utf-8-sig", errors="replace")
        if path.suffix.casefold() not in (".md", ".markdown"):
            yield path, "", text
            continue
        document = build(path, text, context.config)
        if not document.pairs:
            yield path, "", prose(document.blocks).text
        for pair in document.pairs:
            yield path, f"#{pair.id}", prose(pair.answer).text


def _words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def _keys(text: str, words: Sequence[Span]) -> list[str]:
    """A hash for each twelve words in a row. Two that are equal mean equal words: it has 64 bits."""
    folded = [unicodedata.normalize("NFC", word.of(text)).casefold() for word in words]
    passages = zip(*(folded[start:] for start in range(_WORDS)), strict=False)
    return [blake2b(" ".join(words).encode(), digest_size=8).hexdigest() for words in passages]


ACROSS = Across("passages", tell, check_across)
RULE = Rule("Q015", "copied-passage", Severity.WARNING, check, default=False, across=ACROSS)
