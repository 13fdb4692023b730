"""An entry of the contents leads nowhere.

A reader clicks a question and stays where they are.

The fix takes the anchor of the question that says the same as the entry, where there is just one.

Not found: an entry that leads to the wrong question (that is T003), or differs from its anchor only
in letter case, which GitHub accepts (L009).

Bad:

    ## Contents

    - [What is deep learning?](#one)

    ## #1

    #### What is deep learning?

    Learning in many layers.

Good:

    ## Contents

    - [What is deep learning?](#1)

    ## #1

    #### What is deep learning?

    Learning in many layers.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.anchors import nearest, resolves
from dlcards.document.text import fold
from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Rule, Severity, Text

KO = """
목차의 항목이 아무 데로도 이어지지 않는다.

읽는 사람이 질문을 눌러도 화면이 그대로다.

항목과 똑같은 질문이 하나뿐이면 `--fix`가 그 질문의 앵커로 바꾼다.

찾지 않는 것: 다른 질문으로 이어지는 항목(T003), 대소문자만 다른 앵커(GitHub는 받아들인다. L009).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find contents entries whose anchor does not exist."""
    for entry in document.contents.entries if document.contents else ():
        if resolves(entry.target, document.anchors):
            continue
        same = [pair.slug for pair in document.pairs if pair.slug and fold(pair.question) == fold(entry.text)]
        edit = Edit(entry.link.url_span, f"#{same[0]}") if len(same) == 1 else None
        fix = Fix((edit,), frozenset({Aspect.ADDRESSES})) if edit else None
        near = same[0] if fix else nearest(entry.target, document.anchors)
        hint_ko = f". 혹시 #{near}인가?" if near else ""
        hint_en = f"; did you mean #{near}?" if near else ""
        message = Text(
            f"목차 항목이 없는 앵커로 이어진다: #{entry.target}{hint_ko}",
            f"contents entry leads to #{entry.target}, which does not exist{hint_en}",
        )
        yield Diagnostic(entry.link.url_span, message, fix)


RULE = Rule("T001", "contents-anchor", Severity.ERROR, check, fixable=True)
