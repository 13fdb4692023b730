"""A Korean misspelling that is wrong wherever it stands: `몇줄`, `됬다`, `갯수`, `컨텐츠`.

A learner who reads an answer a hundred times writes as it does, in a cover letter, too. And a search for the
right spelling does not find the place.

The fix writes what the message says, with the article of the orthography (한글 맞춤법, 외래어 표기법) or the dictionary
(표준국어대사전) that says so. Headings are reported and left alone, since their anchors would change.

The table is small on purpose: only what no sentence makes right is in it. A word that has a second meaning is
found together with the words that leave only one (`성질을 띄고`, but not `눈에 띄고`).

Not found: every other misspelling; links, code, math; words in quotation marks of their own, as in texts about
spelling. `할때` and its like are found after a few common verbs, `사용시` after common nouns of doing.

Bad:

    몇일 동안 학습시켜도 정확도가 오르지 않으면 은닉층의 갯수를 줄여 본다. 과적합을 의심할때도 됬다.

Good:

    며칠 동안 학습시켜도 눈에 띄는 변화가 없으면 은닉층의 개수를 줄여 본다. 코드가 `몇줄`인지, '됬다'가 왜 틀렸는지는 묻지 않는다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from dlcards.document.prose import masked_block, prose_blocks
from dlcards.document.text import is_hangul
from dlcards.model import (
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

if TYPE_CHECKING:
    from dlcards.linter.rules.korean.common_misspelling_table import Misspelling

KO = """
어디에 쓰든 틀린 맞춤법이다. `몇줄`, `됬다`, `갯수`, `컨텐츠`가 그렇다.

답을 백 번 읽은 사람은 자기소개서에도 그렇게 쓴다. 바른 표기로 찾으면 그 자리는 나오지도 않는다.

`--fix`는 메시지가 알려 준 대로 고친다. 메시지에는 근거가 되는 한글 맞춤법이나 외래어 표기법의 조항, 또는 표준국어대사전이 함께 나온다. 제목은 앵커가 바뀌므로 알리기만 한다.

표는 일부러 작게 두었다. 어떤 문장에서도 맞을 수 없는 것만 들어 있다. 다른 뜻이 있는 말은 뜻을 하나로 정해 주는 말과 함께 있을 때만 찾는다(`성질을 띄고`는 찾고 `눈에 띄고`는 찾지 않는다).

찾지 않는 것: 표에 없는 틀린 말, 링크와 코드와 수식. 맞춤법을 설명하는 글처럼 그 낱말만 따옴표로 묶은 것도 찾지 않는다. `할때` 꼴은 흔한 동사 몇 개, `사용시` 꼴은 동작을 뜻하는 흔한 명사 뒤에서만 찾는다.
"""

# A word in quotation marks of its own is spoken about, not used.
_OPENED = lazy_compile(r"[\"'“‘「][가-힣]{0,8}\Z")
_CLOSED = lazy_compile(r"[가-힣]{0,8}[\"'”’」]")


@cache
def _entries() -> Sequence[Misspelling]:
    from dlcards.linter.rules.korean.common_misspelling_table import (
        MISSPELLINGS,  # for Korean documents alone
    )

    return MISSPELLINGS


@cache
def _by_letter() -> dict[str, list[int]]:
    """The numbers of the entries that begin with a letter, by that letter."""
    # All entries in one expression take ten times as long: it tries them one by one at each letter.
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(_entries()):
        for letter in {word[0] for word in (entry.stems or entry.wrong).split("|")}:
            found.setdefault(letter, []).append(number)
    return found


@cache
def _pattern(number: int) -> re.Pattern[str]:
    entry = _entries()[number]
    wrong = f"(?P<stem>{entry.stems})(?:{entry.wrong})(?P<tail>{entry.tails})"
    return re.compile(f"{entry.before}{wrong}{entry.after}", re.M)


@cache
def _beginnings() -> re.Pattern[str]:
    """The first letters of all entries, each before what may follow it."""
    seconds: dict[str, set[str]] = {}
    for entry in _entries():
        first, *rest = filter(None, (entry.stems, entry.wrong, entry.tails))
        following = {word[0] for word in rest[0].split("|")} if rest else {""}
        for word in first.split("|"):
            own = following if len(word) == 1 else {_second(word)}
            seconds.setdefault(word[0], set()).update(own)
    # One by one: a set of Hangul takes as long to compile as fifty of these.
    return re.compile(
        "|".join(
            letter if "" in some else "|".join(f"{letter}(?={second})" for second in sorted(some))
            for letter, some in seconds.items()
        )
    )


def _second(word: str) -> str:
    """The second letter of a word; empty where no letter must stand there, or one of several."""
    is_literal = is_hangul(word[1]) or word[1] == " "
    return word[1] if is_literal and word[2:3] not in ("?", "*") else ""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find the misspellings of the table."""
    for block in prose_blocks(document):
        visible = masked_block(document, block)
        for entry, match in _matches(visible):
            before = visible[max(0, match.start() - 9) : match.start()]
            if not (_OPENED.search(before) and _CLOSED.match(visible, match.end())):
                yield _finding(entry, match, block.span.start, is_heading=block.kind == "heading")


def _matches(text: str) -> Iterator[tuple[Misspelling, re.Match[str]]]:
    end = 0
    for letter in _beginnings().finditer(text):
        if letter.start() < end:
            continue
        for number in _by_letter()[letter.group()]:
            if match := _pattern(number).match(text, letter.start()):
                end = match.end()
                yield _entries()[number], match
                break


def _finding(entry: Misspelling, match: re.Match[str], start: int, *, is_heading: bool) -> Diagnostic:
    span = Span(start + match.start(), start + match.end())
    wrong = match.group()
    if entry.right is None:
        message = Text(f"없는 말이다: {wrong} ({entry.source})", f"no such word: {wrong} ({entry.source})")
        return Diagnostic(span, message, cause=wrong)
    right = match["stem"] + entry.right + match["tail"]
    message = Text(
        f"맞춤법이 틀렸다: {wrong} → {right} ({entry.source})",
        f"misspelt: {wrong} → {right} ({entry.source})",
    )
    is_spacing = wrong.replace(" ", "") == right.replace(" ", "")
    changes = frozenset() if is_spacing else frozenset({Aspect.WORDS})
    fix = None if is_heading else Fix((Edit(span, right),), changes)
    return Diagnostic(span, message, fix, cause=wrong)


RULE = Rule("K004", "common-misspelling", Severity.NOTE, check, fixable=True, language="ko")
