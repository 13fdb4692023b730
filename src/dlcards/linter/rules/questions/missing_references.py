"""An answer names no source: there is no references heading, or nothing under it.

A reader can't check the answer or read on, and nobody notices when it is wrong.

List at least one source under the references heading, best a primary one.

Not found: references that say nothing (see the rules on links); documents none of whose questions has a
references heading, since there answers are given without sources. Where a project selects this rule by itself
(`select = ["Q010"]`), those are found, too.

Bad:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    #### References

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    #### References

    - [LeCun et al. (2015)](https://doi.org/10.1038/nature14539)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dlcards.document.text import block_text
from dlcards.model import Context, Diagnostic, Document, Node, Pair, Rule, Severity, Text

KO = """
답의 출처가 없다. 참고 자료 제목이 없거나 그 아래가 비어 있다.

읽는 사람은 답을 확인할 수도 더 읽을 수도 없고, 답이 틀려도 아무도 알아채지 못한다.

참고 자료 제목 아래에 출처를 하나 이상 적는다. 논문이나 공식 문서 같은 1차 자료가 좋다.

찾지 않는 것: 있기는 하나 쓸모없는 출처(링크 규칙 참고). 어느 질문에도 참고 자료 제목이 없는 문서(출처 없이 답하는 문서다). 이 규칙을 따로 켜면(`select = ["Q010"]`) 그런 문서에서도 찾는다.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find questions without references."""
    is_habit = _is_habit(document.pairs)
    if not is_habit and not context.config.asks_for("Q010"):
        return
    for pair in document.pairs:
        if any(_says_something(block) for block in pair.references):
            continue
        if pair.references_heading:
            message = Text(
                f"#{pair.id}: 참고 자료가 비어 있다", f"#{pair.id} has an empty list of references"
            )
            yield Diagnostic(pair.references_heading.span, message)
        elif pair.question_node:
            message = Text(f"#{pair.id}: 참고 자료가 없다", f"#{pair.id} has no references")
            # Where no question of a document has references, that is how its authors write.
            yield Diagnostic(pair.place, message, cause="" if is_habit else "no references")


def _is_habit(pairs: Sequence[Pair]) -> bool:
    """Whether questions have references of their own.

    A heading below the last question alone, and no deeper than the questions, is the document's.
    """
    own = [pair for pair in pairs if pair.references_heading]
    if len(own) != 1 or len(pairs) == 1 or own[0] is not pairs[-1]:
        return bool(own)
    heading, anchor = own[0].references_heading, own[0].anchor
    depth, level = heading.attrs.get("level") if heading else None, anchor.attrs.get("level")
    return isinstance(depth, int) and isinstance(level, int) and depth > level


def _says_something(block: Node) -> bool:
    return bool(block_text(block).strip()) or any(node.kind in ("link", "image") for node in block.walk())


RULE = Rule("Q010", "missing-references", Severity.NOTE, check)
