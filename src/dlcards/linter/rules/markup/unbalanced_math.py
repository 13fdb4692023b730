r"""A `$` or `$$` that opens a formula and is never closed, or closes one that was never opened.

The page shows the dollar and the bare TeX behind it. A `$$` left open can also swallow the paragraphs up to
the next formula.

Add the missing dollar on the same line; for a formula of its own put `$$` before and after it. There is no fix:
where the formula ends can't be told.

Not found: a lone `$` or `$$` without TeX beside it (`$5`, `$HOME`, `$$` as a class of prices), dollars in code and HTML, and a `$$` that the next
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

from collections.abc import Iterator

from dlcards.document.prose import masked_block, prose_blocks
from dlcards.linter.rules.markup.shared_tex import has_tex, opens_tex
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text, lazy_compile

KO = r"""
수식을 연 `$`나 `$$`가 닫히지 않았거나, 열지 않은 수식을 닫는다.

페이지에는 달러 기호와 TeX 원문이 그대로 보인다. 닫히지 않은 `$$`는 다음 수식까지의 문단을 삼키기도 한다.

빠진 달러 기호를 같은 줄에 적는다. 따로 선 수식은 앞뒤에 `$$`를 둔다. 수식이 어디서 끝나는지 알 수 없으므로 자동으로 고치지 않는다.

찾지 않는 것: 옆에 TeX이 없는 홀로 선 `$`나 `$$`(`$5`, `$HOME`, 가격대를 뜻하는 `$$`), 코드와 HTML 안의 달러, 다음 수식의 기호로 우연히 닫힌 `$$`.
"""

_DOLLARS = lazy_compile(r"\$+")
# What a line of a formula without commands has, and a list of prices has not.
_FORMULA = lazy_compile(r"[\w)}]\s*[=<>≤≥≈^+*/-]\s*[\w({\\-]|\w_\w\b")
_WORD = lazy_compile(r"[^\W\d_]{2,}")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find dollars beside TeX that the parser left as text."""
    if "$" not in document.text:
        return
    blocks = prose_blocks(document)
    for index, block in enumerate(blocks):
        visible = masked_block(document, block) if "$" in block.span.of(document.text) else ""
        if "$" not in visible:
            continue
        # Blank lines end the formula of a fence that is left open: it goes on in the next paragraph.
        beside = blocks[max(0, index - 1) : index + 2] if block.kind == "paragraph" else [block]
        near = "\n".join(other.span.of(document.text) for other in beside if other.kind == block.kind)
        at = block.span.start
        for line in visible.split("\n"):
            for start, end in _unbalanced(line, document.text[at : at + len(line)], near):
                mark = line[start:end]
                message = Text(f'짝이 없는 수식 기호 "{mark}"', f'"{mark}" without its other half')
                yield Diagnostic(Span(at + start, at + end), message)
            at += len(line) + 1


def _unbalanced(line: str, source: str, near: str) -> Iterator[tuple[int, int]]:
    """The dollars of a line that belong to a formula without an end or a beginning.

    Args:
        line: The line, with NUL for everything that is no text.
        source: The line as it is written.
        near: The block, and the paragraphs beside it.
    """
    runs = [match.span() for match in _DOLLARS.finditer(line)]
    for index, (start, end) in enumerate(runs):
        before = line[runs[index - 1][1] if index else 0 : start]
        is_last = index + 1 == len(runs)
        after = line[end : len(line) if is_last else runs[index + 1][0]]
        if end - start == 2:
            alone = not line.strip("$> \t\r") and any(map(_is_of_formula, near.split("\n")))
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
    if after:
        return _is_formula(source[at + 1 :].lstrip("$").partition("$")[0])
    closes = before and not line[at + 1 : at + 2].isdigit()
    return closes and _is_formula(source[:at].rstrip("$").rpartition("$")[2])


def _is_of_formula(line: str) -> bool:
    """Whether a line beside a ``$$`` of its own is one of a formula: TeX, an equation, lone letters."""
    letters = any(map(str.isalpha, line)) and not _WORD.search(line)
    return letters or has_tex(line) or bool(_FORMULA.search(line))


def _is_formula(content: str) -> bool:
    """Whether what stands between dollars may be math: ``$$ – $$$`` and ``$$ cheap $`` are prices."""
    return has_tex(content) or (any(map(str.isalnum, content)) and not _WORD.search(content))


RULE = Rule("M002", "unbalanced-math", Severity.ERROR, check)
