r"""A formula that this parser and Anki draw, and GitHub shows raw or damaged.

GitHub takes a `$` for the beginning of a formula only after a blank or at the start of a line: `값은$x$`, `($x$)`
and `"$x$"` stay raw, and so does a formula that a letter follows (`$k$NN`). Inside, markdown comes first: `\{`
and `\,` lose their backslash, and a pair of `_` or `*`, also of two formulas in one sentence, becomes emphasis
and is gone. With blanks inside the dollars (`$ \alpha $`) no formula is drawn on a card either.

The fix inserts a blank after Hangul, takes GitHub's other form ``$`x`$`` after a parenthesis, a quote and
wherever markdown would eat something, and removes blanks inside the dollars. There `\\{`, written so that
markdown leaves `\{`, becomes what the page showed.

Not found: prices, paths and variables, which only look like formulas to a parser (`$HOME/bin:$PATH`,
`5$/GB, 6$/GB`, `"$a$b"`, `$('#id')`), where no TeX stands in them; formulas of two dollars (`$$…$$`) and code fences, which GitHub treats otherwise, and what MathJax
itself can't parse (that is M004). After a letter (`N$_2$`) and after the prefix 제 (`제$n$항`) there is no fix.

Bad:

    학습률은$\eta$이고 기울기($g$)는 벡터다.

Bad:

    집합 $\{1, 2\}$의 원소다.

Good:

    요금은 5$/GB, 6$/GB이고 경로는 $HOME/bin:$PATH다. 학습률은 $\eta$이고 기울기($`g`$)는 벡터다. 집합 $`\{1, 2\}`$의 원소다.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from dlcards.document.prose import masked_block, prose_with
from dlcards.document.text import is_hangul, shown
from dlcards.linter.rules.markup.shared_formulas import as_meant, inline_formulas, is_in_dollars
from dlcards.linter.rules.markup.shared_tex import has_tex
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

KO = r"""
이 도구와 Anki는 그리지만 GitHub는 원문을 그대로 보이거나 망가뜨리는 수식이다.

GitHub는 공백 뒤나 줄 첫머리의 `$`만 수식의 시작으로 본다. `값은$x$`, `($x$)`, `"$x$"`와 글자가 이어지는 `$k$NN`은 원문이 보인다. 수식 안에서는 마크다운이 먼저다. `\{`와 `\,`는 역슬래시를 잃고, 짝이 맞는 `_`나 `*`는 한 문장의 두 수식에 걸쳐서라도 강조로 바뀌어 사라진다. 달러 안쪽에 공백이 있으면(`$ \alpha $`) 카드에서도 수식이 되지 않는다.

`--fix`는 한글 뒤에는 공백을 넣고, 괄호나 따옴표 뒤와 마크다운이 먹을 글자가 있는 곳에서는 GitHub의 다른 표기 ``$`x`$``로 바꾸며, 달러 안쪽의 공백은 지운다. 이때 마크다운이 `\{`로 남기도록 `\\{`로 적은 것은 페이지에 보이던 대로 바꾼다.

찾지 않는 것: TeX이 없고 파서에게만 수식처럼 보이는 값, 경로, 변수(`$HOME/bin:$PATH`, `5$/GB, 6$/GB`, `"$a$b"`, `$('#id')`), GitHub가 달리 다루는 `$$…$$`와 코드 울타리, MathJax가 해석하지 못하는 수식(M004). 로마자 뒤(`N$_2$`)와 접두사 '제' 뒤(`제$n$항`)는 찾기만 하고 고치지 않는다.
"""

_SPECIAL = lazy_compile(r"[_*<\[`~&]|\\[^A-Za-z]")
_SPACED = lazy_compile(r"(?<!\$)\$(?!\$)([^$\n\0]*)\$(?!\$)")
_PREFIX = lazy_compile(r"(?:^|[^\uac00-\ud7a3])제")
# What the page shows otherwise between backticks: one of them, an entity, a link.
_AS_IT_IS = lazy_compile(r"`|&#?\w+;|\]\(")
_DOUBLED = lazy_compile(r"\\\\")
_CONTAINER = lazy_compile(r"(?<=\n)[ \t>]+")
# Keeps the first line of a block that is parsed by itself a paragraph.
_GUARD = "가 "


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find inline formulas that GitHub would not draw, or not whole."""
    for block in prose_with(document, "$"):
        eaten = _eaten(document, block)
        for parent in block.walk():
            if parent.children:
                yield from _check_siblings(document, block, parent.children, eaten)
        yield from _spaced(document, block)


def _check_siblings(
    document: Document, block: Node, nodes: tuple[Node, ...], eaten: set[Span]
) -> Iterator[Diagnostic]:
    text = document.text
    for index, node in enumerate(nodes):
        if not _is_candidate(node, document):
            continue
        before = nodes[index - 1] if index else None
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        left = _character(before, text, last=True)
        right = _character(after, text, last=False)
        if text.startswith("$`", node.span.start):
            if left.isascii() and left.isalpha():
                yield _diagnostic(node.span, text, left, None)
            continue
        is_eaten, glued = node.span in eaten, bool(left) and not left.isspace()
        followed = right.isascii() and right.isalnum()
        if is_eaten or glued or followed:
            ticks = is_eaten or followed or (glued and not is_hangul(left) and left != "$")
            edits = _edits(text, block, node, left, ticks=ticks)
            what = left if glued else right if followed else ""
            yield _diagnostic(node.span, text, what, _fix(edits, node, is_eaten=is_eaten), follows=not glued)


def _fix(edits: tuple[Edit, ...], node: Node, *, is_eaten: bool) -> Fix | None:
    # What was emphasis is part of the formula again, and so are the letters of ``$a<b>c$``.
    changes = {Aspect.EMPHASIS} if is_eaten else set()
    if "<" in node.raw:
        changes.add(Aspect.WORDS)
    return Fix(edits, frozenset(changes)) if edits else None


def _is_candidate(node: Node, document: Document) -> bool:
    is_inline = node.kind == "inline_math" and not node.attrs.get("display")
    return is_inline and node.span in inline_formulas(document)


def _diagnostic(
    span: Span, text: str, neighbour: str, fix: Fix | None, *, follows: bool = False
) -> Diagnostic:
    formula = shown(span.of(text), 30)
    if not neighbour:
        ko = f"마크다운이 수식의 일부를 먹는다: {formula}"
        en = f"markdown eats part of the formula {formula}"
    elif follows:
        ko = f'GitHub에서 수식이 되지 않는다: {formula} 바로 뒤에 "{neighbour}"가 있다'
        en = f'GitHub shows {formula} raw: "{neighbour}" right behind it'
    else:
        ko = f'GitHub에서 수식이 되지 않는다: {formula} 바로 앞에 "{neighbour}"가 있다'
        en = f'GitHub shows {formula} raw: "{neighbour}" right before it'
    return Diagnostic(span, Text(ko, en), fix)


def _character(node: Node | None, text: str, *, last: bool) -> str:
    """The character of a neighbour that touches the formula; empty where none does or it is not known."""
    if node is None or node.kind not in ("text", "inline_math"):
        return ""
    character = text[node.span.end - 1] if last else text[node.span.start]
    # A dollar that is text is left over, and a matter of M002.
    return "" if character == "$" and node.kind == "text" else character


def _edits(text: str, block: Node, node: Node, left: str, *, ticks: bool) -> tuple[Edit, ...]:
    """What makes GitHub draw the formula; nothing where that would change more than the formula."""
    span = node.span
    blank = is_hangul(left) or left == "$"
    if left.isascii() and left.isalpha():
        return ()
    # A blank in a heading would change its anchor.
    if blank and (block.kind == "heading" or _PREFIX.search(text[max(0, span.start - 2) : span.start])):
        return ()
    inside = Span(span.start + 1, span.end - 1)
    if ticks and _AS_IT_IS.search(inside.of(text)):
        return ()
    edits = [Edit(Span(span.start, span.start), " ")] if blank else []
    if ticks:
        # What stands between backticks is TeX as it is.
        doubled = _DOUBLED.finditer(inside.of(text)) if as_meant(node.raw) != node.raw else ()
        backslashes = (inside.start + match.start() for match in doubled)
        edits.append(Edit(Span(inside.start, inside.start), "`"))
        edits += [Edit(Span(at, at + 1), "") for at in backslashes]
        edits.append(Edit(Span(inside.end, inside.end), "`"))
    return tuple(edits)


def _eaten(document: Document, block: Node) -> set[Span]:
    """The formulas of ``$…$`` of which markdown takes something before GitHub looks for formulas."""
    text = document.text
    spans = [
        node.span for node in block.walk() if _is_candidate(node, document) and is_in_dollars(node, text)
    ]
    if not any(_SPECIAL.search(span.of(text)) for span in spans):
        return set()
    start = block.children[0].span.start
    source = list(text[start : block.children[-1].span.end])
    for span in spans:
        # Another character of the same class, so that this parser, too, reads plain markdown.
        source[span.start - start] = source[span.end - 1 - start] = "%"
    plain = _CONTAINER.sub(lambda match: " " * len(match.group()), "".join(source))
    starts = [span.start for span in spans]
    found = set()
    for outer in parse(_GUARD + plain):
        for node in outer.walk():
            if node.kind == "text" and len(node.raw) == node.span.end - node.span.start:
                continue
            for at in (node.span.start, node.span.end):
                place = at - len(_GUARD) + start
                index = bisect_left(starts, place) - 1
                if index >= 0 and place < spans[index].end:
                    found.add(spans[index])
    return found


def _spaced(document: Document, block: Node) -> Iterator[Diagnostic]:
    """Formulas with a blank inside the dollars, which no parser takes for formulas."""
    visible = masked_block(document, block)
    for match in _SPACED.finditer(visible):
        words = match.group(1)
        if words == words.strip() or not has_tex(words):
            continue
        start = block.span.start + match.start()
        span = Span(start, block.span.start + match.end())
        # A digit behind the closing dollar keeps it from closing; a heading's anchor would change.
        stays = visible[match.end() : match.end() + 1].isdigit() or block.kind == "heading"
        left = visible[match.start() - 1 : match.start()].strip("\0 \t\r\n")
        edits = () if stays else _tightened(span, words, left)
        formula = shown(span.of(document.text), 30)
        message = Text(
            f"달러 안쪽에 공백이 있어 수식이 되지 않는다: {formula}",
            f"blanks inside the dollars keep {formula} from being a formula",
        )
        yield Diagnostic(span, message, Fix(edits) if edits else None)


def _tightened(span: Span, words: str, left: str) -> tuple[Edit, ...]:
    """What takes the blanks around ``words`` out of the dollars, so that GitHub, too, draws the formula."""
    if left.isascii() and left.isalpha():
        return ()
    tick = "`" if left and not is_hangul(left) else ""
    blank = [Edit(Span(span.start, span.start), " ")] if is_hangul(left or " ") else []
    start, end = span.start + 1, span.end - 1
    lead, trail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
    return (*blank, Edit(Span(start, start + lead), tick), Edit(Span(end - trail, end), tick))


RULE = Rule("M003", "math-not-rendered", Severity.WARNING, check, fixable=True)
