"""A blank between a Latin word, code or math and the Korean particle after it: `ReLU 는`.

A particle belongs to the word before it (Hangul orthography, article 41). Torn off, it may also end up
alone at the start of a line, which on a phone happens often, and a search for `ReLU는` misses the place.
Formatters that put blanks between Hangul and Latin letters leave hundreds of them behind.

The fix removes the blank. Headings are reported and left alone, since their anchors would change, and so is
a blank that keeps emphasis alive (`**과적합(overfitting)** 은`): there the parenthesis has to move out of the
bold first. A document that puts the blank nearly everywhere gets one line for all places.

Not found: particles that may be another word in that place: `이` before a noun (`ReLU 이 함수`), `보다` before
an adverb (`보다 쉽게`), `만` and `도` after a number; particles after emphasis with underscores (`_값_ 을`),
which only the blank keeps alive; particles after plain numbers (`0 과 1`), HTML, and after
addresses that are no links, which GitHub would make swallow the particle.

Bad:

    은닉층에는 ReLU 를 쓰고, `sigmoid` 는 **출력층** 에만 쓴다.

Good:

    은닉층에는 ReLU를 쓰고, `sigmoid`는 **출력층**에만 쓴다. Adam 이후의 방법과 GPU 의존성은 따로 본다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlcards.document.particles import PARTICLES
from dlcards.document.prose import masked_block, prose_blocks
from dlcards.model import (
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Node,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
로마자로 적은 말이나 코드, 수식과 그 뒤의 조사 사이에 공백이 있다. `ReLU 는`이 그렇다.

조사는 앞말에 붙여 쓴다(한글 맞춤법 제41항). 떨어진 조사는 줄 첫머리에 홀로 놓이기도 하는데, 폰 화면에서는 더 자주 그렇다. `ReLU는`을 찾는 검색도 그 자리를 놓친다. 한글과 로마자 사이를 띄우는 포매터가 이런 공백을 수백 개씩 남긴다.

`--fix`는 공백을 지운다. 제목은 앵커가 바뀌므로 알리기만 한다. `**과적합(overfitting)** 은`처럼 공백을 지우면 굵은 글씨가 깨지는 자리도 그대로 두는데, 괄호를 먼저 굵은 글씨 밖으로 옮겨야 한다. 문서 전체가 띄어 쓰는 버릇이면 한 줄로 묶어 알린다.

찾지 않는 것: 그 자리에서 다른 말일 수 있는 조사. 명사 앞의 `이`(`ReLU 이 함수`), 부사 앞의 `보다`(`보다 쉽게`), 수 뒤의 `만`과 `도`가 그렇다. 밑줄로 강조한 말 뒤의 조사(`_값_ 을`)는 공백이 없으면 강조가 풀리므로 찾지 않는다. 그냥 숫자 뒤의 조사(`0 과 1`), HTML 뒤의 조사, 링크로 감싸지 않은 주소 뒤의 조사도 찾지 않는다. 주소에 붙이면 GitHub가 조사까지 주소로 읽는다.
"""

_FIRST_LETTERS = "".join(sorted({particle[0] for particle in PARTICLES.split("|")}))
_TORN = lazy_compile(
    rf"(?<=\S)(?P<blank>[ \t]+)(?=[{_FIRST_LETTERS}])(?P<particle>{PARTICLES})(?=[\s.,;:!?)\]’”\"'*~…·\0]|$)"
    r"(?P<next>[ \t]+[^\s\0]{1,12})?"
)
_JOINED = lazy_compile(r"[A-Za-z)\0*](?:은|는|을|를|의|에|와|과|로|가|이)(?![가-힣])")
_PARENTHESIS = lazy_compile(r"[()]")
_WORD = lazy_compile(r"[A-Za-z0-9+#._/&-]*[A-Za-z][A-Za-z0-9+#'_-]*")
# `이` is a particle, and not "this", where a predicate follows it.
_PREDICATE = lazy_compile(
    r"아니|아닌|아닐|있|없|된|되|됩|됐|될|돼|많다|많아|높다|높아|낮다|낮아|크다|커서|작다|좋다|좋아|필요한|"
    r"[가-힣]{1,6}(?:되[는고어며면지기었]|된|됩니다|됐|될|하[는고여며면지기]|한다|합니다|했|"
    r"[진난온간인]다|지[는고며면]|나[는고며면]|[있없](?:다|는|고|어|으|습)|[았었였]|습니다)"
)
# What may follow where the particle could be another word; anything where a particle is not listed.
_FOLLOWED_BY = {
    "이": _PREDICATE,
    "보다": lazy_compile(r"(?!\S*(?:게|으로|이|은|운|한|된|는|인)(?![가-힣]))\S"),
    "나": lazy_compile(r"(?!혼자|자신|스스로|같은|처럼|만|도|의)\S"),
    "이란": lazy_compile(r"무엇|무슨|뭐|뭘|어떤|말"),
    "란": lazy_compile(r"무엇|무슨|뭐|뭘|어떤|말"),
    "라": lazy_compile(r"[하한할함]|불[리린립러]|부[르른]|칭"),
    "인": lazy_compile(r"[가-힣A-Za-z]"),
    "일": lazy_compile(r"때|경우|수|뿐|것"),
}
_NOUNS = ("codespan", "inline_math", "link", "strong", "emphasis")
_ENDS_IN_QUESTION = lazy_compile(r"[?,.:]")
_HOUSE_STYLE = 10  # places, and more of them than of the others


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find particles that stand apart from the word that they belong to."""
    torn: list[tuple[Node, re.Match[str]]] = []
    joined = 0
    for block in prose_blocks(document):
        visible = masked_block(document, block)
        joined += sum(1 for _ in _JOINED.finditer(visible))
        candidates = [match for match in _TORN.finditer(visible) if _is_particle(match, visible)]
        if not candidates:
            continue
        ends, glosses = _ends(block), _glosses(visible)
        torn += [(block, match) for match in candidates if _belongs(match, visible, ends, glosses)]
    cause = "spaced particles" if len(torn) >= _HOUSE_STYLE and len(torn) > joined else ""
    for block, match in torn:
        start = block.span.start
        blank = Span(start + match.start("blank"), start + match.end("blank"))
        span = Span(blank.start, start + match.end("particle"))
        words = document.text[max(start, blank.start - 20) : blank.start].split()[-1:]
        said = "".join(words) + span.of(document.text)
        message = Text(f"조사를 앞말에서 떼어 썼다: {said}", f"a blank before the particle: {said}")
        yield Diagnostic(span, message, _fix(document.text, block, blank), cause=cause)


def _ends(block: Node) -> frozenset[int]:
    """Where inlines end that a particle can belong to, as offsets into the block."""
    return frozenset(
        node.span.end - block.span.start for node in block.walk() if node is not block and node.kind in _NOUNS
    )


def _is_particle(match: re.Match[str], visible: str) -> bool:
    """Whether the word can be nothing but a particle, judging by what follows it."""
    pattern = _FOLLOWED_BY.get(match["particle"])
    if pattern is None:
        return True
    if match["next"]:
        return bool(pattern.match(match["next"].strip()))
    after = visible[match.end() : match.end() + 1]
    return match["particle"] in ("란", "이란") and bool(_ENDS_IN_QUESTION.match(after))


def _belongs(match: re.Match[str], visible: str, ends: frozenset[int], glosses: dict[int, bool]) -> bool:
    """Whether a Latin word, code, math, emphasis, a link, a quote or a parenthesis ends before the blank."""
    at = match.start("blank")
    if at in ends and visible[at - 1] == "_":
        return False
    if at in ends:
        return True
    last = visible[at - 1]
    if last == ")":
        # After a parenthesis that closes a sentence, 이 may begin the next one.
        return at in glosses and (glosses[at] or match["particle"] != "이")
    if last in "\"'’”」』":
        return visible[at - 2 : at - 1].isalnum()
    # A word longer than that is no word.
    word = visible[max(0, at - 60) : at].split("\0")[-1].split()[-1:]
    if not word or not last.isascii() or "://" in word[0] or "@" in word[0] or word[0].startswith("www."):
        return False
    token = re.split(r"[^A-Za-z0-9+#._/&'-]", word[0])[-1]
    counts = match["particle"][0] in "만도이" and token[:1].isdigit()
    return bool(_WORD.fullmatch(token)) and not counts


def _glosses(visible: str) -> dict[int, bool]:
    """Where parentheses end that explain something, and whether they hang on the word before them.

    One that holds next to nothing, or stands first in its block, is a label: ``(1) 은 참이다``.
    """
    glosses: dict[int, bool] = {}
    first = len(visible) - len(visible.lstrip())
    opened: list[int] = []
    for mark in _PARENTHESIS.finditer(visible):
        if mark.group() == "(":
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            is_attached = start > first and not visible[start - 1].isspace()
            if start > first and (is_attached or mark.start() - start > 3):
                glosses[mark.end()] = is_attached
    return glosses


def _fix(text: str, block: Node, blank: Span) -> Fix | None:
    if block.kind == "heading":
        return None
    before = text[max(0, blank.start - 8) : blank.start]
    # Emphasis ends before Hangul only with asterisks, and only after a letter or a digit.
    if before[-1] == "_" or (before[-1] == "*" and not before.rstrip("*")[-1:].isalnum()):
        return None
    return Fix((Edit(blank, ""),))


RULE = Rule("K002", "particle-space", Severity.WARNING, check, fixable=True, default=False, language="ko")
