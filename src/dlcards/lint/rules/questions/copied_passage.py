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
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from dlcards.document.build import build
from dlcards.document.runs import Same, number_of
from dlcards.document.text import shown
from dlcards.lint.rules.questions.shared_prose import Prose, prose
from dlcards.model import (
    Context,
    Diagnostic,
    Document,
    Pair,
    Related,
    Rule,
    Severity,
    Span,
    Text,
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
        pair: The answer; None in a file without questions.
    """

    number: int
    path: PurePosixPath
    pair: Pair | None


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find passages that an earlier answer of the run has, or a file to compare with."""
    number = number_of(document, context)
    everywhere = _first_of_all(Same(context))
    own: dict[int, _Source] = {}

    def source_of(key: int) -> _Source | None:
        source = everywhere.get(key)
        is_earlier = source and source.number < number and source.path != document.path
        return source if is_earlier else own.get(key)

    for pair in document.pairs:
        text = prose(pair.answer, _QUOTE)
        words = _words(text.text)
        keys = _keys(text.text, words)
        start = 0
        while start < len(keys):
            source = source_of(keys[start])
            end = start + 1
            if source:
                while end < len(keys) and source_of(keys[end]):
                    end += 1
                yield _finding(document, pair, source, text, words[start : end + _WORDS - 1])
            start = end
        here = _Source(number, document.path, pair)
        for key in keys:
            own.setdefault(key, here)


def _finding(
    document: Document, pair: Pair, source: _Source, text: Prose, words: Sequence[Span]
) -> Diagnostic:
    span = text.place(words[0].start, words[-1].end)
    said = shown(span.of(document.text))
    name = f"#{source.pair.id}" if source.pair else ""
    if source.path != document.path:
        name = f"{source.path} {name}".strip()
    message = Text(
        f'#{pair.id}: {len(words)}낱말이 {name}에 있는 것과 같다: "{said}"',
        f'#{pair.id}: {len(words)} words in a row stand in {name} too: "{said}"',
    )
    related: tuple[Related, ...] = ()
    if source.pair and source.path == document.path:
        related = (Related(source.pair.place, Text("먼저 나온 답은 여기", "the earlier answer is here")),)
    return Diagnostic(span, message, related=related)


@lru_cache(maxsize=1)
def _first_of_all(context: Same[Context]) -> dict[int, _Source]:
    """Where each twelve words of the run, and of the files to compare with, stand first."""
    first: dict[int, _Source] = {}
    for source, text in _texts(context.value):
        for key in _keys(text, _words(text)):
            first.setdefault(key, source)
    return first


def _texts(context: Context) -> Iterator[tuple[_Source, str]]:
    for name in context.config.compare_with:
        path = PurePosixPath(name)
        content = context.files.read(path)
        if content is None:
            continue
        text = content.decode("utf-8-sig", errors="replace")
        if path.suffix.casefold() not in (".md", ".markdown"):
            yield _Source(-1, path, None), text
            continue
        document = build(path, text, context.config)
        if not document.pairs:
            yield _Source(-1, path, None), prose(document.blocks).text
        for pair in document.pairs:
            yield _Source(-1, path, pair), prose(pair.answer).text
    for number, document in enumerate(context.documents):
        for pair in document.pairs:
            yield _Source(number, document.path, pair), prose(pair.answer, _QUOTE).text


def _words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def _keys(text: str, words: Sequence[Span]) -> list[int]:
    """A number for each twelve words in a row. Two that are equal mean equal words: it has 64 bits."""
    folded = [unicodedata.normalize("NFC", word.of(text)).casefold() for word in words]
    return list(map(hash, zip(*(folded[start:] for start in range(_WORDS)), strict=False)))


RULE = Rule("Q015", "copied-passage", Severity.WARNING, check, default=False)
