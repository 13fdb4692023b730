"""The summary is not one sentence of 20 to 120 characters with one to three bold terms.

The summary is what a learner compares a memory with in a few seconds, and the bold terms are what a
cloze card hides. Too short, it says nothing; two sentences are two things to remember, on a card
that can be graded only once; without a bold term there is nothing to hide.

Shorten it to the one thing to remember and make its terms bold. The range is `summary-length` in the
configuration; characters are counted as the page shows them, blanks included, markup and label left out.

Not found: whether the sentence is true, or says what the answer says. A period after an abbreviation
(`e.g.`, `vs.`), in a number, or inside parentheses and quotation marks ends no sentence.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    > 핵심: **잡음**까지 외운 상태다. 데이터를 늘리거나 **규제**를 건다.

    학습 오차는 작은데 검증 오차가 크면 과적합을 의심한다.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    > 핵심: 과적합은 모델이 학습 데이터의 잡음까지 외운 상태다.

    학습 오차는 작은데 검증 오차가 크면 과적합을 의심한다.

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    > 핵심: 과적합은 모델이 학습 데이터의 **잡음**까지 외워 새 데이터에서 틀리는 상태다.

    학습 오차는 작은데 검증 오차가 크면 과적합을 의심한다.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence

from dlcards.markdown import plain_text
from dlcards.model import (
    Config,
    Context,
    Diagnostic,
    Document,
    Node,
    Pair,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
핵심이 굵은 말 한두 개, 많아야 세 개가 든 20~120자의 한 문장이 아니다.

학습자는 떠올린 것을 몇 초 만에 핵심과 견주고, 빈칸 카드는 굵은 말을 가린다. 너무 짧으면 내용이 없고, 두 문장이면 한 번만 채점하는 카드에 외울 것이 둘이며, 굵은 말이 없으면 가릴 것이 없다.

외울 것 하나만 남기고 줄인 뒤 용어를 굵게 한다. 길이의 범위는 설정의 `summary-length`가 정한다. 글자는 페이지에 보이는 대로 공백까지 세고, 마크업과 `핵심:`은 세지 않는다.

찾지 않는 것: 그 문장이 맞는지, 답과 같은 말을 하는지. `e.g.`나 `vs.` 같은 약어, 숫자 안, 괄호와 따옴표 안의 마침표는 문장의 끝으로 치지 않는다.
"""

_BOLD = lazy_compile(r"<(?:strong|b)\b", re.I)
_CLOSING = r"[\"'”’」』》)\]]*"
_NEXT = r"(?=[^\W_a-z]|[\"'“‘「『《(\0])"  # what can begin a sentence
# One period (several are a pause), or marks, and a blank, which the full-width ones don't need.
_END = lazy_compile(rf"(?:(?<!\.)\.(?!\.)|(?<![!?])[!?]+){_CLOSING}\s+{_NEXT}|[。？！]{_CLOSING}\s*{_NEXT}")
_ABBREVIATION = lazy_compile(
    r"(?:^|[\s(\0])(?:e\.g|i\.e|etc|vs|cf|al|fig|eq|sec|no|dr|mr|mrs|ms|prof|st|approx|ca|resp|w\.r\.t|[a-z]|\d+)\.$",
    re.I,
)
_BRACKETS = {"(": ")", "[": "]", "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》"}
_MAX_BOLD = 3


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find summaries that are too short or long, of several sentences, or without bold terms."""
    for pair in document.pairs:
        if not pair.summary:
            continue
        span = Span(pair.summary[0].span.start, pair.summary[-1].span.end)
        for message in _complaints(pair, context.config):
            yield Diagnostic(span, message)


def _complaints(pair: Pair, config: Config) -> Iterator[Text]:
    """What is wrong with a summary."""
    said = " ".join(plain_text(block.children) for block in pair.summary)
    words = " ".join(unicodedata.normalize("NFC", html.unescape(said)).split())
    low, high = config.summary_length
    if not low <= len(words) <= high:
        yield Text(
            f"#{pair.id}: 핵심이 {len(words)}자다 ({low}~{high}자여야 한다)",
            f"#{pair.id}: the summary has {len(words)} characters, not {low} to {high}",
        )
    if len(pair.summary) > 1 or pair.summary[0].kind != "paragraph":
        yield Text(
            f"#{pair.id}: 핵심은 한 문단이어야 한다",
            f"#{pair.id}: the summary must be one paragraph",
        )
    sentences = sum(map(_sentences, pair.summary))
    if sentences > 1:
        yield Text(
            f"#{pair.id}: 핵심이 한 문장이 아니다 ({sentences}문장)",
            f"#{pair.id}: the summary has {sentences} sentences, not one",
        )
    bold = _bold(pair.summary)
    if not 1 <= bold <= _MAX_BOLD:
        yield Text(
            f"#{pair.id}: 핵심의 굵은 말이 {bold}개다 (1~{_MAX_BOLD}개여야 한다)",
            f"#{pair.id}: the summary has {bold} bold terms, not 1 to {_MAX_BOLD}",
        )


def _bold(nodes: Sequence[Node]) -> int:
    inlines = [node for inline in nodes for node in inline.walk()]
    tags = sum(node.kind == "inline_html" and bool(_BOLD.match(node.raw)) for node in inlines)
    return tags + sum(node.kind == "strong" for node in inlines)


def _sentences(block: Node) -> int:
    """How many sentences a block of a summary is."""
    text = _without_brackets(_prose(block.children)).strip()
    ends = [match for match in _END.finditer(text) if not _ABBREVIATION.search(_before(text, match))]
    return 1 + len(ends)


def _before(text: str, end: re.Match[str]) -> str:
    """The last word up to the sign that may end a sentence, with that sign."""
    at = end.start() + 1
    return text[max(0, at - 12) : at]


def _prose(nodes: Sequence[Node]) -> str:
    """The words of a summary, with a NUL for each piece of code and math."""
    parts = []
    for node in nodes:
        if node.kind in ("codespan", "inline_math", "block_math", "image"):
            parts.append("\0")
        elif node.children:
            parts.append(_prose(node.children))
        else:
            parts.append(plain_text((node,)))
    return "".join(parts)


def _without_brackets(text: str) -> str:
    """``text`` with a NUL for everything in brackets and quotation marks."""
    kept, closing = [], ""
    present = set(text)
    quotes = text.count('"') // 2 * 2  # a mark without a partner is none
    for character in text:
        if closing:
            if character == closing:
                closing = ""
                kept.append("\0")
        elif character in _BRACKETS and _BRACKETS[character] in present:
            closing = _BRACKETS[character]
        elif character == '"' and quotes:
            closing, quotes = '"', quotes - 2
        else:
            kept.append(character)
    return "".join(kept)


RULE = Rule("Q013", "summary-shape", Severity.WARNING, check, default=False)
