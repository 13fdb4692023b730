r"""Formulas that need no other one: without ``\label``, ``\ref`` and definitions of macros.

Anki typesets the formulas of one card after the other in one page, where MathJax keeps labels and macros. A
label is there a second time when its card comes again ("multiply defined"), a reference finds no label on its
card, and a macro is another question's. So what a reference says is written out, and macros are expanded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from dlcards.linter.rules.markup.shared_formulas import formulas
from dlcards.linter.rules.markup.shared_macros import Macros, expanded, without_definitions
from dlcards.model import Document, Node, lazy_compile

_LABEL = lazy_compile(r"\\label\s*\{([^{}]*)\}")
_REFERENCE = lazy_compile(r"\\(?P<how>eqref|ref)\s*\{(?P<label>[^{}]*)\}")
_TAG = lazy_compile(r"\\tag(?P<star>\*?)\s*\{(?P<words>[^{}]*)\}")
_ROW_END = lazy_compile(r"\\\\|\\(?:begin|end)\s*\{")
_ENVIRONMENT = lazy_compile(r"\\(?P<how>begin|end)\s*\{(?P<name>[^{}]*)\}")
# Where MathJax takes a number for a row.
_NUMBERED = frozenset(
    {"equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "xalignat"}
)


MAY_BE_MATH = frozenset({"inline_math", "block_math", "block_code"})
"""The kinds of nodes that :func:`is_math` may hold of."""


class Formulas:
    """The formulas of a document, for its cards."""

    def __init__(self, document: Document) -> None:
        found = list(formulas(document))
        self._macros = Macros(document, found)
        wanted = {match["label"] for node in found for match in _REFERENCE.finditer(node.raw)}
        self._numbers: dict[str, str] = {}  # what a reference to each label says
        self._numbered: set[str] = set()  # the labels whose formulas get their number from here
        for node in found:
            for label, tag, may_be_tagged in _labels(node):
                if label in self._numbers:
                    continue
                if tag:
                    self._numbers[label] = tag
                elif label in wanted and may_be_tagged:
                    self._numbered.add(label)
                    self._numbers[label] = str(len(self._numbered))

    def of(self, node: Node) -> str:
        """The TeX of a formula that stands alone; empty where it only defines what others use."""
        tex, own = without_definitions(node.raw)
        tex = expanded(tex, {**self._macros.at(node.span.start, node.raw), **own})
        if not (_LABEL.search(tex) or _REFERENCE.search(tex)):
            return tex
        tagged = {label for label, tag, may_be_tagged in _labels(node) if may_be_tagged and not tag}
        tagged &= self._numbered

        def number(match: re.Match[str]) -> str:
            is_numbered = match[1] in tagged
            tagged.discard(match[1])
            return rf"\tag{{{self._numbers[match[1]]}}}" if is_numbered else ""

        return _REFERENCE.sub(self._said, _LABEL.sub(number, tex))

    def _said(self, reference: re.Match[str]) -> str:
        said = self._numbers.get(reference["label"], reference["label"])
        return rf"\text{{({said})}}" if reference["how"] == "eqref" else rf"\text{{{said}}}"


def is_math(node: Node) -> bool:
    """Whether a node is a formula, as GitHub draws it."""
    if node.kind not in MAY_BE_MATH:
        return False
    return node.kind != "block_code" or node.str_attr("info").split(" ")[0] == "math"


def _labels(node: Node) -> Iterator[tuple[str, str, bool]]:
    """The labels of a formula, what the tags of their rows say, and whether these may have tags."""
    tex = node.raw
    is_display = node.kind != "inline_math" or bool(node.attrs.get("display"))
    ends = [0, *(match.end() for match in _ROW_END.finditer(tex))]
    environments = _ENVIRONMENT.finditer(tex)
    environment = next(environments, None)
    stack: list[str] = []
    for label in _LABEL.finditer(tex):
        while environment and environment.end() <= label.start():
            if environment["how"] == "begin":
                stack.append(environment["name"].rstrip("*"))
            elif stack:
                stack.pop()
            environment = next(environments, None)
        begin = ends[bisect_right(ends, label.start()) - 1]
        following = _ROW_END.search(tex, label.end())
        tag = _TAG.search(tex, begin, following.start() if following else len(tex))
        may_be_tagged = all(name in _NUMBERED for name in stack[-1:])
        yield label[1], tag["words"] if tag else "", is_display and may_be_tagged
