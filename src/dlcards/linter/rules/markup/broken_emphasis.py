"""Asterisks that stay asterisks next to Hangul, kana and Chinese characters: `**과적합(overfitting)**은`.

CommonMark takes `**` for the end of emphasis only where, if punctuation stands before it, a blank or
punctuation follows. A Korean particle follows without a blank, and so does the next word in Chinese and
Japanese (`**过拟合（overfitting）**是`): the page shows the asterisks and the term is not bold. (Cards of dlcards show what was meant; other programs do as the page does.) The same happens with quotes (`**"인용"**을`),
percent signs, code and math before the end, with `__낱말__은`, and with blanks inside (`** 낱말 **`).

The fix moves what stands in parentheses or quotes out of the bold (`**과적합**(overfitting)은`), and
takes `<strong>` where there is nothing to move.

Not found: asterisks that are meant (`2**3`, `**kwargs`, `__init__`), asterisks in code and math.

Bad:

    **과적합(overfitting)**은 학습 데이터만 외운 상태다.

Bad:

    **过拟合（overfitting）**是模型只记住训练数据的状态。

Bad:

    **90%**는 맞혔고, ** 낱말 **은 틀렸다.

Good:

    **과적합**(overfitting)은 학습 데이터만 외운 상태다. **过拟合**（overfitting）是。2**3**2는 512이고 `**kwargs`는 코드다.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dlcards.document.prose import prose_with
from dlcards.document.text import has_cjk, is_cjk, masked, shown
from dlcards.markdown import parse
from dlcards.model import (
    Aspect,
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
한글이나 한자, 가나 옆에서 별표가 별표로 남는다. `**과적합(overfitting)**은`이 그렇다.

CommonMark는 `**` 앞이 문장 부호면 뒤가 공백이나 문장 부호일 때만 강조의 끝으로 친다. 우리말은 조사를, 중국어와 일본어는 다음 말을 붙여 쓰므로(`**过拟合（overfitting）**是`) 페이지에 별표가 그대로 보이고 말은 굵어지지 않는다. dlcards의 카드는 뜻한 대로 굵게 보이지만 다른 프로그램은 페이지와 같다. 따옴표(`**"인용"**을`), 백분율, 코드, 수식 뒤와 `__낱말__은`, 안쪽에 공백을 둔 `** 낱말 **`도 마찬가지다.

`--fix`는 괄호나 따옴표를 굵은 글씨 밖으로 옮기고(`**과적합**(overfitting)은`), 옮길 것이 없으면 `<strong>`을 쓴다.

찾지 않는 것: 뜻이 있는 별표(`2**3`, `**kwargs`, `__init__`), 코드와 수식 안의 별표.
"""

_OPAQUE = frozenset({
    "codespan", "inline_math", "block_math", "inline_html", "image", "strong", "emphasis"
})  # fmt: skip
_HOLDERS = frozenset({"link", "strikethrough"})
_PAIR = lazy_compile(r"(?P<mark>\*\*|__|(?<![*_])[*](?![*]))(?P<words>[^\n*]+?)(?P=mark)(?!\*)")
_STOPS = " .,;:。，、；："
_DUNDER = lazy_compile(r"[a-z0-9_]+")
_TRAILING = lazy_compile(
    r"(?P<words>.*\w)(?P<rest>\s?(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|［[^［］]*］|【[^【】]*】))", re.S
)
_QUOTED = lazy_compile(
    r"(?P<open>[\"'“‘「『《〈<(（\[［【]+)(?P<words>\w.*\w|\w)(?P<close>[\"'”’」』》〉>)）\]］】]+)", re.S
)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pairs of emphasis marks that CommonMark left as text."""
    for block in prose_with(document, "*", "__"):
        yield from _check_block(document, block)


def broken_emphasis(block: Node, text: str) -> Iterator[tuple[Span, str]]:
    """The emphasis of a block that CommonMark left as text, marks included, and its mark, in order."""
    start = block.span.start
    visible = masked(block, text, _OPAQUE)
    if "*" not in visible and "__" not in visible:
        return
    visible = _without_addresses(block, visible)
    holders = [node.span for node in block.walk() if node.kind in _HOLDERS]
    at = 0
    while match := _PAIR.search(visible, at):
        span = Span(start + match.start(), start + match.end())
        before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
        if not _is_meant(match, before, after, visible) or _crosses(span, holders):
            at = match.start() + len(match.group("mark"))
            continue
        at = match.end()
        yield span, match.group("mark")


def _crosses(span: Span, holders: Iterable[Span]) -> bool:
    """Whether one of two marks stands in a link and the other does not: they are of two emphases."""
    return any(
        (holder.start < span.start < holder.end) != (holder.start < span.end < holder.end)
        and not (span.start <= holder.start and holder.end <= span.end)
        for holder in holders
    )


def _without_addresses(block: Node, visible: str) -> str:
    """``visible`` with what cannot be emphasis, ``?__biz=``, taken out of the block's links."""
    start = block.span.start
    parts, at = [], 0
    for node in block.walk():
        place = node.attrs.get("place")
        if isinstance(place, Span) and block.span.holds(place) and place.start - start >= at:
            parts += [visible[at : place.start - start], "\0" * (place.end - place.start)]
            at = place.end - start
    return "".join([*parts, visible[at:]])


def _check_block(document: Document, block: Node) -> Iterator[Diagnostic]:
    text = document.text
    for span, mark in broken_emphasis(block, text):
        before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
        words = text[span.start + len(mark) : span.end - len(mark)]
        message = Text(
            f"굵게 보이지 않는다: {shown(span.of(text) + after)}",
            f"emphasis that does not render: {shown(span.of(text) + after)}",
        )
        # With bold words inside, each of the marks may belong to another: `가**(나)**, **다**라**마`.
        mended = _mend(mark, words, before, after) if mark not in words else None
        yield Diagnostic(
            span, message, Fix((Edit(span, mended),), frozenset({Aspect.EMPHASIS})) if mended else None
        )


def _is_meant(match: re.Match[str], before: str, after: str, visible: str) -> bool:
    """Whether two marks that stayed text were meant to emphasise what is between them."""
    mark, words = match.group("mark"), match.group("words")
    if mark == "__":
        return not _DUNDER.fullmatch(words) and (has_cjk(words) or " " in words or is_cjk(after or " "))
    inner = words.strip()
    if not inner.strip(_STOPS):
        return False  # nothing, or what parts two bold sentences: `**하나**。**둘**`
    if words != inner:
        # Blanks inside: `a ** b ** c` is arithmetic, `** 낱말 **` is not.
        if mark != "**":
            return False
        balanced = words[0].isspace() == words[-1].isspace()
        return has_cjk(inner) and (balanced or is_cjk(after or " ") or not before.strip())
    closes_badly = not inner[-1].isalnum() and after.isalnum()
    opens_badly = not inner[0].isalnum() and before.isalnum()
    near_cjk = is_cjk(after or " ") or is_cjk(before or " ") or has_cjk(inner)
    return (closes_badly or opens_badly) and near_cjk


def _candidates(mark: str, inner: str, tag: str) -> Iterator[str]:
    """Ways to mark the same words, the one most like what was written first; a tag at last."""
    yield f"{mark}{inner}{mark}"
    if trailing := _TRAILING.fullmatch(inner):
        yield f"{mark}{trailing['words']}{mark}{trailing['rest']}"
    if quoted := _QUOTED.fullmatch(inner):
        yield f"{quoted['open']}{mark}{quoted['words']}{mark}{quoted['close']}"
    yield f"<{tag}>{inner}</{tag}>"


def _mend(mark: str, words: str, before: str, after: str) -> str | None:
    """The same words, emphasised so that CommonMark sees it; None where nothing helps."""
    mark, tag = ("*", "em") if mark == "*" else ("**", "strong")
    return next((c for c in _candidates(mark, words.strip(), tag) if _renders(before, c, after)), None)


def _renders(before: str, candidate: str, after: str) -> bool:
    paragraph = parse(f"가{before}{candidate}{after}나")[0]
    literal = "".join(node.raw for node in paragraph.walk() if node.kind == "text")
    return "*" not in literal and "__" not in literal


RULE = Rule("M001", "broken-emphasis", Severity.WARNING, check, fixable=True)
