r"""A `$` or `$$` that opens a formula and is never closed, or closes one that was never opened.

The page shows the dollar and the bare TeX behind it. A `$$` left open can also swallow the paragraphs up to
the next formula.

Add the missing dollar on the same line; for a formula of its own put `$$` before and after it. There is no fix:
where the formula ends can't be told.

Not found: a lone `$` without TeX beside it (`$5`, `$HOME`), dollars in code and HTML, and a `$$` that the next
formula happens to close.

Bad:

    학습률을 $\eta 라 하면 한 걸음은 기울기에 비례한다.

Bad:

    손실은 다음과 같다.

    $$
    L = \frac{1}{n} \sum_i e_i^2

    여기서 n은 표본의 수다.

Good:

    학습률을 $\eta$라 하면 한 걸음은 기울기에 비례한다. 값은 $5와 $10이다.

    $$
    L = \frac{1}{n} \sum_i e_i^2
    $$
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlcards.document.prose import prose_blocks
from dlcards.document.text import masked
from dlcards.lint.rules.markup.shared_tex import has_tex, opens_tex
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text

KO = r"""
수식을 연 `$`나 `$$`가 닫히지 않았거나, 열지 않은 수식을 닫는다.

페이지에는 달러 기호와 TeX 원문이 그대로 보인다. 닫히지 않은 `$$`는 다음 수식까지의 문단을 삼키기도 한다.

빠진 달러 기호를 같은 줄에 적는다. 따로 선 수식은 앞뒤에 `$$`를 둔다. 수식이 어디서 끝나는지 알 수 없으므로 자동으로 고치지 않는다.

찾지 않는 것: 옆에 TeX이 없는 홀로 선 `$`(`$5`, `$HOME`), 코드와 HTML 안의 달러, 다음 수식의 기호로 우연히 닫힌 `$$`.
"""

_DOLLARS = re.compile(r"\$+")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find dollars beside TeX that the parser left as text."""
    for block in prose_blocks(document):
        visible = masked(block, document.text)
        if "$" not in visible:
            continue
        at = block.span.start
        for line in visible.split("\n"):
            for start, end in _unbalanced(line, document.text[at : at + len(line)]):
                mark = line[start:end]
                message = Text(f'짝이 없는 수식 기호 "{mark}"', f'"{mark}" without its other half')
                yield Diagnostic(Span(at + start, at + end), message)
            at += len(line) + 1


def _unbalanced(line: str, source: str) -> Iterator[tuple[int, int]]:
    """The dollars of a line that belong to a formula without an end or a beginning.

    Args:
        line: The line, with NUL for everything that is no text.
        source: The line as it is written.
    """
    runs = [match.span() for match in _DOLLARS.finditer(line)]
    for index, (start, end) in enumerate(runs):
        before = line[runs[index - 1][1] if index else 0 : start]
        is_last = index + 1 == len(runs)
        after = line[end : len(line) if is_last else runs[index + 1][0]]
        if end - start == 2:
            alone = not line.strip("$> \t\r")
            found = alone or opens_tex(line, start) or has_tex(before) or has_tex(after)
        elif end - start == 1:
            # Two dollars with TeX between them are closed, and a matter of M003.
            opens = is_last and opens_tex(line, start)
            closes = index == 0 and not after[:1].isdigit() and has_tex(before)
            found = opens or closes or _touches_formula(line, source, start)
        else:
            found = False
        if found:
            yield start, end


def _touches_formula(line: str, source: str, at: int) -> bool:
    """Whether a dollar is left over beside a formula: ``$x$$``, ``$$x$``."""
    before = line[at - 1 : at] == "\0" and source[at - 2 : at].endswith("$") and source[at - 2] != "$"
    after = line[at + 1 : at + 2] == "\0" and source[at + 1] == "$"
    return after or (before and not line[at + 1 : at + 2].isdigit())


RULE = Rule("M002", "unbalanced-math", Severity.ERROR, check)
