r"""TeX that can't be parsed: an open brace, `\left` without `\right`, `x^2^3`, an unknown command.

GitHub and Anki draw formulas with MathJax. It shows nothing of such a formula but an error message or
red letters, so that the reader sees everything but the mathematics.

Mend what the message names. A command that MathJax lacks (`\bm`, `\argmax`, `\mathbbm`) has a stand-in that
it knows: `\boldsymbol`, `\operatorname*{argmax}`, `\mathbb`. A macro that another question defines is unknown on this
question's card: define it before the first question, or here. There is no fix: what was meant can't be guessed.

Not found: formulas that parse and say something else than was meant, errors inside `\text{…}`, formulas that
define commands of their own (`\newcommand`, `\def`; cards get them expanded), and commands of MathJax packages that
the page does not load (`\dv` of physics).

Bad:

    오차는 $\frac{1}{2\sum_i e_i^2$이다.

Bad:

    $$
    \left\{ x^2^3 \right)
    $$

Bad:

    ## #1

    #### 기댓값은?

    $\newcommand{\E}{\mathbb{E}} \E[x]$로 적는다.

    ## #2

    #### 분산은?

    분산은 $\E[(x - \mu)^2]$이다.

Good:

    오차는 $\frac{1}{2}\sum_i e_i^2$이다.

    $$
    \left\{ {x^2}^3 \right\}
    $$
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Set

from dlcards.document.text import line_of
from dlcards.linter.rules.markup.shared_formulas import formulas
from dlcards.linter.rules.markup.shared_macros import Macros
from dlcards.linter.rules.markup.shared_tex import Problem, defined, problem
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Span, Text

KO = r"""
해석되지 않는 TeX이다. 닫지 않은 중괄호, `\right` 없는 `\left`, `x^2^3`, 없는 명령 따위다.

GitHub와 Anki는 수식을 MathJax로 그린다. 이런 수식은 오류 문구나 빨간 글자로만 나와서, 읽는 사람은 정작 수식만 못 보게 된다.

메시지가 가리키는 곳을 고친다. MathJax에 없는 명령(`\bm`, `\argmax`, `\mathbbm`)은 아는 명령(`\boldsymbol`, `\operatorname*{argmax}`, `\mathbb`)으로 바꾼다. 다른 질문이 정의한 매크로는 이 질문의 카드에 없으므로 첫 질문 앞이나 이 질문에서 정의한다. 무엇을 쓰려 했는지 알 수 없으므로 자동으로 고치지 않는다.

찾지 않는 것: 해석은 되지만 뜻이 틀린 수식, `\text{…}` 안의 오류, 명령을 스스로 정의하는 수식(`\newcommand`, `\def`. 카드에는 풀어 적는다), 페이지가 불러오지 않는 MathJax 패키지의 명령(physics의 `\dv`).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find formulas that MathJax can't draw."""
    nodes = list(formulas(document))
    macros = Macros(document, nodes)
    anywhere = macros.names.union(*(defined(node.raw) for node in nodes))
    others = anywhere - macros.names
    for node in nodes:
        found = problem(node.raw, _Known(others, macros, node.span.start))
        if found and problem(node.raw, anywhere) is None:
            message = Text(
                f"수식의 매크로를 이 질문도, 질문들 앞의 글도 정의하지 않는다: {found.message.ko}",
                f"a macro that neither this question nor what stands before all of them defines: {found.message.en}",
            )
            yield Diagnostic(_place(document, node, found), message)
        elif found:
            message = Text(f"수식을 해석할 수 없다: {found.message.ko}", f"invalid math: {found.message.en}")
            yield Diagnostic(_place(document, node, found), message)


class _Known(Container[str]):
    """The commands that a formula at ``place`` may use."""

    def __init__(self, others: Set[str], macros: Macros, place: int) -> None:
        self._others, self._macros, self._place = others, macros, place

    def __contains__(self, name: object) -> bool:
        return name in self._others or self._macros.is_defined(str(name), self._place)


def _place(document: Document, node: Node, found: Problem) -> Span:
    """Where the problem stands; the formula's first line where that can't be told."""
    at = node.span.of(document.text).find(node.raw)
    # Lines of a container, CRLF and escaped bars of a table make the formula differ from its source.
    if at < 0 or found.start == found.end:
        line = line_of(document, node)
        return Span(line.start, min(line.end, node.span.end))
    start = node.span.start + at
    return Span(start + found.start, start + found.end)


RULE = Rule("M004", "invalid-math", Severity.ERROR, check)
