r"""Whether what stands between two dollars is a formula, and which one was meant.

Pandoc's rule, by which the parser pairs dollars, also pairs those of prices and of variables
(`$HOME/bin:$PATH`, `5$/GB, 6$/GB`). TeX inside settles it. Without any, what GitHub draws is a formula,
save for sums of money, paths and code; what it leaves raw is one only where it looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlcards.document.once import nodes_of, once
from dlcards.linter.rules.markup.shared_tex import has_tex
from dlcards.model import Document, Node, Span, lazy_compile

_ESCAPE = lazy_compile(r"\\[{}|,;!\\]")
_FUNCTION_NAMES = (
    "sin cos tan cot sec csc sinh cosh tanh exp log ln lg max min sup inf lim arg argmax argmin det dim ker"
    " deg gcd mod var cov softmax sigmoid relu sign sgn sqrt tr rank"
)
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_WORD = lazy_compile(r"[A-Za-z]+")
_NAME = lazy_compile(r"[A-Za-z]{3,}|_*[A-Za-z]{2,}_\w*")  # ``_$folder$``, ``값은$MSE$이다``
_UNIT = r"(?:[KMGTP]i?B|[mnu]s|Hz|USD|EUR|KRW|CNY|JPY)\b"
_MONEY = lazy_compile(rf"\d[\d,.]*\s*(?:{_UNIT}|[/\s]\s*(?P<word>[A-Za-z]{{2,}})\b|(?P<glued>[a-z]{{3,}})\b)")
_PATH = lazy_compile(r"[A-Z_]{3,}\s*[:/]|\.{0,2}/|\w{2,}/[A-Za-z.]\w+")
_CODE = lazy_compile(r"[\"“”#]|\(\s*'|^\.[A-Za-z]|^_[A-Z]+\[|\]\(")
_SENTENCES = lazy_compile(r"[a-z*]\. +[A-Z][a-z]* [a-z]")
_STARTS_BADLY = lazy_compile(r"[/,:;)\]}?!%&'*]|\.(?!\d)|\|\^")
_ENDS_BADLY = lazy_compile(r"[-/,.:;=+<>(\[{&@#*\"]$|\|\^$")
_OPERATOR = lazy_compile(r"[=+*<>^_(]")
_RELATION = lazy_compile(r"\s[=+*<>-]\s")
# What a formula right before a letter may consist of: ``$k$NN``, ``$n+1$st``.
_SHORT = lazy_compile(r"[A-Za-z0-9(-][A-Za-z0-9+*.^_=()' -]*")
_LETTER_ALONE = lazy_compile(r"(?![dD])[A-Za-z](?!\w)")
_TOUCHING_MARKUP = "*[|>"
_ROWS = lazy_compile(r"\\(?:begin|substack|cases|[pb]?matrix|eqalign|displaylines)(?![A-Za-z])")


def formulas(document: Document) -> Iterator[Node]:
    """All formulas of a document, also those in ``math`` fences."""
    for node in nodes_of(document, "block_code", "inline_math", "block_math"):
        is_fence = node.kind == "block_code" and node.str_attr("info").split(" ")[0] == "math"
        is_inline = node.kind == "inline_math" and node.span in inline_formulas(document)
        if is_fence or is_inline or node.kind == "block_math":
            yield node


@once
def inline_formulas(document: Document) -> frozenset[Span]:
    """The places of the formulas within running text."""
    nodes = nodes_of(document, "inline_math")
    return frozenset(node.span for node in nodes if is_formula(node, document.text))


def is_in_dollars(node: Node, text: str) -> bool:
    """Whether an inline formula stands in two single dollars, and not in ``$$`` or GitHub's other form."""
    return not node.attrs.get("display") and not text.startswith("$`", node.span.start)


def is_formula(node: Node, text: str) -> bool:
    """Whether a node of kind ``inline_math`` is a formula, rather than text with two dollars in it.

    Args:
        node: The node. One of two dollars, and one in GitHub's other form, always is.
        text: The document's text.
    """
    tex = node.raw
    if not is_in_dollars(node, text) or _has_evidence(tex):
        return True
    before, after = text[node.span.start - 1 : node.span.start], text[node.span.end : node.span.end + 2]
    if (
        _is_money(tex, after)
        or _CODE.search(tex)
        or _SENTENCES.search(tex)
        or re.match(r"[A-Z_]{3,}[:/]|/|</?[A-Za-z]+>", tex)
    ):
        return False
    if re.match(r"[A-Za-z0-9_{(\[]", after):
        # Between letters on both sides it parts something else: the hash of a password, "$2a$10$…".
        return not (before.isascii() and before.isalnum()) and _is_short(tex, after)
    is_drawn = not before or before.isspace() or before in _TOUCHING_MARKUP
    return is_drawn or _looks_like_one(tex, before)


def as_meant(tex: str) -> str:
    r"""The TeX between two dollars, without the backslashes that are for GitHub's markdown alone.

    It takes one of two, so that people write ``\\{`` for ``\{`` and, in a matrix, ``\\\\`` for ``\\``. To
    MathJax itself each ``\\`` would begin a new row.
    """
    if r"\\" not in tex or (_ROWS.search(tex) and r"\\\\" not in tex):
        return tex
    return tex.replace(r"\\", "\\")


def _has_evidence(tex: str) -> bool:
    """Whether there is TeX, whose braces match."""
    return (has_tex(tex) or bool(_ESCAPE.search(tex))) and _is_balanced(re.sub(r"\\.", "", tex), "{", "}")


def _is_money(tex: str, after: str) -> bool:
    money = _MONEY.match(tex)
    if money and (money["word"] or money["glued"] or "") not in _FUNCTIONS:
        return True
    return tex[0].isdigit() and bool(re.match(r"/[A-Za-z]", after))


def _is_short(tex: str, after: str) -> bool:
    """Whether something right before a letter or a bracket is a formula, and not one of two variables."""
    return (
        bool(_SHORT.fullmatch(tex))
        and all(len(word) == 1 or word in _FUNCTIONS for word in _WORD.findall(tex))
        and not (tex.isalpha() and _LETTER_ALONE.match(after))
        and not (tex[0] == "(" == after[0])
        and _ends_well(tex)
    )


def _looks_like_one(tex: str, before: str) -> bool:
    """Whether something right behind ``before``, so that GitHub shows it raw, is a formula."""
    if before.isascii() and before.isalnum() and not re.match(r"[A-Za-z(_^]", tex):
        return False
    if len(tex) == 1:
        return True
    if _NAME.fullmatch(tex) or _PATH.match(tex) or _STARTS_BADLY.match(tex) or not _ends_well(tex):
        return False
    names = [word for word in _WORD.findall(tex) if len(word) > 2 and word not in _FUNCTIONS]
    sign = _RELATION if any(name.isupper() for name in names) else _OPERATOR
    return not names or bool(sign.search(tex))


def _ends_well(tex: str) -> bool:
    return not _ENDS_BADLY.search(tex) and _is_balanced(tex, "([{", ")]}")


def _is_balanced(tex: str, opening: str, closing: str) -> bool:
    return sum(map(tex.count, opening)) == sum(map(tex.count, closing))
