"""A heading is mistyped: links and the contents know it by another anchor.

Every one of them leads nowhere, and whoever mends them one by one writes the slip into all places:
`#12-33` stands in the heading, and `#12-3` in the contents and in four answers.

The fix gives the heading the number that the links say, where that is the one between its neighbours' numbers. A
word is left to you: the heading may have been reworded, and then it is the links that are old.

What tells that it is the heading: nothing leads to it as it is, and its number breaks the order where the other
one does not; or only the other one of both words is used in the text; or more than one link says the other. Where
nothing tells, the links are reported (L001, T001) with the place of the heading, and nothing is fixed.

Not found: a heading whose anchor links lead to, another wording instead of a slip of a few letters, an address that no
heading can have (`#C#`), a link that says what the heading says and only leads elsewhere (L001, T001), links
from other documents.

Bad:

    ## Contents

    - [What is deep learning?](#1)
    - [What is a layer?](#2)
    - [What is a loss?](#3)

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## #22

    #### What is a layer?

    A function with parameters.

    ## #3

    #### What is a loss?

    How far a guess is off.

Good:

    ## Contents

    - [What is deep learning?](#1)
    - [What is a layer?](#2)
    - [What is a loss?](#3)

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## #2

    #### What is a layer?

    A function with parameters.

    ## #3

    #### What is a loss?

    How far a guess is off.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.anchors import resolves
from dlcards.document.mistyped import mistyped
from dlcards.document.swallowed import swallowed_anchors
from dlcards.document.text import line_of, shown
from dlcards.model import Aspect, Context, Diagnostic, Document, Fix, Related, Rule, Severity, Text, counted

KO = """
제목을 잘못 적어 링크와 목차가 아는 앵커와 다르다.

그리로 가는 링크가 모두 끊어지고, 링크를 하나씩 고치는 사람은 오타를 모든 자리에 옮겨 적게 된다. `#12-33`은 제목 한 곳에 있고 `#12-3`은 목차와 답 네 곳에 있다.

링크가 말하는 번호가 앞뒤 번호 사이에 맞으면 `--fix`가 제목의 번호를 고친다. 낱말은 고치지 않는다. 제목을 일부러 다듬었다면 링크가 낡은 것이다.

제목이 틀렸다고 보는 근거: 지금의 앵커로 오는 링크가 없고, 제목의 번호는 차례에 어긋나는데 링크의 번호는 맞거나, 두 낱말 가운데 링크의 것만 글에서 쓰이거나, 링크 둘 이상이 같은 말을 한다. 어느 쪽인지 알 수 없으면 제목의 자리를 함께 보이며 링크를 알리고(L001, T001) 아무것도 고치지 않는다.

찾지 않는 것: 지금의 앵커로 오는 링크가 있는 제목, 글자 몇 개의 오타가 아니라 다른 말로 바뀐 제목, 어떤 제목의 앵커도 될 수 없는 주소(`#C#`), 글은 제목과 같고 주소만 틀린 링크(L001, T001), 다른 문서에서 오는 링크.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find headings of which the document's links say that they are wrong."""
    for found in mistyped(document):
        # What an open fence has swallowed is M006's.
        if not found.is_heading or resolves(found.anchor, swallowed_anchors(document, context.config)):
            continue
        count, words = len(found.links), shown(found.heading.text)
        message = Text(
            f'제목을 잘못 적은 듯하다: "{words}"인데 링크 {count}개는 #{found.anchor}로 이어진다',
            f'the heading "{words}" seems mistyped: {counted(count, "link")} '
            f"{'leads' if count == 1 else 'lead'} to #{found.anchor}",
        )
        changes = frozenset({Aspect.WORDS, Aspect.STRUCTURE})
        yield Diagnostic(
            line_of(document, found.heading.node),
            message,
            Fix((found.edit,), changes) if found.edit else None,
            (Related(found.links[0].span, Text("그렇게 이어지는 링크", "a link that leads there")),),
            spares_cards=True,
        )


RULE = Rule("L016", "mistyped-heading", Severity.ERROR, check, fixable=True)
