r"""`[sound:…]`, `[latex]`, `{{` or `}}` in the text of a question: Anki would read them as its own markup.

Anki plays what stands in `[sound:…]`, runs LaTeX on `[latex]` and `[$]`, and cuts a cloze at the first `}}`. The
decks that dlcards makes are safe, since it writes these marks as entities. But the same documents also go into
Anki by other ways, as CSV, through CrowdAnki or by tools that take markdown as it is, and there the learner gets
a card with a hole in it, or hears an error.

The fix puts a backslash before the last sign of the mark, which markdown takes away again: `}\}` is shown as
`}}`. Where the words are code, backticks are better. A tool that renders the markdown by itself still needs
such a guard of its own.

Not found: code, math and HTML; text outside of questions and answers, such as a README about templates.

Bad:

    ## #1

    #### 카드에 소리를 넣는 문법은?

    [sound:a.mp3]처럼 쓰고, 빈칸은 {{c1::답}}으로 쓴다.

Good:

    ## #1

    #### 카드에 소리를 넣는 문법은?

    `[sound:a.mp3]`처럼 쓰고, 빈칸은 `{{c1::답}}`으로 쓴다. 식 $x^{y^{2}}$는 그대로 둔다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.prose import holders, pair_blocks
from dlcards.document.text import shown
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

KO = r"""
질문이나 답의 글에 `[sound:…]`, `[latex]`, `{{`, `}}`가 있다. Anki는 이것을 제 문법으로 읽는다.

Anki는 `[sound:…]`를 소리로 틀고, `[latex]`와 `[$]`에는 LaTeX를 돌리며, 빈칸은 처음 만난 `}}`에서 끊는다. dlcards가 만든 덱은 안전하다. 이런 표시를 문자 참조로 바꾸어 넣기 때문이다. 그러나 같은 문서가 CSV나 CrowdAnki로, 또는 마크다운을 그대로 옮기는 도구로 Anki에 들어가면 학습자는 구멍 난 카드를 받거나 오류를 듣는다.

`--fix`는 표시의 마지막 부호 앞에 백슬래시를 넣는다. 마크다운이 백슬래시를 없애므로 `}\}`는 `}}`로 보인다. 코드라면 백틱으로 감싸는 편이 낫다. 마크다운을 스스로 렌더링하는 도구에는 그 도구의 대책이 따로 있어야 한다.

찾지 않는 것: 코드, 수식, HTML. 템플릿을 설명하는 README처럼 질문과 답이 아닌 글.
"""

_MARK = lazy_compile(r"\[(?:sound|anki):|\[/?(?:latex|\$\$?)\]|\{{2,}|\}{2,}")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find Anki's marks in the text of questions, answers and references."""
    if not any(_MARK.search(document.text, *holder.span) for holder in holders(document)):
        return
    for pair in document.pairs:
        for block in pair_blocks(pair):
            for marks in _groups(_marks(block)):
                span = Span(marks[0].start, marks[-1].end)
                said = shown(span.of(document.text))
                message = Text(
                    f"Anki가 제 문법으로 읽을 글이다: {said}",
                    f"Anki would read this as its own markup: {said}",
                )
                edits = tuple(Edit(mark, _escaped(mark.of(document.text))) for mark in marks)
                yield Diagnostic(span, message, Fix(edits))


def _marks(block: Node) -> Iterator[tuple[Span, str]]:
    """The marks that stand in the text of a block as they are, not escaped, with their places."""
    stack = [block]
    while stack:
        node = stack.pop()
        if node.kind == "text" and len(node.raw) == node.span.end - node.span.start:
            for match in _MARK.finditer(node.raw):
                start = node.span.start
                yield Span(start + match.start(), start + match.end()), match.group()
        elif node.kind != "image":
            stack += reversed(node.children)


def _groups(marks: Iterator[tuple[Span, str]]) -> Iterator[list[Span]]:
    """Where the marks stand, opening braces together with the closing ones after them."""
    opened: list[Span] = []
    for mark, text in marks:
        if text[0] == "}":
            yield [*opened, mark]
            opened = []
            continue
        if opened:
            yield opened
        opened = [mark]
        if text[0] == "[":
            yield opened
            opened = []
    if opened:
        yield opened


def _escaped(mark: str) -> str:
    """The mark as markdown shows it and Anki does not know it."""
    if mark[0] in "{}":
        return mark[0] + f"\\{mark[0]}" * (len(mark) - 1)
    return f"{mark[:-1]}\\{mark[-1]}"


RULE = Rule("D003", "anki-markup", Severity.WARNING, check, fixable=True, default=False)
