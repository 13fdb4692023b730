"""An entry of the contents leads nowhere.

A reader clicks a question and stays where they are.

The fix takes the anchor of the question that says the same as the entry, or of another heading, where there is
just one; a number in front of the words does not count. Where not one entry of the list leads anywhere, it
writes the list anew, in the document's order; notes beside the entries stay.

Where the question's number or word is as likely to be wrong as the entry's, both are named and nothing is fixed; where
it is the question's, that is L016.

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
from dlcards.document.mistyped import mistyped
from dlcards.document.swallowed import swallowed_anchors
from dlcards.linter.rules.contents.shared_list import meant, namesakes
from dlcards.linter.rules.contents.shared_stale import rewritten_contents
from dlcards.linter.rules.links.shared_doubt import in_doubt
from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Rule, Severity, Text

KO = """
목차의 항목이 아무 데로도 이어지지 않는다.

읽는 사람이 질문을 눌러도 화면이 그대로다.

항목과 똑같은 질문이나 제목이 하나뿐이면 `--fix`가 그 앵커로 바꾼다. 앞에 붙인 번호는 따지지 않는다. 목록의 어느 항목도 이어지지 않으면 문서의 차례대로 새로 쓴다. 항목 옆에 적어 둔 말은 남는다. 항목과 질문 가운데 어느 쪽의 오타인지 알 수 없으면 둘을 함께 보이고 고치지 않으며, 질문의 오타이면 L016이 알린다.

찾지 않는 것: 다른 질문으로 이어지는 항목(T003), 대소문자만 다른 앵커(GitHub는 받아들인다. L009).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find contents entries whose anchor does not exist."""
    entries = document.contents.entries if document.contents else ()
    stale = [entry for entry in entries if not resolves(entry.target, document.anchors)]
    # What an open fence has swallowed is M006's: closing it mends the entry.
    inside = swallowed_anchors(document, context.config) if stale else frozenset()
    stale = [entry for entry in stale if not resolves(entry.target, inside)]
    anchors = namesakes(document) if stale else {}
    whole = rewritten_contents(document)
    # Where it is the heading that is wrong, L016 says so; where nothing tells which is, both are named.
    is_old = whole and len(entries) > 1
    doubtful = {} if is_old else {link.span: found for found in mistyped(document) for link in found.links}
    for entry in stale:
        if found := doubtful.get(entry.link.span):
            if not found.is_heading:
                yield in_doubt(document, entry.link, found)
            continue
        slug = meant(entry.text, anchors)
        own = Fix((Edit(entry.link.url_span, f"#{slug}"),), frozenset({Aspect.ADDRESSES})) if slug else None
        near = slug or nearest(entry.target, document.anchors)
        hint_ko = f". 혹시 #{near}인가?" if near else ""
        hint_en = f"; did you mean #{near}?" if near else ""
        message = Text(
            f"목차 항목이 없는 앵커로 이어진다: #{entry.target}{hint_ko}",
            f"contents entry leads to #{entry.target}, which does not exist{hint_en}",
        )
        yield Diagnostic(entry.link.url_span, message, whole or own)


RULE = Rule("T001", "contents-anchor", Severity.ERROR, check, fixable=True)
