"""A word for which the project's glossary has another one.

One deck that says 과적합 here and 오버피팅 there lets a learner wonder whether these are two things. Worse is one
word for two things: 정규화 for regularization and for normalization.

The glossary is the TOML file that `glossary` names, from the project's root. Each term says what to `use`, what
to use it `instead-of`, and what it is in `english`; the last two may be missing:

    [[term]]
    use = "규제"
    instead-of = ["정칙화"]
    english = "regularization"

A word counts with any particle or verb ending, but not inside a longer word (서브그레이디언트) or a longer term of
the glossary. A term with the English of another one in parentheses, `정규화(regularization)`, is found, too. So is
a glossary that can't be read: one finding at the top of the document says why.

Write the word that the glossary says, or change the glossary. There is no fix: the particle may have to change
(`바이어스를`, `편향을`), and in the history of a term both names may be meant.

Not found: words in headings, links, code, quotation marks, and in parentheses right after the right term:
`과적합(오버피팅)` is how a second name is introduced.

Bad:

    ## #1

    #### 과적합이란?

    오버피팅은 정규화(regularization)로 줄인다.

Good:

    ## #1

    #### 오버피팅이란 무엇인가요?

    과적합(오버피팅)은 규제(regularization)로 줄인다. 정규화(normalization)는 다른 말이다.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from dlcards.document.prose import masked_block, prose_blocks, without_quotes
from dlcards.model import Config, Context, Diagnostic, Document, Rule, Severity, Span, Text

KO = """
프로젝트의 용어집이 다르게 쓰라고 한 말이다.

한 덱이 여기서는 과적합, 저기서는 오버피팅이라고 하면 배우는 사람은 둘이 다른 것인지 묻게 된다. 한 말이 두 가지를 가리키면 더 나쁘다. regularization도 normalization도 정규화라고 하는 경우가 그렇다.

용어집은 설정의 `glossary`가 가리키는 TOML 파일이며, 경로는 프로젝트의 루트에서 센다. 항목마다 쓸 말(`use`), 그 대신 쓰지 않을 말(`instead-of`), 영어(`english`)를 적는다. 뒤의 둘은 없어도 된다.

    [[term]]
    use = "규제"
    instead-of = ["정칙화"]
    english = "regularization"

조사나 어미가 붙은 말도 찾지만, 더 긴 낱말(서브그레이디언트)이나 용어집의 더 긴 용어에 든 말은 찾지 않는다. `정규화(regularization)`처럼 다른 용어의 영어를 괄호에 적은 것도 찾는다. 용어집을 읽을 수 없으면 문서 맨 앞에서 그 까닭을 알린다.

용어집의 말로 바꾸거나 용어집을 고친다. 조사가 달라질 수 있고(`바이어스를`, `편향을`) 용어의 내력을 말하느라 두 이름을 다 적을 수도 있으므로 자동으로 고치지는 않는다.

찾지 않는 것: 제목, 링크, 코드, 따옴표 안의 말. `과적합(오버피팅)`처럼 맞는 용어 바로 뒤의 괄호에 소개한 다른 이름.
"""

EXAMPLE_CONFIG = Config(glossary="answers/glossary.toml")
EXAMPLE_FILES = {
    "answers/glossary.toml": """
[[term]]
use = "과적합"
instead-of = ["오버피팅"]
english = "overfitting"

[[term]]
use = "규제"
english = "regularization"

[[term]]
use = "정규화"
english = "normalization"
""".encode()
}

# What may follow a noun in one word: particles, one or two, the copula, and verbs made of nouns.
_TAIL = (
    r"(?![가-힣A-Za-z])|(?:들|끼리)?(?:에서|에게|에|으로서|으로써|으로|로서|로써|로|와|과|까지|부터|처럼|만큼|보다|마다|뿐|만|이나|나|이란|란)?"
    r"(?:은|는|이|가|을|를|의|도|만|까지|부터|조차)?(?![가-힣A-Za-z])|이?[라며고든지다]|인|일|임|입|이[었면므]|였|적|하|되|된|될|됨|돼|됐|한|할|함|했|해"
)


class _Glossary(NamedTuple):
    """A glossary made ready for searching.

    Attributes:
        pattern: Finds every term and every word that a term is used instead of, the longest first.
        better: The term to use, by the word that it replaces.
        english: The terms that English words stand for, folded.
    """

    pattern: re.Pattern[str]
    better: dict[str, str]
    english: dict[str, frozenset[str]]


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find words that the glossary replaces by others."""
    path = context.config.glossary
    if not path:
        return
    data = context.files.read(PurePosixPath(path))
    glossary = "no such file" if data is None else _read(data)
    if isinstance(glossary, str):
        message = Text(
            f"용어집을 읽을 수 없다: {path}: {glossary}", f"the glossary can't be read: {path}: {glossary}"
        )
        yield Diagnostic(Span(0, 0), message, cause="glossary")
        return
    for block in prose_blocks(document):
        if block.kind == "heading":
            continue
        for match, better in _strangers(without_quotes(masked_block(document, block)), glossary):
            span = Span(block.span.start + match.start(), block.span.start + match.end())
            said = span.of(document.text)
            message = Text(
                f'용어집은 "{said}" 대신 "{better}"{_object(better)} 쓴다',
                f'the glossary says "{better}" instead of "{said}"',
            )
            yield Diagnostic(span, message)


def _strangers(visible: str, glossary: _Glossary) -> Iterator[tuple[re.Match[str], str]]:
    """The words of a text that should be others, with those."""
    before = ""  # the right term, while its parenthesis lasts
    end = looked = 0
    for match in glossary.pattern.finditer(visible):
        word = match["word"]
        if not (visible.startswith("(", end) and visible.find(")", looked, match.start()) < 0):
            before = ""
        looked = match.start()
        better = glossary.better.get(word)
        if better is None:
            before = word
            end = looked = match.end("word")
            meant = glossary.english.get(" ".join((match["gloss"] or "").casefold().split()))
            if meant and word not in meant:
                yield match, " · ".join(sorted(meant))
        elif before != better:
            yield match, better


@lru_cache(maxsize=4)
def _read(data: bytes) -> _Glossary | str:
    """The glossary in a file, or what is wrong with it."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # no TOML, thousands of digits, nested thousands deep
        return str(error)
    terms = table.pop("term", None)
    if table or not isinstance(terms, list) or not terms:
        return "expected [[term]] tables and nothing else"
    better: dict[str, str] = {}
    english: dict[str, set[str]] = {}
    used: set[str] = set()
    for term in terms:
        if not isinstance(term, dict):
            return "expected [[term]] tables and nothing else"
        use, others, meaning = term.get("use"), term.get("instead-of", []), term.get("english", "")
        is_valid = isinstance(use, str) and use.strip() and isinstance(meaning, str)
        if not is_valid or not isinstance(others, list) or term.keys() - {"use", "instead-of", "english"}:
            return f"a term needs use, and may have instead-of and english: {term}"
        if not all(isinstance(other, str) and other.strip() for other in others):
            return f"instead-of must be a list of words: {term}"
        used.add(str(use))
        better.update(dict.fromkeys(map(str, others), str(use)))
        if meaning:
            english.setdefault(" ".join(meaning.casefold().split()), set()).add(str(use))
    if both := used & better.keys():
        return f"both a term to use and one to avoid: {', '.join(sorted(both))}"
    words = "|".join(re.escape(word) for word in sorted(used | better.keys(), key=len, reverse=True))
    gloss = r"(?:\((?P<gloss>[A-Za-z][A-Za-z -]{1,40})\))?"
    pattern = re.compile(rf"(?<![가-힣A-Za-z])(?P<word>{words}){gloss}(?={_TAIL})")
    return _Glossary(pattern, better, {word: frozenset(uses) for word, uses in english.items()})


def _object(word: str) -> str:
    """The particle 을 or 를 after a word."""
    last = ord(word[-1]) - 0xAC00
    return "을" if 0 <= last < 11172 and last % 28 else "를"


RULE = Rule("K005", "glossary-term", Severity.WARNING, check, default=False)
