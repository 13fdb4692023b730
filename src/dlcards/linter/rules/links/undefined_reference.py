"""A link by reference, `[text][label]`, or a footnote `[^1]` whose label is defined nowhere.

The page shows the brackets instead of a link, and the source of the answer is lost.

Add the definition (`[label]: https://…`), or write the address in place.

Not found: a lone `[text]`, which may be meant as it stands; brackets in code, math and after a word
(`x[0][1]`); lists and indices that stand side by side (`[1,2][3,4]`, `["a"]["b"]`, `[i][j]`).

Bad:

    See [the paper][lecun].

Good:

    See [the paper][lecun].

    [lecun]: https://doi.org/10.1038/nature14539
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.prose import masked_block, prose_with
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text, lazy_compile

KO = """
`[글][라벨]` 꼴의 링크나 각주 `[^1]`의 라벨이 어디에도 정의되어 있지 않다.

페이지에는 링크 대신 대괄호가 그대로 보이고, 답의 출처가 사라진다.

정의(`[라벨]: https://…`)를 더하거나 주소를 그 자리에 적는다.

찾지 않는 것: 홀로 선 `[글]`(글자 그대로일 수 있다), 코드와 수식 안이나 낱말 바로 뒤의 대괄호(`x[0][1]`). 나란히 놓인 목록이나 색인(`[1,2][3,4]`, `["a"]["b"]`, `[i][j]`).
"""

_REFERENCE = lazy_compile(r"(?<![\w\])\0])!?\[([^\[\]\0]+)\]\[([^\[\]\0^]*)\]|(?<![\]\0])\[\^(\w+)\](?!:)")

# A list of values, or an index: numbers, single letters, quoted words, or several names by commas.
_ATOM = r"""(?:[-+\d.:%*/^ ]*\d[-+\d.:%*/^ ]*|[A-Za-z]|"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)"""
_WORD = r"(?:[a-z_][A-Za-z0-9_]*|True|False|None|[-+]?\d[\d.]*)"
_VALUES = lazy_compile(rf"\s*(?:{_ATOM}(?:\s*,\s*{_ATOM})*|{_WORD}(?:\s*,\s*{_WORD})+)\s*,?\s*")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find references that mistune left as text since nothing defines them."""
    for block in prose_with(document, "][", "[^"):
        for match in _REFERENCE.finditer(masked_block(document, block)):
            footnote = match.group(3)
            if match.group(2) and _VALUES.fullmatch(match.group(1)) and _VALUES.fullmatch(match.group(2)):
                continue
            label = f"^{footnote}" if footnote else match.group(2) or match.group(1)
            message = Text(f"정의되지 않은 참조: [{label}]", f"undefined reference: [{label}]")
            start = block.span.start
            yield Diagnostic(Span(start + match.start(), start + match.end()), message)


RULE = Rule("L003", "undefined-reference", Severity.ERROR, check)
